import { FifoMap } from 'toad-cache';
import type { Stage } from '../core/survey/stage.ts';
import type { Database } from './database.ts';
import type { DraftBody } from './draft-body.ts';

/** A draft that a session carries on, as it is now. Nobody but this folder changes it. */
export interface HeldDraft {
  codeHmac: string;
  waveId: string;
  /** Tells this session's answers from those of an earlier one. */
  session: string;
  versionId: string;
  stage: Stage;
  body: Readonly<DraftBody>;
}

/**
 * The drafts in use, in memory, so that an answer need not be read back and decrypted on each request.
 * Heard is its database's only writer while it runs, so what is held here is what is committed, as long
 * as whoever ends a draft, moves it to another session or begins to close its wave says so here.
 */
export interface HeldDrafts {
  ofToken(token: string): HeldDraft | undefined;
  ofCode(codeHmac: string): HeldDraft | undefined;
  hold(token: string, draft: HeldDraft): void;
  /** To be called after the commit; what is forgotten is read anew when it is asked for. */
  forget(codeHmac: string): void;
  forgetAll(): void;
}

/** A few thousand pupils at once; whoever falls out is read from the database again. */
const MOST_HELD = 5000;

const heldByDatabase = new WeakMap<Database['query'], HeldDrafts>();

/** The drafts held of a database: the same for all who ask. */
export function heldDraftsOf({ query }: Database): HeldDrafts {
  const known = heldByDatabase.get(query);
  if (known) return known;
  const held = createHeldDrafts();
  heldByDatabase.set(query, held);
  return held;
}

function createHeldDrafts(): HeldDrafts {
  const byCode = new FifoMap<{ token: string; draft: HeldDraft }>(MOST_HELD);
  // Only a way to find the code: a token counts for nothing unless the draft still belongs to it.
  const codes = new FifoMap<string>(MOST_HELD);
  return {
    ofToken(token) {
      const codeHmac = codes.get(token);
      const held = codeHmac === undefined ? undefined : byCode.get(codeHmac);
      return held?.token === token ? held.draft : undefined;
    },
    ofCode: (codeHmac) => byCode.get(codeHmac)?.draft,
    hold(token, draft) {
      byCode.set(draft.codeHmac, { token, draft });
      codes.set(token, draft.codeHmac);
    },
    forget: (codeHmac) => byCode.delete(codeHmac),
    forgetAll() {
      byCode.clear();
      codes.clear();
    },
  };
}
