import { Help } from 'commander';

/** Columns of the terminal that standard output goes to; `undefined` where it is no terminal, and lines stay as they are. */
export const terminalWidth = (): number | undefined => (process.stdout.isTTY && process.stdout.columns) || undefined;

const wrapper = new Help();
wrapper.minWidthToWrap = 10;

/** The text in lines of at most `width` characters, broken at spaces; a longer word stays whole. */
export const wrap = (text: string, width: number | undefined): string[] =>
  (width === undefined ? text : wrapper.boxWrap(text, width)).split('\n');
