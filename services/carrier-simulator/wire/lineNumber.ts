/** A line of a statement as it stands in a query; undefined for what is none. */
export const lineNumber = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
