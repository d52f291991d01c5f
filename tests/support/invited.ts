import { createInvitations } from '../../server/storage/invitations.ts';
import type { House } from './house.ts';

/** Has one account of a house be there by another one's invitation. @returns what takes that away again */
export async function asInvitedBy(house: House, invited: string, by: string): Promise<() => Promise<void>> {
  const { database, clock } = house.services;
  const invitation = { authorityId: house.authorityId, roles: ['planner' as const], invitedBy: by };
  const { id } = await createInvitations(database).make(invitation, clock());
  const rows = database.query.updateTable('invitations').where('id', '=', id);
  await rows.set({ used_at: clock(), account_id: invited }).execute();
  return async () => void (await rows.set({ account_id: null }).execute());
}
