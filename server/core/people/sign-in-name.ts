/** A sign-in name as it is stored and looked up: capitals, spaces at its ends and the width of those within do not matter. */
export function normalSignInName(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
