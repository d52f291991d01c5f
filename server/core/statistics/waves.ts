/*
 * Whether figures of two waves may stand side by side: same band, same question in the same words to the
 * same stages, same schools (design note: disclosure and statistics, "Differences", "Waves").
 */
import type { LatticeNode } from '../disclosure/lattice.ts';
import type { Indicator, Question } from '../survey/definition.ts';
import type { ItemText } from '../survey/text.ts';
import type { Band } from '../survey/stage.ts';

/** What a band was asked in one wave. */
export interface AskedItem {
  question: Question;
  /** Which of its rows or ranked options; null for all of it. */
  part: string | null;
  /** The share that is worked out from it; undefined for the question itself. */
  indicator: Indicator | undefined;
  /** The words of the question, by language. */
  words: ReadonlyMap<string, ItemText>;
}

/** What one wave asked of a band; what the earlier wave did not have is undefined. */
export interface WaveSide {
  band: Band | undefined;
  asked: AskedItem | undefined;
}

/** Whether two waves asked the same: the same stages, the same question, the same words in every language of both. */
export function sameQuestion(now: WaveSide, then: WaveSide): boolean {
  const { asked: one } = now;
  const { asked: other } = then;
  if (!one || !other || canonical(now.band?.stages) !== canonical(then.band?.stages)) return false;
  const languages = [...one.words.keys()].filter((language) => other.words.has(language));
  return (
    structure(one) === structure(other) &&
    languages.length > 0 &&
    languages.every((language) => wordsIn(one, language) === wordsIn(other, language))
  );
}

/** Whether a place held the same schools in both waves; a place that an earlier wave did not have did not. */
export function sameSchools(now: LatticeNode, then: LatticeNode | undefined): boolean {
  return then !== undefined && schoolsOf(now) === schoolsOf(then);
}

/** Somebody bound to an area sees both waves without the schools elsewhere, whose fingerprint tells as much. */
function schoolsOf({ schools, allSchools }: LatticeNode): string {
  return allSchools ?? canonical(schools.toSorted());
}

/** What a question asks of whom; tags only sort it and may change. */
function structure({ question, indicator, part }: AskedItem): string {
  return canonical([{ ...question, ...onlyRow(question, part), tags: undefined }, part, indicator?.anyOf]);
}

/** Rows are answered one by one, so another row more or less leaves a row the question that it was. */
function onlyRow(question: Question, part: string | null) {
  const same = ({ code }: { code: string }) => code === part;
  if (question.kind === 'grid') return { rows: question.rows.filter(same) };
  return question.kind === 'place-wheel' ? { themes: question.themes.filter(same) } : {};
}

function wordsIn({ question, part, words }: AskedItem, language: string): string {
  const text = words.get(language);
  const isRow = question.kind === 'grid' || question.kind === 'place-wheel';
  return canonical(isRow && part !== null ? { ...text, rows: text?.rows?.[part] } : text);
}

/** Text that is equal when two values are, in whatever order their keys were written. */
function canonical(value: unknown): string {
  const inOrder = (_key: string, inner: unknown): unknown => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(value, inOrder) ?? '';
}
