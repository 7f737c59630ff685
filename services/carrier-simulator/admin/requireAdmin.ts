import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets through who has the token; without a configured token nobody. */
export const requireAdmin =
  (token: string | undefined): RequestHandler =>
  (request, response, next) => {
    const given = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
    if (token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token))) {
      next();
      return;
    }
    response.status(401).json({ simulator: true, error: 'admin_token_required' });
  };
