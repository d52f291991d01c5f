import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCalls, CALL_NAMES } from '../../server/commands/stats/answer.ts';

interface ReferenceCase {
  id: string;
  call: string;
  args: object;
  expected: unknown;
}

const REFERENCE = join(import.meta.dirname, '..', 'core', 'statistics', 'reference');

function casesOf(file: string): ReferenceCase[] {
  return (JSON.parse(readFileSync(join(REFERENCE, file), 'utf8')) as { cases: ReferenceCase[] }).cases;
}

/** Holds an answer against what is expected of it: numbers closely, everything else exactly, nothing less. */
function expectAnswer(found: unknown, expected: unknown, place: string): void {
  if (typeof expected === 'number') {
    expect(found, place).toBeTypeOf('number');
    expect(Math.abs((found as number) - expected), place).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  } else if (expected !== null && typeof expected === 'object') {
    if (Array.isArray(expected)) expect(found, place).toHaveLength(expected.length);
    for (const [name, value] of Object.entries(expected)) {
      expectAnswer((found as Record<string, unknown>)[name], value, `${place}.${name}`);
    }
  } else {
    expect(found, place).toBe(expected);
  }
}

async function answerOf(call: string, args: object): Promise<Record<string, unknown>> {
  const [answer] = await answerCalls([{ call, args }]);
  return answer as Record<string, unknown>;
}

// One call of each kind with figures that can be followed by hand, or that the references and unit tests hold.
const EXAMPLES: { call: string; args: object; gives: object }[] = [
  {
    call: 'wilson',
    args: { x: 81, n: 263 },
    gives: { share: 81 / 263, low: 0.2552885198783, high: 0.3662095769828, effectiveN: 263 },
  },
  { call: 'wilsonFinite', args: { x: 20, n: 80, N: 100 }, gives: { low: 0.2098910796934, high: 0.2949126478041 } },
  { call: 'hypergeometric', args: { x: 20, n: 80, N: 100, level: 0.95 }, gives: { low: 0.21, high: 0.3 } },
  {
    call: 'newcombe',
    args: { x1: 9, n1: 10, x2: 3, n2: 10 },
    gives: {
      difference: 0.6,
      low: 0.1705227239345,
      high: 0.8090179735355,
      z: 2.738612787526,
      p: 0.006169899320544,
      test: 'fisher',
      testP: 0.01976661109788,
    },
  },
  { call: 'benjaminiHochberg', args: { p: [0.01, 0.5, 0.02] }, gives: { adjusted: [0.03, 0.5, 0.03] } },
  {
    call: 'weightedMean',
    args: { y: [1, 2, 3, 4], w: [1, 1, 1, 1], psu: ['a', 'a', 'b', 'b'], strata: null },
    gives: { mean: 2.5, se: 1, deff: 2.4, df: 1, logitLow: null, kornGraubardHigh: null, lonelyStrata: 0 },
  },
  {
    call: 'postStratify',
    args: { w: [1, 1, 1, 1], cell: ['g', 'g', 'b', 'b'], roll: { g: 10, b: 12 }, y: [1, 0, 1, 1] },
    gives: { weights: [5, 5, 6, 6], mean: 17 / 22, se: (2.5 / 22) * Math.sqrt(8 / 3) },
  },
  {
    call: 'rake',
    args: {
      w: [1, 1, 1, 1],
      margins: [
        { of: ['a', 'a', 'b', 'b'], roll: { a: 30, b: 10 } },
        { of: [1, 2, 1, 2], roll: { 1: 24, 2: 16 } },
      ],
      tolerance: 1e-8,
    },
    gives: { weights: [18, 12, 6, 4], iterations: 1 },
  },
  {
    call: 'scale',
    // The second item is turned round: 5 is 1. The third person answered one item, and two are asked for.
    args: {
      items: [
        [1, 5, null],
        [2, 4, 5],
        [null, null, 1],
      ],
      reverse: [1],
      min: 1,
      max: 5,
      minAnswered: 2,
      score: 'mean',
    },
    gives: { scores: [1, 3, null], mean: 2, sd: Math.SQRT2, n: 2 },
  },
  {
    call: 'alpha',
    // Turned round, the second item is 1, 3 and 2; whoever did not answer both is left out.
    args: {
      items: [
        [1, 5],
        [2, 3],
        [4, null],
        [3, 4],
      ],
      reverse: [1],
      min: 1,
      max: 5,
      level: 0.95,
    },
    gives: { alpha: 2 / 3, low: -12, high: 116 / 117, n: 3 },
  },
  {
    call: 'hedgesG',
    args: { a: [0, 2], b: [1, 3] },
    gives: { d: -Math.SQRT1_2, g: -Math.SQRT1_2 / Math.sqrt(Math.PI), t: -Math.SQRT1_2, df: 2 },
  },
  {
    call: 'slopeIndex',
    args: { x: [30, 50], n: [100, 100] },
    gives: { sii: 0.4, se: Math.sqrt(0.0184), riiScotpho: 1, riiPhe: 3, gap: 0.2, ratio: 5 / 3 },
  },
  {
    call: 'funnel',
    args: {
      units: [
        { id: 'one', x: 20, n: 100 },
        { id: 'other', x: 40, n: 100 },
      ],
      overdispersion: true,
    },
    gives: {
      target: 0.3,
      phi: null,
      tau2: null,
      units: [
        {
          id: 'one',
          share: 0.2,
          low95: 0.3 - 1.959963984540054 * Math.sqrt(0.0021),
          adjustedLow95: null,
          flag: 'low95',
        },
        { id: 'other', share: 0.4, high998: 0.3 + 3.090232306167813 * Math.sqrt(0.0021), flag: 'high95' },
      ],
    },
  },
  {
    call: 'cooccurrence',
    args: {
      outcomes: [
        [1, 1, 1],
        [1, 1, 1],
        [0, 0, 0],
        [0, 0, 0],
      ],
    },
    gives: { observed: [2, 0, 0, 2], expected: [0.5, 1.5, 1.5, 0.5], ratioThreeOrMore: 4 },
  },
  {
    call: 'bounds',
    args: {
      cells: 4,
      rows: [
        { cells: [0, 1], low: 3, high: 3 },
        { cells: [0, 2], low: null, high: 2 },
        { cells: [3], low: 1 },
      ],
      targets: [[0], [1], [0, 2, 1], [3], []],
    },
    gives: {
      bounds: [
        { low: 0, high: 2 },
        { low: 1, high: 3 },
        { low: 3, high: 5 },
        { low: 1, high: null },
        { low: 0, high: 0 },
      ],
    },
  },
];

