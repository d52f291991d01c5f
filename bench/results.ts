import { bare, heard, heardColumns, type Counter } from './results/counters.ts';
import { mustBeEqual, type Counts } from './results/counts.ts';
import { duckdb, type DuckdbCounting, type Formulation } from './results/duckdb.ts';
import { BANDS, CELLS, makeAnswers } from './results/made-answers.ts';

/*
 * `npm run bench:results`: all questions × cluster × age band, counted by Heard's own tally, by bare loops and by DuckDB in
 * whichever way it does it fastest, each with its answers already in memory. Figures count only if all counted the same:
 * that is looked at first. Medians of alternating rounds after a warm-up. --rounds N for their number.
 */
const json = process.argv.includes('--json');
const roundsAt = process.argv.indexOf('--rounds');
const ROUNDS = roundsAt < 0 ? 31 : Number(process.argv[roundsAt + 1]);
const NATIONAL_ROUNDS = Math.ceil(ROUNDS / 3);

const AUTHORITY = { responses: 21_178, questions: 60 };
const FOUR_AUTHORITIES = { responses: 84_712, questions: 60 };
const NATIONAL = { responses: 400_000, questions: 80 };
type Size = typeof AUTHORITY;
/** Schools of a whole country: a release counts by school × band, and adds up from there. */
const SCHOOLS = 2500;

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? NaN;
const round2 = (value: number) => Math.round(value * 100) / 100;
const tell = (words: string) => {
  if (!json) console.error(words);
};

async function milliseconds(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Milliseconds of each work by name, round after round, so that what else the machine does falls on all of them. */
async function alternate<Name extends string>(
  works: Record<Name, () => unknown>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []])) as unknown as Record<Name, number[]>;
  const warmUp = Math.ceil(rounds / 3);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of Object.keys(works) as Name[]) {
      const taken = await milliseconds(works[name]);
      if (round >= 0) times[name].push(taken);
    }
  }
  return times;
}

/** The ways in which DuckDB may be fastest here: at most twice as slow as the best of a few rounds. */
async function contenders({ formulations, read }: DuckdbCounting, expected: Counts): Promise<Formulation[]> {
  const tried: { formulation: Formulation; ms: number }[] = [];
  for (const formulation of formulations) {
    mustBeEqual(`DuckDB (${formulation.name})`, await read(await formulation.count()), expected);
    const { own } = await alternate({ own: formulation.count }, 5);
    tried.push({ formulation, ms: median(own) });
    tell(`DuckDB, ${formulation.name}: ${round2(median(own))} ms`);
  }
  const best = Math.min(...tried.map(({ ms }) => ms));
  return tried.filter(({ ms }) => ms <= 2 * best).map(({ formulation }) => formulation);
}

function countsOf<Counted>({ count, read }: Counter<Counted>): Counts {
  return read(count());
}

interface Race {
  heard: number[];
  bare: number[];
  /** In the way in which it was fastest. */
  duckdb: number[];
  duckdbWay: string;
  /** Laying the responses in columns, once for each release. */
  columnsMs: number;
}

async function race({ responses, questions }: Size, rounds: number): Promise<Race> {
  tell(`${responses} responses × ${questions} questions`);
  const answers = makeAnswers(responses, questions);
  const others = await duckdb(answers, questions);
  const laying = await alternate({ columns: () => heardColumns(answers, questions) }, 5);
  const [own, limit] = [heard(heardColumns(answers, questions)), bare(answers, questions)];
  const counted = countsOf(own);
  mustBeEqual('The bare loops', countsOf(limit), counted);
  const ways = (await contenders(others, counted)).map(({ name, count }) => [name, count] as const);
  const times = await alternate({ heard: own.count, bare: limit.count, ...Object.fromEntries(ways) }, rounds);
  const timed = ways.map(([name]) => ({ name, ms: (times as Record<string, number[]>)[name]! }));
  const best = timed.toSorted((one, other) => median(one.ms) - median(other.ms))[0]!;
  return {
    heard: times.heard,
    bare: times.bare,
    duckdb: best.ms,
    duckdbWay: best.name,
    columnsMs: median(laying.columns),
  };
}

/** Heard alone, where only growth is of interest. */
async function alone({ responses, questions }: Size, schools?: number): Promise<number> {
  const cells = schools === undefined ? CELLS : schools * BANDS;
  const answers = makeAnswers(responses, questions).map((response, index) =>
    schools === undefined ? response : { ...response, cell: index % cells },
  );
  const { own } = await alternate({ own: heard(heardColumns(answers, questions), cells).count }, NATIONAL_ROUNDS);
  return median(own);
}

/** Nanoseconds for each answer to each question: the same at every size where time grows in proportion. */
const growth = ({ responses, questions }: Size, ms: number) => ({
  responses,
  questions,
  ms: round2(ms),
  nanosecondsAnAnswer: round2((ms * 1e6) / (responses * questions)),
});

const authority = await race(AUTHORITY, ROUNDS);
const national = await race(NATIONAL, NATIONAL_ROUNDS);
const heardMs = median(authority.heard);
const nationalMs = median(national.heard);
const ratios = authority.duckdb.map((ms, round) => ms / authority.heard[round]!);
const grown = [
  growth(AUTHORITY, heardMs),
  growth(FOUR_AUTHORITIES, await alone(FOUR_AUTHORITIES)),
  growth(NATIONAL, nationalMs),
];
const figures = {
  ratioToDuckdb: round2(median(ratios)),
  heardMs: round2(heardMs),
  duckdbMs: round2(median(authority.duckdb)),
  bareMs: round2(median(authority.bare)),
  columnsMs: round2(authority.columnsMs),
  nationalMs: round2(nationalMs),
  nationalDuckdbMs: round2(median(national.duckdb)),
  nationalBareMs: round2(median(national.bare)),
  nationalColumnsMs: round2(national.columnsMs),
  nationalBySchoolMs: round2(await alone(NATIONAL, SCHOOLS)),
  /** The last size's time an answer by the first one's: 1 is growth in proportion, less is better than that. */
  growthRatio: round2(grown.at(-1)!.nanosecondsAnAnswer / grown[0]!.nanosecondsAnAnswer),
  duckdbWay: authority.duckdbWay,
  nationalDuckdbWay: national.duckdbWay,
  responses: AUTHORITY.responses,
  questions: AUTHORITY.questions,
  cells: CELLS,
  rounds: ROUNDS,
};
if (json) console.log(JSON.stringify({ ...figures, growth: grown }));
else {
  console.table(figures);
  console.table(grown);
}
