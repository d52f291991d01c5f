import { setImmediate as nextTurn } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import type { Stage } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import {
  changed,
  openChanges,
  openDraft,
  sealChanges,
  sealDraft,
  type DraftBody,
  type DraftChange,
} from './draft-body.ts';
import type { Secrets } from './secrets.ts';

/** A draft as it now is, whether all of it lies in its own row yet or not. */
export interface StoredDraft {
  versionId: string;
  stage: Stage | null;
  body: Readonly<DraftBody>;
}

/** A draft that changes are noted of. */
export interface ChangedDraft {
  waveId: string;
  body: Readonly<DraftBody>;
}

interface NotedDraft extends ChangedDraft {
  /** The first note that its own row does not hold. */
  since: number;
}

/**
 * How changes of drafts reach the disk. Changes that are committed together are noted in one sealed row for each
 * wave, which costs the same however long the drafts are. Soon after, a few drafts at a time, what was noted is
 * gathered into the drafts themselves, and the notes are deleted. What a crash leaves is gathered when the server
 * starts again. Sending a draft gathers first and closing a wave last, so that nothing of a draft outlives them here.
 */
export interface DraftChanges {
  /** The draft of a code, with what was noted of it; undefined once it has ended. */
  find(codeHmac: string): StoredDraft | undefined;
  /** The same for those who must go on without a draft that cannot be opened: undefined for it too. */
  findUnlessDamaged(codeHmac: string): StoredDraft | undefined;
  /**
   * Makes changes durable, in one commit, and only then carries them out. Only from a fresh turn of the event loop,
   * as `inOneCommit`.
   * @param drafts the draft of each change as it is; afterwards as it became
   */
  note(changes: readonly DraftChange[], drafts: ReadonlyMap<string, ChangedDraft>): void;
  /** Kept once the drafts hold everything that was noted and no note is left. */
  gather(): Promise<void>;
}

/** Milliseconds between one gathering and the next. */
const GATHERED_EVERY = 500;
/** Drafts that each takes at least, about 0.2 ms; where many wait, a twentieth of them. */
const GATHERED_AT_LEAST = 5;

interface DraftRow {
  wave_id: string;
  version_id: string;
  stage: string;
  body: Uint8Array;
}

interface ChangesRow {
  number: number;
  wave_id: string;
  changes: Uint8Array;
}

const changesByDatabase = new WeakMap<Database['query'], DraftChanges>();

/** The changes noted in a database: the same for all who ask. The first to ask gathers what a crash left behind. */
export function draftChangesOf(database: Database, secrets: Secrets): DraftChanges {
  const known = changesByDatabase.get(database.query);
  if (known) return known;
  const changes = createDraftChanges(database, secrets);
  changesByDatabase.set(database.query, changes);
  return changes;
}

