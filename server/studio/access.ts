import { STUDIO_ROLES } from '../core/roles.ts';

/* Who uses the studio's routes, by name. */

/** Everybody with a part in how a question comes into a survey. */
export const STUDIO = STUDIO_ROLES;

/** Whoever is in a forum, and writes there. */
export const IN_FORUMS = { access: ['forum-member', 'youth-worker'] } as const;
