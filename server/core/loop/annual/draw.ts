import type { Aim } from '../plan/words.ts';
import { AIMS } from '../plan/words.ts';
import { shownColour, type Colour } from '../plan/colour.ts';
import type { GroupKind } from '../engagement/entry.ts';
import { together, type PromisesTogether } from '../promises.ts';
import type { LeftOut } from '../../statistics/left-out.ts';
import type {
  ActionFacts,
  AnnualFacts,
  ByLanguage,
  FeedbackFacts,
  FindingFacts,
  InvolvementFacts,
  ReplyFacts,
  ReleaseSource,
  Source,
  WaveFacts,
} from './facts.ts';
import { aimSection, REPORT_READERS, type ReportReader, type SectionId } from './sections.ts';

/*
 * From facts to what a report states, section by section. A statement is one sentence to be, with the figures that
 * somebody may quote from it, and never without a source. Children get the same facts in fewer statements.
 */

/** What a statement says; its words are the page's business. */
export type Said =
  | { is: 'wave'; startsOn: string; endsOn: string; reached: WaveFacts['reached'] }
  | { is: 'rate'; band: string; answered: number; roll: number; share: number }
  | { is: 'not-asked'; groups: readonly LeftOut[] }
  | { is: 'finding'; finding: FindingFacts }
  | { is: 'change'; finding: FindingFacts }
  | { is: 'corrected'; share: number }
  | { is: 'more-findings'; count: number }
  | { is: 'aim'; aim: Aim; actions: number; colours: Record<Colour, number>; done: number; stopped: number }
  | { is: 'colour'; action: ActionFacts }
  | { is: 'progress'; on: string; words: string }
  | { is: 'no-progress' }
  | { is: 'measure'; measure: ActionFacts['measures'][number] }
  | { is: 'doing'; open: number; done: number }
  | { is: 'replies'; count: number }
  | { is: 'promises'; all: PromisesTogether }
  | { is: 'priorities'; all: number; answered: number }
  | { is: 'overdue'; count: number }
  | { is: 'reply'; reply: ReplyFacts }
  | { is: 'involved'; entries: number; changed: number }
  | { is: 'entry'; entry: InvolvementFacts }
  | { is: 'feedback'; feedback: FeedbackFacts }
  | { is: 'none'; of: 'asked' | 'said' | 'aim' | 'replies' | 'answers' | 'involved' };

/** A figure by itself, as a text quotes it. */
export type Quotable =
  | { is: 'percent'; share: number }
  | { is: 'count'; count: number }
  | { is: 'points'; points: number }
  | { is: 'days'; days: number }
  | { is: 'amount'; value: string; unit: string }
  | { is: 'colour'; colour: Colour };

export interface Quote {
  /** What of the statement it is; with the statement's key the figure's own. */
  part: QuotePart;
  value: Quotable;
}

export const QUOTE_PARTS = [
  ...(['share', 'answered', 'base', 'change', 'colour', 'baseline', 'target', 'latest'] as const),
  ...(['actions', 'open', 'done', 'replies', 'full', 'friendly', 'fast', 'followedUp', 'late'] as const),
  ...(['priorities', 'with-reply', 'without-reply', 'entries', 'changed'] as const),
] as const;
export type QuotePart = (typeof QUOTE_PARTS)[number];

export type Sources = readonly [Source, ...Source[]];

export interface Statement {
  /** Stays as long as what it speaks of: figures are numbered by it. */
  key: string;
  readers: readonly ReportReader[];
  said: Said;
  quotes: readonly Quote[];
  sources: Sources;
}

/** Statements about one thing, under its name where it has one. */
export interface Block {
  /** Names in every language, or words as somebody typed them once. */
  heading: ByLanguage | string;
  statements: readonly Statement[];
}

export type Drawn = Readonly<Record<SectionId, readonly Block[]>>;

const BOTH: readonly ReportReader[] = REPORT_READERS;
const ADULT: readonly ReportReader[] = ['adult'];
/** How many findings, replies and answers the version for children names. */
export const MOST_FOR_CHILDREN = 4;

export function drawReport(facts: AnnualFacts): Drawn {
  const aims = AIMS.map((aim) => [aimSection(aim), aimBlocks(facts, aim)] as const);
  return {
    opening: [],
    asked: askedBlocks(facts),
    said: saidBlocks(facts),
    ...(Object.fromEntries(aims) as Record<(typeof aims)[number][0], Block[]>),
    did: [block(doing(facts))],
    replies: replyBlocks(facts),
    answers: answerBlocks(facts),
    involved: involvedBlocks(facts),
    next: [],
    contact: [],
  };
}

/** Keys of all figures that may be quoted, each once, in the order in which they are drawn. */
export function figureKeys(drawn: Drawn): string[] {
  const statements = Object.values(drawn).flatMap((blocks) => blocks.flatMap((one) => one.statements));
  return [...new Set(statements.flatMap((one) => one.quotes.map(({ part }) => figureKey(one, part))))];
}

export const figureKey = ({ key }: Pick<Statement, 'key'>, part: QuotePart) => `${key}/${part}`;

