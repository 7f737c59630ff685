export const whyKinds = [
  'message',
  'operation',
  'order',
  'label',
  'batch',
  'feed',
  'template',
  'sku',
  'seller',
] as const;
export type WhyKind = (typeof whyKinds)[number];

interface Asked {
  readonly kind: WhyKind;
  readonly id: string;
}

const isKind = (word: string): word is WhyKind => (whyKinds as readonly string[]).includes(word);

/** Ids that say by themselves what they stand for. */
const prefixes: Readonly<Record<string, WhyKind>> = {
  op: 'operation',
  lbl: 'label',
  lbb: 'batch',
  feed: 'feed',
  tpl: 'template',
};

/** What an id may stand for, the likeliest first: a number or a job's id is a message, `S-1/SKU-1` a SKU of a seller. */
export function asked(text: string): readonly Asked[] {
  const named = /^([a-z]+):(.+)$/.exec(text);
  if (named && isKind(named[1]!)) return [{ kind: named[1], id: named[2]! }];
  const prefix = prefixes[/^([a-z]+)_/.exec(text)?.[1] ?? ''];
  return [
    ...(prefix ? [{ kind: prefix, id: text }] : []),
    ...(/^\d{1,15}(-\d{1,9})?$/.test(text) ? [{ kind: 'message' as const, id: text }] : []),
    ...(text.includes('/') ? [{ kind: 'sku' as const, id: text }] : []),
    { kind: 'order', id: text },
    { kind: 'seller', id: text },
  ];
}
