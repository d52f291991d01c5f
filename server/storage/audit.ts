import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import {
  CHAIN_START,
  chained,
  explainBreak,
  follows,
  type ChainBreak,
  type ChainEntry,
  type ChainHead,
} from '../core/audit-chain.ts';
import { isDuplicate, type Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Things that people do and that the record keeps. Never what anybody answered. */
export type AuditAction =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'session-ended'
  | 'account-added'
  | 'account-ended'
  | 'roles-changed'
  | 'areas-changed'
  | 'password-changed'
  | 'invited'
  | 'invitation-revoked'
  | 'approver-requested'
  | 'approver-agreed'
  | 'approver-refused'
  | 'second-step-refused'
  | 'second-factor-set-up'
  | 'second-factor-reset'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'record-viewed'
  | 'record-exported'
  | 'record-checked'
  | 'imported'
  | 'wave-made'
  | 'wave-opened'
  | 'codes-made'
  | 'wave-closed'
  | 'release-made'
  | 'release-approved'
  | 'correction-begun'
  | 'correction-approved'
  | 'correction-refused'
  | 'results-viewed'
  | 'results-exported'
  | 'finding-made'
  | 'finding-prioritised'
  | 'finding-unprioritised'
  | 'finding-grouped'
  | 'plan-action-made'
  | 'plan-action-changed'
  | 'plan-exported'
  | 'plan-imported'
  | 'engagement-entry-made'
  | 'engagement-entry-changed'
  | 'engagement-check-kept'
  | 'engagement-exported'
  | 'action-made'
  | 'reply-made'
  | 'reply-published'
  | 'reply-read'
  | 'reply-check-asked'
  | 'reply-updated'
  | 'annual-report-made'
  | 'annual-report-written'
  | 'annual-report-read'
  | 'annual-report-published'
  | 'annual-report-withdrawn'
  | 'forum-made'
  | 'forum-hours-set'
  | 'forum-on-call-set'
  | 'forum-paused'
  | 'forum-pause-ended'
  | 'forum-invited'
  | 'forum-invitation-revoked'
  | 'forum-joined'
  | 'forum-passphrase-renewed'
  | 'forum-left'
  | 'forum-ended'
  | 'forum-deleted'
  | 'words-removed'
  | 'board-heading-renamed'
  | 'board-heading-removed'
  | 'contribution-shown'
  | 'contribution-kept-back'
  | 'contribution-hidden'
  | 'contribution-restored'
  | 'board-made'
  | 'board-event-opened'
  | 'board-event-ended'
  | 'board-idea-signed'
  | 'question-proposed'
  | 'question-redrafted'
  | 'question-accepted'
  | 'question-declined'
  | 'question-approved'
  | 'question-sent-back'
  | 'question-retired'
  | 'question-merged'
  | 'question-restored'
  | 'version-published'
  | 'topic-switched-on'
  | 'topic-switched-off'
  | 'reader-named'
  | 'reader-removed'
  | 'link-made'
  | 'text-opened'
  | 'text-read'
  | 'text-passed-on'
  | 'theme-added'
  | 'theme-renamed'
  | 'theme-removed'
  | 'text-coded'
  | 'text-confirmed'
  | 'quote-proposed'
  | 'quotes-opened'
  | 'quote-approved'
  | 'quote-removed'
  | 'text-release-made'
  | 'text-release-approved'
  | 'text-release-removed'
  | 'text-sorting-ended'
  | 'help-contact-added'
  | 'help-contact-changed'
  | 'help-contact-moved'
  | 'help-contact-removed'
  | 'class-sheets-made'
  | 'class-codes-made'
  | 'class-signed-in'
  | 'class-opened'
  | 'class-extended'
  | 'class-ended'
  | 'class-spare-added'
  | 'opt-outs-changed'
  | 'wave-set-up'
  | 'wave-postponed'
  | 'rehearsal-begun'
  | 'rehearsal-ended'
  | 'letters-printed'
  | 'closing-proved'
  | 'answers-deleted'
  | 'rates-viewed'
  | 'rates-exported';

/** Entries that are read at once: few enough that pupils who answer meanwhile do not wait for the record. */
const ENTRIES_AT_ONCE = 100;
/** Below every number, so that none that somebody made up stays unseen. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

export interface AuditEntry {
  sequence: number;
  at: string;
  /** Sign-in name, or null where nobody was signed in. */
  who: string | null;
  action: AuditAction;
  /** What it was done to: an id or an address, never a value somebody answered. */
  subject: string;
  hash: string;
}