describe('statistics from outside', () => {
  it('has an example for every call', () => {
    expect(EXAMPLES.map(({ call }) => call).toSorted()).toEqual(CALL_NAMES.toSorted());
  });

  it.each(EXAMPLES)('answers $call', async ({ call, args, gives }) => {
    expectAnswer(await answerOf(call, args), gives, call);
  });

  it.each([...casesOf('survey.json'), ...casesOf('methods.json')])(
    'agrees with R: $id',
    async ({ id, call, args, expected }) => {
      expectAnswer(await answerOf(call, args), expected, id);
    },
  );

  it.each([
    ['no call', 5, 'expected a call to be object, found 5'],
    ['a call without arguments', { call: 'wilson' }, 'expected a call to have required properties args'],
    ['a call that nobody knows', { call: 'median', args: {} }, 'expected a call among wilson, wilsonFinite'],
    [
      'words for a number',
      { call: 'wilson', args: { x: 1, n: 'ten' } },
      'expected wilson: args.n to be number, found "ten"',
    ],
    ['a missing argument', { call: 'wilson', args: { x: 1 } }, 'required properties n, found {"x":1}'],
    ['an argument that is null', { call: 'wilson', args: { x: 1, n: null } }, 'required properties n, found {"x":1}'],
    [
      'a misspelt argument',
      { call: 'wilson', args: { x: 1, n: 9, levle: 0.9 } },
      'not to have additional properties, found {"x":1,"n":9,"levle"',
    ],
    [
      'a misspelt bound',
      { call: 'bounds', args: { cells: 1, rows: [{ cells: [0], lo: 1 }], targets: [] } },
      'expected bounds: args.rows.0',
    ],
    ['more than the base', { call: 'wilson', args: { x: 10, n: 9 } }, 'from 0 to the base of 9, found 10'],
    ['lists of two lengths', { call: 'slopeIndex', args: { x: [1], n: [5, 5] } }, 'each of 2 rows, found 1'],
    [
      'an answer outside its range',
      { call: 'scale', args: { items: [[1, 9]], min: 1, max: 5 } },
      'from 1 to 5, found 9',
    ],
    [
      'more answers than items',
      { call: 'scale', args: { items: [[1, 2]], min: 1, max: 5, minAnswered: 3 } },
      'at most 2 answered items to be enough, found 3',
    ],
    ['nobody with a scale', { call: 'scale', args: { items: [], min: 1, max: 5 } }, 'a person with items, found none'],
    [
      'an item that is not there',
      { call: 'alpha', args: { items: [[1, 2]], reverse: [2], min: 1, max: 5 } },
      'from 0 to 1, found 2',
    ],
    [
      'reversing without a range',
      { call: 'alpha', args: { items: [[1, 2]], reverse: [0] } },
      'expected min and max where items are reversed',
    ],
    [
      'an answer of alpha outside its range',
      { call: 'alpha', args: { items: [[1, 9]], min: 1, max: 5 } },
      'from 1 to 5, found 9',
    ],
    [
      'a cell that is not there',
      { call: 'bounds', args: { cells: 2, rows: [], targets: [[2]] } },
      'from 0 to 1, found 2',
    ],
    [
      'a cell twice in a sum',
      { call: 'bounds', args: { cells: 2, rows: [{ cells: [1, 1], high: 3 }], targets: [] } },
      'found one twice in 1, 1',
    ],
    [
      'sums that contradict',
      {
        call: 'bounds',
        args: {
          cells: 1,
          rows: [
            { cells: [0], low: 3 },
            { cells: [0], high: 2 },
          ],
          targets: [[0]],
        },
      },
      'found rows that contradict',
    ],
  ])('says what was expected and found for %s, and answers the next', async (_name, asked, message) => {
    const [fault, next] = await answerCalls([asked, { call: 'hypergeometric', args: { x: 20, n: 80, N: 100 } }]);
    expect(Object.keys(fault ?? {})).toEqual(['error']);
    expect((fault as { error: string }).error).toContain(message);
    expect((fault as { error: string }).error).toMatch(/expected .*found /);
    expect(next).toEqual({ low: 0.21, high: 0.3 });
  });

  it('carries a sum on to all items, and rounds it as the SDQ does', async () => {
    // Two of three items, 2 and 3, carried on to three: 7.5 is 8. All three: 7.
    const scored = await answerOf('scale', {
      items: [
        [2, 3, null],
        [2, 3, 2],
      ],
      min: 0,
      max: 5,
      score: 'sum',
      minAnswered: 2,
    });
    expect(scored.scores).toEqual([8, 7]);
  });

  it('takes half of the items for enough unless it is told otherwise', async () => {
    const scored = await answerOf('scale', {
      items: [
        [2, 4, null, null],
        [2, null, null, null],
      ],
      min: 0,
      max: 5,
    });
    expect(scored).toEqual({ scores: [3, null], mean: 3, sd: null, n: 1 });
  });

  it('folds a design effect and noise into the effective size', async () => {
    // Without noise 263 / 1.8; with noise of variance 2 also 2 (1 + p²) / (n p (1 − p)) below it.
    expect((await answerOf('wilson', { x: 81, n: 263, deff: 1.8 })).effectiveN).toBeCloseTo(263 / 1.8, 10);
    const p = 81 / 263;
    const noisy = await answerOf('wilson', { x: 81, n: 263, deff: 1.8, noiseVariance: 2 });
    expect(noisy.effectiveN).toBeCloseTo(263 / (1.8 + (2 * (1 + p ** 2)) / (263 * p * (1 - p))), 10);
  });

  it('leaves adjusted limits out of a funnel when they are not asked for', async () => {
    const units = Array.from({ length: 12 }, (_, place) => ({ id: `u${place}`, x: 5 + place, n: 40 }));
    expect(await answerOf('funnel', { units, overdispersion: false })).toMatchObject({ phi: null, tau2: null });
    expect((await answerOf('funnel', { units })).phi).toBeTypeOf('number');
  });
});

