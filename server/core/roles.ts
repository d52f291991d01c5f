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

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
