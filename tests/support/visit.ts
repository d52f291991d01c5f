import type { Role } from '../../server/core/roles.ts';

/** A page that tests look at. */
export interface Visit {
  /** The route as it is registered. */
  route: string;
  url: string;
  role?: Role;
  /** The cookie of somebody who is not there by role: a pupil in the middle of answering, a member of a forum. */
  cookie?: string;
}
