/** What the programme's carriers make of a UN number. */
export type UnClass = 'explosive' | 'infectious' | 'radioactive' | 'lithium' | 'regulated';

const between = (n: number, first: number, last: number): boolean => n >= first && n <= last;

const infectious = new Set([2814, 2900, 3291, 3373, 3549]);
const lithium = new Set([3090, 3091, 3480, 3481]);

/** The class of `UN3481`; null when it is not UN and four digits. Numbers without a row of their own are fully regulated. */
export function unClassOf(unNumber: string): UnClass | null {
  if (!/^UN\d{4}$/.test(unNumber)) return null;
  const n = Number(unNumber.slice(2));
  if (between(n, 1, 999)) return 'explosive';
  if (infectious.has(n)) return 'infectious';
  if (between(n, 2908, 2919) || between(n, 2977, 2978) || between(n, 3321, 3333)) return 'radioactive';
  return lithium.has(n) ? 'lithium' : 'regulated';
}
