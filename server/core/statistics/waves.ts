/*
 * Whether figures of two waves may stand side by side: same band, same question to the same stages, in words that are
 * the same or were declared to be as good, same schools (design note: disclosure and statistics, "Differences", "Waves").
 */
import { canonical } from '../canonical.ts';
import type { LatticeNode } from '../disclosure/lattice.ts';
import { shapeOf, worstOf, type Comparability } from '../survey/comparability.ts';
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
  /** Where its words were declared to be as good as earlier ones; without it other words are another question. */
  published?: PublishedItem | undefined;
  /** For what is worked out from several questions: these, and the rule. */
  workedOut?: { rule: unknown; from: readonly AskedItem[] } | undefined;
}

/** A question as one version of a survey has it. */
export interface PublishedItem {
  surveyId: string;
  /** The number of the version. */
  number: number;
  /** What the question is in each version up to this one, by the version's number, to the version before that. */
  declared: ReadonlyMap<number, Comparability>;
}

/** What one wave asked of a band; what the earlier wave did not have is undefined. */
export interface WaveSide {
  band: Band | undefined;
  asked: AskedItem | undefined;
}

/**
 * What the question of one wave is to that of an earlier one, asked of a band of the same stages: the same words in every
 * language of both, other words that were declared to be as good, or another question.
 */
export function comparabilityOf(now: WaveSide, then: WaveSide): Comparability {
  if (!now.asked || !then.asked || canonical(now.band?.stages) !== canonical(then.band?.stages)) return 'new';
  return ofItems(now.asked, then.asked);
}

function ofItems(now: AskedItem, then: AskedItem): Comparability {
  if (structure(now) !== structure(then)) return 'new';
  return worstOf([readsAlike(now, then) ? 'same' : declaredBetween(now, then), ...ofParts(now, then)]);
}

/** What is worked out from several questions is as good as the worst of them. */
function ofParts({ workedOut: now }: AskedItem, { workedOut: then }: AskedItem): Comparability[] {
  if (!now && !then) return [];
  if (!now || !then || canonical(now.rule) !== canonical(then.rule)) return ['new'];
  if (now.from.length !== then.from.length) return ['new'];
  return now.from.map((item, place) => {
    const other = then.from[place];
    return other ? ofItems(item, other) : 'new';
  });
}

/** The worst that was declared of a question between two versions of one survey; 'new' where nobody declared anything. */
function declaredBetween({ published: now }: AskedItem, { published: then }: AskedItem): Comparability {
  if (!now || now.surveyId !== then?.surveyId || now.number <= then.number) return 'new';
  const versions = Array.from({ length: now.number - then.number }, (_, step) => then.number + 1 + step);
  return worstOf(versions.map((number) => now.declared.get(number) ?? 'new'));
}

/** Whether two items are read and seen alike in every language that both have. */
function readsAlike(now: AskedItem, then: AskedItem): boolean {
  const languages = [...now.words.keys()].filter((language) => then.words.has(language));
  return (
    languages.length > 0 &&
    look(now) === look(then) &&
    languages.every((language) => wordsIn(now, language) === wordsIn(then, language))
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

/** What a question asks of whom, and which of its answers a figure counts. */
function structure({ question, indicator, part }: AskedItem): string {
  return canonical([question.id, shapeOf(question), part, indicator?.anyOf]);
}

/** Symbols beside words; tags only sort a question and may change. */
function look({ question, part }: AskedItem): string {
  return canonical({ ...question, ...onlyRow(question, part) }, ['tags']);
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
