export { plotSvg } from './plotSvg.ts';
