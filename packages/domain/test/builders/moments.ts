/** The moment at which tests decide unless they say otherwise. */
export const aMoment = new Date('2026-03-02T17:00:00.000Z');

export const daysLater = (days: number, start: Date = aMoment): Date =>
  new Date(start.getTime() + days * 24 * 60 * 60 * 1000);
