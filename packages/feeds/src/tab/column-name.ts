/** Column names are compared without case, and hyphens, underscores and blanks are the same. */
export const foldColumnName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[-_\s]+/g, '-');
