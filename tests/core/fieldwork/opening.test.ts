import { expect, test } from 'vitest';
import { missingForOpening, type OpeningFacts } from '../../../server/core/fieldwork/opening.ts';

const READY: OpeningFacts = {
  authorityKind: 'real',
  state: 'made',
  reached: 'roll',
  endsOn: '2026-06-30',
  today: '2026-06-30',
  schools: 3,
  schoolsWithoutRoll: 0,
  stagesWithoutSurvey: [],
  draftedTexts: 0,
};

test('a complete wave may open, even on its last day', () => {
  expect(missingForOpening(READY)).toEqual([]);
});

test.each<[string, Partial<OpeningFacts>, string[]]>([
  ['no school', { schools: 0 }, ['schools']],
  ['a school without a roll', { schoolsWithoutRoll: 1 }, ['roll']],
  ['a stage that no survey asks', { stagesWithoutSurvey: ['S5'] }, ['survey']],
  ['drafted text', { draftedTexts: 1 }, ['reviewed-text']],
  ['its last day over', { today: '2026-07-01' }, ['end-date']],
])('a wave with %s says so', (_what, change, missing) => {
  expect(missingForOpening({ ...READY, ...change })).toEqual(missing);
});

test('a demonstration opens on drafted text; a real authority never does', () => {
  expect(missingForOpening({ ...READY, authorityKind: 'demonstration', draftedTexts: 9 })).toEqual([]);
  expect(missingForOpening({ ...READY, authorityKind: 'real', draftedTexts: 9 })).toEqual(['reviewed-text']);
});

test('a wave that is open to whoever comes needs no school, and everything else as ever', () => {
  const open: OpeningFacts = { ...READY, reached: 'open', schools: 0 };
  expect(missingForOpening(open)).toEqual([]);
  expect(missingForOpening({ ...open, draftedTexts: 1, today: '2026-07-01' })).toEqual(['reviewed-text', 'end-date']);
});

test('everything missing is told at once', () => {
  const nothing = {
    schools: 0,
    schoolsWithoutRoll: 2,
    stagesWithoutSurvey: ['P5'],
    draftedTexts: 1,
    today: '2027-01-01',
  };
  expect(missingForOpening({ ...READY, ...nothing })).toEqual([
    'schools',
    'roll',
    'survey',
    'reviewed-text',
    'end-date',
  ]);
});