/** What is written; `accountId` is null where nobody was signed in. */
export interface NewAuditEntry {
  at: string;
  accountId: string | null;
  /** Whose auditors see it. Where it is not given, it is the account's authority, or that of the wave that `subject` begins with. */
  authorityId?: string;
  action: AuditAction;
  subject: string;
}

/** Which entries are wanted. `from` and `to` are days, both included. */
export interface AuditFilter {
  action?: string;
  accountId?: string;
  from?: string;
  to?: string;
}

/** Whether the record is as it was written, and what it ends with. */
export interface AuditCheck {
  entries: number;
  broken: ChainBreak | null;
  head: ChainHead;
}

export interface Audit {
  /** Adds an entry to the chain, in a transaction of its own; within another one, use `appendEntry`. */
  write(entry: NewAuditEntry): Promise<void>;
  /** The newest entries of one authority, newest first; of those before a number, if it is given. */
  newest(authorityId: string, count: number, filter?: AuditFilter, before?: number): Promise<AuditEntry[]>;
  /** Everybody of an authority who is in the record, by sign-in name; those whose account has ended too. */
  people(authorityId: string): Promise<{ id: string; name: string }[]>;
  /** Every kind of deed that is in the record of an authority. */
  actions(authorityId: string): Promise<AuditAction[]>;
  /** The number and the hash of the last entry. */
  head(): Promise<ChainHead>;
  /** Looks through the whole record, a part at a time so that nobody waits for it. */
  check(): Promise<AuditCheck>;
  /** The hash of an entry as the record has it now; undefined if there is no such entry. */
  hashOf(sequence: number): Promise<string | undefined>;
}

export function createAudit({ query }: Pick<Database, 'query'>): Audit {
  return {
    write: (entry) => appendOnce(query, entry),
    newest: (authorityId, count, filter = {}, before = undefined) =>
      newestEntries(query, authorityId, filter, { count, before }),
    people: (authorityId) =>
      query
        .selectFrom('accounts')
        .innerJoin('audit_entries', 'audit_entries.account_id', 'accounts.id')
        .select(['accounts.id', 'sign_in_name as name'])
        .distinct()
        .where('accounts.authority_id', '=', authorityId)
        .orderBy('sign_in_name')
        .execute(),
    async actions(authorityId) {
      const rows = await entriesOf(query, authorityId).select('action').distinct().execute();
      return rows.map((row) => row.action as AuditAction);
    },
    head: () => readHead(query),
    check: () => checkAll(query),
    async hashOf(sequence) {
      const row = await query
        .selectFrom('audit_entries')
        .select('hash')
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      return row?.hash;
    },
  };
}

/**
 * Adds an entry to the chain within a transaction: the one way into the record.
 * @param trx an open transaction; its write lock is taken first, so that no other process adds one in between
 */
export async function appendEntry(trx: Kysely<Tables>, entry: NewAuditEntry): Promise<void> {
  const { at, accountId: account, action, subject } = entry;
  // Held until the transaction ends, by one at a time; on SQLite it is what makes the transaction a writing one.
  await trx.updateTable('audit_locks').set({ name: 'chain' }).where('name', '=', 'chain').execute();
  const authority = entry.authorityId ?? (await authorityOf(trx, entry));
  const next = chained(await readHead(trx), { at, account, action, subject, authority }, sha256);
  await trx
    .insertInto('audit_entries')
    .values({
      sequence: next.sequence,
      at,
      account_id: account,
      action,
      subject,
      previous_hash: next.previousHash,
      hash: next.hash,
      authority_id: authority,
    })
    .execute();
}

