import { describe, expect, it } from 'vitest';
import { readCsv, readJson } from '../../../server/commands/attack/files.ts';
import { attackOne } from '../../../server/commands/attack/attack-one.ts';
import { around, groundFrom, problemFrom, type ReadNumber } from '../../../server/commands/attack/knowledge.ts';
import { problemsOf } from '../../../server/commands/attack/problems.ts';
import { countBehind, Readings } from '../../../server/commands/attack/readings.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { findTable } from '../../../server/core/disclosure/attack/start.ts';
import { sumOf } from '../../../server/core/disclosure/attack/problem.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';

const solver = await loadSolver();

const place = (id: string, kind: string, schools: string[]) => ({ place: id, kind, name: id, schools });

const PLACES = [
  place('authority', 'authority', ['a', 'b', 'c', 'd', 'e']),
  place('cluster:one', 'cluster', ['a', 'b', 'c']),
  place('cluster:two', 'cluster', ['c', 'd', 'e']),
  place('rest:cluster:one', 'rest', ['d', 'e']),
];
const GROUPS = ['', 'sex=female', 'sex=male', 'quintile=1', 'quintile=2', 'quintile=3'];
const UNITS = PLACES.flatMap((one) => GROUPS.map((group) => ({ place: one.place, group })));

describe('what somebody outside can tell apart', () => {
  const ground = groundFrom(PLACES, UNITS);

  it('are schools that lie in the same places, and groups crossed', () => {
    // a and b; c, which two clusters share; d and e.
    expect(ground.cells).toBe(3 * 2 * 3);
    expect(ground.lonely.map(({ school }) => school)).toEqual(['c']);
    expect(
      ground.cellsOf[UNITS.findIndex((unit) => unit.place === 'cluster:one' && unit.group === 'sex=male')],
    ).toHaveLength(2 * 3);
  });

  it('takes figures of one of two groups for as wide as a difference, and rests for nothing', () => {
    const reach = (id: string, group: string) =>
      ground.reachOf[UNITS.findIndex((unit) => unit.place === id && unit.group === group)];
    expect(reach('authority', '')).toBe(2);
    expect(reach('authority', 'quintile=1')).toBe(2);
    expect(reach('authority', 'sex=male')).toBe(4);
    expect(reach('rest:cluster:one', '')).toBe(0);
  });

  it('takes the second of two localities that are the authority for what the first leaves', () => {
    const halves = [
      PLACES[0]!,
      place('locality:n', 'locality', ['a', 'b']),
      place('locality:s', 'locality', ['c', 'd', 'e']),
    ];
    const { reachOf } = groundFrom(
      halves,
      halves.map((one) => ({ place: one.place, group: '' })),
    );
    expect(reachOf).toEqual([2, 2, 0]);
  });
});

describe('the attack from outside', () => {
  const ground = groundFrom(PLACES, [
    { place: 'authority', group: '' },
    { place: 'cluster:one', group: '' },
    { place: 'cluster:two', group: '' },
  ]);
  const asked = { id: 'p5-p7 feel-safe', names: ['yes', 'everybody else'], unions: new Map<string, number[]>() };
  const number = (unit: number, categories: number[] | null, value: number): ReadNumber => {
    return { unit, categories, ...around(value, 2) };
  };

  it('starts from a table that agrees with all that is shown', () => {
    const problem = problemFrom(ground, asked, [
      number(0, null, 200),
      number(1, null, 120),
      number(0, [0], 65),
      number(2, [0], 30),
    ]);
    const start = findTable(solver, problem, seededRandom('start'));
    expect(start.kind).toBe('found');
    for (const { unknowns, low, high } of problem.facts) {
      const sum = sumOf((start as { table: Int32Array }).table, unknowns);
      expect(sum).toBeGreaterThanOrEqual(low);
      expect(sum).toBeLessThanOrEqual(high);
    }
  });

  it('says where no table of children gives what is shown', () => {
    const problem = problemFrom(ground, asked, [number(0, null, 100), number(1, [0], 150)]);
    expect(attackOne(solver, problem).without).toBe('impossible');
  });

  it('passes what is rounded, and names what is not', () => {
    const safe = [number(0, null, 200), number(1, null, 120), number(0, [0], 65)];
    expect(attackOne(solver, problemFrom(ground, asked, safe)).failing).toEqual([]);
    const unrounded = [...safe, number(2, [0], 33)];
    expect(attackOne(solver, problemFrom(ground, asked, unrounded)).failing).toEqual([
      { target: 'cluster:two p5-p7 feel-safe yes', left: 1 },
    ]);
  });
});

