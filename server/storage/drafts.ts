import { Fault } from '../errors.ts';
import type { Stage } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import { newDraftBody, sealDraft, type DraftBody, type DraftChange } from './draft-body.ts';
import { draftChangesOf } from './draft-changes.ts';
import { createDraftSaving } from './draft-saving.ts';
import { heldDraftsOf, type HeldDraft } from './held-drafts.ts';
import { hashToken, newToken, type Secrets } from './secrets.ts';
import { raiseCounter } from './settlement.ts';

/** A code as somebody has typed it. */
export interface FoundCode {
  hmac: string;
  waveId: string;
  state: 'unspent' | 'started' | 'spent' | 'replaced';
  stage: Stage | null;
  closing: boolean;
}

export type HeldSession =
  | { draft: HeldDraft }
  | 'none'
  /** A newer session took the draft over. */
  | 'elsewhere'
  /** The wave takes no more answers. */
  | 'closing';

export interface Drafts {
  findCode(hmac: string): Promise<FoundCode | undefined>;
  /** Begins or resumes the draft of a code on this device; any other device's session ends. @returns the new token */
  carryOn(code: FoundCode, versionId: string): Promise<string>;
  hold(token: string): HeldSession;
  /**
   * Saves a change. The promise is kept once the change is durable.
   * @returns the draft as it now is, or undefined if it has come to its end meanwhile
   */
  save(change: DraftChange): Promise<DraftBody | undefined>;
  /** This device leaves; the draft stays and the code resumes it. */
  letGo(token: string): Promise<void>;
}

interface SessionRow {
  code_hmac: string;
  wave_id: string;
  superseded: number;
  closing_since: string | null;
}

export function createDrafts(database: Database, secrets: Secrets): Drafts {
  const { query } = database;
  // Two look-ups by key: a join of the same rows takes SQLite four times as long.
  const findSession = database.hot<SessionRow>(
    query
      .selectFrom('respondent_sessions')
      .select(['code_hmac', 'wave_id', 'superseded'])
      .select((row) =>
        row
          .selectFrom('wave_closings')
          .select('started_at')
          .whereRef('wave_closings.wave_id', '=', 'respondent_sessions.wave_id')
          .as('closing_since'),
      )
      .where('token_hash', '=', '')
      .compile(),
  );
  const held = heldDraftsOf(database);
  const changes = draftChangesOf(database, secrets);

  return {
    save: createDraftSaving(database, secrets),
    async findCode(hmac) {
      const row = await query
        .selectFrom('codes')
        .leftJoin('wave_closings', 'wave_closings.wave_id', 'codes.wave_id')
        .select(['hmac', 'codes.wave_id', 'state', 'stage', 'started_at'])
        .where('hmac', '=', hmac)
        .executeTakeFirst();
      if (!row) return undefined;
      const { wave_id: waveId, state } = row;
      return { hmac, waveId, state, stage: row.stage as Stage | null, closing: row.started_at !== null };
    },
    async carryOn(code, versionId) {
      const token = newToken();
      await query.transaction().execute(async (trx) => {
        const closing = await trx
          .selectFrom('wave_closings')
          .select('wave_id')
          .where('wave_id', '=', code.waveId)
          .executeTakeFirst();
        if (closing) throw new Fault('wave-closed');
        const taken = await trx
          .updateTable('codes')
          .set({ state: 'started' })
          .where('hmac', '=', code.hmac)
          .where('state', '=', 'unspent')
          .returning(['school_id', 'stage', 'class'])
          .executeTakeFirst();
        if (taken?.school_id) {
          await raiseCounter(trx, code.waveId, taken.school_id, taken.stage ?? '', taken.class ?? '', 'started');
          const body = sealDraft(secrets, code.waveId, code.hmac, newDraftBody());
          await trx
            .insertInto('drafts')
            .values({
              code_hmac: code.hmac,
              wave_id: code.waveId,
              version_id: versionId,
              stage: taken.stage ?? '',
              body,
            })
            .execute();
        }
        await trx
          .updateTable('respondent_sessions')
          .set({ superseded: 1 })
          .where('code_hmac', '=', code.hmac)
          .execute();
        await trx
          .insertInto('respondent_sessions')
          .values({ token_hash: hashToken(token), code_hmac: code.hmac, wave_id: code.waveId, superseded: 0 })
          .execute();
      });
      held.forget(code.hmac);
      return token;
    },
    hold(token) {
      const known = held.ofToken(token);
      if (known) return { draft: known };
      const tokenHash = hashToken(token);
      const session = findSession.first(tokenHash);
      if (!session) return 'none';
      if (session.superseded === 1) return 'elsewhere';
      if (session.closing_since !== null) return 'closing';
      const { code_hmac: codeHmac, wave_id: waveId } = session;
      const stored = changes.find(codeHmac);
      if (!stored) return 'none';
      const draft: HeldDraft = { codeHmac, waveId, session: tokenHash.slice(0, 8), ...stored };
      held.hold(token, draft);
      return { draft };
    },
    async letGo(token) {
      const tokenHash = hashToken(token);
      const session = await query
        .deleteFrom('respondent_sessions')
        .where('token_hash', '=', tokenHash)
        .returning('code_hmac')
        .executeTakeFirst();
      if (session) held.forget(session.code_hmac);
    },
  };
}
