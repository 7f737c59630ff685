const GRAMS_PER_OUNCE = 28.349523125;
const MILLIMETRES_PER_INCH = 25.4;

/** What is declared is rounded up to the tenth: a carrier measures again and bills what was declared too low. */
const upToTenth = (value: number): number => Math.ceil(Math.round(value * 1e6) / 1e5) / 10;

export const ounces = (grams: number): number => upToTenth(grams / GRAMS_PER_OUNCE);
export const inches = (millimetres: number): number => upToTenth(millimetres / MILLIMETRES_PER_INCH);
/** Exact to the gram. */
export const kilograms = (grams: number): number => grams / 1_000;
/** Exact to the millimetre. */
export const centimetres = (millimetres: number): number => millimetres / 10;
/** Limits are rounded down: a parcel within them is within the carrier's. */
export const grams = (ounces: number): number => Math.floor(ounces * GRAMS_PER_OUNCE);
export const millimetres = (inches: number): number => Math.floor(inches * MILLIMETRES_PER_INCH);
