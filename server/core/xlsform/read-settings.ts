import type { SurveyDefinition } from '../survey/definition.ts';
import type { SurveyText } from '../survey/text.ts';
import { definitionFaults } from '../survey/validate.ts';
import { OWN } from './columns.ts';
import { languageCode } from './languages.ts';
import { idFor } from './names.ts';
import { listOf } from './read-attributes.ts';
import { takeWords, type Languages } from './read-words.ts';
import type { Table, TableRow } from './table.ts';
import type { Cell, Ledger } from './workbook.ts';

/* The sheet "settings": what concerns a survey as a whole. */

const STATUSES: readonly string[] = ['drafted', 'reviewed', 'tried'];
const DEFAULT_LANGUAGE = 'en';

/** What the words of a survey say as a whole, by language. */
export interface SurveyWords {
  title: string;
  names: Record<string, string>;
  statuses: Record<string, SurveyText['status']>;
}

/** The one row of settings; others are listed. */
export function settingsRow(table: Table | undefined, ledger: Ledger): TableRow | undefined {
  const [first, ...others] = table?.rows ?? [];
  for (const cell of others.flatMap((row) => row.cells)) ledger.list(cell, 'Settings stand in one row.');
  return first;
}

/** The language that words without one are in. */
export function defaultLanguage(row: TableRow | undefined, spoken: readonly string[], ledger: Ledger): string {
  const cell = row?.get('default_language');
  const code = cell && languageCode(cell.value);
  if (code !== undefined) {
    ledger.take(cell);
    return code;
  }
  ledger.list(cell, 'The language is not known: write its code behind it, as in "English (en)".');
  return spoken.includes(DEFAULT_LANGUAGE) ? DEFAULT_LANGUAGE : (spoken[0] ?? DEFAULT_LANGUAGE);
}

/** Something that stands in a survey's place while its settings are tried. */
const PAGE = { id: 'page', kind: 'information' as const };

type Change = Partial<Record<keyof SurveyDefinition, unknown>>;

const CHANGES: Record<string, (text: string) => Change> = {
  family: (text) => ({ family: text }),
  stages: (text) => ({ stages: listOf(text) }),
  reached: (text) => ({ reached: text }),
  'easy-read': (text) => ({ easyRead: text === 'yes' }),
  sections: (text) => ({
    sections: listOf(text).map((section) => {
      const [id, how] = section.split('=');
      return { id, unlinked: how === 'unlinked' || (how === 'linked' ? false : how) };
    }),
  }),
};

/** The survey that settings describe, still without items. */
export function readSettings(row: TableRow | undefined, ledger: Ledger): SurveyDefinition {
  const formId = row?.text('form_id') ?? '';
  const title = row?.text('form_title') ?? '';
  const id = idFor(formId || title || 'survey', new Set());
  ledger.take(row?.get('form_id'));
  let survey: SurveyDefinition = { id, family: id, stages: [], reached: 'open', items: [], indicators: [] };
  for (const [name, change] of Object.entries(CHANGES)) {
    survey = tried(survey, change, row?.get(`${OWN}${name}`), ledger, [PAGE]);
  }
  return survey;
}

/** A survey changed as a cell says, if it can be; otherwise the cell is listed. */
export function tried(
  survey: SurveyDefinition,
  change: (text: string) => Change,
  cell: Cell | undefined,
  ledger: Ledger,
  items: SurveyDefinition['items'] = survey.items,
): SurveyDefinition {
  if (!cell) return survey;
  // Whether this is a survey is what definitionFaults finds out.
  const candidate = { ...survey, ...change(cell.value.trim()) } as SurveyDefinition;
  const [fault] = definitionFaults({ ...candidate, items });
  if (fault === undefined) ledger.take(cell);
  else ledger.list(cell, `Heard cannot hold this: ${fault}.`);
  return fault === undefined ? candidate : survey;
}

/** What settings say that concerns items too, once those are read. */
export function withItemSettings(
  survey: SurveyDefinition,
  row: TableRow | undefined,
  ledger: Ledger,
): SurveyDefinition {
  const band = row?.get(`${OWN}band-question`);
  const outcomes = row?.get(`${OWN}poor-outcomes`);
  const withBand = tried(survey, (text) => ({ bandQuestion: text }), band, ledger);
  return tried(withBand, (text) => ({ poorOutcomes: listOf(text) }), outcomes, ledger);
}

/** The name and status of the words in each language. */
export function readSurveyWords(row: TableRow | undefined, languages: Languages, ledger: Ledger): SurveyWords {
  const title = row?.get('form_title');
  ledger.take(title);
  const words: SurveyWords = { title: title?.value ?? 'Survey', names: {}, statuses: {} };
  if (!row) return words;
  words.names = takeWords(row, `${OWN}name`, languages, ledger);
  for (const code of languages.codes) {
    const cell = row.get(`${OWN}status::${code}`);
    const status = cell?.value.trim() ?? '';
    if (STATUSES.includes(status)) {
      words.statuses[code] = status as SurveyText['status'];
      ledger.take(cell);
    } else ledger.list(cell, `Words are ${STATUSES.join(', ')}: found "${status}".`);
  }
  return words;
}
