import type { Database } from './database.ts';
import { changed, openDraft, sealDraft, type DraftBody, type DraftChange } from './draft-body.ts';
import { heldDraftsOf } from './held-drafts.ts';
import type { Secrets } from './secrets.ts';

/** More changes than this do not wait for a calm turn. */
const LARGEST_BATCH = 256;

interface Waiting {
  change: DraftChange;
  resolve(body: DraftBody | undefined): void;
  reject(error: unknown): void;
}

interface MergedDraft {
  waveId: string;
  body: DraftBody;
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
  const { query } = database;
  const held = heldDraftsOf(database);
  const findBody = database.hot<{ body: Uint8Array }>(
    query.selectFrom('drafts').select('body').where('code_hmac', '=', '').compile(),
  );
  const writeBody = database.hot(
    query.updateTable('drafts').set({ body: new Uint8Array() }).where('code_hmac', '=', '').compile(),
  );
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
    const drafts = new Map<string, MergedDraft>();
    const after: (DraftBody | undefined)[] = [];
    database.inOneCommit(() => {
      for (const { change } of batch) after.push(merge(drafts, change));
      for (const [codeHmac, { waveId, body }] of drafts) {
        if (writeBody.run(sealDraft(secrets, waveId, codeHmac, body), codeHmac) === 0) drafts.delete(codeHmac);
      }
    });
    for (const [codeHmac, { body }] of drafts) {
      const draft = held.ofCode(codeHmac);
      if (draft) draft.body = body;
    }
    batch.forEach((one, index) => one.resolve(drafts.has(one.change.codeHmac) ? after[index] : undefined));
  }

  /** Adds a change to what this batch makes of its draft. @returns the draft with it, or undefined if it has ended */
  function merge(drafts: Map<string, MergedDraft>, change: DraftChange): DraftBody | undefined {
    const { codeHmac, waveId } = change;
    const before = drafts.get(codeHmac)?.body ?? held.ofCode(codeHmac)?.body ?? storedBody(waveId, codeHmac);
    if (!before) return undefined;
    const body = changed(before, change);
    drafts.set(codeHmac, { waveId, body });
    return body;
  }

  function storedBody(waveId: string, codeHmac: string): Readonly<DraftBody> | undefined {
    const row = findBody.first(codeHmac);
    return row && openDraft(secrets, waveId, codeHmac, row.body);
  }

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flushWhenCalm, waiting.length);
    });
}
