import { describe, expect, it, test } from 'vitest';
import {
  missingForOpening,
  missingForRehearsal,
  MISSING,
  type OpeningFacts,
} from '../../../server/core/fieldwork/opening.ts';
import { stepsOf, type NotedParts, type PartId } from '../../../server/core/fieldwork/setup.ts';

const PARTS: NotedParts = {
  languages: { languages: ['en'] },
  help: { checkedBy: 'wellbeing lead', checkedOn: '2026-04-20', contacts: 'hash' },
  target: { percent: 80 },
  'opting-out': { optOutsUntil: '2026-04-24', disagreement: 'talk-first' },
  assessment: { reviewedBy: 'data protection officer', reviewedOn: '2026-04-01', asked: 'this' },
  conditions: { article6: 'public-task', article9: 'substantial-public-interest', schedule1: 'paragraph-6' },
  controller: { controller: 'the council', processor: 'the council' },
  rights: { equalityOn: '2026-04-01', childrensRightsOn: '2026-04-01' },
  retention: { retainedUntil: '2027-06-30' },
  complaints: { complaintsRoute: 'Write to the data protection officer.' },
  rehearsal: { leftOutReason: 'The same surveys were rehearsed last year.' },
};

const READY: OpeningFacts = {
  authorityKind: 'real',
  reached: 'roll',
  startsOn: '2026-05-01',
  endsOn: '2026-06-30',
  today: '2026-06-30',
  bands: 2,
  reply: 'none-needed',
  schools: 3,
  readers: { named: 2, reading: 1 },
  schoolsWithoutRoll: 0,
  stagesWithoutSurvey: [],
  draftedTexts: 0,
  parts: PARTS,
  contacts: 'hash',
  asked: 'this',
  rehearsed: false,
  rehearsedBefore: false,
};
const without = (part: PartId): NotedParts => Object.fromEntries(Object.entries(PARTS).filter(([id]) => id !== part));

test('a complete wave may open, even on its last day', () => {
  expect(missingForOpening(READY)).toEqual([]);
});

test.each<[string, Partial<OpeningFacts>, string[]]>([
  ['no reply to ask about', { reply: 'missing' }, ['reply']],
  ['a reply without words in one of its languages', { reply: 'lacks-words' }, ['reply-words']],
  ['no stages', { bands: 0 }, ['stages']],
  ['no school', { schools: 0 }, ['schools']],
  ['a school without a roll', { schoolsWithoutRoll: 1 }, ['roll']],
  ['a stage that no survey asks', { stagesWithoutSurvey: ['S5'] }, ['survey']],
  ['no first day', { startsOn: '' }, ['dates']],
  ['no last day', { endsOn: '' }, ['dates']],
  ['readers of whom nobody can read', { readers: { named: 2, reading: 0 } }, ['readers']],
  ['drafted text', { draftedTexts: 1 }, ['reviewed-text']],
  ['its last day over', { today: '2026-07-01' }, ['end-date']],
  ['help contacts changed since they were looked through', { contacts: 'another' }, ['help-changed']],
  ['anything asked that was not assessed', { asked: 'more' }, ['assessment-changed']],
  ['opting out until its first day', { startsOn: '2026-04-24' }, ['opting-out-late']],
  ['its answers deleted on its last day', { endsOn: '2027-06-30' }, ['retention-early']],
])('a wave with %s says so', (_what, change, missing) => {
  expect(missingForOpening({ ...READY, ...change })).toEqual(missing);
});

test.each(Object.keys(PARTS) as PartId[])('a wave of which nobody noted %s does not open', (part) => {
  expect(missingForOpening({ ...READY, parts: without(part) })).toEqual([part]);
});

test('a wave without readers asks for no words, and opens', () => {
  expect(missingForOpening({ ...READY, readers: { named: 0, reading: 0 } })).toEqual([]);
});

test('a rehearsal in which somebody answered stands for a reason to leave it out', () => {
  expect(missingForOpening({ ...READY, parts: without('rehearsal'), rehearsed: true })).toEqual([]);
});

test('a rehearsal of something else does not stand for one', () => {
  const facts = { ...READY, parts: without('rehearsal'), rehearsedBefore: true };
  expect(missingForOpening(facts)).toEqual(['rehearsal-changed']);
});

test('a demonstration opens on drafted text; a real authority never does', () => {
  expect(missingForOpening({ ...READY, authorityKind: 'demonstration', draftedTexts: 9 })).toEqual([]);
  expect(missingForOpening({ ...READY, authorityKind: 'real', draftedTexts: 9 })).toEqual(['reviewed-text']);
});

test.each(['assessment', 'conditions', 'controller', 'rights', 'retention', 'complaints'] as const)(
  'no authority opens without %s in its file',
  (part) => {
    for (const authorityKind of ['real', 'demonstration'] as const)
      expect(missingForOpening({ ...READY, authorityKind, parts: without(part) })).toEqual([part]);
  },
);

describe('a wave that is open to whoever comes', () => {
  const open: OpeningFacts = { ...READY, reached: 'open', schools: 0, bands: 0 };

  it('needs no school, target or opting out, and everything else as ever', () => {
    const parts = Object.fromEntries(Object.entries(PARTS).filter(([id]) => id !== 'target' && id !== 'opting-out'));
    expect(missingForOpening({ ...open, parts })).toEqual([]);
    expect(missingForOpening({ ...open, parts: {}, draftedTexts: 1, today: '2026-07-01' })).toEqual([
      'end-date',
      'languages',
      'help',
      'assessment',
      'conditions',
      'controller',
      'rights',
      'retention',
      'complaints',
      'rehearsal',
    ]);
  });

  it('has no step whose page could say that something else is missing', () => {
    const missing = missingForOpening({ ...open, parts: {}, startsOn: '' });
    expect(missing.filter((candidate) => !stepsOf('open').includes(MISSING[candidate]))).toEqual([]);
  });
});

test('everything missing is told at once, in the order of the list', () => {
  const nothing = {
    bands: 0,
    schools: 0,
    startsOn: '',
    endsOn: '',
    parts: {},
    authorityKind: 'demonstration' as const,
  };
  const missing = missingForOpening({ ...READY, ...nothing });
  expect(missing).toHaveLength(14);
  const steps = missing.map((candidate) => stepsOf('roll').indexOf(MISSING[candidate]));
  expect(steps).toEqual(steps.toSorted((one, other) => one - other));
});

test('a rehearsal needs stages, schools and their rolls, and nothing of the file', () => {
  expect(missingForRehearsal({ ...READY, parts: {}, startsOn: '', endsOn: '' })).toEqual([]);
  expect(missingForRehearsal({ ...READY, bands: 0, schools: 0, parts: {} })).toEqual(['stages', 'schools']);
});
