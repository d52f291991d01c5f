import { shownRate } from '../../core/fieldwork/rates.ts';
import { isOverdue } from '../../core/loop/plan/colour.ts';
import { findingState, type ChainCounts } from '../../core/loop/chain.ts';
import type { Finding } from '../../storage/findings.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import type { WaveRates } from '../../web/wave-rates.ts';
import type { Quoted } from '../released.ts';
import { answeredBackWords } from '../answered-back-page.ts';
import { figureName, shareWords } from '../sentences.ts';
import { actionHref } from './addresses.ts';
import type { SeenAction } from './plan-desk.ts';
import { colourView, measureView, ruleWords, type ColourView } from './plan-words.ts';

/** What the dashboard is made of, as far as the area of whoever looks reaches. */
export interface Gathered {
  authority: string;
  today: string;
  /** The last day that still counts as this week. */
  until: string;
  findings: { finding: Finding & { chain: ChainCounts }; quoted: Quoted; prioritySince: string }[];
  actions: SeenAction[];
  /** Days on which young people were promised further news. */
  updates: { on: string; title: string; findingId: string }[];
  /** Published replies, and those of them that children have answered back about. */
  replies: { all: number; answeredBack: number };
  waves: WaveRates[];
}

interface FindingLine {
  href: string;
  name: string;
  share: string;
  where: string;
  state: string;
  since: string;
  actions: { href: string; task: string; colour: ColourView; measures: string[] }[];
}

interface DateLine {
  date: string;
  what: string;
  href: string;
  name: string;
}

export interface Board {
  title: string;
  wide: boolean;
  date: string;
  priorities: FindingLine[];
  unanswered: FindingLine[];
  overdue: { href: string; task: string; lead: string; rule: string }[];
  dates: DateLine[];
  rates: { href: string; wave: string; words: string; ends: string }[];
  /** Of a sheet: what did not fit, in words; empty where all did. */
  leftOut: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/dashboard': Board & {
      meetingHref: string;
      answeredBack: string;
      /** Where annual reports are written; empty for somebody who is bound to an area. */
      annualHref: string;
    };
    'replies/plan/board': { board: Board };
  }
}

export function dashboardPage(
  language: Language,
  gathered: Gathered,
  annualHref: string,
): Views['replies/plan/dashboard'] {
  const title = language.say('dashboard', 'title', { authority: isolated(language, gathered.authority) });
  const answeredBack = answeredBackWords(language, gathered.replies.answeredBack, gathered.replies.all);
  const meetingHref = '/replies/dashboard/meeting';
  return { ...boardOf(language, gathered), title, meetingHref, answeredBack, annualHref };
}

/** What dashboard and sheet show alike. */
export function boardOf(language: Language, gathered: Gathered): Board {
  const { findings, actions, today } = gathered;
  const unanswered = findings.filter(({ finding }) => finding.chain.published === 0);
  return {
    title: '',
    wide: true,
    date: language.date(today),
    priorities: findings
      .filter(({ prioritySince }) => prioritySince !== '')
      .map((found) => findingLine(language, found, actions)),
    unanswered: unanswered.map((found) => findingLine(language, found, [])),
    overdue: actions
      .filter(({ action }) => isOverdue(action, today))
      .map(({ action, rule }) => ({
        href: actionHref(action.id),
        task: action.words.task,
        lead: action.words.lead,
        rule: ruleWords(language, rule),
      })),
    dates: datesOf(language, gathered),
    rates: gathered.waves.map((rates) => rateLine(language, rates)),
    leftOut: '',
  };
}

function findingLine(
  language: Language,
  { finding, quoted, prioritySince }: Gathered['findings'][number],
  actions: readonly SeenAction[],
): FindingLine {
  return {
    href: `/replies/findings/${finding.id}`,
    name: figureName(language, quoted),
    share: shareWords(language, quoted.figure),
    where: quoted.figure.node.name,
    state: language.words.replies[`state-${findingState(finding.chain)}`],
    since: language.date(prioritySince || finding.madeAt),
    actions: actions
      .filter(({ action }) => action.findings.includes(finding.id))
      .map(({ action, colour }) => ({
        href: actionHref(action.id),
        task: action.words.task,
        colour: colourView(language, colour),
        measures: action.measures.map((measure) => {
          const { name, state } = measureView(language, measure);
          return `${isolated(language, name)}: ${state}`;
        }),
      })),
  };
}

/** Days of this week, the earliest first. */
function datesOf(language: Language, { actions, updates, waves, today, until }: Gathered): DateLine[] {
  const { dashboard } = language.words;
  const lines = [
    ...actions
      .filter(({ action }) => action.state === 'open')
      .map(({ action }) => ({ on: action.words.dueOn, what: dashboard.due, href: actionHref(action.id), name: action.words.task })),
    ...updates.map(({ on, title, findingId }) => ({ on, what: dashboard.nextNews, href: `/replies/findings/${findingId}`, name: title })),
    ...waves.map(({ wave }) => ({ on: wave.endsOn, what: dashboard.lastDay, href: ratesHref(wave.id), name: wave.name })),
  ]; // prettier-ignore
  return lines
    .filter(({ on }) => on >= today && on <= until)
    .toSorted((one, other) => (one.on < other.on ? -1 : 1))
    .map(({ on, ...line }) => ({ ...line, date: language.date(on) }));
}

/** The rate of a whole wave as fieldwork shows it to those who chase: rounded, and hidden where few are asked. */
function rateLine(language: Language, { wave, input, places, target }: WaveRates): Board['rates'][number] {
  const { expected, answered, percent } = shownRate(input, places.authority[0]!, target);
  const said =
    expected === null || answered === null || percent === null
      ? language.words.rates.leadFew
      : language.say('rates', 'lead', {
          answered: language.number(answered),
          expected: language.number(expected),
          percent: language.percent(percent / 100),
        });
  return {
    href: ratesHref(wave.id),
    wave: wave.name,
    words: said,
    ends: language.say('dashboard', 'ends', { date: language.date(wave.endsOn) }),
  };
}

const ratesHref = (wave: string) => `/fieldwork/waves/${wave}/rates`;
