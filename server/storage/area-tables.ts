/*
 * The rows of the tables about areas; as in tables.ts. A node is the id of a place of the register as releases know it,
 * `locality:<code>` or `cluster:<code>`: codes stay, so it is the same place in every wave.
 */

export interface AreaTables {
  account_areas: AccountAreasTable;
  invitation_areas: InvitationAreasTable;
}

/** That somebody is bound to a place. `granted_by` is null where the server's operator invited. */
interface AccountAreasTable {
  account_id: string;
  node: string;
  granted_by: string | null;
  granted_at: string;
}

/** What the account that an invitation leads to is bound to. */
interface InvitationAreasTable {
  invitation_id: string;
  node: string;
}
