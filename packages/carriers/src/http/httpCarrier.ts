import type { CallOptions, Carrier } from '../port/carrier.ts';
import type { Dialect, WireDocument, WireDocumentLink, WireLabel } from '../port/dialect.ts';
import { verifiedDocument } from '../port/document.ts';
import type { CarrierCall, CarrierGate, HeldCall } from '../port/gate.ts';
import type {
  BoughtLabel,
  BuyOutcome,
  CarrierDocument,
  LookUpOutcome,
  QuoteOutcome,
  SimulatorOutcome,
  StatementOutcome,
  TrackOutcome,
  UnknownReason,
  VoidOutcome,
} from '../port/outcome.ts';
import { carrierRefusal } from '../port/refusal.ts';
import { screenOffers } from '../port/screening.ts';
import type { PreparedPurchase, PurchaseIntent, PurchaseReference, QuoteRequest } from '../port/shipment.ts';
import { Allowance } from './allowance.ts';
import { DocumentHttp } from './documentHttp.ts';
import { type CarrierConnection, CarrierHttp, type HttpCall } from './exchange.ts';
import { statementOfReports, unansweredStatement } from './reportStatement.ts';
import { simulatorIn } from './simulatorIn.ts';
import { endOf, judge, unavailableReason, type Verdict } from './verdict.ts';

/** A carrier over HTTP. `now` is asked only to bound the validity of offers. */
export class HttpCarrier implements Carrier {
  readonly profile;
  readonly #dialect: Dialect;
  readonly #http: CarrierHttp;
  readonly #documents: DocumentHttp;
  readonly #apiKey: string;
  readonly #gate: CarrierGate | undefined;
  readonly #now: () => Date;

  constructor(dialect: Dialect, connection: CarrierConnection, now: () => Date = () => new Date()) {
    this.profile = dialect.profile;
    this.#dialect = dialect;
    this.#http = new CarrierHttp(connection);
    this.#documents = new DocumentHttp(connection, dialect.documentHosts ?? []);
    this.#apiKey = connection.apiKey;
    this.#gate = connection.gate;
    this.#now = now;
  }

