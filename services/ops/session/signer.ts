import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs short texts. A signature made for one purpose is worth nothing for another. */
export class Signer {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(purpose: string, text: string): string {
    return this.#mac(purpose, text).toString('base64url');
  }

  check(purpose: string, text: string, signature: string): boolean {
    const expected = this.#mac(purpose, text);
    const given = Buffer.from(signature, 'base64url');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #mac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\n${text}`).digest();
  }
}
