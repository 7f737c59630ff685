import { routes } from '@ge/api';
import { findOrder, SellerAddressEntity } from '@ge/database';
import { isBoughtLabel } from '@ge/domain';
import { renderCommercialInvoicePdf } from '@ge/rendering';
import { handle } from '../http/handler.ts';
import { found, NotFound } from '../http/refused.ts';
import { labelSeen } from './labelSeen.ts';

/**
 * Printed anew each time from what was declared with the purchase, and the same bytes each time; gone with the addresses once
 * these are erased.
 */
export const printCommercialInvoice = handle(
  routes.labels.printCommercialInvoice,
  async ({ tx, access, params, surroundings }) => {
    const label = await labelSeen(tx, access, params.labelId);
    if (!isBoughtLabel(label)) throw new NotFound();
    const { shipTo } = found(await findOrder(tx, label.orderId));
    const { declaration } = label;
    const [shipFrom] = await tx.find(SellerAddressEntity, [declaration.shipFromId]);
    const invoice = {
      invoiceNumber: label.id,
      date: declaration.shipDate,
      trackingId: found(label.trackingId),
      carrierName: surroundings.carriers.carrierById(label.carrierId)?.profile.name ?? label.carrierId,
      shipper: found(shipFrom).address,
      consignee: found(shipTo),
      lines: declaration.lines,
      exportFiling: declaration.exportFiling,
    };
    const bytes = await renderCommercialInvoicePdf(invoice, { createdAt: label.createdAt });
    return {
      status: 200,
      mediaType: 'application/pdf',
      fileName: `invoice-${label.orderId}-${label.parcelNo}.pdf`,
      bytes: async function* () {
        yield bytes;
      },
    };
  },
);
