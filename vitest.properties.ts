import fc from 'fast-check';

// `./ge test --deep` looks at twenty times as many cases of every property that does not say how many it wants.
if (process.env.GE_DEEP) fc.configureGlobal({ numRuns: 2_000 });
