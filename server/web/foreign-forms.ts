import type { FastifyRequest } from 'fastify';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that changes something comes from a page of another site (cross-site request
 * forgery). Browsers say where a form stands: newer ones in Sec-Fetch-Site, all that we hold in Origin.
 * A client that sends neither is no browser, so nobody's cookies are being misused.
 */
export function isForeignForm(request: FastifyRequest): boolean {
  if (SAFE_METHODS.includes(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  return origin !== `${request.protocol}://${request.host}`;
}

/** Whether a page of another site leads here, as far as the browser says. */
export function isLinkedFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}
