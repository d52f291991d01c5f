import type { Said } from '../../core/loop/annual/draw.ts';
import type { ByLanguage, PlacedFigure } from '../../core/loop/annual/facts.ts';
import type { ReportReader } from '../../core/loop/annual/sections.ts';
import { shownColour } from '../../core/loop/plan/colour.ts';
import { writeQuarter } from '../../core/loop/plan/quarters.ts';
import type { PromisesTogether } from '../../core/loop/promises.ts';
import { isolated, type Language } from '../../web/language.ts';
import { peopleWords } from '../../web/people-words.ts';
import { colourView, numberWords, ruleWords } from '../plan/plan-words.ts';
import { promisesTogetherViews } from '../promise-words.ts';

type Of<Kind extends Said['is']> = Extract<Said, { is: Kind }>;
type Saying<Kind extends Said['is']> = (language: Language, said: Of<Kind>, reader: ReportReader) => string;

/** What each kind of statement says. Children are told in people of ten, without intervals. */
const SAYINGS: { [Kind in Said['is']]: Saying<Kind> } = {
  wave: (language, { startsOn, endsOn, reached }) => {
    const dates = { startsOn: language.date(startsOn), endsOn: language.date(endsOn) };
    return language.say('annual', reached === 'open' ? 'waveOpen' : 'wave', dates);
  },
  rate: (language, { band, answered, roll, share }, reader) => {
    if (reader === 'child')
      return language.say('annual', 'rateChild', { people: peopleWords(language, Math.round(share / 10)), band });
    return `${isolated(language, band)}: ${responseWords(language, { answered, roll, share })}`;
  },
  'not-asked': (language, { groups }) => {
    const list = new Intl.ListFormat(language.code).format(groups.map((group) => language.words.loop[`left-${group}`]));
    return language.say('loop', 'notAskedAtAll', { groups: list });
  },
  finding: findingWords,
  change: changeWords,
  corrected: (language, { share }) => language.say('annual', 'corrected', { before: percent(language, share) }),
  'more-findings': (language, { count }) => language.say('annual', 'moreFindings', { count }),
  aim: aimWords,
  colour: (language, { action }) => {
    const { rule, judgement } = action;
    const shown = `${colourView(language, shownColour(action)).words}.`;
    const led = language.say('annual', 'ledBy', { lead: isolated(language, action.lead) });
    if (!judgement || action.state === 'stopped') return [shown, ruleWords(language, rule), led].join(' ');
    const judged = language.say('annual', 'judged', { reason: isolated(language, judgement.reason) });
    const byRule = `${language.words.plan.byRule} ${colourView(language, rule.colour).words}. ${ruleWords(language, rule)}`;
    return [shown, judged, byRule, led].join(' ');
  },
  progress: (language, { on }) => language.date(on),
  'no-progress': ({ words }) => words.annual.noProgress,
  measure: measureWords,
  doing: (language, { open, done }) =>
    [language.say('annual', 'doing', { count: open }), language.say('annual', 'doneCount', { count: done })].join(' '),
  replies: (language, { count }) => language.say('annual', 'replyCount', { count }),
  promises: (language, { all }) => promisesWords(language, all),
  priorities: (language, { all, answered }, reader) => {
    const counts = { answered: language.number(answered), all: language.number(all) };
    return reader === 'child'
      ? language.say('annual', 'prioritiesChild', counts)
      : language.say('loop', 'priorityReplies', counts);
  },
  overdue: (language, { count }) => language.say('annual', 'overdue', { count }),
  reply: (language, { reply }, reader) => {
    const said = [
      `${language.words.replies[`decision-${reply.decision}`]}.`,
      language.say('annual', 'replyOn', { date: language.date(reply.source.publishedOn), place: name(language, reply.where) }), // prettier-ignore
    ];
    if (reply.overdueSince && reader === 'adult')
      said.push(language.say('loop', 'overdueSince', { date: language.date(reply.overdueSince) }));
    return said.join(' ');
  },
  involved: (language, { entries, changed }) =>
    [language.say('annual', 'involved', { count: entries }), language.say('annual', 'changedCount', { count: changed })].join(' '), // prettier-ignore
  entry: entryWords,
  feedback: feedbackWords,
  none: ({ words }, { of }, reader) => words.annual[`none-${of}-${reader}`],
};

export function statementWords(language: Language, said: Said, reader: ReportReader): string {
  const saying = SAYINGS[said.is] as Saying<Said['is']>;
  return saying(language, said, reader);
}

const percent = (language: Language, share: number) => language.percent(share / 100);

/** A name in the language, or in another one that there is. */
export function name(language: Language, names: ByLanguage): string {
  return names[language.code] ?? names['en'] ?? Object.values(names)[0] ?? '';
}

