/** A browser as far as this service needs one: keeps cookies, does not follow redirects by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(base: string, headers: Readonly<Record<string, string>> = {}) {
    this.#base = base;
    this.#headers = headers;
  }

  async send(
    method: string,
    path: string,
    options: { body?: string | URLSearchParams; headers?: Record<string, string> } = {},
  ) {
    const response = await fetch(this.#base + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...this.#headers,
        ...options.headers,
      },
      ...(options.body !== undefined && { body: options.body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      if (/expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, { headers });

  postForm = (path: string, fields: Record<string, string>) =>
    this.send('POST', path, { body: new URLSearchParams(fields) });

  /** What Bull Board's page sends: JSON, and the token cookie mirrored in a header. */
  callBoard = (method: string, path: string, body?: unknown, token = this.cookies.get('XSRF-TOKEN')) =>
    this.send(method, `/board${path}`, {
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(token !== undefined && { 'x-xsrf-token': token }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  /** Fills in the login form as it is served. */
  async logIn(key: string, next = ''): Promise<Response> {
    const page = await (await this.get(`/login${next && `?next=${encodeURIComponent(next)}`}`)).text();
    return this.postForm('/login', { form: hidden(page, 'form'), next: hidden(page, 'next'), key });
  }
}

/** The value of a hidden field. */
export function hidden(page: string, name: string): string {
  const value = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)">`).exec(page)?.[1];
  if (value === undefined) throw new Error(`no field ${name} in ${page}`);
  return value.replaceAll('&amp;', '&');
}
