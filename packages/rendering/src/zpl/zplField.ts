/** Letters, digits and a few marks that mean nothing to a printer. */
const PLAIN = /[A-Za-z0-9 .,:/()#+-]/;

/**
 * Text as field data after ^FH: every byte that could mean anything to the printer (^, ~, _, control characters)
 * and every byte beyond ASCII goes as a hexadecimal escape, so no field can start a command.
 */
export function zplField(text: string): string {
  let escaped = '';
  for (const character of text) {
    if (PLAIN.test(character)) escaped += character;
    else
      for (const byte of Buffer.from(character, 'utf8'))
        escaped += `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** Whether a printer's own scalable font can show the text; the rest is sent as a picture. */
export const isPrinterText = (text: string): boolean => /^[\x20-\x7e\xa0-\xff]*$/.test(text);