describe('npm run stats', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'heard-stats-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function run(...options: string[]) {
    return spawnSync('node_modules/.bin/node', ['server/commands/stats.ts', ...options], {
      cwd: join(import.meta.dirname, '..', '..'),
      encoding: 'utf8',
    });
  }

  function fileWith(text: string): string {
    const path = join(folder, 'calls.json');
    writeFileSync(path, text);
    return path;
  }

  it('prints one list with an answer for every call, and nothing else', () => {
    const calls = [...EXAMPLES.map(({ call, args }) => ({ call, args })), { call: 'nothing', args: {} }];
    const { status, stdout, stderr } = run(fileWith(JSON.stringify(calls)));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answers = JSON.parse(stdout) as Record<string, unknown>[];
    expect(answers).toHaveLength(calls.length);
    EXAMPLES.forEach(({ call, gives }, place) => {
      expectAnswer(answers[place], gives, call);
    });
    expect(Object.keys(answers.at(-1) ?? {})).toEqual(['error']);
  });

  it('answers no calls with an empty list', () => {
    expect(run(fileWith('[]'))).toMatchObject({ status: 0, stdout: '[]\n' });
  });

  it.each([
    [
      'a file that is not there',
      () => ['missing.json'],
      /^The file missing\.json cannot be read \(ENOENT\): check its path\.$/,
    ],
    ['text', () => [fileWith('wilson')], /^The file .*: expected JSON, found .*\.$/],
    [
      'JSON that is no list',
      () => [fileWith('{"call": "wilson"}')],
      /^The file .*: expected a list of calls, found object\.$/,
    ],
    ['no file', () => [], /^Expected one file of calls, found 0: npm run stats -- FILE\.json/],
    ['two files', () => ['a.json', 'b.json'], /^Expected one file of calls, found 2/],
  ])('says one sentence on standard error for %s', (_name, options, sentence) => {
    const { status, stdout, stderr } = run(...options());
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
