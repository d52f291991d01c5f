import { createAccounts } from '../../server/storage/accounts.ts';
import { createClosings } from '../../server/storage/closings.ts';
import type { Database } from '../../server/storage/database.ts';
import { keepAnswers, newDraftBody } from '../../server/storage/draft-body.ts';
import { createDrafts } from '../../server/storage/drafts.ts';
import type { Secrets } from '../../server/storage/secrets.ts';
import { createSendings } from '../../server/storage/sendings.ts';
import type { Ending } from '../../server/storage/settlement.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import { createTextReadings, type ReadingOutcome } from '../../server/storage/text-readings.ts';
import { createTextThemes } from '../../server/storage/text-themes.ts';
import { createWrittenTexts } from '../../server/storage/written-texts.ts';
import { AT, AUTHORITY_ID, storeCodes, storeOpenWave } from './stored-wave.ts';

/* A wave in which pupils of P6 write, for tests of what becomes of it. */

export const QUESTION = 'one-thing-better';
const TEXTS_ASKED = { topics: [], textAllowed: true };

export interface SortedWave {
  id: string;
  /** A pupil writes each of these in turn and then ends as told. */
  write(words: readonly string[], ending?: Ending, questionId?: string): Promise<void>;
  /** Notes that every text was read. */
  readAll(outcome?: ReadingOutcome): Promise<void>;
  /** The text with these words. @throws if no reader finds it */
  idOf(words: string): Promise<string>;
  addTheme(en: string, question?: string): Promise<string>;
  close(): Promise<void>;
}

export async function addReader(database: Database, signInName: string): Promise<string> {
  const account = { authorityId: AUTHORITY_ID, signInName, passwordHash: 'x', roles: ['text-reader'] as const };
  const outcome = await createAccounts(database).add(account, AT);
  if (outcome === 'name-taken') throw new Error(`The test account ${signInName} exists already.`);
  return outcome.id;
}

/** Opens a wave that names a reader. */
export async function openSortedWave(
  database: Database,
  secrets: Secrets,
  versions: readonly SurveyVersion[],
  reader: string,
): Promise<SortedWave> {
  const { wave, primary } = await storeOpenWave(database, secrets, versions);
  const { id } = wave;
  const named = { wave_id: id, account_id: reader, named_at: AT, named_by: null };
  await database.query.insertInto('wave_readers').values(named).execute();
  const codes = await storeCodes(database, id, 30);
  const texts = createWrittenTexts(database, secrets);
  const readings = createTextReadings(database, secrets);
  const drafts = createDrafts(database, secrets);
  const unread = () => readings.unread(id, 100);

  return {
    id,
    async write(words, ending = 'sent', questionId = QUESTION) {
      const code = codes.pop()!;
      await drafts.carryOn((await drafts.findCode(code))!, primary.id);
      const days = { writtenOn: '2026-05-01', dueOn: '2026-05-04' };
      for (const one of words)
        await texts.note({ waveId: id, codeHmac: code, questionId, language: 'en', words: one, ...days });
      const answers = { [questionId]: { state: 'answered' as const, value: words.at(-1)! } };
      const keeps = ending === 'sent' || ending === 'broken-off-kept';
      const draft = { stage: 'P6' as const, body: { ...newDraftBody(), answers }, sent: ending === 'sent' };
      const kept = keeps ? keepAnswers(primary, wave.bands, TEXTS_ASKED, draft) : null;
      await createSendings(database, secrets).finish(() => ({
        codeHmac: code,
        attempt: code,
        ending,
        supporter: false,
        kept,
      }));
    },
    async readAll(outcome = 'no-concern') {
      for (const text of await unread())
        await readings.markRead(text, { outcome, readBy: reader, readAt: AT, readOn: '2026-05-04' });
    },
    async idOf(words) {
      for (const { id: text } of [...(await unread()), ...(await readings.read(id, 100))])
        if ((await readings.open(text, reader, AUTHORITY_ID))?.words === words) return text;
      throw new Error(`No text of wave ${id} says "${words}".`);
    },
    async addTheme(en, question = QUESTION) {
      const themes = createTextThemes(database);
      await themes.add({ waveId: id, question, title: { en, ar: `ع ${en}` } }, reader, AT);
      const all = await themes.ofWave(id);
      return all.find((theme) => theme.title.en === en && theme.question === question)?.id ?? '';
    },
    async close() {
      const closings = createClosings(database, secrets, Math.random);
      await closings.begin(id, null, AT);
      const closing = { id, bands: wave.bands, way: wave.way, versions: new Map(versions.map((one) => [one.id, one])) };
      await closings.settleDrafts(closing);
      await closings.rewrite(id);
      await texts.settleTexts(id);
      secrets.destroyWaveSecret(id);
      await closings.finish(id, AT);
    },
  };
}
