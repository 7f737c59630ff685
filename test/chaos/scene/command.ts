import fc from 'fast-check';
import { ordersEach, skusEach, templatesEach } from './market.ts';

/** Where one SKU goes: its number and that of a template; a number without a template names one that does not exist. */
export type Placing = readonly [sku: number, template: number];

/** What sellers and operations ask of the programme. Sellers, templates, SKUs and orders by their numbers in the market. */
export type Command =
  | { readonly kind: 'enroll' | 'leave'; readonly seller: number }
  | { readonly kind: 'deactivate'; readonly seller: number; readonly template: number }
  | { readonly kind: 'exclude'; readonly seller: number; readonly destinations: readonly string[] }
  | { readonly kind: 'assign' | 'feed'; readonly seller: number; readonly placings: readonly Placing[] }
  | { readonly kind: 'label'; readonly seller: number; readonly order: number }
  | { readonly kind: 'confirm'; readonly seller: number }
  | { readonly kind: 'invite'; readonly guest: number }
  | { readonly kind: 'suspend'; readonly destination: string; readonly active: boolean };

const excluded = fc.subarray(['FR', 'DE', 'JP', 'M49-155', 'M49-142']);
const placing = fc.tuple(fc.nat(skusEach), fc.nat(templatesEach));
const seller = (sellers: number) => fc.nat(sellers - 1);

const anyOf = (sellers: number) => ({
  deactivate: fc.record({
    kind: fc.constant('deactivate' as const),
    seller: seller(sellers),
    template: fc.nat(templatesEach - 1),
  }),
  exclude: fc.record({ kind: fc.constant('exclude' as const), seller: seller(sellers), destinations: excluded }),
  assign: fc.record({
    kind: fc.constant('assign' as const),
    seller: seller(sellers),
    placings: fc.array(placing, { minLength: 1, maxLength: 8 }),
  }),
  feed: fc.record({
    kind: fc.constant('feed' as const),
    seller: seller(sellers),
    placings: fc.array(placing, { minLength: 12, maxLength: 30 }),
  }),
  suspend: fc.record({
    kind: fc.constant('suspend' as const),
    destination: fc.constantFrom('BR', 'JP'),
    active: fc.boolean(),
  }),
});

/** Commands that may be given any number of times, in any mixture. */
export const freeCommand = (sellers: number): fc.Arbitrary<Command> => {
  const { deactivate, exclude, assign, feed, suspend } = anyOf(sellers);
  return fc.oneof(deactivate, exclude, assign, feed, suspend);
};

export interface LoadSize {
  readonly sellers: number;
  readonly guests: number;
  readonly waves: number;
}

/**
 * A mixed load in waves. In each one every worker gets something to do, and so that it takes several batches; a seller
 * joins or leaves once, an order gets one label, a guest one invitation.
 */
export function wavesOf({ sellers, guests, waves }: LoadSize): fc.Arbitrary<readonly (readonly Command[])[]> {
  const { deactivate, exclude, assign, feed, suspend } = anyOf(sellers);
  const free = fc.tuple(
    fc.array(deactivate, { minLength: 2, maxLength: 4 }),
    fc.array(exclude, { minLength: 3, maxLength: 5 }),
    fc.array(assign, { minLength: 3, maxLength: 5 }),
    fc.array(feed, { minLength: 2, maxLength: 3 }),
    fc.array(suspend, { minLength: 1, maxLength: 1 }),
  );
  const ones = once(sellers, guests);
  const order = fc.shuffledSubarray(ones, { minLength: ones.length });
  return fc.tuple(fc.array(free, { minLength: waves, maxLength: waves }), order).chain(([parts, drawn]) => {
    // Of every kind as much in each wave.
    const byKind = [...Map.groupBy(drawn, ({ kind }) => kind).values()].flat();
    const mixed = parts.map((part, wave): readonly Command[] => [
      ...part.flat(),
      ...byKind.filter((_, index) => index % waves === wave),
    ]);
    return fc.tuple(...mixed.map((wave) => fc.shuffledSubarray([...wave], { minLength: wave.length })));
  });
}

const once = (sellers: number, guests: number): Command[] => [
  ...Array.from({ length: sellers }, (_, no): Command[] => [
    { kind: no % 4 === 3 ? 'leave' : 'enroll', seller: no },
    { kind: 'confirm', seller: no },
    ...Array.from({ length: ordersEach.label }, (_, order): Command => ({ kind: 'label', seller: no, order })),
  ]).flat(),
  ...Array.from({ length: guests }, (_, guest): Command => ({ kind: 'invite', guest })),
];