function findingWords(language: Language, { finding }: Of<'finding'>, reader: ReportReader): string {
  const { annual } = language.words;
  const figure = figureWords(language, finding, reader);
  const answered = finding.isAnswered ? annual.isAnswered : annual.notAnswered;
  if (reader === 'child') return [figure, ...(finding.isAnswered ? [annual.isAnswered] : [])].join(' ');
  return [figure, ...(finding.isPriority ? [annual.isPriority] : []), answered].join(' ');
}

/**
 * A wave about a reply may have asked a few schools of the reply's place, so its share is said to be of those who were
 * asked; adults are told how many answered.
 */
function feedbackWords(language: Language, { feedback }: Of<'feedback'>, reader: ReportReader): string {
  const { response } = feedback;
  const said = figureWords(language, feedback, reader, [language.words.annual.ofThoseAsked]);
  return reader === 'child' || !response ? said : `${said} ${responseWords(language, response)}`;
}

function responseWords(language: Language, { answered, roll, share }: Omit<Of<'rate'>, 'is' | 'band'>): string {
  const counts = { answered: language.number(answered), roll: language.number(roll), rate: percent(language, share) };
  return language.say('replies', 'responseOf', counts);
}

/** A released share with whom it is of; for adults with its range and base. @param further said of whom it is of */
function figureWords(
  language: Language,
  figure: PlacedFigure,
  reader: ReportReader,
  further: readonly string[] = [],
): string {
  const { listComma } = language.words.annual;
  const pupils = language.say('replies', 'pupilsIn', { band: figure.band });
  const whom = [isolated(language, name(language, figure.where)), pupils, ...further].join(listComma);
  const sentence = `${whom}: ${name(language, figure.sentence)}`;
  if (reader === 'child') return sentence;
  const [low, high] = [figure.low, figure.high].map((end) => percent(language, end)) as [string, string];
  const base = language.say('replies', 'pupilsAsked', { base: language.number(figure.base) });
  return `${sentence} (${language.say('replies', 'between', { low, high })}${listComma}${base})`;
}

function changeWords(language: Language, { finding }: Of<'change'>): string {
  const { change, share } = finding;
  if (!change) return '';
  const { word, points, low, high } = change;
  // Said as a distance, so both ends go the way of the difference.
  const ends = [low, high].map((end) => end * Math.sign(points)).toSorted((one, other) => one - other);
  return language.say('annual', `change-${word}`, {
    before: percent(language, change.share),
    wave: isolated(language, change.source.wave),
    now: percent(language, share),
    points: language.number(Math.abs(points)),
    low: language.number(ends[0]! || 0),
    high: language.number(ends[1]! || 0),
  });
}

function aimWords(language: Language, { actions, colours, done, stopped }: Of<'aim'>): string {
  const { red, amber, green } = colours;
  return [
    language.say('plan', 'actionCount', { count: actions }),
    language.say('plan', 'colourCounts', { red: language.number(red), amber: language.number(amber), green: language.number(green) }), // prettier-ignore
    ...(done > 0 ? [language.say('annual', 'doneCount', { count: done })] : []),
    ...(stopped > 0 ? [language.say('annual', 'stoppedCount', { count: stopped })] : []),
  ].join(' ');
}

function measureWords(language: Language, { measure: { words, state } }: Of<'measure'>): string {
  const { plan } = language.words;
  const { latest } = state;
  const values = {
    name: isolated(language, words.name),
    baseline: numberWords(language, words.baseline, words) || plan.notKnown,
    target: numberWords(language, words.target, words) || plan.noTarget,
  };
  const said = latest
    ? language.say('annual', 'measure', { ...values, latest: numberWords(language, latest.value, words), quarter: isolated(language, writeQuarter(latest.quarter)) }) // prettier-ignore
    : language.say('annual', 'measureEmpty', values);
  const target = state.target === 'none' ? [] : [plan[`target-${state.target}`]];
  return [said, plan[`baseline-${state.sinceBaseline}`], ...target].join(' ');
}

function promisesWords(language: Language, all: PromisesTogether): string {
  const list = promisesTogetherViews(language, all).map(({ title, state }) => `${title}: ${state}`);
  return `${language.words.annual.promises} ${list.join(language.words.annual.listComma)}.`;
}

function entryWords(language: Language, { entry }: Of<'entry'>): string {
  const dates =
    entry.to === entry.from
      ? language.date(entry.from)
      : language.say('annual', 'fromTo', { from: language.date(entry.from), to: language.date(entry.to) });
  const change = language.say('annual', `outcome-${entry.outcome}`, { words: isolated(language, entry.change) });
  const said = language.say('annual', 'theySaid', { words: isolated(language, entry.said) });
  return [`${dates}.`, methodWords(language, entry), said, change].join(' ');
}

/** How people were involved. */
function methodWords({ code, words }: Language, { methods }: Of<'entry'>['entry']): string {
  const list = new Intl.ListFormat(code).format(methods.map((method) => words.engagement[`method-${method}`]));
  return `${words.annual.how} ${list}.`;
}
