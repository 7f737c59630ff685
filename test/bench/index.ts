export { type Result, type Results, runMeasures } from './bench.ts';
export { measures } from './catalogue.ts';
export { performanceFigures } from './figures.ts';
export { figure, inWords } from './inWords.ts';
export type { Measure } from './measure.ts';
export { performancePage } from './page.ts';
export { type BenchServers, openBenchServers } from './servers/benchServers.ts';
