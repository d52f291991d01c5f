import type { SurveyDefinition, SurveyItem } from '../../server/core/survey/definition.ts';
import type { SurveyText } from '../../server/core/survey/text.ts';
import { createSurveys, type SurveyContent } from '../../server/storage/surveys.ts';
import type { FieldworkHouse } from '../support/fieldwork.ts';
import { OF_WHOEVER_COMES, settleWave } from '../support/settled-wave.ts';

/* Small surveys of these tests' own, so that what is asked about is known to the letter. */

const asked = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] }, optOuts: [] };
const options = [{ code: 'yes' }, { code: 'no' }];

export const PUPILS: SurveyDefinition = {
  id: 'own-pupils',
  family: 'own-pupils',
  stages: ['P7', 'S1', 'S2', 'S3', 'S4'],
  reached: 'roll',
  items: [
    { id: 'friends', kind: 'one-choice', ...asked, options },
    { id: 'drinks', kind: 'one-choice', ...asked, options, topic: 'alcohol' },
    { id: 'drinks-where', kind: 'one-choice', ...asked, options, topic: 'alcohol', stages: ['S3', 'S4'] },
    { id: 'drugs-told', kind: 'one-choice', ...asked, options, topic: 'drugs' },
    { id: 'hungry', kind: 'one-choice', ...asked, options, topic: 'hunger' },
    { id: 'more', kind: 'long-text', ...asked, maxLength: 500 },
  ],
  indicators: [],
};

export const PARENTS: SurveyDefinition = {
  id: 'own-parents',
  family: 'own-parents',
  stages: [],
  reached: 'open',
  bandQuestion: 'child-age',
  items: [
    { id: 'child-age', kind: 'one-choice', ...asked, options: [{ code: 'age-0-2' }, { code: 'age-3-5' }] },
    { id: 'play', kind: 'one-choice', ...asked, options },
  ],
  indicators: [],
};

const AGES = {
  en: { name: 'Life with a small child', 'age-0-2': 'Nought to two', 'age-3-5': 'Three to five' },
  ar: { name: 'الحياة مع طفل صغير', 'age-0-2': 'من الولادة إلى سنتين', 'age-3-5': 'من ثلاث إلى خمس' },
};

/** Words of an own survey; only the name and the ages are ever looked at. */
function textIn(definition: SurveyDefinition, language: 'en' | 'ar'): SurveyText {
  const words = (item: SurveyItem) => ({ text: item.id, options: AGES[language] });
  return {
    language,
    status: 'reviewed',
    name: AGES[language].name,
    items: Object.fromEntries(definition.items.map((item) => [item.id, words(item)])),
    indicators: {},
  };
}

export async function publish(house: FieldworkHouse, definition: SurveyDefinition, ...languages: ('en' | 'ar')[]) {
  const content: SurveyContent = { definition, texts: languages.map((language) => textIn(definition, language)) };
  await createSurveys(house.services.database).publish(content, null, house.clock.now);
}

/** Makes a wave of a family through its form and settles it step by step. @returns the reply to the form */
export async function make(
  house: FieldworkHouse,
  family: string,
  { bands = [], schools = [] }: { bands?: string | string[]; schools?: string | string[] } = {},
) {
  const made = await house.post('administrator', '/fieldwork/waves', { name: 'Own wave', family });
  const steps =
    bands.length === 0 && schools.length === 0
      ? OF_WHOEVER_COMES
      : { ...(bands.length > 0 && { stages: { bands } }), ...(schools.length > 0 && { schools: { schools } }) };
  if (made.statusCode === 303) await settleWave(house, String(made.headers.location), steps);
  return made;
}

/** A page of an administrator. */
export async function page(house: FieldworkHouse, url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as('administrator', language) });
}

/** What the record keeps of these kinds of deeds: who, what and to what. */
export async function recorded(house: FieldworkHouse, ...actions: string[]) {
  const rows = await house.services.database.query
    .selectFrom('audit_entries')
    .select(['account_id as by', 'action', 'subject'])
    .where('action', 'in', actions)
    .execute();
  return rows.toSorted((one, other) => (one.action + one.subject < other.action + other.subject ? -1 : 1));
}