  async quote(request: QuoteRequest, options: CallOptions): Promise<QuoteOutcome> {
    const verdict = await this.#ask('quote', this.#dialect.quote(request), new Allowance(options));
    if (verdict.kind === 'held') return verdict;
    if (verdict.kind === 'unknown') return { ...verdict, kind: 'unavailable' };
    if (verdict.kind === 'refused') {
      const reason = unavailableReason(verdict.refusal);
      if (!reason) return { kind: 'refused', ...verdict.refusal };
      return { kind: 'unavailable', reason, retryAfterSeconds: verdict.refusal.retryAfterSeconds };
    }
    const quote = this.#dialect.readQuote(verdict.json, request);
    if (!quote) return { kind: 'unavailable', reason: 'ANSWER_UNREADABLE' };
    const screened = screenOffers(quote.offers, request.deliverBy, this.#now());
    return { kind: 'quoted', offers: screened.offers, refused: [...screened.refused, ...quote.refused] };
  }

  prepare(intent: PurchaseIntent): PreparedPurchase {
    return this.#dialect.prepare(intent);
  }

  async buy(prepared: PreparedPurchase, options: CallOptions): Promise<BuyOutcome> {
    const call = this.#dialect.purchase(prepared);
    if (!call) return { kind: 'refused', ...carrierRefusal('carrier.offer_invalid') };
    const time = new Allowance(options);
    const verdict = await this.#ask('buy', call, time);
    if (verdict.kind === 'held') return verdict;
    if (verdict.kind === 'unknown') return { kind: 'unknown', reason: verdict.reason };
    if (verdict.kind === 'refused') return { kind: 'refused', ...verdict.refusal };
    const label = this.#dialect.readPurchase(verdict.json);
    if (!label) return { kind: 'unknown', reason: 'ANSWER_UNREADABLE' };
    if (label.reference !== this.#dialect.nameOf(prepared)) {
      return { kind: 'unknown', reason: 'ANSWER_FOR_ANOTHER_PURCHASE' };
    }
    if (!label.document) return { kind: 'unknown', reason: 'ANSWER_WITHOUT_LABEL' };
    const document = await this.#documentOf(label.document, time.rest());
    if (typeof document === 'string') return { kind: 'unknown', reason: document };
    const invoice = label.invoice && verifiedDocument(label.invoice);
    return { kind: 'purchased', ...bought(label), document, ...(invoice && { invoice }) };
  }

  async lookUp(
    purchase: PurchaseReference & { readonly sentAt: Date },
    options: CallOptions & { readonly now: Date },
  ): Promise<LookUpOutcome> {
    const call = this.profile.lookUp ? this.#dialect.lookUp(purchase) : undefined;
    if (!call) return { kind: 'unknown', reason: 'LOOK_UP_NOT_SUPPORTED' };
    const time = new Allowance(options);
    const verdict = await this.#ask('look_up', call, time);
    if (verdict.kind === 'held') return verdict;
    if (verdict.kind === 'unknown') return verdict;
    if (verdict.kind === 'refused') {
      // Only the empty list of a successful look-up says "not bought"; a refused question says nothing.
      const reason = unavailableReason(verdict.refusal) ?? 'UNEXPECTED_STATUS';
      return { kind: 'unknown', reason, retryAfterSeconds: verdict.refusal.retryAfterSeconds };
    }
    const labels = this.#dialect.readLookUp(verdict.json);
    if (!labels) return { kind: 'unknown', reason: 'ANSWER_UNREADABLE' };
    if (labels.some((label) => label.reference !== this.#dialect.nameOf(purchase))) {
      return { kind: 'unknown', reason: 'ANSWER_FOR_ANOTHER_PURCHASE' };
    }
    return labels.length === 0 ? this.#notBought(purchase.sentAt, options.now) : this.#found(labels, time.rest());
  }

  /**
   * The first label that was not voided is the one to keep; every other that was not voided is a duplicate. A shipment that is
   * listed twice is one: taken for its own duplicate, it would be voided.
   */
  async #found(listed: readonly WireLabel[], options: CallOptions): Promise<LookUpOutcome> {
    const labels = [...new Map(listed.map((label) => [label.shipmentId, label])).values()];
    const inOrder = labels.toSorted((a, b) => a.boughtAt.getTime() - b.boughtAt.getTime());
    const active = inOrder.filter((label) => !label.voided);
    const kept = active[0] ?? inOrder[0]!;
    const document = kept.voided ? undefined : await this.#documentOf(kept.document, options);
    // Where it comes by link there is no other paper: the purchase stays unknown until it was fetched.
    if (typeof document === 'string' && this.#dialect.documentHosts) return { kind: 'unknown', reason: document };
    const invoice = kept.invoice && verifiedDocument(kept.invoice);
    return {
      kind: 'bought',
      ...bought(kept),
      voided: kept.voided,
      ...(typeof document === 'object' && { document }),
      ...(invoice && { invoice }),
      duplicates: active.filter((label) => label !== kept).map(bought),
    };
  }

  /** The document, or why there is none to be trusted. */
  async #documentOf(
    given: WireDocument | WireDocumentLink | undefined,
    options: CallOptions,
  ): Promise<CarrierDocument | UnknownReason> {
    if (!given) return 'ANSWER_WITHOUT_LABEL';
    if ('url' in given) return this.#documents.fetch(given, options);
    return verifiedDocument(given) ?? 'LABEL_DAMAGED';
  }

  #notBought(sentAt: Date, now: Date): LookUpOutcome {
    const passedMs = now.getTime() - sentAt.getTime();
    const secondsToHorizon = Math.max(0, Math.ceil((this.profile.horizonMs - passedMs) / 1_000));
    return { kind: 'not_bought', horizonPassed: secondsToHorizon === 0, secondsToHorizon };
  }

  async void(shipmentId: string, options: CallOptions): Promise<VoidOutcome> {
    const { standing, readStanding } = this.#dialect;
    const time = new Allowance(options);
    if (standing && readStanding) {
      const before = await this.#askVoid('look_up', standing(shipmentId), readStanding, time);
      if (before) return before;
    }
    const { readVoid } = this.#dialect;
    const answer = await this.#askVoid('void', this.#dialect.void(shipmentId), readVoid, time);
    return answer ?? { kind: 'unknown', reason: 'ANSWER_UNREADABLE' };
  }

