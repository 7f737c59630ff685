import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { LabelContent } from '../src/index.ts';

export const createdAt = new Date('2026-11-22T08:00:00Z');

export const label: LabelContent = {
  carrierName: 'Simulator Express',
  serviceName: 'EXPRESS WORLDWIDE',
  trackingId: '1Z999AA10123456784',
  trackingBarcode: { symbology: 'code128', text: '1Z999AA10123456784' },
  routingBarcode: { symbology: 'gs1-128', text: '(00)003401234567890125' },
  reference: 'lbl_0123456789abcdef',
  shipDate: '2026-11-22',
  from: {
    name: 'Blue Ridge Outfitters LLC',
    line1: '1200 Market Street Suite 400',
    city: 'Denver',
    state: 'CO',
    postalCode: '80202',
    country: 'US',
    phone: '+1 303 555 0100',
  },
  to: { name: 'Jörg Weiß', line1: 'Hauptstraße 5', city: 'Köln', postalCode: '50667', country: 'DE' },
  weightGrams: 1_250,
  contents: '3 x cotton shirt; 1 x belt',
};

export const cjkLabel: LabelContent = {
  ...label,
  to: { name: '佐藤 花子', line1: '千代田区丸の内1丁目9-1', line2: '서울 빌딩', city: '东京', country: 'JP' },
};

prepareZXingModule({
  overrides: {
    wasmBinary: new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))))
      .buffer as ArrayBuffer,
  },
});

/** Every linear barcode a reader finds in a picture, as format and text. */
export async function barcodesIn(png: Uint8Array): Promise<readonly string[]> {
  const found = await readBarcodes(png, { formats: ['Code128'], tryHarder: true });
  return found.map((barcode) => `${barcode.contentType}:${barcode.text}`);
}
