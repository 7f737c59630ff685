import type { Route } from '@ge/api';
import type { Request, Response } from 'express';
import type { CallerLimits } from '../limits/callerLimits.ts';
import { networkOf } from '../limits/networkOf.ts';
import type { Overload } from '../overload/overload.ts';
import { type Access, authorise, type Doorkeeper } from './access.ts';
import type { RequestNotes } from './serve.ts';

/** What a request passes before anything of it is read: who, how often, may they, and is there room for more work. */
export class Admission {
  readonly #door: Doorkeeper;
  readonly #limits: CallerLimits;
  readonly #overload: Overload;

  constructor(door: Doorkeeper, limits: CallerLimits, overload: Overload) {
    this.#door = door;
    this.#limits = limits;
    this.#overload = overload;
  }

  /**
   * Throws `http.unauthorized`, `http.rate_limited`, `http.forbidden`, `http.not_found` for another seller's things, and
   * `http.overloaded`.
   */
  async admit(route: Route, request: Request, response: Response, notes: RequestNotes): Promise<Access> {
    const access = await this.#door.accessOf(request.headers.authorization, networkOf(request.ip));
    notes.access = access;
    response.set(await this.#limits.call(access.scope, access.keyId));
    const sellerId = request.params.sellerId as string | undefined;
    authorise(access, route, sellerId);
    this.#overload.check(route, sellerId ?? access.sellerId);
    if (route.upload) await this.#limits.mayUpload(access.keyId);
    return access;
  }

  async uploaded({ keyId }: Access, bytes: number): Promise<void> {
    await this.#limits.uploaded(keyId, bytes);
  }
}
