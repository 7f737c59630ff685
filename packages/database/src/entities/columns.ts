import { p } from '@mikro-orm/core';

/** A text key with a branded type. */
export const key = <T extends string = string>() => p.text().$type<T>();

/** A point in time, to the millisecond, so that a JavaScript Date survives the round trip unchanged. */
export const instant = () => p.datetime(3);

/** A whole number that may outgrow 32 bits, as a JavaScript number (safe below 2^53). */
export const counter = () => p.bigint('number');

/** One of a fixed set of words, kept as text; the domain type is the check. */
export const word = <T extends string>() => p.text().$type<T>();

/** `text[]` */
export const texts = <T extends string = string>() => p.array().$type<readonly T[]>();

/** `jsonb`; dates inside are ISO strings. */
export const json = <T>() => p.json<T>();
