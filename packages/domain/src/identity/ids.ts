declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Ids the marketplace gives: seller, SKU (1–40 bytes, seller's own), order (3-7-7 digits). */
export type SellerId = Branded<string, 'SellerId'>;
export type SkuCode = Branded<string, 'SkuCode'>;
export type OrderId = Branded<string, 'OrderId'>;

/** Ids this engine gives; the prefix tells what it is: `tpl_…`, `adr_…`, `inv_…`, … */
export type TemplateId = Branded<string, 'TemplateId'>;
export type AddressId = Branded<string, 'AddressId'>;
export type InvitationId = Branded<string, 'InvitationId'>;
export type CampaignId = Branded<string, 'CampaignId'>;
export type InquiryId = Branded<string, 'InquiryId'>;
export type OperationId = Branded<string, 'OperationId'>;
export type FeedId = Branded<string, 'FeedId'>;
export type DocumentId = Branded<string, 'DocumentId'>;
export type LabelId = Branded<string, 'LabelId'>;
export type LabelBatchId = Branded<string, 'LabelBatchId'>;
export type QuoteId = Branded<string, 'QuoteId'>;
export type SuspensionId = Branded<string, 'SuspensionId'>;
export type MailId = Branded<string, 'MailId'>;

/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = Branded<string, 'CountryCode'>;

/**
 * Place of a command in its seller's order, drawn while the seller's row is locked.
 * Every governed aspect keeps the number that set it; a lower number never writes.
 */
export type CommandNo = number;
