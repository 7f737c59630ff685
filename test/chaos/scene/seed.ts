/** Draws the loads and the disturbances of this run. A run that failed is repeated with `GE_SEED=<seed>`. */
export const seed = Number(process.env.GE_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Where `./ge test --deep` does more than a minute of it. */
export const deep = process.env.GE_DEEP !== undefined;

process.stderr.write(`chaos: GE_SEED=${seed}\n`);