const block = (...statements: Statement[]): Block => ({ heading: '', statements });
const counted = (
  what: 'plan' | 'replies' | 'findings' | 'engagement' | 'feedback',
  { today }: AnnualFacts,
): Source => ({
  is: 'counted',
  what,
  on: today,
});
const count = (part: QuotePart, value: number): Quote => ({ part, value: { is: 'count', count: value } });

/** That there is nothing in the period is a statement too. */
function none(
  of: Extract<Said, { is: 'none' }>['of'],
  source: Source,
  key: string,
  readers: readonly ReportReader[] = BOTH,
): Block {
  return block({ key: `none/${key}`, readers, said: { is: 'none', of }, quotes: [], sources: [source] });
}

function askedBlocks(facts: AnnualFacts): Block[] {
  const shown = facts.waves.flatMap((wave) => (wave.release ? [{ wave, source: wave.release }] : []));
  if (shown.length === 0) return [none('asked', counted('findings', facts), 'asked')];
  return shown.map(({ wave, source }) => waveBlock(wave, source));
}

function waveBlock(wave: WaveFacts, source: ReleaseSource): Block {
  const key = `wave/${wave.id}`;
  const { startsOn, endsOn, reached } = wave;
  const sources: Sources = [source];
  const rates = wave.rates.map(({ band, answered, roll, share }): Statement => {
    const quotes: Quote[] = [{ part: 'share', value: { is: 'percent', share } }, count('answered', answered)];
    return { key: `${key}/${band}`, readers: BOTH, said: { is: 'rate', band, answered, roll, share }, quotes, sources };
  });
  return {
    heading: wave.name,
    statements: [
      { key, readers: BOTH, said: { is: 'wave', startsOn, endsOn, reached }, quotes: [], sources },
      ...rates,
      ...(wave.leftOut.length > 0
        ? [{ key: `${key}/left`, readers: BOTH, said: { is: 'not-asked', groups: wave.leftOut }, quotes: [], sources } as const] // prettier-ignore
        : []),
    ],
  };
}

function saidBlocks(facts: AnnualFacts): Block[] {
  const { findings } = facts;
  if (findings.length === 0) return [none('said', counted('findings', facts), 'said')];
  const blocks = findings.map((finding, index) => findingBlock(finding, index < MOST_FOR_CHILDREN ? BOTH : ADULT));
  const more = findings.length - MOST_FOR_CHILDREN;
  if (more <= 0) return blocks;
  const said: Said = { is: 'more-findings', count: more };
  return [
    ...blocks,
    block({ key: 'said/more', readers: ['child'], said, quotes: [], sources: [counted('findings', facts)] }),
  ];
}

function findingBlock(finding: FindingFacts, readers: readonly ReportReader[]): Block {
  const key = `finding/${finding.id}`;
  const { share, base, source, change, before } = finding;
  const quotes: Quote[] = [{ part: 'share', value: { is: 'percent', share } }, count('base', base)];
  const statements: Statement[] = [{ key, readers, said: { is: 'finding', finding }, quotes, sources: [source] }];
  if (change) {
    const moved: Quote[] = [{ part: 'change', value: { is: 'points', points: change.points } }];
    const sources: Sources = [source, change.source];
    statements.push({ key: `${key}/change`, readers: ADULT, said: { is: 'change', finding }, quotes: moved, sources });
  }
  if (before)
    statements.push({ key: `${key}/before`, readers: ADULT, said: { is: 'corrected', share: before.share }, quotes: [], sources: [source] }); // prettier-ignore
  return { heading: finding.name, statements };
}

function aimBlocks(facts: AnnualFacts, aim: Aim): Block[] {
  const actions = facts.actions.filter(({ aims }) => aims.includes(aim));
  const source = counted('plan', facts);
  if (actions.length === 0) return [none('aim', source, `aim/${aim}`, ADULT)];
  const of = (colour: Colour) => actions.filter((action) => shownColour(action) === colour).length;
  const ended = (state: ActionFacts['state']) => actions.filter((action) => action.state === state).length;
  const said: Said = {
    ...{ is: 'aim', aim, actions: actions.length, done: ended('done'), stopped: ended('stopped') },
    colours: { red: of('red'), amber: of('amber'), green: of('green') },
  };
  const quotes = [count('actions', actions.length), count('done', ended('done'))];
  const overview = block({ key: `aim/${aim}`, readers: ADULT, said, quotes, sources: [source] });
  return [overview, ...actions.map((action) => actionBlock(action))];
}

function actionBlock(action: ActionFacts): Block {
  const key = `action/${action.id}`;
  const shared = { readers: ADULT, sources: [action.source] as Sources };
  const colour = shownColour(action);
  const quotes: Quote[] = colour ? [{ part: 'colour', value: { is: 'colour', colour } }] : [];
  const progress = action.progress.map(({ on, words }, index): Statement => {
    return { ...shared, key: `${key}/progress/${index}`, said: { is: 'progress', on, words }, quotes: [] };
  });
  return {
    heading: `${action.reference} · ${action.task}`,
    statements: [
      { ...shared, key, said: { is: 'colour', action }, quotes },
      ...(progress.length > 0
        ? progress
        : [{ ...shared, key: `${key}/quiet`, said: { is: 'no-progress' } as const, quotes: [] }]),
      ...action.measures.map((measure): Statement => {
        return { ...shared, key: `measure/${measure.id}`, said: { is: 'measure', measure }, quotes: quotesOf(measure) };
      }),
    ],
  };
}

