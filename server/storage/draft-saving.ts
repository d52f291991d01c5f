import type { Database } from './database.ts';
import { changed, type DraftBody, type DraftChange } from './draft-body.ts';
import { draftChangesOf, type ChangedDraft } from './draft-changes.ts';
import { heldDraftsOf } from './held-drafts.ts';
import type { Secrets } from './secrets.ts';

/** More changes than this do not wait for a calm turn. */
const LARGEST_BATCH = 256;

interface Waiting {
  change: DraftChange;
  resolve(body: DraftBody | undefined): void;
  reject(error: unknown): void;
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
    const drafts = new Map<string, ChangedDraft>();
    const after = batch.map(({ change }) => merge(drafts, change));
    const taken = batch.filter((_one, index) => after[index]).map(({ change }) => change);
    if (taken.length > 0) changes.note(taken, drafts);
    for (const [codeHmac, { body }] of drafts) {
      const draft = held.ofCode(codeHmac);
      if (draft) draft.body = body;
    }
    batch.forEach((one, index) => one.resolve(after[index]));
  }

  /** Adds a change to what this batch makes of its draft. @returns the draft with it, or undefined if it has ended */
  function merge(drafts: Map<string, ChangedDraft>, change: DraftChange): DraftBody | undefined {
    const { codeHmac, waveId } = change;
    const before = drafts.get(codeHmac)?.body ?? held.ofCode(codeHmac)?.body ?? changes.find(codeHmac)?.body;
    if (!before) return undefined;
    const body = changed(before, change);
    drafts.set(codeHmac, { waveId, body });
    return body;
  }

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flushWhenCalm, waiting.length);
    });
}
