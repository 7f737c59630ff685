import type { Request } from 'express';
import type { DeskQuote } from '../desk/desk.ts';
import type { ProblemKind } from '../desk/problem.ts';
import type { Enquiry, HouseName, ShipmentOrder } from '../desk/shipment.ts';
import type { ShipmentDocuments } from '../documents/shipmentDocuments.ts';
import type { Charge, Operation, ScanCode, StatementLine } from '../ledger/entries.ts';
import type { Notification } from '../webhooks/notification.ts';

/** A document on its way out; `damaged` cuts it in half under the checksum of the whole. */
export interface OutgoingDocuments extends ShipmentDocuments {
  readonly damaged: boolean;
}

/** What stands beside a notification; `moment` as it was signed. */
export interface WebhookSignature {
  readonly keyId: string;
  readonly moment: string;
  readonly digest: Buffer;
}

/** How one carrier tells tracking events of its own accord. */
export interface WebhookWriting {
  writeWebhook(notification: Notification): unknown;
  /** What is signed with, of the secret. */
  webhookKey(secret: string): string;
  /** A moment as the carrier's signatures have it. */
  webhookMoment(now: Date): string;
  signedText(moment: string, body: string): string;
  webhookHeaders(signature: WebhookSignature): Readonly<Record<string, string>>;
}

/** One carrier's wire format: how it reads questions and writes answers. A reader gives undefined for what is malformed. */
export interface WireDialect extends WebhookWriting {
  readonly carrier: HouseName;
  /** Express path patterns; `:id` is the shipment or the tracking number. */
  readonly paths: Readonly<Record<Operation, string>>;
  credential(request: Request): string | undefined;
  idempotencyKey(request: Request): string | undefined;
  readEnquiry(body: unknown): Enquiry | undefined;
  writeQuote(quote: DeskQuote): unknown;
  readOrder(body: unknown): ShipmentOrder | undefined;
  writePurchase(charge: Charge, documents: OutgoingDocuments | undefined): unknown;
  lookUpBy(query: Request['query']): { readonly key: string } | { readonly reference: string } | undefined;
  writeLookUp(
    found: readonly { readonly charge: Charge; readonly documents: OutgoingDocuments | undefined }[],
  ): unknown;
  writeVoid(charge: Charge): unknown;
  writeTracking(trackingId: string, scans: readonly { readonly code: ScanCode; readonly at: Date }[]): unknown;
  /** The line after which a page of the statement begins; undefined for what is no number. */
  statementAfter(query: Request['query']): number | undefined;
  /** @param next the line after which the following page begins; null on the last one */
  writeStatement(lines: readonly StatementLine[], next: number | null): unknown;
  writeProblem(kind: ProblemKind): { readonly status: number; readonly body: unknown };
}
