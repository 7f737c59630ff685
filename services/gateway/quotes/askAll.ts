import { askCarriers, type CarrierAnswers, type QuoteRequest } from '@ge/carriers';
import type { Surroundings } from '../http/handler.ts';

/** Asks every carrier of this installation; one that is slower than the deadline is reported. */
export const askAll = (
  { carriers, config }: Pick<Surroundings, 'carriers' | 'config'>,
  request: QuoteRequest,
  now: Date,
): Promise<CarrierAnswers> => askCarriers(carriers.carriers, request, config.CARRIER_TIMEOUT_MS, now);
