/** What a signed-in person may be. Pupils and parents answer without any account and have no role. */
export const ROLES = [
  'forum-member',
  'youth-worker',
  'text-reader',
  'planner',
  'analyst',
  'approver',
  'administrator',
  'auditor',
] as const;

export type Role = (typeof ROLES)[number];

/** Everybody with a part in how a question comes into a survey. */
export const STUDIO_ROLES: readonly Role[] = ['forum-member', 'youth-worker', 'analyst', 'approver'];

/** Who reads results. */
export const RESULT_READERS: readonly Role[] = ['planner', 'analyst', 'approver'];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
