import { nextSchoolDay, schoolDate } from '../core/fieldwork/school-days.ts';
import type { Answers } from '../core/survey/answer.ts';
import type { Database } from '../storage/database.ts';
import { heldDraftsOf, type HeldDraft } from '../storage/held-drafts.ts';
import type { Secrets } from '../storage/secrets.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import type { Clock } from '../web/services.ts';

/** Holidays of schools. None can be entered yet, so a text of the last day of term is due on the next weekday. */
const CLOSED_DAYS: readonly string[] = [];

/** The words last noted of a question, and when that will be durable. */
interface Noted {
  words: string;
  done: Promise<unknown>;
}

/**
 * Notes words for the readers of a wave, to be kept before the draft is saved: what was written is read, sent or not.
 * Words that were changed are noted again, words that are saved again are not.
 * @param before the draft's answers until now
 * @param given the answers of one page, which asks for words and nothing else
 */
export type NoteTexts = (draft: HeldDraft, before: Answers, given: Answers, language: string) => Promise<void>;

export function createTextNoting(database: Database, secrets: Secrets, clock: Clock): NoteTexts {
  const texts = createWrittenTexts(database, secrets);
  const held = heldDraftsOf(database);
  // Forgotten with the draft that is held in memory, so that nothing here ties a code to its words for longer.
  const notedOf = new WeakMap<HeldDraft, Map<string, Noted>>();

  function noteOnce(draft: HeldDraft, questionId: string, words: string, language: string): Promise<unknown> {
    // A waiting answer comes with a draft of its own making; the one in use is the one to remember by.
    const owner = held.ofCode(draft.codeHmac) ?? draft;
    const noted = notedOf.get(owner) ?? new Map<string, Noted>();
    notedOf.set(owner, noted);
    const last = noted.get(questionId);
    if (last?.words === words) return last.done;
    const writtenOn = schoolDate(clock());
    const dueOn = nextSchoolDay(writtenOn, CLOSED_DAYS);
    const { codeHmac, waveId } = draft;
    const done = texts.note({ waveId, codeHmac, questionId, language, words, writtenOn, dueOn });
    const now = { words, done };
    noted.set(questionId, now);
    // What failed is noted at the next try.
    done.catch(() => noted.get(questionId) === now && noted.delete(questionId));
    return done;
  }

  return async (draft, before, given, language) => {
    for (const [questionId, answer] of Object.entries(given)) {
      if (answer.state !== 'answered' || typeof answer.value !== 'string') continue;
      const earlier = before[questionId];
      if (earlier?.state === 'answered' && earlier.value === answer.value) continue;
      await noteOnce(draft, questionId, answer.value, language);
    }
  };
}
