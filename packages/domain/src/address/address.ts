/** A postal address as a seller or a producer writes it; unvalidated. Personal data: never in payloads, logs or errors. */
export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  /** Two-letter state code in the US, free text elsewhere. */
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}
