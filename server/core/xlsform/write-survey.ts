import type { SurveyDefinition } from '../survey/definition.ts';
import type { SurveyText } from '../survey/text.ts';
import { OWN } from './columns.ts';
import { languageName } from './languages.ts';
import type { Sheet } from './workbook.ts';
import { writeItem, type Row } from './write-items.ts';

/** The sheet that holds what is worked out from answers; other tools leave it alone. */
export const OWN_SHEET = 'heard';

/**
 * A survey and its words as the sheets of an XLSForm. `readSurvey` makes the same survey of them again.
 * @param survey without faults (`definitionFaults`)
 * @param texts without faults, one a language
 */
export function writeSurvey(survey: SurveyDefinition, texts: readonly SurveyText[]): Sheet[] {
  const items = survey.items.map((item) => writeItem(item, survey, texts));
  const sheets = [
    sheetOf(
      'survey',
      ['type', 'name'],
      items.flatMap((rows) => rows.survey),
    ),
    sheetOf(
      'choices',
      ['list_name', 'name'],
      items.flatMap((rows) => rows.choices),
    ),
    sheetOf('settings', ['form_title', 'form_id', 'default_language'], [settingsRow(survey, texts)]),
  ];
  const own = ownRows(survey, texts);
  return own.length === 0 ? sheets : [...sheets, sheetOf(OWN_SHEET, ['part', 'id', 'value'], own)];
}

/** Rows under headings: the first ones given, then words, then XLSForm's, then Heard's own. */
function sheetOf(name: string, first: readonly string[], rows: readonly Row[]): Sheet {
  const all = [...new Set([...first, ...rows.flatMap((row) => Object.keys(row))])];
  const rank = (heading: string) => {
    if (first.includes(heading)) return 0;
    if (heading.startsWith(OWN)) return 3;
    return heading.includes('::') ? 1 : 2;
  };
  const headings = all.toSorted((one, other) => rank(one) - rank(other));
  return { name, rows: [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))] };
}

function settingsRow(survey: SurveyDefinition, texts: readonly SurveyText[]): Row {
  const first = texts.find(({ language }) => language === 'en') ?? texts[0];
  const { sections, poorOutcomes } = survey;
  return {
    form_title: first?.name ?? survey.id,
    form_id: survey.id,
    ...(first && { default_language: languageName(first.language) }),
    [`${OWN}family`]: survey.family,
    [`${OWN}stages`]: survey.stages.join(' '),
    [`${OWN}reached`]: survey.reached,
    ...(survey.easyRead && { [`${OWN}easy-read`]: 'yes' }),
    ...(survey.bandQuestion && { [`${OWN}band-question`]: survey.bandQuestion }),
    ...(sections && {
      [`${OWN}sections`]: sections.map(({ id, unlinked }) => `${id}=${unlinked ? 'unlinked' : 'linked'}`).join(' '),
    }),
    ...(poorOutcomes && { [`${OWN}poor-outcomes`]: poorOutcomes.join(' ') }),
    ...Object.fromEntries(
      texts.flatMap(({ language, name, status }) => [
        [`${OWN}name::${languageName(language)}`, name],
        [`${OWN}status::${languageName(language)}`, status],
      ]),
    ),
  };
}

/** What is worked out from answers, one thing a row, as JSON. */
function ownRows(survey: SurveyDefinition, texts: readonly SurveyText[]): Row[] {
  const row = (part: string, id: string, value: unknown): Row => ({ part, id, value: JSON.stringify(value) });
  const derived = new Set(texts.flatMap((text) => Object.keys(text.derived ?? {})));
  const inLanguages = <Words>(of: (text: SurveyText) => Words | undefined) =>
    Object.fromEntries(texts.map((text) => [text.language, of(text)] as const));
  return [
    ...survey.indicators.map(({ id, ...rest }) =>
      row('indicator', id, { ...rest, words: inLanguages((text) => text.indicators[id]) }),
    ),
    ...(survey.scales ?? []).map(({ id, ...rest }) => row('scale', id, rest)),
    ...[...derived].map((id) => row('derived', id, { words: inLanguages((text) => text.derived?.[id]) })),
  ];
}
