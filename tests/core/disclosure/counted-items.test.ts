import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import { protect } from '../../../server/core/disclosure/protection.ts';
import type { Release } from '../../../server/core/disclosure/release.ts';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { EVERY_KIND } from '../../support/arbitrary-surveys.ts';
import {
  inputOf,
  people,
  PLACES,
  saying,
  sha256,
  SMALL,
  type PaperSchool,
  type PaperWave,
  type Person,
} from '../../support/counted-wave.ts';

const solver = await loadSolver();

/* What a release holds an item for: variables of all kinds, sections without schools, surveys that share ids. */

const release = (wave: Partial<PaperWave> & { people: readonly Person[] }) =>
  makeRelease(inputOf({ ...PLACES, surveys: [SMALL], ...wave }), sha256, solver);

/** Answers of three primaries and one secondary to SMALL. */
const WAVE = [
  ...saying(141, 'ash', 'P6', 'yes'),
  ...saying(83, 'ash', 'P6', 'no'),
  ...saying(162, 'birch', 'P7', 'yes'),
  ...saying(97, 'birch', 'P7', 'no'),
  ...saying(153, 'cedar', 'P5', 'yes'),
  ...saying(106, 'cedar', 'P5', 'no'),
  ...saying(131, 'dale', 'S1', 'yes'),
  ...saying(67, 'dale', 'S2', 'no'),
];

/** So many of a school who answered alike, and as many again who said something else. */
const both = (count: number, school: string, one: Answers, other: Answers): Person[] => [
  ...people(count, school, 'P6', one),
  ...people(count, school, 'P7', other),
];
const said = (value: string | string[] | number) => ({ state: 'answered' as const, value });

describe('what a question is counted by', () => {
  const made = release({
    surveys: [EVERY_KIND],
    people: ['ash', 'birch'].flatMap((school) =>
      both(
        80,
        school,
        {
          mood: said('good'),
          'school.lessons': said('often'),
          'school.breaks': said('never'),
          wishes: said(['bus', 'tree']),
          minutes: said(600),
          'place.air': said('3'),
        },
        {
          mood: said('bad'),
          things: said(['park']),
          'school.lessons': said('often'),
          'school.breaks': said('often'),
          wishes: said(['tree']),
          minutes: said(3),
          'place.air': said('1'),
        },
      ),
    ),
  });
  const count = (item: string, option: string) => made.cell('cluster:north', 'p5-p7', item, option)?.count;

  it('is each row of a grid, with the question that it belongs to', () => {
    expect(made.item('school')).toBeUndefined();
    expect(made.item('school.breaks')).toMatchObject({
      kind: 'question',
      question: 'school',
      part: 'breaks',
      options: ['often', 'never'],
      several: false,
      unlinked: false,
    });
    expect([count('school.breaks', 'often'), count('school.breaks', 'never')]).toEqual([160, 160]);
  });

  it('is each theme of a wheel, by its points', () => {
    expect(made.item('place.air')?.options).toEqual(['1', '2', '3']);
    expect([count('place.air', '1'), count('place.air', '3')]).toEqual([160, 160]);
  });

  it('is the place of each ranked option, "no place" among them', () => {
    expect(made.item('wishes.bus')).toMatchObject({ question: 'wishes', part: 'bus' });
    expect(made.item('wishes.bus')?.options).toEqual(['place-1', 'place-2', 'place-3', 'no-place']);
    expect([count('wishes.bus', 'place-1'), count('wishes.bus', 'no-place')]).toEqual([160, 160]);
    expect([count('wishes.tree', 'place-1'), count('wishes.tree', 'place-2')]).toEqual([160, 160]);
  });

  it('is a number by its groups, and a question of one answer by itself', () => {
    expect([count('minutes', 'some'), count('minutes', 'many')]).toEqual([160, 160]);
    expect(made.item('mood')).toMatchObject({ question: 'mood', part: null });
    expect(made.item('things')).toMatchObject({ question: 'things', part: null, several: true });
  });

  it('is read by indicators, which name the same question and row', () => {
    expect(made.item('swing-first')).toMatchObject({ kind: 'indicator', question: 'wishes', part: 'swing' });
    expect(made.item('lessons-often')).toMatchObject({ question: 'school', part: 'lessons', options: ['yes'] });
    expect(count('moves', 'yes')).toBeUndefined();
    expect(count('air-bad', 'yes')).toBe(160);
  });
});

