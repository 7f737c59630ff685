/** The first figure of that name among what a service shows at /metrics; NaN where it shows none. */
export function figureIn(metrics: string, name: string): number {
  const line = metrics.split('\n').find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}
