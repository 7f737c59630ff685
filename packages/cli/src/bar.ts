/** `share` of `width` signs. */
export const bar = (share: number, width: number): string => '█'.repeat(Math.round(share * width)).padEnd(width, '░');