describe('the files of a release', () => {
  const wording = {
    question: 'I feel safe',
    bands: ['p5-p7'],
    options: [
      { option: 'yes', words: 'Yes' },
      { option: 'no', words: 'No' },
    ],
  };
  const fact = { place: 'authority', band: 'p5-p7', item: 'feel-safe', state: 'answered' };
  const json = JSON.stringify({
    release: { id: 'r' },
    bands: [{ band: 'p5-p7' }],
    places: PLACES,
    states: [{ state: 'skipped', words: 'Skipped' }],
    items: [{ item: 'feel-safe', kind: 'question', several: false, wordings: [{ ...wording, reads: null }] }],
    facts: [
      { ...fact, option: 'yes', count: 65, base: 200, share_percent: 33 },
      { ...fact, option: 'no', count: 135, base: 200, share_percent: 68 },
    ],
  });
  const groups = (...rows: string[]) =>
    readCsv(
      ['place,band,group,item,state,option,share_percent,low_percent,high_percent,count,base,one_school', ...rows].join(
        '\n',
      ),
    );

  it('add groups to what is known', () => {
    const readings = new Readings(readJson(json));
    readings.addFile('groups', groups('authority,p5-p7,quintile=1,feel-safe,answered,yes,40,30,50,20,50,0'));
    readings.addFile('groups', groups('cluster:one,p5-p7,quintile=2,feel-safe,answered,yes,,,,,,'));
    expect(readings.contradictions).toEqual([]);
    expect(
      readings.figure({ place: 'authority', band: 'p5-p7', group: 'quintile=1', item: 'feel-safe', answer: 'yes' }),
    ).toEqual({ count: 20, base: 50, share: 40 });
    const [problem] = [...problemsOf(readings)];
    expect(problem!.targets.map(({ id }) => id)).toContain('cluster:one quintile=2 p5-p7 feel-safe yes');
  });

  it.each([
    ['is not rounded', 'authority,p5-p7,quintile=1,feel-safe,answered,yes,38,30,50,19,50,0', 'not rounded'],
    ['is more than were asked', 'authority,p5-p7,quintile=1,feel-safe,answered,yes,110,90,100,55,50,0', 'too small'],
    ['is as small as none may be', 'authority,p5-p7,quintile=1,feel-safe,answered,yes,0,0,10,0,50,0', 'too small'],
    ['has another share', 'authority,p5-p7,quintile=1,feel-safe,answered,yes,41,30,50,20,50,0', 'share is another'],
    ['is another in another file', 'authority,p5-p7,,feel-safe,answered,yes,35,30,50,70,200,0', 'another file'],
  ])('contradict what children could give where a figure %s', (_, row, words) => {
    const readings = new Readings(readJson(json));
    readings.addFile('groups', groups(row));
    expect(readings.contradictions).toEqual([expect.stringContaining(words)]);
  });

  it('need the schools of places', () => {
    const without = JSON.stringify({ ...(JSON.parse(json) as object), places: [{ place: 'authority' }] });
    expect(() => readJson(without)).toThrow('The place authority of the JSON file has no schools');
  });
});

describe('a printed share', () => {
  it('comes from rounded counts where these give it, else from one that was not rounded', () => {
    expect(countBehind(33, 200)).toEqual({ low: 65, high: 65 });
    expect(countBehind(50, 1000)).toEqual({ low: 495, high: 505 });
    expect(countBehind(39, 41)).toEqual({ low: 16, high: 16 });
    expect(countBehind(32.4, 105)).toEqual({ low: 34, high: 34 });
  });
});
