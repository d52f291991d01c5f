import type { SurveyDefinition } from '../survey/definition.ts';
import type { SurveyText } from '../survey/text.ts';
import { textFaults } from '../survey/validate.ts';
import { choicesHeading, languagesOf, settingsHeading, surveyHeading } from './columns.ts';
import { readChoices } from './read-choices.ts';
import { readItems } from './read-items.ts';
import { ownSheetHeading, readOwn, withOwnWords } from './read-own.ts';
import {
  defaultLanguage,
  readSettings,
  readSurveyWords,
  settingsRow,
  withItemSettings,
  type SurveyWords,
} from './read-settings.ts';
import type { Reading, TakenQuestion } from './reading.ts';
import { cellsOf, readTable, type Heading, type Table } from './table.ts';
import { createLedger, type Ledger, type NotTaken, type Sheet } from './workbook.ts';
import { OWN_SHEET } from './write-survey.ts';

/** What Heard takes of an XLSForm. */
export interface SurveyRead {
  /** Without faults; null where no row could be taken. */
  survey: SurveyDefinition | null;
  /** One a language; a language in which words are missing is here with those that there are. */
  texts: SurveyText[];
  questions: TakenQuestion[];
  /** Every cell that holds something and is not taken, or only in part. */
  notTaken: NotTaken[];
  /** What the workbook left open and Heard assumed, in sentences. */
  assumed: string[];
  /** Words that are missing before the survey can be asked, in sentences that begin with the language. */
  missing: string[];
}

/**
 * The survey that the sheets of an XLSForm describe, as far as Heard has what they ask for. Nothing is passed over:
 * each cell that holds something is taken, or listed with a reason.
 */
export function readSurvey(sheets: readonly Sheet[]): SurveyRead {
  const ledger = createLedger();
  const tables = tablesOf(sheets, ledger);
  const settings = settingsRow(tables.settings, ledger);
  const spoken = languagesOf([tables.survey, tables.choices, tables.settings].flatMap((table) => table?.columns ?? []));
  const first = defaultLanguage(settings, spoken, ledger);
  const languages = { first, codes: [...new Set([first, ...spoken])] };
  const reading: Reading = {
    ledger,
    languages,
    lists: readChoices(tables.choices, ledger),
    survey: readSettings(settings, ledger),
    items: [],
    byName: new Map(),
    questions: [],
    assumed: [],
  };
  if (tables.survey) readItems(tables.survey, reading);
  const own = readOwn(tables.own, { ...reading.survey, items: reading.items.map(({ item }) => item) }, ledger);
  const survey = withItemSettings(own.survey, settings, ledger);
  const words = readSurveyWords(settings, languages, ledger);
  const texts = textsOf(reading, words).map((text) => withOwnWords(text, { ...own, survey }));
  return {
    survey: survey.items.length === 0 ? null : survey,
    texts,
    questions: reading.questions,
    notTaken: ledger.notTaken(allCells(sheets, tables), UNUSED),
    assumed: reading.assumed,
    missing: texts.flatMap((text) => textFaults(survey, text).map((fault) => `${text.language}: ${fault}`)),
  };
}

const UNUSED = 'Nothing that was taken uses this.';

interface Tables {
  survey?: Table;
  choices?: Table;
  settings?: Table;
  own?: Table;
}

const HEADINGS: Record<keyof Tables, { sheet: string; heading: (heading: string) => Heading }> = {
  survey: { sheet: 'survey', heading: surveyHeading },
  choices: { sheet: 'choices', heading: choicesHeading },
  settings: { sheet: 'settings', heading: settingsHeading },
  own: { sheet: OWN_SHEET, heading: ownSheetHeading },
};

/** The sheets that Heard knows, by their names in any letters; the first of two with one name counts. */
function tablesOf(sheets: readonly Sheet[], ledger: Ledger): Tables {
  const tables: Tables = {};
  for (const key of Object.keys(HEADINGS) as (keyof Tables)[]) {
    const { sheet, heading } = HEADINGS[key];
    const found = sheets.find(({ name }) => name.trim().toLowerCase() === sheet);
    if (found) tables[key] = readTable(found, heading, ledger);
  }
  return tables;
}

/** The cells of all sheets, in their order. */
function allCells(sheets: readonly Sheet[], tables: Tables) {
  const known = new Map(Object.values(tables).map((table: Table) => [table.name, table.cells]));
  return sheets.flatMap((sheet) => known.get(sheet.name) ?? cellsOf(sheet));
}

/** One text for each language that any item speaks. */
function textsOf({ items, languages }: Reading, { title, names, statuses }: SurveyWords): SurveyText[] {
  return languages.codes
    .filter((code) => items.some(({ words }) => words.has(code)))
    .map((language) => ({
      language,
      status: statuses[language] ?? 'drafted',
      name: names[language] ?? title,
      items: Object.fromEntries(
        items.flatMap(({ item, words }) => {
          const text = words.get(language);
          return text ? [[item.id, text] as const] : [];
        }),
      ),
      indicators: {},
    }));
}
