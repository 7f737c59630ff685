export { type Barcode, BarcodeError } from './barcode/barcode.ts';
export type { CommercialInvoice, InvoiceLine } from './invoice/commercialInvoice.ts';
export { type LabelContent, LabelContentError } from './label/content.ts';
export { renderCommercialInvoicePdf } from './pdf/invoicePdf.ts';
export { renderLabelPdf } from './pdf/labelPdf.ts';
export type { PdfSettings } from './pdf/pdfBytes.ts';
export { type LabelDpi, renderLabelPng } from './png/labelPng.ts';
export { renderLabelZpl } from './zpl/labelZpl.ts';
