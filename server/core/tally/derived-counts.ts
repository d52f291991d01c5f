import { STATE_CODES } from '../survey/answer.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import { NOT_ALL_ANSWERED, OUTCOME_COUNTS, scoreRange } from '../survey/derived.ts';
import { scoreAnswers, type SurveyScale } from '../survey/scales.ts';
import type { Columns } from './columns.ts';
import type { VariableCounts } from './count.ts';
import { readingsOf, type Reading } from './readings.ts';

/*
 * Exact counts of what is worked out from several answers of one person. They never leave the release job.
 */

/** The byte of somebody whom nothing led to a question. */
const NOT_ASKED = STATE_CODES['not-asked'];

/**
 * How many poor outcomes each person has, by cell: an answer that an indicator does not count is one.
 * Those count as asked who were asked every question; who left one of them without an answer is an option of its own.
 * @returns undefined if this version names no poor outcomes
 */
export function countOutcomes(columns: Columns, survey: SurveyDefinition, cells: number): VariableCounts | undefined {
  if (!survey.poorOutcomes) return undefined;
  const outcomes = survey.poorOutcomes.map((id) => {
    const { question, anyOf } = survey.indicators.find((indicator) => indicator.id === id)!;
    const reading = readingsOf(columns, question)[0]!;
    return {
      reading,
      isPoor: bytesOf(reading, (code) => !anyOf.includes(code)),
      isGood: bytesOf(reading, (code) => anyOf.includes(code)),
    };
  });
  const names = [...OUTCOME_COUNTS, NOT_ALL_ANSWERED];
  const counts = names.map(() => new Int32Array(cells));
  const asked = new Int32Array(cells);
  forEachRow(columns, (row, cell) => {
    if (outcomes.some(({ reading }) => reading.bytes[row]! === NOT_ASKED)) return;
    asked[cell]! += 1;
    const poor = outcomes.filter(({ reading, isPoor }) => isPoor[reading.bytes[row]!]).length;
    const isWhole = outcomes.every(({ reading, isPoor, isGood }) => {
      const byte = reading.bytes[row]!;
      return isPoor[byte] || isGood[byte];
    });
    const place = isWhole ? Math.min(poor, OUTCOME_COUNTS.length - 1) : names.length - 1;
    counts[place]![cell]! += 1;
  });
  return { asked, options: new Map(names.map((name, place) => [name, counts[place]!])), states: new Map() };
}

/** Scores of a scale by cell. */
export interface ScoreCounts {
  /** Persons who were asked every item. */
  asked: Int32Array;
  /** Those of them with a score. */
  scored: Int32Array;
  /** Their points above the lowest score, added up. */
  points: Int32Array;
}

/** @throws if an answer is none that the scale knows */
export function countScores(columns: Columns, scale: SurveyScale, cells: number): ScoreCounts {
  const counts: ScoreCounts = {
    asked: new Int32Array(cells),
    scored: new Int32Array(cells),
    points: new Int32Array(cells),
  };
  const { lowest } = scoreRange(scale);
  forEachScore(columns, scale, (score, cell) => {
    counts.asked[cell]! += 1;
    if (score === null) return;
    counts.scored[cell]! += 1;
    counts.points[cell]! += score - lowest;
  });
  return counts;
}

/** The score of everybody who was asked every item of a scale, with their cell; null where too few were answered. */
export function forEachScore(
  columns: Columns,
  scale: SurveyScale,
  visit: (score: number | null, cell: number, row: number) => void,
): void {
  const items = scale.items.map(({ question }) => ({ question, reading: readingsOf(columns, question)[0]! }));
  forEachRow(columns, (row, cell) => {
    if (items.some(({ reading }) => reading.bytes[row]! === NOT_ASKED)) return;
    const answers = Object.fromEntries(items.map(({ question, reading }) => [question, codeAt(reading, row)]));
    visit(scoreAnswers(scale, answers).value, cell, row);
  });
}

/** The code that a person chose; undefined for whoever gave no answer. */
export function codeAt({ bytes, codes, values }: Reading, row: number): string | undefined {
  return codes[values.indexOf(bytes[row]!)];
}

export function forEachRow({ runs }: Columns, visit: (row: number, cell: number) => void): void {
  for (const { cell, from, size } of runs) for (let row = from; row < from + size; row += 1) visit(row, cell);
}

/** Which bytes stand for the codes that are wanted. */
function bytesOf({ codes, values }: Reading, isWanted: (code: string) => boolean): Uint8Array {
  const wanted = new Uint8Array(256);
  codes.forEach((code, index) => (wanted[values[index]!] = isWanted(code) ? 1 : 0));
  return wanted;
}
