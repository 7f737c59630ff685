/** Black and white, one byte per dot (1 = black). */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

export const blankBitmap = (width: number, height: number): Bitmap => ({
  width,
  height,
  dots: new Uint8Array(width * height),
});

/** Blackens a rectangle; what lies outside is cut off. */
export function fillRect(bitmap: Bitmap, x: number, y: number, width: number, height: number): void {
  const left = Math.max(0, x);
  const right = Math.min(bitmap.width, x + width);
  const bottom = Math.min(bitmap.height, y + height);
  if (right <= left) return;
  for (let row = Math.max(0, y); row < bottom; row++) {
    bitmap.dots.fill(1, row * bitmap.width + left, row * bitmap.width + right);
  }
}

/** Eight dots a byte, rows padded to whole bytes; `black` is the bit of a black dot. */
export function packedRows(bitmap: Bitmap, black: 0 | 1): { readonly bytesPerRow: number; readonly rows: Uint8Array } {
  const bytesPerRow = Math.ceil(bitmap.width / 8);
  const rows = new Uint8Array(bytesPerRow * bitmap.height);
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      if (bitmap.dots[y * bitmap.width + x] === black) rows[y * bytesPerRow + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { bytesPerRow, rows };
}
