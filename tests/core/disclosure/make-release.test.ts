import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import { protect } from '../../../server/core/disclosure/protection.ts';
import { Release, type Cube } from '../../../server/core/disclosure/release.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { EVERY_KIND, shipped } from '../../support/arbitrary-surveys.ts';
import {
  arbitraryPeople,
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

const release = (wave: Partial<PaperWave> & { people: readonly Person[] }) =>
  makeRelease(inputOf({ ...PLACES, surveys: [SMALL], ...wave }), sha256, solver);
const cubeOf = (made: Release) => JSON.parse(made.text) as Cube;

/** Answers of three primaries and one secondary; no number is a multiple of five. */
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
/** Numbers of schools, clusters and the authority; those that rounding leaves alone cannot be told from rounded ones. */
const EXACT = [141, 83, 162, 97, 153, 106, 131, 67, 224, 259, 198, 303, 294, 189, 483, 456, 286, 742];

const SHIPPED = [shipped('primary'), shipped('secondary'), EVERY_KIND];
const random = arbitraryPeople(SHIPPED, 120);

describe('a release', () => {
  it('counts a shared primary in each of its clusters and once in the authority', () => {
    const made = release({ people: WAVE });
    const yes = (node: string) => made.cell(node, 'p5-p7', 'happy', 'yes')?.count;
    expect(yes('cluster:north')).toBe(protect(141 + 162));
    expect(yes('cluster:south')).toBe(protect(141 + 153));
    expect(yes('authority')).toBe(protect(141 + 162 + 153));
    expect(made.rate('authority', 'p5-p7')).toMatchObject({ roll: 1200, schools: 3, responses: 740 });
    expect(made.rate('cluster:north', 'p5-p7')).toMatchObject({ roll: 800, schools: 2 });
  });

  it('has no exact number of anybody in its text', () => {
    const { text } = release({ people: WAVE });
    expect(EXACT.filter((count) => count % 5 === 0)).toEqual([]);
    for (const count of EXACT) expect(text).not.toMatch(new RegExp(`\\b${count}\\b`));
  });

  it('holds multiples of five and nothing else wherever it counts people', () => {
    const counts: number[] = [];
    const walk = (value: unknown, path: string): void => {
      // What was known before anybody answered: rolls and how many schools there are.
      if (
        /^\.format$|^\.units\.\d+\.roundings$|^\.figures\.\d+\.(baseRoundings$|oneSchool\.|sums\.)|^\.items\.\d+\.range\.|^\.rates\.\d+\.(roll|schools|schoolSizes\.\d+)$|\.uncrc\./.test(
          path,
        )
      )
        return;
      if (typeof value === 'number') counts.push(value);
      else if (value !== null && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    fc.assert(
      fc.property(random, (all) => walk(cubeOf(release({ people: [...all, ...WAVE], surveys: SHIPPED })), '')),
      { numRuns: 10 },
    );
    walk(cubeOf(release({ people: WAVE })), '');
    expect(counts.length).toBeGreaterThan(50);
    expect(counts.filter((count) => count % 5 !== 0)).toEqual([]);
  });

  it.each<[string, PaperSchool[]]>([
    ['a school that did not agree', PLACES.schools.map((school) => ({ ...school, agreed: false }))],
    ['too few who answered', PLACES.schools.map((school) => ({ ...school, roll: { 'p5-p7': 9000, 's1-s2': 9000 } }))],
    ['too few who were asked', [...PLACES.schools]],
  ])('holds nothing but null in a table that is hidden for %s, large numbers included', (what, schools) => {
    // Of those who were not asked there are many, and what few others said is not shown either.
    const few = what === 'too few who were asked';
    const all = few ? [...saying(400, 'dale', 'S1', 'yes'), ...saying(7, 'dale', 'S2', 'yes')] : WAVE;
    const ofS2: SurveyDefinition = { ...SMALL, items: [{ ...SMALL.items[0]!, stages: ['S2'] }] };
    const made = release({ schools, people: all, ...(few && { surveys: [ofS2] }) });
    const hidden = [...made.tables()].filter(({ base }) => base === null);
    expect(hidden.map(({ node, band }) => `${node} ${band}`)).toContain('cluster:north s1-s2');
    for (const table of hidden) {
      expect(new Set([...Object.values(table.counts), ...Object.values(table.states)])).toEqual(new Set([null]));
      expect(table.caution).toBe('none');
      for (const option of Object.keys(table.counts)) {
        expect(made.cell(table.node, table.band, table.item, option)).toBeUndefined();
      }
    }
  });

  it('has no table at all, hidden or shown, for a place without pupils of the band', () => {
    const made = release({ people: WAVE });
    expect(made.table('cluster:south', 's1-s2', 'happy')).toBeUndefined();
    expect(made.rate('cluster:south', 's1-s2')).toBeUndefined();
    expect(made.table('cluster:south', 'p5-p7', 'happy')).toBeDefined();
  });

  it('hides small numbers and those that leave a small rest, zero and everybody included', () => {
    const of = (yes: number, no: number) =>
      release({
        people: [
          ...saying(yes - 20, 'ash', 'P6', 'yes'),
          ...saying(20, 'birch', 'P6', 'yes'),
          ...saying(no, 'birch', 'P6', 'no'),
        ],
      }).table('cluster:north', 'p5-p7', 'happy');
    expect(of(263, 0)).toMatchObject({ base: 265, counts: { yes: null, no: null }, states: { skipped: null } });
    expect(of(263, 2)).toMatchObject({ base: 265, counts: { yes: null, no: null } });
    expect(of(259, 4)).toMatchObject({ base: 265, counts: { yes: 260, no: 5 } });
    // By the rules 5 would show; but with 265 of 265 there it could only be 3 or 4.
    expect(of(263, 3)).toMatchObject({ base: 265, counts: { yes: null, no: null } });
    expect(of(262, 8)).toMatchObject({ base: 270, counts: { yes: 260, no: 10 } });
  });

  it('tells how many cells it shows and hides, states left out', () => {
    const made = release({ people: WAVE });
    const counts = [...made.tables()].flatMap((table) => Object.values(table.counts));
    const { shown, hidden } = made.cellCounts();
    expect(shown).toBe(counts.filter((count) => count !== null).length);
    expect(shown + hidden).toBe(counts.length);
    expect(shown).toBeGreaterThan(0);
  });
});

describe('the results of one school', () => {
  const secondary = (agreed: boolean, count: number, roll = 60) =>
    release({
      schools: [...PLACES.schools.slice(0, 3), { code: 'dale', agreed, roll: { 's1-s2': roll } }],
      people: [...saying(count - 9, 'dale', 'S1', 'yes'), ...saying(9, 'dale', 'S2', 'no')],
    });

  it('are made only if the school agreed', () => {
    expect(secondary(true, 32).table('cluster:north', 's1-s2', 'happy')).toMatchObject({ base: 30, oneSchool: true });
    expect(secondary(false, 32).table('cluster:north', 's1-s2', 'happy')).toMatchObject({ base: null });
  });

  it('are made from twenty answers on', () => {
    expect(secondary(true, 17).table('cluster:north', 's1-s2', 'happy')?.base).toBeNull();
    expect(secondary(true, 18).table('cluster:north', 's1-s2', 'happy')?.base).toBe(20);
  });

  it('are never made for a primary band, agreed or not', () => {
    const schools = PLACES.schools.map((school) => ({ ...school, agreed: true }));
    const clusters = [...PLACES.clusters, { code: 'lone', name: 'Lone', schools: ['cedar'] }];
    const made = release({ schools, clusters, people: WAVE });
    expect(made.rate('cluster:lone', 'p5-p7')).toMatchObject({ schools: 1, responses: null });
    const tables = [...made.tables()].filter(({ node }) => node === 'cluster:lone');
    expect(tables.map(({ base }) => base)).toEqual(tables.map(() => null));
    expect(tables.length).toBeGreaterThan(0);
  });

  it('are hidden with their response where fewer than three in ten answered', () => {
    expect(secondary(true, 32, 100).rate('cluster:north', 's1-s2')?.responses).toBe(30);
    expect(secondary(true, 32, 101).rate('cluster:north', 's1-s2')?.responses).toBeNull();
    expect(secondary(true, 32, 101).table('cluster:north', 's1-s2', 'happy')?.base).toBeNull();
  });
});

describe('what a release leaves no trace of', () => {
  const shuffled = random.chain((all) =>
    fc.record({
      all: fc.constant(all),
      other: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    }),
  );

  it('the order of the responses', () => {
    fc.assert(
      fc.property(shuffled, ({ all, other }) => {
        const one = release({ people: all, surveys: SHIPPED });
        const again = release({ people: other, surveys: SHIPPED });
        expect(again.text).toBe(one.text);
        expect(again.sha256).toBe(one.sha256);
      }),
      { numRuns: 20 },
    );
  });

  it('which of two sets of answers it was that round alike in every place', () => {
    const of = (counts: [school: string, yes: number, no: number][]) =>
      release({
        people: counts.flatMap(([school, yes, no]) => [
          ...saying(yes, school, 'P6', 'yes'),
          ...saying(no, school, 'P6', 'no'),
        ]),
        clusters: [
          { code: 'north', name: 'North', schools: ['ash', 'birch'] },
          { code: 'south', name: 'South', schools: ['cedar'] },
        ],
      });
    // One more says yes in the north, and the schools share their answers otherwise.
    const one = of([
      ['ash', 300, 83],
      ['birch', 203, 47],
      ['cedar', 140, 35],
    ]);
    const other = of([
      ['ash', 221, 117],
      ['birch', 283, 13],
      ['cedar', 140, 35],
    ]);
    expect(one.cell('authority', 'p5-p7', 'happy', 'yes')?.count).toBe(645);
    expect(other.text).toBe(one.text);
    expect(other.sha256).toBe(one.sha256);
  });
});

describe('an item that several surveys ask', () => {
  it('is one item whose versions each stand for their own bands', () => {
    const older = { ...SMALL, id: 'older', stages: ['S1' as const, 'S2' as const] };
    const younger = { ...SMALL, id: 'younger', stages: ['P5' as const, 'P6' as const, 'P7' as const] };
    const made = release({ people: WAVE, surveys: [younger, older] });
    expect(made.items.map((item) => item.id)).toEqual(['happy', 'is-happy']);
    expect(made.item('happy')?.versions).toEqual({ 'p5-p7': 'version-of-younger', 's1-s2': 'version-of-older' });
    expect(made.cell('authority', 's1-s2', 'happy', 'yes')?.count).toBe(130);
    expect(made.table('authority', 's3-s6', 'happy')).toBeUndefined();
  });

  it('counts in its base only those who were asked', () => {
    const gated = { ...SMALL, items: SMALL.items.map((item) => ({ ...item, stages: ['P7' as const] })) };
    const made = release({ people: [...WAVE, ...saying(37, 'ash', 'P7', 'yes')], surveys: [gated] });
    expect(made.table('cluster:north', 'p5-p7', 'happy')?.base).toBe(protect(162 + 97 + 37));
    expect(made.rate('cluster:north', 'p5-p7')?.responses).toBe(protect(224 + 259 + 37));
  });

  it('is hidden where only one school of a primary band was asked it', () => {
    const gated = { ...SMALL, items: SMALL.items.map((item) => ({ ...item, stages: ['P7' as const] })) };
    const made = release({ people: WAVE, surveys: [gated] });
    expect(made.table('cluster:north', 'p5-p7', 'happy')).toMatchObject({ base: null, oneSchool: true });
  });
});

describe('a school that stands alone', () => {
  it('is not hidden behind one that hardly answered', () => {
    const beside = (count: number) =>
      release({
        people: [
          ...saying(300, 'ash', 'P6', 'yes'),
          ...saying(200, 'ash', 'P6', 'no'),
          ...saying(count, 'birch', 'P6', 'no'),
        ],
      });
    expect(beside(2).table('cluster:north', 'p5-p7', 'happy')?.base).toBeNull();
    expect(beside(2).rate('cluster:north', 'p5-p7')?.responses).toBeNull();
    expect(beside(3).table('cluster:north', 'p5-p7', 'happy')?.base).toBe(505);
  });
});

describe('a question that an earlier answer leads to', () => {
  const routed = (yes: number, no: number) => {
    const [first] = SMALL.items;
    const why = { ...first!, id: 'why', when: { question: 'happy', anyOf: ['no'] } };
    const survey = { ...SMALL, items: [first!, why] };
    const sad = {
      happy: { state: 'answered' as const, value: 'no' },
      why: { state: 'answered' as const, value: 'yes' },
    };
    const half = Math.ceil(no / 2);
    return release({
      surveys: [survey],
      people: [
        ...saying(yes, 'ash', 'P6', 'yes'),
        ...people(half, 'ash', 'P6', sad),
        ...people(no - half, 'birch', 'P6', sad),
      ],
    }).table('cluster:north', 'p5-p7', 'why');
  };

  it('is hidden with its base where that base would tell a hidden answer', () => {
    expect(routed(0, 300)).toMatchObject({ base: null, counts: { yes: null, no: null } });
    expect(routed(2, 300)?.base).toBeNull();
    expect(routed(20, 300)?.base).toBe(300);
  });
});

describe('a stored release', () => {
  const made = release({ people: WAVE });

  it('opens with its hash and tells the same', () => {
    const opened = Release.read(made.text, made.sha256, sha256);
    expect([...opened.tables()]).toEqual([...made.tables()]);
    expect(opened.cellCounts()).toEqual(made.cellCounts());
    expect(made.sha256).toBe(sha256(made.text));
  });

  it('does not open if a single figure was changed', () => {
    const changed = made.text.replace(/"yes":\[(\d+)/, (_, count) => `"yes":[${Number(count) + 5}`);
    expect(changed).not.toBe(made.text);
    expect(() => Release.read(changed, made.sha256, sha256)).toThrow(/was changed/);
  });

  it('gives nothing for places, bands, items and options that it does not have', () => {
    expect(made.cell('cluster:north', 'p5-p7', 'happy', 'maybe')).toBeUndefined();
    expect(made.cell('nowhere', 'p5-p7', 'happy', 'yes')).toBeUndefined();
    expect([made.node('nowhere'), made.band('x'), made.item('x'), made.rate('x', 'y')]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('takes no name that every object has for an option', () => {
    expect(made.cell('cluster:north', 'p5-p7', 'happy', 'constructor')).toBeUndefined();
  });
});