async function authorityOf(trx: Kysely<Tables>, { accountId, subject }: NewAuditEntry): Promise<string | null> {
  const [wave = ''] = subject.split(' ');
  const found =
    accountId === null
      ? trx.selectFrom('waves').select('authority_id as id').where('id', '=', wave)
      : trx.selectFrom('accounts').select('authority_id as id').where('id', '=', accountId);
  return (await found.executeTakeFirst())?.id ?? null;
}

/** Where a transaction saw the record before another process added to it, the next number is tried. */
async function appendOnce(query: Kysely<Tables>, entry: NewAuditEntry): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await query.transaction().execute((trx) => appendEntry(trx, entry));
    } catch (error) {
      if (attempt === 5 || !isDuplicate(error)) throw error;
    }
  }
}

async function readHead(query: Kysely<Tables>): Promise<ChainHead> {
  const last = await query
    .selectFrom('audit_entries')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? CHAIN_START;
}

/** What the auditors of an authority see: its entries, and no one else's, and none that are of no authority. */
function entriesOf(query: Kysely<Tables>, authorityId: string) {
  return query
    .selectFrom('audit_entries')
    .leftJoin('accounts', 'accounts.id', 'audit_entries.account_id')
    .where((where) =>
      where.or([
        where('audit_entries.authority_id', '=', authorityId),
        where.and([where('audit_entries.authority_id', 'is', null), where('accounts.authority_id', '=', authorityId)]),
      ]),
    );
}

async function newestEntries(
  query: Kysely<Tables>,
  authorityId: string,
  { action, accountId, from, to }: AuditFilter,
  { count, before }: { count: number; before: number | undefined },
): Promise<AuditEntry[]> {
  let wanted = entriesOf(query, authorityId)
    .select(['sequence', 'at', 'sign_in_name as who', 'action', 'subject', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(count);
  if (before !== undefined) wanted = wanted.where('sequence', '<', before);
  if (action !== undefined) wanted = wanted.where('action', '=', action);
  if (accountId !== undefined) wanted = wanted.where('account_id', '=', accountId);
  if (from !== undefined) wanted = wanted.where('at', '>=', from);
  // Times of that day begin with it, and the letter that follows comes before "U".
  if (to !== undefined) wanted = wanted.where('at', '<', `${to}U`);
  const rows = await wanted.execute();
  return rows.map((row) => ({ ...row, action: row.action as AuditAction }));
}

async function checkAll(query: Kysely<Tables>): Promise<AuditCheck> {
  let head: ChainHead = CHAIN_START;
  let entries = 0;
  /** How many entries from the beginning follow one from the other. */
  let sound = 0;
  for (;;) {
    const part = await readPart(query, entries === 0 ? BEFORE_ALL : head.sequence);
    for (const entry of part) {
      if (sound === entries && follows(head, entry, sha256)) sound += 1;
      entries += 1;
      head = entry;
    }
    if (part.length < ENTRIES_AT_ONCE) break;
    await nextTurn();
  }
  const broken = sound === entries ? null : explainBreak(await readAll(query), sound, sha256);
  return { entries, broken, head: { sequence: head.sequence, hash: head.hash } };
}

/** Only for a record that is broken, to say where: all of it has to be looked at together. */
async function readAll(query: Kysely<Tables>): Promise<ChainEntry[]> {
  const all: ChainEntry[] = [];
  for (;;) {
    const part = await readPart(query, all.at(-1)?.sequence ?? BEFORE_ALL);
    all.push(...part);
    if (part.length < ENTRIES_AT_ONCE) return all;
    await nextTurn();
  }
}

function readPart(query: Kysely<Tables>, after: number): Promise<ChainEntry[]> {
  return query
    .selectFrom('audit_entries')
    .select(['sequence', 'at', 'account_id as account', 'action', 'subject', 'authority_id as authority'])
    .select(['previous_hash as previousHash', 'hash'])
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(ENTRIES_AT_ONCE)
    .execute();
}

const sha256 = (text: string) => hash('sha256', text, 'hex');
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
