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
  /** Null for grown-ups who answer about a child. */
  stage: Stage | null;
  /** Whether the session is on a device of one's own, and not on one that a class shares. */
  ownDevice: boolean;
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
  const byCode = new Map<string, { token: string; draft: HeldDraft }>();
  const byToken = new Map<string, HeldDraft>();

  function forget(codeHmac: string): void {
    const held = byCode.get(codeHmac);
    if (!held) return;
    byCode.delete(codeHmac);
    byToken.delete(held.token);
  }

  return {
    ofToken: (token) => byToken.get(token),
    ofCode: (codeHmac) => byCode.get(codeHmac)?.draft,
    hold(token, draft) {
      forget(draft.codeHmac);
      // A map keeps the order of its insertions, so its first key has been here longest.
      if (byCode.size >= MOST_HELD) forget(byCode.keys().next().value!);
      byCode.set(draft.codeHmac, { token, draft });
      byToken.set(token, draft);
    },
    forget,
    forgetAll() {
      byCode.clear();
      byToken.clear();
    },
  };
}
