import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { derivedVariables } from '../survey/derived.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import { ItemText, SurveyText } from '../survey/text.ts';
import { definitionFaults } from '../survey/validate.ts';
import type { Heading, Table, TableRow } from './table.ts';
import type { Ledger } from './workbook.ts';

/* Heard's own sheet: what is worked out from answers, one thing a row, as JSON (write-survey.ts). */

const UNLIKE = 'its words are not as Heard has them';
const IndicatorWords = Type.Object({ name: Type.String(), statement: Type.String() });
const COLUMNS = ['part', 'id', 'value'];

export function ownSheetHeading(heading: string): Heading {
  const name = heading.toLowerCase();
  return COLUMNS.includes(name) ? { name } : { reason: `Heard has nothing that the column "${heading}" could say.` };
}

/** Words of one thing that is worked out, by language. */
type WordsByLanguage = Record<string, unknown>;

/** What the sheet says, each part added to the survey only if the survey can hold it. */
export interface OwnRead {
  survey: SurveyDefinition;
  indicators: Map<string, WordsByLanguage>;
  derived: Map<string, WordsByLanguage>;
}

/** Reads the sheet, in its order: indicators stand before what counts them. */
export function readOwn(table: Table | undefined, survey: SurveyDefinition, ledger: Ledger): OwnRead {
  const read: OwnRead = { survey, indicators: new Map(), derived: new Map() };
  for (const row of table?.rows ?? []) {
    const fault = readRow(row, read);
    if (fault === undefined) ledger.take(...row.cells);
    else row.cells.forEach((cell) => ledger.list(cell, `Heard cannot hold this: ${fault}.`));
  }
  return read;
}

/** @returns why the row cannot be taken */
function readRow(row: TableRow, read: OwnRead): string | undefined {
  const value = parsed(row.text('value'));
  if (!value) return 'expected an object in JSON';
  const id = row.text('id');
  const { words, ...rest } = value;
  const byLanguage = (typeof words === 'object' && words ? words : {}) as WordsByLanguage;
  switch (row.text('part')) {
    case 'indicator':
      if (!Object.values(byLanguage).every((one) => Value.Check(IndicatorWords, one))) return UNLIKE;
      read.indicators.set(id, byLanguage);
      return added(read, { indicators: [...read.survey.indicators, { id, ...rest }] });
    case 'scale':
      return added(read, { scales: [...(read.survey.scales ?? []), { id, ...rest }] });
    case 'derived':
      if (!Object.values(byLanguage).every((one) => Value.Check(ItemText, one))) return UNLIKE;
      read.derived.set(id, byLanguage);
      return undefined;
    default:
      return `"${row.text('part')}" is neither indicator, scale nor derived`;
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function added(read: OwnRead, change: Partial<Record<keyof SurveyDefinition, unknown>>): string | undefined {
  // Whether this is a survey is what definitionFaults finds out.
  const candidate = { ...read.survey, ...change } as SurveyDefinition;
  const [fault] = definitionFaults(candidate);
  if (fault === undefined) read.survey = candidate;
  return fault;
}

/** A text with the words of what is worked out; words of another shape, or for what is not there, are left out. */
export function withOwnWords(text: SurveyText, { survey, indicators, derived }: OwnRead): SurveyText {
  const found = { ...text, indicators: { ...text.indicators } };
  for (const { id } of survey.indicators) {
    const words = indicators.get(id)?.[text.language];
    const candidate = { ...found, indicators: { ...found.indicators, [id]: words } };
    if (words !== undefined && Value.Check(SurveyText, candidate)) found.indicators = candidate.indicators;
  }
  for (const { id } of derivedVariables(survey)) {
    const words = derived.get(id)?.[text.language];
    const candidate = { ...found, derived: { ...found.derived, [id]: words } };
    if (words !== undefined && Value.Check(SurveyText, candidate)) found.derived = candidate.derived;
  }
  return found;
}
