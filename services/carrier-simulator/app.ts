import express, { type ErrorRequestHandler, type Express } from 'express';
import { adminRoutes } from './admin/adminRoutes.ts';
import { healthRoutes } from './admin/healthRoutes.ts';
import { easypostRoutes } from './easypost/easypostRoutes.ts';
import { expressDialect } from './express/expressDialect.ts';
import { parcelDialect } from './parcel/parcelDialect.ts';
import { carrierRoutes } from './wire/carrierRoutes.ts';
import type { CarrierHouse } from './wire/serve.ts';

/** Both carriers, the reseller of them, the administration and the health of one simulator. Every answer says that it comes from a simulator. */
export function carrierSimulatorApp(house: CarrierHouse, adminToken: string | undefined): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('x-carrier-simulator', 'global-express-fleet');
    next();
  });
  app.use(healthRoutes(house));
  app.use(adminRoutes(house, adminToken));
  for (const dialect of [expressDialect, parcelDialect]) {
    app.use(carrierRoutes(house, dialect));
  }
  app.use('/easypost', easypostRoutes(house));
  app.use((_request, response) => {
    response.status(404).json({ simulator: true, error: 'not_found' });
  });
  app.use(((error, _request, response, _next) => {
    const status: unknown = error?.status;
    const client = typeof status === 'number' && status >= 400 && status < 500;
    if (!client) console.error(error);
    if (response.headersSent) response.destroy();
    else response.status(client ? status : 500).json({ simulator: true, error: client ? 'malformed' : 'internal' });
  }) satisfies ErrorRequestHandler);
  return app;
}
