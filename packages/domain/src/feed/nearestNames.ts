import { boundedEditDistance } from './editDistance.ts';

/** At most so many suggestions, out of at most so many names, of which so many letters are compared. */
const SUGGESTIONS = 3;
const CANDIDATES = 200;
const LETTERS = 100;

/** Names a writer may have meant, nearest first: differences in case and spacing count as none, a third of the letters may be wrong. */
export function nearestNames(written: string, names: readonly string[]): readonly string[] {
  const wanted = folded(written);
  if (wanted === '') return [];
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names.slice(0, CANDIDATES)) {
    const distance = boundedEditDistance(wanted, folded(name), limit);
    if (distance !== null) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, SUGGESTIONS).map(({ name }) => name);
}

const folded = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, LETTERS);
