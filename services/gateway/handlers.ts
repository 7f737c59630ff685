import * as addresses from './addresses/addresses.ts';
import * as apiKeys from './apiKeys/apiKeys.ts';
import * as audit from './audit/audit.ts';
import * as backlog from './backlog/backlog.ts';
import * as carriers from './carriers/carriers.ts';
import * as deactivation from './deactivation/deactivation.ts';
import * as deadMessages from './deadMessages/deadMessages.ts';
import * as enrollment from './enrollment/enrollment.ts';
import * as feedReport from './feeds/feedReport.ts';
import * as feeds from './feeds/feeds.ts';
import * as revertFeed from './feeds/revertFeed.ts';
import * as uploadFeed from './feeds/uploadFeed.ts';
import type { AnyHandler } from './http/handler.ts';
import * as inquiries from './inquiries/inquiries.ts';
import * as campaigns from './invitations/campaigns.ts';
import * as invitations from './invitations/invitations.ts';
import * as createLabelBatch from './labelBatches/createLabelBatch.ts';
import * as downloadLabelBatch from './labelBatches/downloadLabelBatch.ts';
import * as labelBatches from './labelBatches/labelBatches.ts';
import * as commercialInvoice from './labels/commercialInvoice.ts';
import * as labels from './labels/labels.ts';
import * as requestLabel from './labels/requestLabel.ts';
import * as ledger from './ledger/ledger.ts';
import * as reclaims from './ledger/reclaims.ts';
import * as messages from './messages/messages.ts';
import * as operations from './operations/operations.ts';
import * as changeOrder from './orders/changeOrder.ts';
import * as createOrder from './orders/createOrder.ts';
import * as orders from './orders/orders.ts';
import * as pauses from './pauses/pauses.ts';
import * as quotes from './quotes/quotes.ts';
import * as regions from './regions/regions.ts';
import * as safeguards from './safeguards/safeguards.ts';
import * as importSellers from './sellers/importSellers.ts';
import * as sellers from './sellers/sellers.ts';
import * as assignSkus from './skus/assignSkus.ts';
import * as copyDomesticOnly from './skus/copyDomesticOnly.ts';
import * as importSkus from './skus/importSkus.ts';
import * as skus from './skus/skus.ts';
import * as suspensions from './suspensions/suspensions.ts';
import * as createTemplate from './templates/createTemplate.ts';
import * as editTemplate from './templates/editTemplate.ts';
import * as importTemplates from './templates/importTemplates.ts';
import * as templates from './templates/templates.ts';
import * as trackingEvents from './trackingEvents/trackingEvents.ts';
import * as why from './why/why.ts';
import * as wizardSave from './wizard/save.ts';
import * as wizardSteps from './wizard/steps.ts';

/** Files whose exports are handlers. A new file is one import and one line here; the server's table follows. */
const files: readonly Readonly<Record<string, AnyHandler>>[] = [
  importSellers,
  sellers,
  addresses,
  campaigns,
  invitations,
  inquiries,
  enrollment,
  createTemplate,
  importTemplates,
  templates,
  editTemplate,
  wizardSteps,
  wizardSave,
  regions,
  deactivation,
  suspensions,
  importSkus,
  skus,
  assignSkus,
  copyDomesticOnly,
  uploadFeed,
  feeds,
  revertFeed,
  feedReport,
  createOrder,
  orders,
  changeOrder,
  quotes,
  requestLabel,
  labels,
  createLabelBatch,
  labelBatches,
  downloadLabelBatch,
  commercialInvoice,
  trackingEvents,
  safeguards,
  ledger,
  reclaims,
  operations,
  apiKeys,
  backlog,
  carriers,
  pauses,
  deadMessages,
  messages,
  why,
  audit,
];

export const handlers: readonly AnyHandler[] = files.flatMap((file) => Object.values(file));
