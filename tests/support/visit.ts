import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../server/core/roles.ts';
import { unzip } from '../results/file-reading.ts';

/** A page that tests look at. */
export interface Visit {
  /** The route as it is registered. */
  route: string;
  url: string;
  role?: Role;
  /** The cookie of somebody who is not there by role: a pupil in the middle of answering, a member of a forum. */
  cookie?: string;
}

/** All that a reply holds as text, workbooks unpacked: packed, they hold the time at which they were. */
export function textOf({ rawPayload }: LightMyRequestResponse): string {
  if (rawPayload.subarray(0, 2).toString('latin1') !== 'PK') return rawPayload.toString('utf8');
  return [...unzip(rawPayload)].map(([name, file]) => `${name}\n${file.toString('utf8')}`).join('\n');
}
