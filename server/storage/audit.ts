import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** Things that people do and that the record keeps. Never what anybody answered. */
export type AuditAction =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'session-ended'
  | 'account-added'
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
  | 'action-made'
  | 'reply-made'
  | 'reply-published'
  | 'question-proposed'
  | 'question-accepted'
  | 'question-approved'
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
  | 'wave-set-up'
  | 'wave-postponed'
  | 'rehearsal-begun'
  | 'rehearsal-ended'
  | 'letters-printed'
  | 'closing-proved'
  | 'answers-deleted';

export interface AuditEntry {
  at: string;
  /** Sign-in name, or null where nobody was signed in. */
  who: string | null;
  action: AuditAction;
  /** What it was done to: an id or an address, never a value somebody answered. */
  subject: string;
}

export interface Audit {
  write(entry: { at: string; accountId: string | null; action: AuditAction; subject: string }): Promise<void>;
  /** The newest entries of one authority (and those of nobody signed in), newest first. */
  newest(authorityId: string, count: number): Promise<AuditEntry[]>;
}

export function createAudit({ query }: Database): Audit {
  return {
    async write({ at, accountId, action, subject }) {
      await query
        .insertInto('audit_entries')
        .values({ id: newId(), at, account_id: accountId, action, subject })
        .execute();
    },
    async newest(authorityId, count) {
      const rows = await query
        .selectFrom('audit_entries')
        .leftJoin('accounts', 'accounts.id', 'audit_entries.account_id')
        .select(['at', 'sign_in_name as who', 'action', 'subject'])
        .where((where) =>
          where.or([where('authority_id', '=', authorityId), where('audit_entries.account_id', 'is', null)]),
        )
        .orderBy('at', 'desc')
        .limit(count)
        .execute();
      return rows.map((row) => ({ ...row, action: row.action as AuditAction }));
    },
  };
}