  /** undefined = the label still stands. */
  async #askVoid(
    kind: CarrierCall,
    call: HttpCall,
    read: Dialect['readVoid'],
    time: Allowance,
  ): Promise<VoidOutcome | undefined> {
    const verdict = await this.#ask(kind, call, time);
    if (verdict.kind === 'held') return verdict;
    if (verdict.kind === 'unknown') return { kind: 'unknown', reason: verdict.reason };
    if (verdict.kind === 'refused') return { kind: 'refused', ...verdict.refusal };
    const said = read(verdict.json);
    if (!said) return { kind: 'unknown', reason: 'ANSWER_UNREADABLE' };
    if (said.kind === 'standing') return undefined;
    return said.kind === 'refused' ? { kind: 'refused', ...carrierRefusal(said.code) } : said;
  }

  async track(trackingId: string, options: CallOptions): Promise<TrackOutcome> {
    const verdict = await this.#ask('track', this.#dialect.track(trackingId), new Allowance(options));
    if (verdict.kind === 'held') return verdict;
    if (verdict.kind === 'unknown') return { ...verdict, kind: 'unavailable' };
    if (verdict.kind === 'refused') {
      if (verdict.refusal.code === 'carrier.shipment_unknown') return { kind: 'not_found' };
      const reason = unavailableReason(verdict.refusal) ?? 'UNEXPECTED_STATUS';
      return { kind: 'unavailable', reason, retryAfterSeconds: verdict.refusal.retryAfterSeconds };
    }
    const tracking = this.#dialect.readTracking(verdict.json, trackingId);
    if (tracking === null) return { kind: 'not_found' };
    return tracking ? { kind: 'tracked', ...tracking } : { kind: 'unavailable', reason: 'ANSWER_UNREADABLE' };
  }

  async statement(afterLineNo: number, options: CallOptions & { readonly now: Date }): Promise<StatementOutcome> {
    const outcome = await this.#pageOf(afterLineNo, options);
    if (outcome.kind !== 'page') return outcome;
    const { lines, next } = outcome;
    // A page that leads back, or leaves out what it was asked for, would be read for ever or skip what was billed.
    const numbers = [afterLineNo, ...lines.map(({ lineNo }) => lineNo)];
    const leadsOn = isInOrder(numbers) && (next === null || (next >= numbers.at(-1)! && next > afterLineNo));
    return leadsOn ? outcome : { kind: 'unavailable', reason: 'ANSWER_UNREADABLE' };
  }

  async #pageOf(afterLineNo: number, options: CallOptions & { readonly now: Date }): Promise<StatementOutcome> {
    const { reports, statement, readStatement } = this.#dialect;
    if (!this.profile.givesStatement) return { kind: 'not_given' };
    const time = new Allowance(options);
    if (reports) {
      const calls = {
        ask: (call: HttpCall) => this.#ask('statement', call, time),
        download: (url: string) => this.#documents.text(url, time.rest()),
      };
      return statementOfReports(reports, calls, { afterLineNo, now: options.now });
    }
    if (!statement) return { kind: 'not_given' };
    const verdict = await this.#ask('statement', statement(afterLineNo), time);
    if (verdict.kind !== 'done') return unansweredStatement(verdict);
    const page = readStatement?.(verdict.json);
    return page ? { kind: 'page', ...page } : { kind: 'unavailable', reason: 'ANSWER_UNREADABLE' };
  }

  async isSimulator(options: CallOptions): Promise<SimulatorOutcome> {
    const path = this.#dialect.simulatorPath;
    if (path === undefined) return { kind: 'no_simulator' };
    const answer = await this.#http.exchange({ method: 'GET', path, headers: {} }, options);
    return simulatorIn(answer);
  }

  /** Ends all connections; calls under way end as unknown. */
  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#documents.close()]);
  }

  async #ask(kind: CarrierCall, call: HttpCall, time: Allowance): Promise<Verdict | HeldCall> {
    const pass = await this.#gate?.enter(this.profile, kind, time.options.beginBy);
    if (pass?.kind === 'held') return pass;
    const headers = { ...this.#dialect.headers(this.#apiKey), ...call.headers };
    const exchange = await this.#http.exchange({ ...call, headers }, time.rest());
    const end = endOf(exchange);
    const held = pass && end && (await this.#gate?.leave(this.profile, kind, pass, end));
    return held ?? judge(this.#dialect, exchange);
  }
}

const isInOrder = (numbers: readonly number[]): boolean =>
  numbers.every((no, place) => place === 0 || no > numbers[place - 1]!);

const bought = ({ trackingId, shipmentId, charge }: WireLabel): BoughtLabel => ({ trackingId, shipmentId, charge });
