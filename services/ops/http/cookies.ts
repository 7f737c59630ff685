import type { Request, Response } from 'express';

/** The value of a cookie, or undefined. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Behind https the name itself forbids that another host or an unsafe page sets the cookie. */
export const cookieName = (request: Request, name: string): string => (request.secure ? `__Host-${name}` : name);

/** Sets a cookie that lives as long as the browser, at most `maxAge` ms. */
export function setCookie(
  request: Request,
  response: Response,
  name: string,
  value: string,
  options: { readonly httpOnly: boolean; readonly maxAge: number },
): void {
  response.cookie(name, value, { ...options, path: '/', sameSite: 'lax', secure: request.secure, encode: String });
}

export const dropCookie = (request: Request, response: Response, name: string): void =>
  void response.clearCookie(name, { path: '/', sameSite: 'lax', secure: request.secure });
