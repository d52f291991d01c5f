import fc from 'fast-check';
import type {
  ActionFacts,
  AnnualFacts,
  FeedbackFacts,
  FindingFacts,
  InvolvementFacts,
  ReleaseSource,
  ReplyFacts,
  WaveFacts,
} from '../../../../server/core/loop/annual/facts.ts';
import type { ReportWords } from '../../../../server/core/loop/annual/content.ts';
import { GROUP_KINDS } from '../../../../server/core/loop/engagement/entry.ts';
import { AIMS } from '../../../../server/core/loop/plan/words.ts';
import { measureState } from '../../../../server/core/loop/plan/measures.ts';

/* Facts of a year, small, and whatever else there may be. */

export const RELEASE: ReleaseSource = { is: 'release', id: 'r1', wave: 'Spring', sha256: 'a'.repeat(64), publishedOn: '2026-04-01' }; // prettier-ignore

export const WAVE: WaveFacts = {
  id: 'w1',
  name: 'Spring',
  startsOn: '2026-03-02',
  endsOn: '2026-03-20',
  release: RELEASE,
  reached: 'roll',
  rates: [{ band: 'P5–P7', answered: 210, roll: 250, share: 84 }],
  leftOut: ['hospital', 'home-taught'],
};

export const FINDING: FindingFacts = {
  id: 'f1',
  name: { en: 'Feels safe' },
  sentence: { en: 'About 6 in 10 pupils (58%) feel safe.' },
  where: { en: 'Northmuir' },
  band: 'P5–P7',
  share: 58,
  low: 50,
  high: 66,
  base: 60,
  isPriority: true,
  isAnswered: false,
  source: RELEASE,
  before: null,
  change: null,
};

const measure = { name: 'Feel safe', unit: '%', better: 'higher', baseline: '58', target: '70' } as const;

export const ACTION: ActionFacts = {
  id: 'a1',
  reference: '2.3',
  task: 'New lights',
  lead: 'Roads',
  aims: ['wellbeing'],
  state: 'open',
  rule: { rule: 'on-course', colour: 'green', date: '2026-12-01' },
  judgement: null,
  progress: [{ on: '2026-05-01', words: 'Begun.' }],
  measures: [{ id: 'm1', words: measure, state: measureState(measure, [{ quarter: '2026-Q1', value: '61' }]) }],
  source: { is: 'action', id: 'a1', reference: '2.3', version: 2, writtenOn: '2026-04-10' },
};

export const REPLY: ReplyFacts = {
  id: 'p1',
  title: { en: 'Lights' },
  decision: 'part',
  where: { en: 'Northmuir' },
  promises: { full: true, friendly: false, fastDays: 12, followedUp: 'late' },
  overdueSince: '2026-06-01',
  source: { is: 'reply', id: 'p1', title: { en: 'Lights' }, publishedOn: '2026-05-01' },
};

export const ENTRY: InvolvementFacts = {
  id: 'e1',
  title: 'Forum',
  from: '2026-02-01',
  to: '2026-02-14',
  said: 'They chose.',
  change: 'The path of 2 km.',
  outcome: 'changed',
  methods: ['forum'],
  groups: ['forum', 'parents'],
};

export const FEEDBACK: FeedbackFacts = {
  id: 'b1',
  replyId: 'p1',
  reply: { en: 'Lights' },
  sentence: { en: 'About 7 in 10 pupils (71%) say that it is what they meant.' },
  where: { en: 'Northmuir' },
  band: 'P5–P7',
  share: 71,
  low: 60,
  high: 80,
  base: 55,
  response: { answered: 55, roll: 60, share: 92 },
  source: RELEASE,
};

export const FACTS: AnnualFacts = {
  period: { from: '2025-08-01', to: '2026-07-31' },
  today: '2026-08-20',
  waves: [WAVE],
  findings: [FINDING],
  actions: [ACTION],
  replies: [REPLY],
  priorities: { all: 3, answered: 1 },
  involvement: [],
  feedback: [],
  leftOut: [],
};

const ids = fc.uniqueArray(
  fc.integer({ min: 1, max: 99 }).map((number) => `x${number}`),
  { maxLength: 6 },
);

/** Any facts: more or fewer of each, with and without what may be missing. */
export const anyFacts: fc.Arbitrary<AnnualFacts> = fc
  .record({ waves: ids, findings: ids, actions: ids, replies: ids, entries: ids, feedback: ids })
  .chain((list) =>
    fc.record({
      period: fc.constant(FACTS.period),
      today: fc.constant(FACTS.today),
      waves: each(list.waves, (id) => fc.record({ ...fixed(WAVE), id: fc.constant(id), release: fc.option(fc.constant(RELEASE)) })), // prettier-ignore
      findings: each(list.findings, (id) =>
        fc.record({
          ...fixed(FINDING),
          id: fc.constant(id),
          before: fc.option(fc.constant({ share: 41 })),
          change: fc.option(
            fc.constant({ word: 'higher' as const, points: 7, low: 2, high: 12, share: 51, source: RELEASE }),
          ),
        }),
      ),
      actions: each(list.actions, (id) =>
        fc.record({
          ...fixed(ACTION),
          id: fc.constant(id),
          aims: fc.subarray([...AIMS]),
          state: fc.constantFrom('open' as const, 'done' as const, 'stopped' as const),
          progress: fc.array(fc.record({ on: fc.constant('2026-05-01'), words: fc.string() }), { maxLength: 3 }),
        }),
      ),
      replies: each(list.replies, (id) => fc.record({ ...fixed(REPLY), id: fc.constant(id) })),
      priorities: fc.constantFrom({ all: 0, answered: 0 }, { all: 4, answered: 3 }),
      involvement: each(
        list.entries,
        (id) =>
        fc.record({ ...fixed(ENTRY), id: fc.constant(id), outcome: fc.constantFrom('changed' as const, 'nothing' as const), groups: fc.subarray([...GROUP_KINDS]) }), // prettier-ignore
      ),
      feedback: each(list.feedback, (id) => fc.record({ ...fixed(FEEDBACK), id: fc.constant(id) })),
      leftOut: fc.constant([]),
    }),
  );

function each<One>(list: readonly string[], make: (id: string) => fc.Arbitrary<One>): fc.Arbitrary<One[]> {
  return list.length === 0 ? fc.constant([]) : fc.tuple(...list.map(make)).map((all) => [...all]);
}

function fixed<Value extends object>(value: Value) {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fc.constant(inner)])) as {
    [Key in keyof Value]: fc.Arbitrary<Value[Key]>;
  };
}

/** Words that hold every value, so that what is drawn can be looked through. */
export const PLAIN_WORDS: ReportWords = {
  statement: (said) => ({ en: JSON.stringify(said) }),
  quote: (value) => ({ en: JSON.stringify(value) }),
  part: ({ quotes }, index) => ({ en: quotes[index]!.part }),
  source: (source) => ({ words: { en: JSON.stringify(source) }, href: '' }),
};
