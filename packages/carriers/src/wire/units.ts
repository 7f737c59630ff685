/** Weights and sizes are rounded up to the tenth: a carrier measures again and bills what was declared too low. */
const upToTenth = (value: number): number => Math.ceil(Math.round(value * 1e6) / 1e5) / 10;

export const ounces = (grams: number): number => upToTenth(grams / 28.349523125);
export const inches = (millimetres: number): number => upToTenth(millimetres / 25.4);
/** Exact to the gram. */
export const kilograms = (grams: number): number => grams / 1_000;
/** Exact to the millimetre. */
export const centimetres = (millimetres: number): number => millimetres / 10;