function createDraftChanges(database: Database, secrets: Secrets): DraftChanges {
  const { query } = database;
  const findDraft = database.hot<DraftRow>(
    query.selectFrom('drafts').select(['wave_id', 'version_id', 'stage', 'body']).where('code_hmac', '=', '').compile(),
  );
  const writeBody = database.hot(
    query.updateTable('drafts').set({ body: new Uint8Array() }).where('code_hmac', '=', '').compile(),
  );
  const writeChanges = database.hot(
    query.insertInto('draft_changes').values({ number: 0, wave_id: '', changes: new Uint8Array() }).compile(),
  );
  const deleteChanges = database.hot(query.deleteFrom('draft_changes').where('number', '<', 0).compile());

  /** Drafts whose own row is behind, those that have waited longest first. */
  const noted = new Map<string, NotedDraft>();
  let lastNumber = 0;
  let timer: NodeJS.Timeout | undefined;

  function find(codeHmac: string): StoredDraft | undefined {
    const row = findDraft.first(codeHmac);
    if (!row) return undefined;
    const { wave_id: waveId, version_id: versionId, stage } = row;
    const body = noted.get(codeHmac)?.body ?? openDraft(secrets, waveId, codeHmac, row.body);
    return { versionId, stage: stage === '' ? null : (stage as Stage), body };
  }

  function findUnlessDamaged(codeHmac: string): StoredDraft | undefined {
    try {
      return find(codeHmac);
    } catch {
      return undefined;
    }
  }

  function remember(codeHmac: string, { waveId, body }: ChangedDraft, number: number): void {
    const known = noted.get(codeHmac);
    if (known) known.body = body;
    else noted.set(codeHmac, { waveId, body, since: number });
  }

  /** Writes the drafts that have waited longest, and deletes the notes that no draft is waiting for any more. */
  function gatherSome(most: number): void {
    if (lastNumber === 0) return;
    const waiting = [...noted];
    const some = waiting.slice(0, most);
    const neededFrom = waiting[most]?.[1].since ?? lastNumber + 1;
    database.inOneCommit(() => {
      // A draft that has ended meanwhile is not there to be written: it does not come back.
      for (const [codeHmac, { waveId, body }] of some)
        writeBody.run(sealDraft(secrets, waveId, codeHmac, body), codeHmac);
      deleteChanges.run(neededFrom);
    });
    for (const [codeHmac] of some) noted.delete(codeHmac);
    if (noted.size === 0) lastNumber = 0;
  }

  function gatherLater(): void {
    if (noted.size > 0) timer ??= setTimeout(gatherInTime, GATHERED_EVERY).unref();
  }

  function gatherInTime(): void {
    timer = undefined;
    try {
      gatherSome(Math.max(GATHERED_AT_LEAST, Math.ceil(noted.size / 20)));
    } catch {
      // Nothing is lost: the notes are durable. A disk that is full or gone shows itself with the next answer.
    }
    gatherLater();
  }

  function gatherAll(): void {
    gatherSome(noted.size);
  }

  function gatherLeftBehind(): void {
    const nextChanges = database.hot<ChangesRow>(
      query.selectFrom('draft_changes').selectAll().where('number', '>', 0).orderBy('number').limit(1).compile(),
    );
    for (let row = nextChanges.first(0, 1); row; row = nextChanges.first(lastNumber, 1)) {
      lastNumber = row.number;
      for (const change of openLeftBehind(secrets, row)) {
        // One damaged draft must not keep the server from starting; its author is told when it is opened.
        const before = findUnlessDamaged(change.codeHmac)?.body;
        if (before) remember(change.codeHmac, { waveId: change.waveId, body: changed(before, change) }, row.number);
      }
    }
    gatherAll();
  }

  gatherLeftBehind();
  database.beforeClose(() => {
    clearTimeout(timer);
    gatherAll();
  });

  return {
    find,
    findUnlessDamaged,
    note(changes, drafts) {
      const waves = new Set(changes.map((change) => change.waveId));
      const first = lastNumber + 1;
      database.inOneCommit(() => {
        [...waves].forEach((waveId, index) => {
          const ofWave = changes.filter((change) => change.waveId === waveId);
          writeChanges.run(first + index, waveId, sealChanges(secrets, waveId, ofWave));
        });
      });
      lastNumber += waves.size;
      for (const change of changes) {
        const draft = drafts.get(change.codeHmac)!;
        draft.body = changed(draft.body, change);
        remember(change.codeHmac, draft, first);
      }
      gatherLater();
    },
    async gather() {
      await nextTurn();
      gatherAll();
    },
  };
}

/** @throws StartError if the row cannot be read: answers that somebody gave would be lost in silence */
function openLeftBehind(secrets: Secrets, { number, wave_id: waveId, changes }: ChangesRow): DraftChange[] {
  try {
    return openChanges(secrets, waveId, changes);
  } catch (error) {
    throw new StartError(
      `Answers saved just before the server stopped cannot be read (row ${number} of draft_changes, wave ${waveId}: ${String(error)}). Put the wave's secret or a sound copy of the database back; deleting that row gives these answers up.`,
    );
  }
}
