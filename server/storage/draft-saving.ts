import type { Database } from './database.ts';
import type { DraftBody, DraftChange } from './draft-body.ts';
import { draftChangesOf, type ChangedDraft } from './draft-changes.ts';
import { heldDraftsOf } from './held-drafts.ts';
import type { Secrets } from './secrets.ts';

/** More changes than this do not wait for a calm turn. */
const LARGEST_BATCH = 256;

interface Waiting {
  change: DraftChange;
  resolve: (body: DraftBody | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Saves changes of drafts by group commit without a timer: changes that arrive while a commit runs go into the
 * next one, merged per draft in the order they came. Each change's promise waits for its own commit; if a
 * commit fails its changes are tried one by one, so that one bad change does not take its neighbours with it.
 */
export function createDraftSaving(
  database: Database,
  secrets: Secrets,
): (change: DraftChange) => Promise<DraftBody | undefined> {
  const held = heldDraftsOf(database);
  const changes = draftChangesOf(database, secrets);
  let waiting: Waiting[] = [];
  let scheduled = false;

  /** While every turn of the event loop still brings changes, the commit waits for them: one disk write serves more. */
  function flushWhenCalm(before: number): void {
    if (waiting.length > before && waiting.length < LARGEST_BATCH) setImmediate(flushWhenCalm, waiting.length);
    else flush();
  }

  function flush(): void {
    const batch = waiting;
    waiting = [];
    scheduled = false;
    try {
      commit(batch);
    } catch {
      for (const one of batch) commitAlone(one);
    }
  }

  function commitAlone(one: Waiting): void {
    try {
      commit([one]);
    } catch (error) {
      one.reject(error);
    }
  }

  function commit(batch: readonly Waiting[]): void {
    const drafts = draftsOf(batch);
    const taken = batch.filter(({ change }) => drafts.has(change.codeHmac)).map(({ change }) => change);
    if (taken.length > 0) changes.note(taken, drafts);
    for (const [codeHmac, { body }] of drafts) {
      const draft = held.ofCode(codeHmac);
      if (draft) draft.body = body;
    }
    for (const { change, resolve } of batch) resolve(drafts.get(change.codeHmac)?.body);
  }

  /** The drafts that a batch changes, as they are; those that have ended are not there. */
  function draftsOf(batch: readonly Waiting[]): Map<string, ChangedDraft> {
    const drafts = new Map<string, ChangedDraft>();
    for (const { change } of batch) {
      const { codeHmac, waveId } = change;
      if (drafts.has(codeHmac)) continue;
      const body = held.ofCode(codeHmac)?.body ?? changes.find(codeHmac)?.body;
      if (body) drafts.set(codeHmac, { waveId, body });
    }
    return drafts;
  }

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flushWhenCalm, waiting.length);
    });
}
