import { STATE_CODES } from './answer.ts';
import type { Question, SurveyDefinition } from './definition.ts';
import type { DOMAINS } from './item.ts';
import type { ItemText } from './text.ts';
import { definitionFaults } from './validate.ts';

/*
 * What it takes for words on a sheet of paper to become a question of a survey: what a proposal must say, and how
 * its codes come from its words.
 */

/** Kinds that can be proposed; the others need more than a sheet of paper. */
export const PROPOSAL_KINDS = ['one-choice', 'tick-all', 'faces', 'ladder'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** Lines for answers that a proposal has room for. */
export const OPTION_LINES = 6;
/** The longest words, in characters. */
export const LONGEST = { question: 200, option: 80, end: 60, why: 500, reason: 1000 } as const;
/** A reason of fewer characters is none. */
export const SHORTEST_REASON = 10;
const MOST_ITEMS = 120;

/** A proposal as it was written down; a line for an answer may be empty. */
export interface ProposalDraft {
  kind: ProposalKind | undefined;
  question: string;
  language: string;
  options: readonly string[];
  /** The last answer means none of the others; only a tick-all question needs to know. */
  lastStandsAlone: boolean;
  low: string;
  high: string;
  domain: (typeof DOMAINS)[number] | undefined;
  whyAsk: string;
}

/** Where a proposal is to go. */
export interface ProposalPlace {
  /** Undefined while no survey is chosen. */
  survey: SurveyDefinition | undefined;
  /** Languages that the survey has words in. */
  languages: readonly string[];
  /** The words of the opt-outs, which every question offers and no answer may repeat. */
  optOutWords: readonly string[];
}

/** The part of the sheet that a fault is about. */
export type DraftField =
  'survey' | 'kind' | 'question' | 'language' | `option-${number}` | 'low' | 'high' | 'domain' | 'why';

export type DraftFaultCode =
  | 'survey-missing'
  | 'survey-full'
  | 'kind-missing'
  | 'question-missing'
  | 'question-too-long'
  | 'language-missing'
  | 'language-not-held'
  | 'options-too-few'
  | 'faces-count'
  | 'option-too-long'
  | 'option-twice'
  | 'option-repeats-opt-out'
  | 'ladder-has-options'
  | 'end-missing'
  | 'end-too-long'
  | 'ends-without-ladder'
  | 'domain-missing'
  | 'why-missing'
  | 'why-too-long'
  | 'already-proposed';

export interface DraftFault {
  field: DraftField;
  code: DraftFaultCode;
}

/** Words as they are kept: one space between them, nothing invisible, empty if there is nothing to see. */
export function tidy(words: string): string {
  const plain = words
    .normalize('NFC')
    // Characters of no width and overrides of direction could make two answers look alike.
    .replace(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return /[^\p{C}\p{Z}]/u.test(plain) ? plain : '';
}

/** Whether a reader would take two wordings for the same, whatever their capitals and punctuation. */
export function sameWords(one: string, other: string): boolean {
  const bare = (words: string) => {
    const tidied = tidy(words).toLowerCase();
    const letters = tidied.replace(/['’]/g, '').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
    // Answers of symbols alone ("+" and "−") are told apart by the symbols.
    return letters.trim() || tidied;
  };
  return bare(one) === bare(other);
}

const length = (words: string) => [...words].length;

/** Everything that keeps a draft from becoming a question, in the order of the sheet. Empty when it can. */
export function draftFaults(draft: ProposalDraft, place: ProposalPlace): DraftFault[] {
  const faults: DraftFault[] = [];
  const say = (field: DraftField, code: DraftFaultCode) => faults.push({ field, code });
  if (!place.survey) say('survey', 'survey-missing');
  else if (place.survey.items.length >= MOST_ITEMS) say('survey', 'survey-full');
  const question = tidy(draft.question);
  if (!/\p{L}/u.test(question)) say('question', 'question-missing');
  else if (length(question) > LONGEST.question) say('question', 'question-too-long');
  if (draft.language === '') say('language', 'language-missing');
  else if (place.survey && !place.languages.includes(draft.language)) say('language', 'language-not-held');
  if (!draft.kind) say('kind', 'kind-missing');
  faults.push(...optionFaults(draft, place.optOutWords), ...endFaults(draft));
  if (!draft.domain) say('domain', 'domain-missing');
  const why = tidy(draft.whyAsk);
  if (why === '') say('why', 'why-missing');
  else if (length(why) > LONGEST.why) say('why', 'why-too-long');
  return faults;
}

function optionFaults(draft: ProposalDraft, optOutWords: readonly string[]): DraftFault[] {
  const lines = draft.options.map((words, index) => ({ words: tidy(words), field: `option-${index + 1}` as const }));
  const given = lines.filter((line) => line.words !== '');
  const [first] = given;
  if (draft.kind === 'ladder') return first ? [{ field: first.field, code: 'ladder-has-options' }] : [];
  const faults: DraftFault[] = [];
  given.forEach(({ words, field }, index) => {
    const before = given.slice(0, index).map((line) => line.words);
    if (length(words) > LONGEST.option) faults.push({ field, code: 'option-too-long' });
    else if (before.some((earlier) => sameWords(earlier, words))) faults.push({ field, code: 'option-twice' });
    else if (optOutWords.some((offered) => sameWords(offered, words)))
      faults.push({ field, code: 'option-repeats-opt-out' });
  });
  if (draft.kind === 'faces' && (given.length < 3 || given.length > 5)) {
    faults.unshift({ field: firstEmpty(lines), code: 'faces-count' });
  } else if (draft.kind && given.length < 2) faults.unshift({ field: firstEmpty(lines), code: 'options-too-few' });
  return faults;
}

/** The line to go to where the number of answers is wrong. */
function firstEmpty(lines: readonly { words: string; field: `option-${number}` }[]): `option-${number}` {
  return (lines.find((line) => line.words === '') ?? lines.at(-1))?.field ?? 'option-1';
}

function endFaults(draft: ProposalDraft): DraftFault[] {
  const ends = (['low', 'high'] as const).map((field) => ({ field, words: tidy(draft[field]) }));
  if (draft.kind !== 'ladder') {
    return draft.kind
      ? ends.filter(({ words }) => words !== '').map(({ field }) => ({ field, code: 'ends-without-ladder' }))
      : [];
  }
  return ends.flatMap(({ field, words }): DraftFault[] => {
    if (words === '') return [{ field, code: 'end-missing' }];
    return length(words) > LONGEST.end ? [{ field, code: 'end-too-long' }] : [];
  });
}

/**
 * The question and its words, from a draft without faults.
 * @param takenIds ids that the question may not have
 * @throws Error if the draft has faults after all
 */
export function makeQuestion(draft: ProposalDraft, takenIds: Iterable<string>): { question: Question; text: ItemText } {
  if (!draft.kind || !draft.domain) throw new Error('A draft with faults was made into a question: ask draftFaults.');
  const words = tidy(draft.question);
  const common = {
    id: questionId(words, takenIds),
    tags: { domain: draft.domain, shanarri: [], uncrc: [] },
    optOuts: ['dont-know', 'prefer-not-to-say'] as ('dont-know' | 'prefer-not-to-say')[],
  };
  if (draft.kind === 'ladder') {
    const text = { text: words, low: tidy(draft.low), high: tidy(draft.high) };
    return { question: { kind: 'ladder', ...common }, text };
  }
  const given = draft.options.map(tidy).filter((line) => line !== '');
  const codes = optionCodes(given);
  const text = { text: words, options: Object.fromEntries(codes.map((code, index) => [code, given[index] ?? ''])) };
  const options = codes.map((code) => ({ code }));
  if (draft.kind !== 'tick-all') return { question: { kind: draft.kind, ...common, options }, text };
  const last = options.length - 1;
  const ticked = options.map((option, index) =>
    draft.lastStandsAlone && index === last ? { ...option, exclusive: true as const } : option,
  );
  return { question: { kind: 'tick-all', ...common, options: ticked }, text };
}

/** Faults of a survey that has one more question at its end; empty for whatever makeQuestion made. */
export function fitFaults(survey: SurveyDefinition, question: Question): string[] {
  return definitionFaults({ ...survey, items: [...survey.items, question] });
}

/** Names that mean something else: the states of an answer, and what every object of the machine has. */
const RESERVED = [...Object.keys(STATE_CODES), 'written', 'constructor'];
/** Leaves room in an id of 40 characters for a number that tells it from another one. */
const SLUG_LENGTH = 36;

/** An id from the words of a question, or question-1, question-2 … for words in another script. */
export function questionId(words: string, takenIds: Iterable<string>): string {
  const taken = new Set([...RESERVED, ...takenIds]);
  const slug = slugOf(words);
  return slug ? unused(slug, 2, taken, slug) : unused('question', 1, taken);
}

/** One code an answer, in order, all different. */
export function optionCodes(words: readonly string[]): string[] {
  const taken = new Set(RESERVED);
  return words.map((line, index) => {
    const slug = slugOf(line);
    const code = slug ? unused(slug, 2, taken, slug) : unused('option', index + 1, taken);
    taken.add(code);
    return code;
  });
}

/** The first name that is free: the plain one if there is one, else stem-<from>, stem-<from + 1> … */
function unused(stem: string, from: number, taken: ReadonlySet<string>, plain?: string): string {
  if (plain !== undefined && !taken.has(plain)) return plain;
  let number = from;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** Words in Latin letters as a short name; undefined where they are in another script or begin with no letter. */
function slugOf(words: string): string | undefined {
  if (/(?!\p{Script=Latin})\p{L}/u.test(words)) return undefined;
  const plain = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '');
  const parts = plain.split(/[^a-z0-9]+/).filter((part) => part !== '');
  let slug = (parts.shift() ?? '').slice(0, SLUG_LENGTH);
  for (const part of parts) {
    if (slug.length + part.length >= SLUG_LENGTH) break;
    slug += `-${part}`;
  }
  return /^[a-z]/.test(slug) ? slug : undefined;
}

/** What is wrong with the reason of a decision. */
export function reasonFault(reason: string): 'reason-missing' | 'reason-too-long' | undefined {
  const characters = length(tidy(reason));
  if (characters < SHORTEST_REASON) return 'reason-missing';
  return characters > LONGEST.reason ? 'reason-too-long' : undefined;
}
