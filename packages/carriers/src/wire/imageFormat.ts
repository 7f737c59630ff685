import type { LabelFormat } from '@ge/domain';

export type ImageFormat = 'PDF' | 'PNG' | 'ZPL';

/** Carriers name the format and the printer's resolution apart. */
export const imageFormatOf = (format: LabelFormat): { readonly image: ImageFormat; readonly dpi: 203 | 300 } =>
  format === 'ZPL203' || format === 'ZPL300'
    ? { image: 'ZPL', dpi: format === 'ZPL300' ? 300 : 203 }
    : { image: format, dpi: 203 };

export const labelFormatOf = (image: ImageFormat, dpi: number | undefined): LabelFormat => {
  if (image !== 'ZPL') return image;
  return dpi === 300 ? 'ZPL300' : 'ZPL203';
};