function quotesOf({ words, state }: ActionFacts['measures'][number]): Quote[] {
  const { baseline, target, unit } = words;
  const known = { baseline, latest: state.latest?.value ?? '', target };
  return (['baseline', 'latest', 'target'] as const).flatMap((part) =>
    known[part] === '' ? [] : [{ part, value: { is: 'amount', value: known[part], unit } }],
  );
}

/** What was done, for children: how much, and no table. */
function doing(facts: AnnualFacts): Statement {
  const [open, done] = (['open', 'done'] as const).map(
    (state) => facts.actions.filter((action) => action.state === state).length,
  ) as [number, number];
  const quotes = [count('open', open), count('done', done)];
  const sources: Sources = [counted('plan', facts)];
  return { key: 'did', readers: ['child'], said: { is: 'doing', open, done }, quotes, sources };
}

function replyBlocks(facts: AnnualFacts): Block[] {
  const { replies, priorities } = facts;
  const sources: Sources = [counted('replies', facts)];
  const counts: Statement[] = [];
  if (replies.length > 0) {
    const all = together(replies.map(({ promises }) => promises));
    const late = replies.filter(({ overdueSince }) => overdueSince !== null).length;
    const quotes = [count('full', all.full), count('friendly', all.friendly), count('followedUp', all.followedUp)];
    const fast: Quote = { part: 'fast', value: { is: 'days', days: all.fastDays ?? 0 } };
    counts.push(
      { key: 'replies', readers: BOTH, said: { is: 'replies', count: replies.length }, quotes: [count('replies', replies.length)], sources }, // prettier-ignore
      { key: 'promises', readers: ADULT, said: { is: 'promises', all }, quotes: [...quotes, fast], sources },
      { key: 'overdue', readers: BOTH, said: { is: 'overdue', count: late }, quotes: [count('late', late)], sources },
    );
  }
  if (priorities.all > 0) {
    const { all, answered } = priorities;
    const quotes = [count('priorities', all), count('with-reply', answered), count('without-reply', all - answered)];
    const from: Sources = [counted('findings', facts)];
    counts.push({ key: 'priorities', readers: BOTH, said: { is: 'priorities', all, answered }, quotes, sources: from });
  }
  const named = replies.map((reply, index): Block => {
    const readers = index < MOST_FOR_CHILDREN ? BOTH : ADULT;
    const statement: Statement = { key: `reply/${reply.id}`, readers, said: { is: 'reply', reply }, quotes: [], sources: [reply.source] }; // prettier-ignore
    return { heading: reply.title, statements: [statement] };
  });
  const nothing = replies.length === 0 ? [none('replies', counted('replies', facts), 'replies')] : [];
  return [...nothing, ...(counts.length > 0 ? [block(...counts)] : []), ...named];
}

function answerBlocks(facts: AnnualFacts): Block[] {
  if (facts.feedback.length === 0) return [none('answers', counted('feedback', facts), 'answers')];
  const byReply = Map.groupBy(facts.feedback, ({ replyId }) => replyId);
  return [...byReply.values()].map((answers, index): Block => {
    const readers = index < MOST_FOR_CHILDREN ? BOTH : ADULT;
    const statements = answers.map((feedback): Statement => {
      const { id, share, base, source } = feedback;
      const quotes: Quote[] = [{ part: 'share', value: { is: 'percent', share } }, count('base', base)];
      return { key: `feedback/${id}`, readers, said: { is: 'feedback', feedback }, quotes, sources: [source] };
    });
    return { heading: answers[0]!.reply, statements };
  });
}

/** Groups of young people, so that their part is not counted where only adults were involved. */
const YOUNG: ReadonlySet<GroupKind> = new Set(['pupils', 'forum', 'young-people']);

function involvedBlocks(facts: AnnualFacts): Block[] {
  const { involvement } = facts;
  const source = counted('engagement', facts);
  const young = involvement.filter(({ groups }) => groups.some((kind) => YOUNG.has(kind)));
  const changed = young.filter(({ outcome }) => outcome === 'changed').length;
  const said: Said = { is: 'involved', entries: young.length, changed };
  const quotes = [count('entries', young.length), count('changed', changed)];
  return [
    young.length === 0
      ? none('involved', source, 'involved')
      : block({ key: 'involved', readers: BOTH, said, quotes, sources: [source] }),
    ...involvement.map((entry): Block => {
      const statement: Statement = { key: `entry/${entry.id}`, readers: ADULT, said: { is: 'entry', entry }, quotes: [], sources: [source] }; // prettier-ignore
      return { heading: entry.title, statements: [statement] };
    }),
  ];
}
