/**
 * Enough of what a file holds to find it again, `length` UTF-16 units at most. No character is cut in half: half of one can
 * be stored nowhere, and what is to be said of the file would be lost with it.
 */
export const shown = (text: string, length = 60): string =>
  text.length > length ? `${text.slice(0, length).replace(/\p{Cs}$/u, '')}…` : text;
