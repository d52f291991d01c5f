import type { Transaction } from 'kysely';
import { isDuplicate, type Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A forum that was ended and still holds what its members wrote. */
export interface EndedForum {
  forumId: string;
  endedAt: string;
}

/** How many contributions lost their words, and how many a youth worker has to look at first. */
export interface WordsRemoval {
  removed: number;
  waiting: number;
}

export interface ForumEndings {
  /**
   * Ends a forum: its members can not sign in any more, and its invitations are worth nothing.
   * @returns false if it was ended before
   */
  end(forumId: string, by: string, at: string): Promise<boolean>;
  /** Forums that were ended at or before a time and are not deleted. */
  due(endedUntil: string): Promise<EndedForum[]>;
  /**
   * Deletes what members of an ended forum wrote, their names and their pass-phrases. What was published stays: questions,
   * versions, credits, what the council took on, and how many stars an idea had.
   */
  deleteForum(forumId: string, at: string): Promise<void>;
  /**
   * Deletes the words of a member and takes their cards off the boards. What a youth worker has still to look at stays.
   * @param by whoever asked for it: the member, or a youth worker
   */
  removeWords(forumId: string, accountId: string, by: string, at: string): Promise<WordsRemoval>;
}

/** A password that opens nothing: no hash looks like it. */
const NO_PASSWORD = 'deleted';

export function createForumEndings({ query }: Pick<Database, 'query'>): ForumEndings {
  return {
    async end(forumId, by, at) {
      try {
        await query.transaction().execute(async (trx) => {
          const row = { forum_id: forumId, ended_at: at, ended_by: by, deleted_at: null };
          await trx.insertInto('forum_endings').values(row).execute();
          await endMemberships(trx, forumId, at);
        });
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
      return true;
    },
    due: (endedUntil) =>
      query
        .selectFrom('forum_endings')
        .select(['forum_id as forumId', 'ended_at as endedAt'])
        .where('ended_at', '<=', endedUntil)
        .where('deleted_at', 'is', null)
        .orderBy('ended_at')
        .execute(),
    deleteForum: (forumId, at) =>
      query.transaction().execute(async (trx) => {
        await deleteWords(trx, forumId, at);
        await deleteLooks(trx, forumId);
        await deleteNames(trx, forumId);
        await trx.updateTable('forum_endings').set({ deleted_at: at }).where('forum_id', '=', forumId).execute();
      }),
    removeWords: (forumId, accountId, by, at) =>
      query.transaction().execute((trx) => removeWords(trx, { forumId, accountId, by }, at)),
  };
}

async function endMemberships(trx: Transaction<Tables>, forumId: string, at: string): Promise<void> {
  const members = trx.selectFrom('forum_members').select('account_id').where('forum_id', '=', forumId);
  const open = trx.updateTable('staff_sessions').set({ ended_at: at }).where('account_id', 'in', members);
  await open.where('ended_at', 'is', null).execute();
  const accounts = trx.updateTable('accounts').set({ ended_at: at }).where('id', 'in', members);
  await accounts.where('ended_at', 'is', null).execute();
  const memberships = trx.updateTable('forum_members').set({ left_at: at }).where('forum_id', '=', forumId);
  await memberships.where('left_at', 'is', null).execute();
  const invitations = trx.updateTable('forum_invitations').set({ revoked_at: at }).where('forum_id', '=', forumId);
  await invitations.where('revoked_at', 'is', null).where('used_at', 'is', null).execute();
}

/** Words of members and what youth workers wrote about them. */
async function deleteWords(trx: Transaction<Tables>, forumId: string, at: string): Promise<void> {
  const said = trx.selectFrom('contributions').select('id').where('forum_id', '=', forumId);
  const ending = trx.selectFrom('forum_endings').select('ended_by as by').where('forum_id', '=', forumId);
  const { by } = await ending.executeTakeFirstOrThrow();
  for (const { id } of await withWords(trx, forumId)) await empty(trx, id, by, at);
  await trx.updateTable('contribution_reports').set({ words: '' }).where('contribution_id', 'in', said).execute();
  await trx.updateTable('contribution_holds').set({ note: '' }).where('contribution_id', 'in', said).execute();
  await trx.updateTable('contribution_hidings').set({ reason: '' }).where('contribution_id', 'in', said).execute();
  await trx.updateTable('board_heading_versions').set({ words: '' }).where('heading_id', 'in', said).execute();
  await trx.updateTable('forum_pauses').set({ reason: '' }).where('forum_id', '=', forumId).execute();
}

/** What was written in a forum and has its words. */
function withWords(trx: Transaction<Tables>, forumId: string): Promise<{ id: string }[]> {
  return trx
    .selectFrom('contributions')
    .leftJoin('contribution_removals as removal', 'removal.contribution_id', 'contributions.id')
    .select('contributions.id')
    .where('forum_id', '=', forumId)
    .where('removal.contribution_id', 'is', null)
    .execute();
}

/** Who saw what of a board, and who thought what of a draft. */
async function deleteLooks(trx: Transaction<Tables>, forumId: string): Promise<void> {
  const boards = trx.selectFrom('boards').select('id').where('forum_id', '=', forumId);
  const said = trx.selectFrom('contributions').select('id').where('forum_id', '=', forumId);
  await trx.deleteFrom('board_looks').where('board_id', 'in', boards).execute();
  await trx.deleteFrom('board_sights').where('piece_id', 'in', said).execute();
  const members = trx.selectFrom('forum_members').select('account_id').where('forum_id', '=', forumId);
  await trx.deleteFrom('proposal_stances').where('account_id', 'in', members).execute();
  await trx.deleteFrom('spreadsheets').where('account_id', 'in', members).execute();
}

async function deleteNames(trx: Transaction<Tables>, forumId: string): Promise<void> {
  const members = await trx
    .selectFrom('forum_members')
    .select('account_id as accountId')
    .where('forum_id', '=', forumId)
    .execute();
  for (const { accountId } of members) {
    // A name to sign in with is unique: the account's id says nothing of anybody.
    const account = { sign_in_name: accountId.toLowerCase(), password_hash: NO_PASSWORD };
    await trx.updateTable('accounts').set(account).where('id', '=', accountId).execute();
    await trx.deleteFrom('staff_sessions').where('account_id', '=', accountId).execute();
  }
  await trx.updateTable('forum_members').set({ pseudonym: '' }).where('forum_id', '=', forumId).execute();
}

async function removeWords(
  trx: Transaction<Tables>,
  { forumId, accountId, by }: { forumId: string; accountId: string; by: string },
  at: string,
): Promise<WordsRemoval> {
  const left = await trx
    .selectFrom('contributions')
    .leftJoin('contribution_holds as hold', 'hold.contribution_id', 'contributions.id')
    .leftJoin('contribution_removals as removal', 'removal.contribution_id', 'contributions.id')
    .select(['contributions.id', 'hold.contribution_id as heldId', 'hold.settled_at as settledAt'])
    .where('forum_id', '=', forumId)
    .where('account_id', '=', accountId)
    .where('removal.contribution_id', 'is', null)
    .execute();
  const reported = await trx
    .selectFrom('contribution_reports')
    .select('contribution_id as id')
    .where('settled_at', 'is', null)
    .execute();
  const waits = new Set(reported.map(({ id }) => id));
  const ready = left.filter(({ id, heldId, settledAt }) => !waits.has(id) && (heldId === null || settledAt !== null));
  for (const { id } of ready) {
    await empty(trx, id, by, at);
    await takeOff(trx, id, at);
  }
  await trx
    .updateTable('contribution_reports')
    .set({ words: '' })
    .where('reported_by', '=', accountId)
    .where('settled_at', 'is not', null)
    .execute();
  return { removed: ready.length, waiting: left.length - ready.length };
}

/** Empties a contribution, and takes back that it may be said outside. */
async function empty(trx: Transaction<Tables>, id: string, by: string, at: string): Promise<void> {
  await trx.updateTable('contributions').set({ words: '' }).where('id', '=', id).execute();
  await trx
    .insertInto('contribution_removals')
    .values({ contribution_id: id, removed_at: at, removed_by: by })
    .execute();
  const consent = trx.updateTable('contribution_consents').set({ withdrawn_at: at }).where('contribution_id', '=', id);
  await consent.where('withdrawn_at', 'is', null).execute();
  await emptyDrafts(trx, id);
}

/** Empties the draft of a proposal that these words are; of one that was published the question stays, as it is asked. */
async function emptyDrafts(trx: Transaction<Tables>, contributionId: string): Promise<void> {
  const drafts = trx.updateTable('proposal_drafts').where('contribution_id', '=', contributionId);
  await drafts.set({ why_ask: '' }).execute();
  const published = trx.selectFrom('proposal_publications').select('proposal_id');
  await drafts.where('proposal_id', 'not in', published).set({ texts: '{}' }).execute();
}

async function takeOff(trx: Transaction<Tables>, cardId: string, at: string): Promise<void> {
  const card = trx.updateTable('board_cards').set({ withdrawn_at: at }).where('contribution_id', '=', cardId);
  await card.where('withdrawn_at', 'is', null).execute();
  await trx.deleteFrom('board_stars').where('card_id', '=', cardId).execute();
}
