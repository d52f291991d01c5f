import type { CoachLevel, DraftQuestion, Severity } from './draft.ts';
import { LIMITS, SENSITIVE_FROM } from './limits.ts';
import { ENGLISH, listsOf } from './lists.ts';
import { lookAt } from './looked-at.ts';
import { anyOf, onlyOneOf } from './phrases.ts';
import { plain } from './read-text.ts';
import { minutesOf } from './survey-time.ts';
import { isUpsetting } from './rules/sensitive-too-early.ts';
import { topicsOf } from './topics-of.ts';

/* The coach on a whole survey: how long it takes, in which order it asks, how it ends and how one can opt out. */

export const SURVEY_RULES = [
  'survey-too-long',
  'too-many-questions',
  'hard-beginning',
  'sensitive-too-early',
  'hard-ending',
  'opt-outs-differ',
] as const;
export type SurveyRule = (typeof SURVEY_RULES)[number];

export interface SurveyFinding {
  rule: SurveyRule;
  severity: Severity;
  /** Words under `survey-<why>`. */
  reason: { why: SurveyRule | 'survey-over-aim'; values: Record<string, string | number> };
  /** The questions that it is about; none for the survey as a whole. */
  questions: string[];
}

/** A draft in its survey; a studio that keeps opt-outs apart from the options gives them here, by their codes. */
export type SurveyQuestion = DraftQuestion & { optOuts?: readonly string[] };

export interface SurveyCoaching {
  /** Minutes that three in four readers of the level do not exceed. */
  minutes: number;
  /** Questions, pages to read not counted. */
  questions: number;
  findings: SurveyFinding[];
  /** Rules that cannot be judged in the language. */
  notJudged: SurveyRule[];
}

/** What the coach says of all questions of a survey, in the order in which they are asked of one level. */
export function coachSurvey(questions: readonly SurveyQuestion[], level: CoachLevel): SurveyCoaching {
  const asked = questions.filter(({ kind }) => kind !== 'information');
  const minutes = minutesOf(questions, level);
  const findings = [
    ...lengthFindings(minutes, asked.length, level),
    ...orderFindings(asked),
    ...endFindings(asked.at(-1)),
    ...optOutFindings(asked),
  ];
  return { minutes: Math.ceil(minutes), questions: asked.length, findings, notJudged: notJudgedOf(asked) };
}

function lengthFindings(minutes: number, count: number, level: CoachLevel): SurveyFinding[] {
  const { aimMinutes, mostMinutes, questions } = LIMITS[level].survey;
  const findings: SurveyFinding[] = [];
  const whole = Math.ceil(minutes);
  if (minutes > mostMinutes) {
    findings.push(about('survey-too-long', 'block', { minutes: whole, most: mostMinutes }));
  } else if (minutes > aimMinutes) {
    const values = { minutes: whole, aim: aimMinutes };
    findings.push({ ...about('survey-too-long', 'warn', {}), reason: { why: 'survey-over-aim', values } });
  }
  if (count > questions) findings.push(about('too-many-questions', 'block', { count, most: questions }));
  return findings;
}

/** Easy first, sensitive in the last third. */
function orderFindings(asked: readonly SurveyQuestion[]): SurveyFinding[] {
  const isSensitive = asked.map((question) => topicsOf(lookAt(question)).some(isUpsetting));
  const last = Math.max(1, asked.length - 1);
  const early = asked.filter((_question, at) => isSensitive[at] && at / last < SENSITIVE_FROM).map(({ id }) => id);
  const [first] = asked;
  const findings: SurveyFinding[] = [];
  if (first && isSensitive[0]) findings.push(about('hard-beginning', 'warn', {}, [first.id]));
  if (early.length > 0) findings.push(about('sensitive-too-early', 'warn', { count: early.length }, early));
  return findings;
}

const OPEN_KINDS = ['short-text', 'long-text'];
const POSITIVE = anyOf([
  ...[
    'proud',
    'good',
    'best',
    'happy',
    'enjoy~',
    'like',
    'love',
    'fun',
    'hope~',
    'hopeful',
    'better',
    'smile',
    'looking forward',
    'look forward',
  ],
  ...[
    'kind',
    'favourite',
    'well',
    'cheerful',
    'dream~',
    'thank~',
    'glad',
    'helps',
    'change',
    'improve',
    'wish',
    'great',
    'else',
  ],
]);

/** The last question is one to end on: open, or about something good; never a sensitive one. */
function endFindings(end: SurveyQuestion | undefined): SurveyFinding[] {
  if (!end) return [];
  const looked = lookAt(end);
  const isSensitive = topicsOf(looked).some(isUpsetting);
  const isOpen = OPEN_KINDS.includes(end.kind);
  if (!isSensitive && (isOpen || !looked.isEnglish || POSITIVE.test(looked.text))) return [];
  return [about('hard-ending', 'warn', {}, [end.id])];
}

/** Kinds in which one chooses, and may choose not to. */
const CHOSEN = ['one-choice', 'tick-all', 'faces', 'ladder', 'grid', 'ranking', 'place-wheel', 'number'];

/** Questions that do not offer the opt-outs that most of the others do. */
function optOutFindings(asked: readonly SurveyQuestion[]): SurveyFinding[] {
  const offers = asked
    .filter(({ kind }) => CHOSEN.includes(kind))
    .map((question) => ({ id: question.id, offered: offeredBy(question) }));
  const usual = mostCommon(offers.map(({ offered }) => offered));
  const odd = offers.filter(({ offered }) => offered !== usual).map(({ id }) => id);
  return odd.length > 0 ? [about('opt-outs-differ', 'warn', { count: odd.length }, odd)] : [];
}

/** The opt-outs of a question as one text, in the words in which they are offered. */
function offeredBy({ optOuts, options, language }: SurveyQuestion): string {
  const lists = listsOf(language) ?? ENGLISH;
  const optOut = onlyOneOf(lists.optOuts);
  return [...(optOuts ?? []), ...options.map(plain).filter((option) => optOut.test(option))].toSorted().join(' · ');
}

function mostCommon(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}

function notJudgedOf(asked: readonly SurveyQuestion[]): SurveyRule[] {
  const notJudged: SurveyRule[] = [];
  if (asked.some(({ language }) => !listsOf(language))) notJudged.push('hard-beginning', 'sensitive-too-early');
  if (asked.some((question) => !lookAt(question).isEnglish)) notJudged.push('hard-ending');
  if (asked.some(({ language, optOuts }) => !listsOf(language) && !optOuts)) notJudged.push('opt-outs-differ');
  return notJudged;
}

function about(
  rule: SurveyRule,
  severity: Severity,
  values: Record<string, string | number>,
  questions: string[] = [],
): SurveyFinding {
  return { rule, severity, reason: { why: rule, values }, questions };
}