describe('a question behind a ranking', () => {
  it('is hidden where its base would tell how few gave that option no place', () => {
    const behind = (without: number) =>
      release({
        surveys: [EVERY_KIND],
        people: [
          ...people(160, 'ash', 'P6', { wishes: said(['swing']), 'wishes-more': said('yes') }),
          ...people(160, 'birch', 'P6', { wishes: said(['swing']), 'wishes-more': said('no') }),
          ...people(without, 'birch', 'P6', { wishes: said(['bus']) }),
        ],
      }).table('cluster:north', 'p5-p7', 'wishes-more');
    expect(behind(0)?.base).toBeNull();
    expect(behind(2)?.base).toBeNull();
    expect(behind(20)?.base).toBe(320);
  });
});

describe('what nobody could come to', () => {
  const items = (made: Release) => made.items.map(({ id }) => id);
  const some = both(40, 'ash', { mood: said('good') }, { mood: said('good') });

  it('leaves no trace: words without readers, topics that are off and what hangs on them', () => {
    const off = items(release({ surveys: [EVERY_KIND], people: some }));
    for (const id of ['few-words', 'many-words', 'drink', 'drink-where.home', 'drinks', 'place-older.air']) {
      expect(off).not.toContain(id);
    }
    const way = { textAllowed: true, topics: ['alcohol' as const] };
    const skipped = { state: 'skipped' as const };
    const seen = { mood: said('good'), 'few-words': skipped, 'many-words': skipped, 'place-older.air': said('2') };
    const older = people(40, 'dale', 'S4', seen);
    const on = items(release({ surveys: [EVERY_KIND], people: [...some, ...older], way }));
    expect(on).toEqual(expect.arrayContaining(['few-words', 'many-words', 'place-older.air']));
  });

  it('is not the same as what nobody came to: that nobody took a route stays as hidden as any zero', () => {
    const made = release({ surveys: [EVERY_KIND], people: some });
    expect(items(made)).toContain('things');
    expect(made.table('cluster:north', 'p5-p7', 'things')).toMatchObject({ base: null });
    const chain = { ...SMALL.items[0]!, id: 'third', when: { question: 'why', anyOf: ['no'] } };
    const why = { ...SMALL.items[0]!, id: 'why', when: { question: 'happy', anyOf: ['no'] } };
    const survey: SurveyDefinition = { ...SMALL, items: [SMALL.items[0]!, why, chain] };
    expect(items(release({ surveys: [survey], people: saying(60, 'ash', 'P6', 'yes') }))).toEqual(
      expect.arrayContaining(['why', 'third']),
    );
  });
});

