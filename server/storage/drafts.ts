import type { Answer } from '../core/survey/answer.ts';
import { Fault } from '../errors.ts';
import type { Stage } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import { newDraftBody, openDraft, sealDraft, type DraftBody, type TimeRunsOut } from './draft-body.ts';
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

/** A draft as it is now. */
export interface OpenDraft {
  versionId: string;
  stage: Stage;
  body: DraftBody;
}

/** A draft that a session carries on. */
export interface HeldDraft {
  codeHmac: string;
  waveId: string;
  /** Tells this session's answers from those of an earlier one. */
  session: string;
  /** Reads it; undefined if it has come to its end. */
  open(): OpenDraft | undefined;
}

export type HeldSession =
  | { draft: HeldDraft; closing: boolean }
  | 'none'
  /** A newer session took the draft over. */
  | 'elsewhere';

/** A change of one draft; changes of one batch are merged in the order they came. */
export interface DraftChange {
  codeHmac: string;
  waveId: string;
  language: string;
  answer?: { itemId: string; answer: Answer; session: string };
  timeRunsOut?: TimeRunsOut;
}

export interface Drafts {
  findCode(hmac: string): Promise<FoundCode | undefined>;
  /** Begins or resumes the draft of a code on this device; any other device's session ends. @returns the new token */
  carryOn(code: FoundCode, versionId: string): Promise<string>;
  hold(token: string): HeldSession;
  /**
   * Saves a change. The promise is kept once the change is durable.
   * @returns the draft as it now is, or undefined if it has come to its end meanwhile
   */
  save(change: DraftChange): Promise<OpenDraft | undefined>;
  /** This device leaves; the draft stays and the code resumes it. */
  letGo(token: string): Promise<void>;
}

/** More changes than this are not kept waiting for one commit: timers starve when a thousand sockets are ready. */
const LARGEST_BATCH = 256;

interface Waiting {
  change: DraftChange;
  resolve(draft: OpenDraft | undefined): void;
  reject(error: unknown): void;
}

interface SessionRow {
  code_hmac: string;
  wave_id: string;
  superseded: number;
  closing_since: string | null;
}

interface DraftRow {
  version_id: string;
  stage: string;
  body: Uint8Array;
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
  const findDraft = database.hot<DraftRow>(
    query.selectFrom('drafts').select(['version_id', 'stage', 'body']).where('code_hmac', '=', '').compile(),
  );
  const writeBody = database.hot(
    query.updateTable('drafts').set({ body: new Uint8Array() }).where('code_hmac', '=', '').compile(),
  );

  const toDraft = (codeHmac: string, waveId: string, row: DraftRow): OpenDraft => ({
    versionId: row.version_id,
    stage: row.stage as Stage,
    body: openDraft(secrets, waveId, codeHmac, row.body),
  });

  function applyChange(change: DraftChange): OpenDraft | undefined {
    const { codeHmac, waveId } = change;
    const row = findDraft.first(codeHmac);
    if (!row) return undefined;
    const before = toDraft(codeHmac, waveId, row);
    const body = changed(before.body, change);
    writeBody.run(sealDraft(secrets, waveId, codeHmac, body), codeHmac);
    return { ...before, body };
  }

  const save = groupCommit(database, applyChange);

  return {
    save,
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
      return token;
    },
    hold(token) {
      const tokenHash = hashToken(token);
      const row = findSession.first(tokenHash);
      if (!row) return 'none';
      if (row.superseded === 1) return 'elsewhere';
      const { code_hmac: codeHmac, wave_id: waveId } = row;
      const draft: HeldDraft = {
        codeHmac,
        waveId,
        session: tokenHash.slice(0, 8),
        open() {
          const found = findDraft.first(codeHmac);
          return found && toDraft(codeHmac, waveId, found);
        },
      };
      return { draft, closing: row.closing_since !== null };
    },
    async letGo(token) {
      await query.deleteFrom('respondent_sessions').where('token_hash', '=', hashToken(token)).execute();
    },
  };
}

function changed(before: DraftBody, { language, timeRunsOut, answer }: DraftChange): DraftBody {
  const body = { ...before, language, timeRunsOut: timeRunsOut ?? before.timeRunsOut };
  if (!answer) return body;
  return {
    ...body,
    answers: { ...before.answers, [answer.itemId]: answer.answer },
    givenBy: { ...before.givenBy, [answer.itemId]: answer.session },
  };
}

/**
 * Group commit without a timer: changes that arrive while a commit runs go into the next one. Each
 * change's promise waits for its own commit; if a commit fails its changes are tried one by one, so
 * that one bad change does not take its neighbours with it.
 */
function groupCommit(
  database: Database,
  apply: (change: DraftChange) => OpenDraft | undefined,
): (change: DraftChange) => Promise<OpenDraft | undefined> {
  let waiting: Waiting[] = [];
  let scheduled = false;

  /** While every turn of the event loop still brings changes, the commit waits for them: one disk write serves more. */
  function flushWhenCalm(before: number): void {
    if (waiting.length > before) setImmediate(flushWhenCalm, waiting.length);
    else flush();
  }

  function flush(): void {
    scheduled = false;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      commit(batch);
    } catch {
      for (const one of batch) commitAlone(one);
    }
  }

  function commit(batch: readonly Waiting[]): void {
    const bodies: (OpenDraft | undefined)[] = [];
    database.inOneCommit(() => {
      for (const { change } of batch) bodies.push(apply(change));
    });
    batch.forEach((one, index) => one.resolve(bodies[index]));
  }

  function commitAlone(one: Waiting): void {
    try {
      commit([one]);
    } catch (error) {
      one.reject(error);
    }
  }

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (waiting.length >= LARGEST_BATCH && database.isIdle()) flush();
      else if (!scheduled) {
        scheduled = true;
        setImmediate(flushWhenCalm, waiting.length);
      }
    });
}
