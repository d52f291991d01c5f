import { newId } from '../../server/storage/identifiers.ts';
import { sealWords } from '../../server/storage/sealed-words.ts';
import { createTextCodings } from '../../server/storage/text-codings.ts';
import { createTextQuotes } from '../../server/storage/text-quotes.ts';
import { createTextThemes } from '../../server/storage/text-themes.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import type { House } from '../support/house.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf, type TestWave } from './wave.ts';

/* A closed and released wave whose texts were written, sent and read, ready to be sorted. */

export const QUESTION = 'one-thing-better';
const AT = '2026-05-02T09:00:00.000Z';

export interface TextWave extends TestWave {
  releaseId: string;
  themes: Record<'parks' | 'buses', string>;
}

export async function addTextWave(house: House, name = 'Spring 2026'): Promise<TextWave> {
  const versions = await publishSurveys(house);
  const wave = await addWave(house, name, '2026-03-01');
  const { database, secrets } = house.services;
  const { query } = database;
  await query.insertInto('wave_openings').values({ wave_id: wave.id, opened_at: AT, opened_by: null }).execute();
  await query
    .insertInto('wave_closings')
    .values({ wave_id: wave.id, started_at: AT, started_by: null, finished_at: AT })
    .execute();
  await query.insertInto('wave_versions').values(versionsOf(wave, versions)).execute();
  secrets.makeTextSecret(wave.id);
  const themes = await addThemes(house, wave);
  const release = releaseOf(versions, wave, pupilsOf(versions.map((version) => version.definition)));
  return { ...wave, themes, releaseId: await addRelease(house, wave, release) };
}

const versionsOf = (wave: TestWave, versions: readonly SurveyVersion[]) =>
  versions.map(({ id }) => ({ wave_id: wave.id, version_id: id }));

/** Straight into the table: a closed wave takes no theme to a question without any. */
async function addThemes({ services, accounts }: House, { id }: TestWave): Promise<TextWave['themes']> {
  const row = { wave_id: id, question_id: QUESTION, version: 1, made_by: accounts['text-reader'] };
  const parks = { ...row, id: newId(), title_en: 'Parks', title_ar: 'حدائق', made_at: AT };
  const buses = { ...row, id: newId(), title_en: 'Buses', title_ar: 'حافلات', made_at: `${AT}later` };
  await services.database.query.insertInto('text_themes').values([parks, buses]).execute();
  return { parks: parks.id, buses: buses.id };
}

export interface NewText {
  words: string;
  band: string;
  themes: string[];
  /** Proposed under the first theme. */
  quote?: string;
  language?: string;
}

/** Texts that were sent, read and sorted by two people. @returns their ids */
export async function addSortedTexts(house: House, wave: TextWave, texts: readonly NewText[]): Promise<string[]> {
  const { database, secrets } = house.services;
  const { 'text-reader': reader, planner: other } = house.accounts;
  const ids: string[] = [];
  for (const { words, band, themes, quote, language = 'en' } of texts) {
    const id = await addReadText(house, wave, { words, band, language });
    const codings = createTextCodings(database);
    await codings.code(id, { themes, version: 0 }, reader, AT);
    await codings.confirm(id, { themes, version: 1 }, other, AT);
    if (quote)
      await createTextQuotes(database, secrets).propose(id, { theme: themes[0]!, language, words: quote }, reader, AT);
    ids.push(id);
  }
  return ids;
}

/** A text that was sent and read, and that nobody has sorted. */
export async function addReadText(
  house: House,
  wave: TextWave,
  { words, band, language = 'en' }: { words: string; band: string; language?: string },
): Promise<string> {
  const { database, secrets } = house.services;
  const { query } = database;
  const id = newId();
  const body = sealWords(secrets.textKey(wave.id), { language, words });
  const days = { written_on: '2026-03-02', due_on: '2026-03-03' };
  const of = { wave_id: wave.id, school_id: null, stage: null, question_id: QUESTION };
  await query
    .insertInto('written_texts')
    .values({ id, ...of, ...days, body })
    .execute();
  const read = { read_at: AT, read_by: house.accounts['text-reader'] };
  await query
    .insertInto('text_readings')
    .values({ text_id: id, outcome: 'no-concern', ...read })
    .execute();
  await query.insertInto('sent_texts').values({ text_id: id, band_id: band }).execute();
  return id;
}

/** The themes of a wave as they are now, by their English title. */
export async function titlesOf(house: House, wave: TextWave): Promise<string[]> {
  return (await createTextThemes(house.services.database).ofWave(wave.id)).map(({ title }) => title.en);
}