describe('an unlinked section', () => {
  const older = (count: number, alone: string) =>
    people(count, 'dale', 'S4', { alone: said(alone), drink: said('no') });
  const schools: PaperSchool[] = [
    ...PLACES.schools.slice(0, 3),
    { code: 'dale', agreed: true, roll: { 's3-s6': 200 } },
    { code: 'elm', roll: { 's3-s6': 200 } },
  ];
  const clusters = [...PLACES.clusters, { code: 'east', name: 'East', schools: ['elm'] }];
  const made = (more: Person[] = [], topics: ('alcohol' | 'drugs')[] = []) =>
    release({
      surveys: [EVERY_KIND],
      schools,
      clusters,
      way: { textAllowed: false, topics },
      people: [
        ...older(81, 'yes'),
        ...older(42, 'no'),
        ...older(31, 'yes').map((person) => ({ ...person, school: 'elm' })),
        ...more,
      ],
    });

  it('has tables of the whole authority by band, and of no other place', () => {
    const tables = [...made().tables()].filter(({ item }) => item === 'alone');
    expect(tables.map(({ node, band }) => `${node} ${band}`)).toEqual(['authority p5-p7', 'authority s3-s6']);
    expect(made().item('alone')).toMatchObject({ unlinked: true });
    expect(made().table('authority', 's3-s6', 'alone')).toMatchObject({
      base: 155,
      counts: { yes: 110, no: 40 },
      oneSchool: false,
    });
  });

  it('is not made from ten answers on only: all other rules hold as well', () => {
    const few = release({ surveys: [EVERY_KIND], schools, clusters, people: older(7, 'yes') });
    expect(few.table('authority', 's3-s6', 'alone')?.base).toBeNull();
    const oneSchool = release({ surveys: [EVERY_KIND], schools, clusters, people: older(300, 'yes') });
    expect(oneSchool.table('authority', 's3-s6', 'alone')).toMatchObject({ base: 300, oneSchool: true });
    const notAgreed = schools.map((school) => ({ ...school, agreed: false }));
    const silent = release({ surveys: [EVERY_KIND], schools: notAgreed, clusters, people: older(300, 'yes') });
    expect(silent.table('authority', 's3-s6', 'alone')?.base).toBeNull();
    const rare = schools.map((school) => ({ ...school, roll: { 's3-s6': 2000 } }));
    const lowRate = release({ surveys: [EVERY_KIND], schools: rare, clusters, people: older(300, 'yes') });
    expect(lowRate.table('authority', 's3-s6', 'alone')?.base).toBeNull();
  });

  it('has its routes and indicators counted from its own records', () => {
    const drinkers = people(40, 'elm', 'S4', { drink: said('yes'), 'drink-where.home': said('often') });
    const on = made(drinkers, ['alcohol']);
    expect(on.table('authority', 's3-s6', 'drink-where.home')?.base).toBe(40);
    expect(on.cell('authority', 's3-s6', 'drinks', 'yes')?.count).toBe(40);
    expect(on.table('cluster:east', 's3-s6', 'drinks')).toBeUndefined();
    expect(made().item('drinks')).toBeUndefined();
  });

  it('that another survey of the wave asks with the school is counted without it everywhere', () => {
    const linked: SurveyDefinition = { ...SMALL, id: 'linked', stages: ['P5', 'P6', 'P7'] };
    const first = { ...SMALL.items[0]!, section: 'private' };
    const apart: SurveyDefinition = {
      ...SMALL,
      id: 'apart',
      stages: ['S1', 'S2'],
      sections: [{ id: 'private', unlinked: true }],
      items: [first],
    };
    const mixed = release({ people: WAVE, surveys: [apart, linked] });
    expect(mixed.cell('authority', 'p5-p7', 'happy', 'yes')?.count).toBe(protect(141 + 162 + 153));
    expect(mixed.cell('authority', 's1-s2', 'happy', 'yes')?.count).toBe(130);
    expect([...mixed.tables()].filter(({ item, node }) => item === 'happy' && node !== 'authority')).toEqual([]);
  });
});

describe('an easy-read survey', () => {
  const usual: SurveyDefinition = { ...SMALL, id: 'usual', stages: ['P5', 'P6', 'P7'] };
  const extra = { ...SMALL.items[0]!, id: 'extra' };
  const easy: SurveyDefinition = { ...SMALL, id: 'easy', easyRead: true, items: [...SMALL.items, extra] };
  const readers = saying(21, 'ash', 'P6', 'yes').map((person) => ({ ...person, survey: 'easy' }));

  it.each([
    ['first', [easy, usual]],
    ['last', [usual, easy]],
  ])('adds its answers to those of the usual one and leaves it the words, named %s', (_order, surveys) => {
    const made = release({ people: [...WAVE.filter(({ stage }) => stage < 'S'), ...readers], surveys });
    expect(made.cell('cluster:north', 'p5-p7', 'happy', 'yes')?.count).toBe(protect(141 + 162 + 21));
    expect(made.rate('cluster:north', 'p5-p7')?.responses).toBe(protect(224 + 259 + 21));
    expect(made.item('happy')?.versions).toMatchObject({ 'p5-p7': 'version-of-usual' });
    expect(made.item('is-happy')?.versions).toMatchObject({ 'p5-p7': 'version-of-usual' });
  });

  it('never speaks for a band that a usual survey is asked of', () => {
    const older = saying(60, 'dale', 'S1', 'yes').map((person) => ({
      ...person,
      survey: 'easy',
      answers: { ...person.answers, extra: said('no') },
    }));
    const made = release({ people: [...WAVE, ...readers, ...older], surveys: [usual, easy] });
    expect(made.table('authority', 'p5-p7', 'extra')).toBeUndefined();
    expect(made.item('extra')?.versions).toEqual({ 's1-s2': 'version-of-easy', 's3-s6': 'version-of-easy' });
    expect(made.table('cluster:north', 's1-s2', 'extra')).toBeDefined();
  });
});
