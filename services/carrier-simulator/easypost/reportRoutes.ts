import { type Request, Router } from 'express';
import { Problem } from '../desk/problem.ts';
import { jsonBody } from '../wire/rawBody.ts';
import { type CarrierHouse, type Counter, serve } from '../wire/serve.ts';
import { type PaymentReport, PaymentReports } from './paymentReports.ts';
import { reportRequest } from './wire.ts';

/** Reports of payments: taken in first, made by the time they are asked about again, and fetched from an address of their own. */
export function reportRoutes(house: CarrierHouse, counter: Counter): Router {
  const reports = new PaymentReports(house.ledger, house.now);
  const router = Router();
  const asked = { operation: 'statement', reference: undefined } as const;

  router.post('/v2/reports/payment_log', jsonBody(), async (request, response) => {
    await serve(house, counter, request, response, {
      ...asked,
      act: () => {
        const { data } = reportRequest.safeParse(request.body);
        if (!data) throw new Problem('malformed');
        return reports.create(data);
      },
      answer: (report) => written(report, 'new'),
    });
  });

  router.get('/v2/reports/payment_log', async (request, response) => {
    const most = Math.min(100, Number(request.query.page_size) || 20);
    await serve(house, counter, request, response, {
      ...asked,
      act: () => reports.newest(most),
      answer: (found) => ({
        simulated: true,
        reports: found.map((report) => written(report, stateOf(report))),
        has_more: found.length === most,
      }),
    });
  });

  router.get('/v2/reports/:id', async (request, response) => {
    await serve(house, counter, request, response, {
      ...asked,
      act: () => reports.report(String(request.params.id)),
      answer: (report) => written(report, stateOf(report), addressOf(request, report)),
    });
  });

  /** No credential is asked for: whoever knows the address may read. */
  router.get('/files/reports/:id', (request, response) => {
    response.type('text/csv').send(reports.csv(reports.report(String(request.params.id))));
  });

  const stateOf = (report: PaymentReport) => (reports.isEmpty(report) ? 'empty' : 'available');
  return router;
}

const addressOf = (request: Request, { id }: PaymentReport): string =>
  `${request.protocol}://${request.get('host')}${request.baseUrl}/files/reports/${id}`;

const written = (
  { id, at, request: { start_date, end_date } }: PaymentReport,
  status: 'new' | 'available' | 'empty',
  url: string | null = null,
) => ({
  simulated: true,
  object: 'PaymentLogReport',
  id,
  mode: 'test',
  status,
  start_date,
  end_date,
  created_at: at.toISOString(),
  updated_at: at.toISOString(),
  url: status === 'available' ? url : null,
  include_children: false,
});
