import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface HealthOptions {
  readonly host: string;
  readonly port: number;
  readonly service: string;
  readonly registry: Registry;
  /** Names of the dependencies that do not answer; empty = ready. */
  readonly unready: () => Promise<readonly string[]>;
  /** False when the process no longer makes progress and should be replaced. */
  readonly live: () => Promise<boolean>;
}

/** Serves /live, /ready and /metrics. Live is about progress, ready about dependencies: losing a store is no reason to die. */
export class HealthServer {
  readonly #server: Server;
  readonly #options: HealthOptions;
  /** Set while the service boots and once it is told to stop. */
  notReadyBecause: string | null = 'starting';

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      void this.#answer(request.url ?? '').then(
        ({ status, type, body }) =>
          response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
        () => response.writeHead(500).end(),
      );
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, this.#options.host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(url: string): Promise<{ status: number; type: string; body: string }> {
    const { service, registry } = this.#options;
    const json = (ok: boolean, extra: object) => ({
      status: ok ? 200 : 503,
      type: 'application/json',
      body: JSON.stringify({ service, ok, ...extra }),
    });
    switch (url.split('?', 1)[0]) {
      case '/live':
        return json(await this.#options.live(), {});
      case '/ready': {
        if (this.notReadyBecause) return json(false, { waitingFor: [this.notReadyBecause] });
        const waitingFor = await this.#options.unready();
        return json(waitingFor.length === 0, { waitingFor });
      }
      case '/metrics':
        return { status: 200, type: registry.contentType, body: await registry.metrics() };
      default:
        return { status: 404, type: 'text/plain', body: 'not found\n' };
    }
  }
}
