import type { Stage } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import type { DraftBody, DraftChange } from './draft-body.ts';
import { draftChangesOf } from './draft-changes.ts';
import { createDraftSaving } from './draft-saving.ts';
import { startDraft, type StartedCode } from './draft-start.ts';
import { heldDraftsOf, type HeldDraft } from './held-drafts.ts';
import { hashToken, newToken, type Secrets } from './secrets.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** A code as somebody has typed it. */
export interface FoundCode {
  hmac: string;
  waveId: string;
  state: 'unspent' | 'started' | 'spent' | 'replaced';
  stage: Stage | null;
  closing: boolean;
  /** The days of its wave, as civil dates. */
  startsOn: string;
  endsOn: string;
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
  carryOn(code: StartedCode, versionId: string, ownDevice?: boolean): Promise<string>;
  hold(token: string): HeldSession;
  /** A new ticket, with which this session's device can hand in an answer that waited for the line. */
  giveTicket(token: string): Promise<string>;
  /** The draft of a ticket, as `hold` finds that of a session. */
  holdByTicket(ticket: string): Promise<HeldSession>;
  /** Lets a draft go on with another version of its wave: the easy-read one, or back. */
  changeVersion(codeHmac: string, versionId: string): Promise<void>;
  /**
   * Saves a change. The promise is kept once the change is durable.
   * @returns the draft as it now is, or undefined if it has come to its end meanwhile
   */
  save(change: DraftChange): Promise<DraftBody | undefined>;
  /** This device leaves; the draft stays, the code resumes it, and an answer that waits for the line still comes in. */
  letGo(token: string): Promise<void>;
}

interface SessionRow {
  code_hmac: string;
  wave_id: string;
  superseded: number;
  own_device: number;
  closing_since: string | null;
}

export function createDrafts(database: Database, secrets: Secrets): Drafts {
  const { query } = database;
  // Two look-ups by key: a join of the same rows takes SQLite four times as long.
  const findSession = database.hot<SessionRow>(
    query
      .selectFrom('respondent_sessions')
      .select(['code_hmac', 'wave_id', 'superseded', 'own_device'])
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

  function hold(token: string): HeldSession {
    const known = held.ofToken(token);
    if (known) return { draft: known };
    const found = read(hashToken(token));
    if (typeof found === 'object') held.hold(token, found.draft);
    return found;
  }

  function read(tokenHash: string): HeldSession {
    const session = findSession.first(tokenHash);
    if (!session) return 'none';
    if (session.superseded === 1) return 'elsewhere';
    if (session.closing_since !== null) return 'closing';
    const { code_hmac: codeHmac, wave_id: waveId } = session;
    const stored = changes.find(codeHmac);
    if (!stored) return 'none';
    const ownDevice = session.own_device === 1;
    return { draft: { codeHmac, waveId, session: tokenHash.slice(0, 8), ownDevice, ...stored } };
  }

  return {
    hold,
    async giveTicket(token) {
      const ticket = newToken();
      await query
        .updateTable('respondent_sessions')
        .set({ ticket_hash: hashToken(ticket) })
        .where('token_hash', '=', hashToken(token))
        .execute();
      return ticket;
    },
    async holdByTicket(ticket) {
      const row = await query
        .selectFrom('respondent_sessions')
        .select('token_hash')
        .where('ticket_hash', '=', hashToken(ticket))
        .executeTakeFirst();
      return row ? read(row.token_hash) : 'none';
    },
    async changeVersion(codeHmac, versionId) {
      await query.updateTable('drafts').set({ version_id: versionId }).where('code_hmac', '=', codeHmac).execute();
      held.forget(codeHmac);
    },
    save: createDraftSaving(database, secrets),
    async findCode(hmac) {
      const row = await query
        .selectFrom('codes')
        .innerJoin('waves', 'waves.id', 'codes.wave_id')
        .leftJoin('wave_closings', 'wave_closings.wave_id', 'codes.wave_id')
        .select(['hmac', 'codes.wave_id', 'state', 'stage', 'started_at'])
        .select(['starts_on as startsOn', 'ends_on as endsOn'])
        .where('hmac', '=', hmac)
        .executeTakeFirst();
      if (!row) return undefined;
      const { wave_id: waveId, state, startsOn, endsOn } = row;
      const closing = row.started_at !== null;
      return { hmac, waveId, state, stage: row.stage as Stage | null, closing, startsOn, endsOn };
    },
    async carryOn(code, versionId, ownDevice = false) {
      const token = await query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, code.waveId);
        return startDraft(trx, secrets, code, versionId, ownDevice);
      });
      held.forget(code.hmac);
      return token;
    },
    async letGo(token) {
      const tokenHash = hashToken(token);
      // The row stays under a token that nobody has: an answer that still waits on this device keeps its ticket.
      const session = await query
        .updateTable('respondent_sessions')
        .set({ token_hash: hashToken(newToken()) })
        .where('token_hash', '=', tokenHash)
        .returning('code_hmac')
        .executeTakeFirst();
      if (session) held.forget(session.code_hmac);
    },
  };
}
