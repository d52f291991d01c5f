import { LINE_LENGTH, TEXT_LENGTH, type LoopFault } from '../core/loop/fields.ts';
import { findingState, type ChainCounts } from '../core/loop/chain.ts';
import { publicObstacle } from '../core/loop/finding.ts';
import type { SuggestionFacts } from '../core/loop/suggestions.ts';
import { withRange } from '../core/statistics/figure.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Finding } from '../storage/findings.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { faultOf, faultWords, type TextField } from './fields.ts';
import type { Quoted } from './released.ts';
import { becauseOf } from './suggestion-pages.ts';
import {
  askedQuestion,
  bandWords,
  figureName,
  figureSentence,
  releaseWords,
  responseSentence,
  shareWords,
  type ShareSentence,
} from './sentences.ts';

/** A released figure as planners see it. */
export interface FigureView {
  where: string;
  band: string;
  sentence: ShareSentence;
  interval: string;
  base: string;
  question: { text: string; lang: string };
  response: string;
  release: string;
  /** How carefully it is to be read; none if as usual. */
  cautions: string[];
  /** Set where it shows one school. */
  oneSchool: boolean;
  /** The release that corrected its own since; empty where none did. */
  correctedHref: string;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/field': { field: TextField };
    'replies/figure': { figure: FigureView };
    'replies/findings': {
      title: string;
      wide: boolean;
      findings: {
        href: string;
        name: string;
        share: string;
        where: string;
        band: string;
        state: string;
        note: string;
        /** Since when it is a priority, in words; empty where it is none. */
        priority: string;
        group: string;
      }[];
    };
    'replies/new-finding': {
      title: string;
      faults: FieldFault[];
      figure: FigureView;
      place: { name: string; value: string }[];
      because: string;
      whyItMatters: TextField;
      forWhom: TextField;
    };
  }
}

export function figureView(language: Language, quoted: Quoted): FigureView {
  const { figure } = quoted;
  const { words } = language;
  const { low, high } = withRange(figure);
  return {
    where: figure.node.name,
    band: bandWords(language, figure),
    sentence: figureSentence(language, quoted),
    interval: language.say('replies', 'between', {
      low: language.percent(low / 100),
      high: language.percent(high / 100),
    }),
    base: language.say('replies', 'pupilsAsked', { base: language.number(figure.base) }),
    question: askedQuestion(language, quoted),
    response: responseSentence(language, figure),
    release: releaseWords(language, quoted),
    cautions: [
      ...(figure.caution === 'none' ? [] : [words.replies[`caution-${figure.caution}`]]),
      ...(figure.lowRate ? [words.replies.lowRate] : []),
    ],
    oneSchool: figure.oneSchool,
    correctedHref: quoted.entry.supersededBy === null ? '' : `/results/${quoted.entry.supersededBy}`,
  };
}

/** A finding of the list. */
export interface ListedFinding {
  finding: Finding & { chain: ChainCounts };
  quoted: Quoted;
  /** Empty where it is no priority. */
  prioritySince: string;
  /** Empty where it is in none. */
  group: string;
}

export function findingsPage(language: Language, list: readonly ListedFinding[]): Views['replies/findings'] {
  const words = language.words.replies;
  return {
    title: words.findingsTitle,
    wide: true,
    findings: list.map(({ finding, quoted, prioritySince, group }) => ({
      href: `/replies/findings/${finding.id}`,
      name: figureName(language, quoted),
      share: shareWords(language, quoted.figure),
      where: quoted.figure.node.name,
      band: bandName(quoted.figure.band),
      state: words[`state-${findingState(finding.chain)}`],
      note: [
        ...(publicObstacle(quoted.figure) ? [words.neverPublic] : []),
        ...(quoted.entry.supersededBy === null ? [] : [language.words.corrections.findingCorrected]),
      ].join(' '),
      priority: prioritySince ? language.say('findings', 'prioritySince', { date: language.date(prioritySince) }) : '',
      group,
    })),
  };
}

/** What was typed for a new finding, and what suggested it. */
export interface NewFindingForm {
  releaseId: string;
  whyItMatters: string;
  /** Undefined until somebody wrote it: then it is whom the figure is about. */
  forWhom: string | undefined;
  facts: SuggestionFacts | null;
  faults: readonly LoopFault[];
}

export function newFindingPage(language: Language, quoted: Quoted, form: NewFindingForm): Views['replies/new-finding'] {
  const words = language.words.replies;
  const { node, band, item, option } = quoted.figure;
  const { facts } = form;
  const suggested = facts ? { rule: facts.rule, groups: facts.groups?.join(' ') ?? '' } : {};
  const place = { release: form.releaseId, node: node.id, band: band.id, item: item.id, option, ...suggested };
  const labels = { whyItMatters: words.whyItMatters, forWhom: language.words.findings.forWhom };
  const faults = faultWords(language, form.faults, labels, (field) =>
    field === 'forWhom' ? LINE_LENGTH : TEXT_LENGTH,
  );
  return {
    title: words.newFindingTitle,
    faults,
    figure: figureView(language, quoted),
    place: Object.entries(place).map(([name, value]) => ({ name, value })),
    whyItMatters: {
      name: 'whyItMatters',
      label: words.whyItMatters,
      hint: words.whyItMattersHint,
      value: form.whyItMatters,
      kind: 'lines',
      longest: String(TEXT_LENGTH),
      fault: faultOf(faults, 'whyItMatters'),
      lang: '',
      direction: 'auto',
    },
    because: facts ? becauseOf(language, facts) : '',
    forWhom: {
      name: 'forWhom',
      label: labels.forWhom,
      hint: language.words.findings.forWhomHint,
      value: form.forWhom ?? bandWords(language, quoted.figure),
      kind: 'line',
      longest: String(LINE_LENGTH),
      fault: faultOf(faults, 'forWhom'),
      lang: '',
      direction: 'auto',
    },
  };
}
