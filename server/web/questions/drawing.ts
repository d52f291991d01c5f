import type { Answer } from '../../core/survey/answer.ts';
import type { Part } from '../../core/survey/definition.ts';
import type { Option } from '../../core/survey/item.ts';
import type { Step } from '../../core/survey/journey.ts';
import { hasRows } from '../../core/survey/kinds.ts';
import { fieldOf, optOutValue, type AnswerFault, type Form } from '../../core/survey/read-answer.ts';
import type { ItemText } from '../../core/survey/text.ts';
import type { Language } from '../language.ts';
import type { DrawnOption, QuestionHead } from './shapes.ts';

/** What was wrong with a page's form, as `readAnswers` says it. */
export interface StepFault {
  fault: AnswerFault;
  partId: string;
  /** The form itself, so that what was chosen and typed stays; without it the saved answers show. */
  given?: Form;
}

/** A page to draw: the step, its words at the reader's level, and what was answered before. */
export interface Drawing {
  step: Step;
  text: ItemText;
  language: Language;
  shown: (key: string) => Answer | undefined;
  fault: StepFault | undefined;
  symbols: boolean;
  /** Before every id, where one page holds several questions. */
  prefix: string;
  headingLevel: number;
}

/** Drawing one question with one answer: the page, or one of its rows. */
export interface PartDrawing extends Drawing {
  part: Part;
  /** The name of its fields. */
  name: string;
  /** The values that its fields hold, as its form would send them. */
  values: readonly string[];
  /** Words of what was wrong with it, empty if nothing was. */
  faultWords: string;
}

export function partDrawing(drawing: Drawing, part: Part): PartDrawing {
  const { step, fault, shown } = drawing;
  const name = fieldOf(step, part);
  return {
    ...drawing,
    part,
    name,
    values: fault?.given ? (fault.given[name] ?? []) : valuesOf(shown(part.id)),
    faultWords: fault?.partId === part.id ? faultWords(drawing, part, fault.fault) : '',
  };
}

/** The only question of a page. */
export function onlyPart(drawing: Drawing): PartDrawing {
  const [part] = drawing.step.parts;
  if (!part) throw new Error(`"${drawing.step.id}" asks nothing: expected a page with a question. Draw it as a page.`);
  return partDrawing(drawing, part);
}

/** An answer as its form would send it. */
function valuesOf(answer: Answer | undefined): string[] {
  if (!answer || answer.state === 'skipped') return [];
  if (answer.state !== 'answered') return [optOutValue(answer.state)];
  return Array.isArray(answer.value) ? answer.value : [String(answer.value)];
}

const TYPED = ['number', 'short-text', 'long-text'];
const FAULTS_OF_QUESTIONS = ['same-twice', 'place-left-out', 'not-a-number'] as const;
type FaultOfQuestions = (typeof FAULTS_OF_QUESTIONS)[number];
const isOfQuestions = (fault: AnswerFault): fault is FaultOfQuestions =>
  (FAULTS_OF_QUESTIONS as readonly AnswerFault[]).includes(fault);

/** What was wrong, in words that fit the kind. */
function faultWords({ step, language }: Drawing, part: Part, fault: AnswerFault): string {
  const { questions, respond } = language.words;
  if (isOfQuestions(fault)) return questions[`fault-${fault}`];
  if (fault === 'out-of-range')
    return part.kind === 'number' ? rangeWords(language, 'fault-out-of-range', part) : respond['fault-unknown-option'];
  const typed = TYPED.includes(part.kind);
  if (fault === 'blank' && step.parts.length > 1) return questions['fault-blank-rows'];
  if (fault === 'blank' && typed) return questions['fault-blank-typed'];
  if (fault === 'none-with-others' && (typed || part.kind === 'ranking')) return questions['fault-two-ways'];
  return respond[`fault-${fault}`];
}

/** A phrase about the numbers that a question takes. */
export function rangeWords(
  language: Language,
  key: 'fault-out-of-range' | 'numberHint',
  { least, most }: { least: number; most: number },
): string {
  return language.say('questions', key, { least: language.number(least), most: language.number(most) });
}

/** The part of an id that is the same for all controls of one question. */
function stemOf({ prefix, name }: PartDrawing): string {
  return `${prefix}${name}`;
}

/** The first control of a question. */
export function firstFieldOf(part: PartDrawing): string {
  return `${stemOf(part)}-0`;
}

/** Words and ids above the answers. On a page of one row the row is the heading, below what all rows ask. */
export function drawHead(drawing: Drawing, ownHint = '', fault = ''): QuestionHead {
  const { step, text, prefix, headingLevel, symbols } = drawing;
  const [row, ...others] = hasRows(step.item) ? step.parts : [];
  const words = row && others.length === 0 ? rowHeading(row, step, text) : { lead: '', heading: text.text, symbol: '' };
  return {
    ...words,
    level: headingLevel,
    hint: text.hint ?? ownHint,
    hintId: `${prefix}answer-hint`,
    symbol: symbols ? words.symbol || (step.item.symbol ?? '') : '',
    fault,
    faultId: `${prefix}answer-fault`,
  };
}

function rowHeading(row: Part, step: Step, text: ItemText): Pick<QuestionHead, 'lead' | 'heading' | 'symbol'> {
  const code = rowCode(row, step);
  return { lead: text.text, heading: text.rows?.[code] ?? code, symbol: row.symbol ?? '' };
}

/** The code of a row of a question in rows. */
export function rowCode(row: Part, { item }: Step): string {
  return row.id.slice(item.id.length + 1);
}

/** What an option needs beside what every option has. */
export interface OptionWords {
  words: string;
  label?: string;
  alone?: boolean;
  mouth?: DrawnOption['mouth'];
}

/** The options of a question, in order. Where a page has several questions only the first of each can be led to. */
export function drawOptions(
  part: PartDrawing,
  type: DrawnOption['type'],
  options: readonly Option[],
  wordsOf: (code: string, index: number) => OptionWords,
): DrawnOption[] {
  const { step, symbols, values, name } = part;
  return options.map((option, index) => ({
    type,
    name,
    id: index === 0 || step.parts.length === 1 ? `${stemOf(part)}-${index}` : '',
    value: option.code,
    label: '',
    checked: values.includes(option.code),
    alone: false,
    quiet: false,
    symbol: (symbols && option.symbol) || '',
    mouth: null,
    ...wordsOf(option.code, index),
  }));
}

/** The ways out of a question: radios among radios, ticks beside anything else. */
export function drawOptOuts({ part, language, values, name, prefix, step }: PartDrawing): DrawnOption[] {
  const among = part.kind === 'one-choice' || part.kind === 'faces' || part.kind === 'ladder';
  return part.optOuts.map((optOut, index) => ({
    type: among ? 'radio' : 'checkbox',
    name,
    id: step.parts.length === 1 ? `${prefix}opt-out-${index}` : '',
    value: optOutValue(optOut),
    words: language.words.respond[`optOut-${optOut}`],
    label: '',
    checked: values.includes(optOutValue(optOut)),
    alone: !among,
    quiet: true,
    symbol: '',
    mouth: null,
  }));
}

/** What was typed or chosen, without the ways out. */
export function withoutOptOuts({ part, values }: PartDrawing): string[] {
  const optOuts = part.optOuts.map(optOutValue);
  return values.filter((value) => !optOuts.includes(value));
}
