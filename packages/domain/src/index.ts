export * from './address/address.ts';
export * from './identity/ids.ts';
export * from './money/money.ts';
export * from './refusal/catalogue.ts';
export * from './refusal/describe.ts';
export * from './refusal/refusal.ts';
