/** What a flood poisons a fleet with, and how each kind must end. */
export const poisonKinds = {
  'malformed job': { what: 'an envelope in BullMQ that is none', end: 'shown as failed' },
  'oversized job': { what: 'a megabyte in an envelope', end: 'shown as failed' },
  'malformed message': { what: 'a payload that does not fit its contract', end: 'dead' },
  'oversized message': { what: 'twenty thousand items where fifty are allowed', end: 'dead' },
  'malformed request': { what: 'half a JSON text', end: 'refused' },
  'oversized request': { what: 'eight megabytes of JSON', end: 'refused' },
  throws: { what: 'a job that throws whenever it is decided about', end: 'dead' },
  kills: { what: 'a job that kills its process whenever it is decided about', end: 'dead' },
  blocks: { what: 'a job that holds up the event loop for longer than its lock lasts', end: 'done once' },
} as const;

export type PoisonKind = keyof typeof poisonKinds;

/** What has become of all poison of one kind. */
export interface PoisonFound {
  readonly kind: PoisonKind;
  readonly what: string;
  /** How it must end. */
  readonly end: string;
  readonly sent: number;
  /** Ended so, and with a reason where it was given up. */
  readonly accounted: number;
  /** Reasons given, with how often. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The first of those that ended otherwise. */
  readonly amiss: readonly { readonly subject: string; readonly found: string }[];
}

/** A death costs a fleet seconds, and a held-up process too: so many of these are in one flood at most. */
const atMost: Readonly<Partial<Record<PoisonKind, number>>> = { kills: 2, blocks: 2 };

/** Kinds in turn, the costly ones a few times only. */
export function* inTurn(): Generator<PoisonKind, never> {
  const sent = new Map<PoisonKind, number>();
  for (;;)
    for (const kind of Object.keys(poisonKinds) as PoisonKind[]) {
      const times = sent.get(kind) ?? 0;
      if (times >= (atMost[kind] ?? Number.POSITIVE_INFINITY)) continue;
      sent.set(kind, times + 1);
      yield kind;
    }
}
