import { bare, heard, heardColumns, type Counter } from './results/counters.ts';
import { mustBeEqual, type Counts } from './results/counts.ts';
import { duckdb, type Formulation } from './results/duckdb.ts';
import { BANDS, CELLS, makeAnswers } from './results/made-answers.ts';

/*
 * `npm run bench:results`: all questions × cluster × age band, counted by Heard's own tally, by bare loops and by DuckDB in
 * whichever way it does it fastest (as it comes, and with its settings tuned), each with its answers already in memory. Figures count only if all counted the same:
 * that is looked at first. Medians of alternating rounds after a warm-up. --rounds N for their number.
 */
const json = process.argv.includes('--json');
const roundsAt = process.argv.indexOf('--rounds');
const ROUNDS = roundsAt < 0 ? 21 : Number(process.argv[roundsAt + 1]);
const NATIONAL_ROUNDS = Math.ceil(ROUNDS / 4);

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

/** How often each work runs before the next has its turn, so that it counts with its own answers near the processor. */
const TURN = 5;

/** The median of a turn, in milliseconds. */
async function turn(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < TURN; run += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return median(times);
}

/** Milliseconds of each work by name, turn after turn, so that what else the machine does falls on all of them. */
async function alternate<Name extends string>(
  works: Record<Name, () => unknown>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []])) as unknown as Record<Name, number[]>;
  const warmUp = Math.ceil(rounds / 3);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of Object.keys(works) as Name[]) {
      const taken = await turn(works[name]);
      if (round >= 0) times[name].push(taken);
    }
  }
  return times;
}

/** The ways in which DuckDB may be fastest here: at most half as slow again as the best. */
async function contenders(formulations: readonly Formulation[]): Promise<Formulation[]> {
  const tried: { formulation: Formulation; ms: number }[] = [];
  for (const formulation of formulations) {
    const ms = await turn(formulation.count);
    tried.push({ formulation, ms });
    tell(`DuckDB, ${formulation.name}: ${round2(ms)} ms`);
  }
  const best = Math.min(...tried.map(({ ms }) => ms));
  return tried.filter(({ ms }) => ms <= 1.5 * best).map(({ formulation }) => formulation);
}

function countsOf<Counted>({ count, read }: Counter<Counted>): Counts {
  return read(count());
}

interface Timed {
  way: string;
  ms: number[];
}

interface Race {
  heard: number[];
  bare: number[];
  /** DuckDB as it comes, and with its settings tuned, each in the way in which it was fastest. */
  duckdb: Timed;
  tuned: Timed;
  /** Laying the responses in columns, once for each release. */
  columnsMs: number;
}

async function race({ responses, questions }: Size, rounds: number): Promise<Race> {
  tell(`${responses} responses × ${questions} questions`);
  const answers = makeAnswers(responses, questions);
  const others = await duckdb(answers, questions);
  const laying = await alternate({ columns: () => heardColumns(answers, questions) }, 1);
  const [own, limit] = [heard(heardColumns(answers, questions)), bare(answers, questions)];
  const counted = countsOf(own);
  mustBeEqual('The bare loops', countsOf(limit), counted);
  for (const { name, count } of others.formulations) {
    mustBeEqual(`DuckDB (${name})`, await others.read(await count()), counted);
  }
  const [usual, tuned] = [false, true].map((wanted) => others.formulations.filter((one) => one.tuned === wanted));
  const ways = [await contenders(usual!), await contenders(tuned!)];
  const named = Object.fromEntries(ways.flat().map(({ name, count }) => [name, count]));
  const times: Record<string, number[]> = await alternate({ heard: own.count, bare: limit.count, ...named }, rounds);
  const [duckdbBest, tunedBest] = ways.map((tried) =>
    fastest(tried.map(({ name }) => ({ way: name, ms: times[name]! }))),
  );
  return {
    heard: times.heard!,
    bare: times.bare!,
    duckdb: duckdbBest!,
    tuned: tunedBest!,
    columnsMs: median(laying.columns),
  };
}

const fastest = (timed: readonly Timed[]) => timed.toSorted((one, other) => median(one.ms) - median(other.ms))[0]!;

/** How many times as long as Heard somebody took, round by round. */
const ratioTo = ({ heard: own }: Race, { ms }: Timed) => round2(median(ms.map((taken, round) => taken / own[round]!)));

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
const grown = [
  growth(AUTHORITY, heardMs),
  growth(FOUR_AUTHORITIES, await alone(FOUR_AUTHORITIES)),
  growth(NATIONAL, nationalMs),
];
const figures = {
  ratioToDuckdb: ratioTo(authority, authority.duckdb),
  ratioToTunedDuckdb: ratioTo(authority, authority.tuned),
  heardMs: round2(heardMs),
  duckdbMs: round2(median(authority.duckdb.ms)),
  tunedDuckdbMs: round2(median(authority.tuned.ms)),
  bareMs: round2(median(authority.bare)),
  columnsMs: round2(authority.columnsMs),
  nationalMs: round2(nationalMs),
  nationalDuckdbMs: round2(median(national.duckdb.ms)),
  nationalTunedDuckdbMs: round2(median(national.tuned.ms)),
  nationalBareMs: round2(median(national.bare)),
  nationalColumnsMs: round2(national.columnsMs),
  nationalBySchoolMs: round2(await alone(NATIONAL, SCHOOLS)),
  /** The last size's time an answer by the first one's: 1 is growth in proportion, less is better than that. */
  growthRatio: round2(grown.at(-1)!.nanosecondsAnAnswer / grown[0]!.nanosecondsAnAnswer),
  duckdbWay: authority.duckdb.way,
  tunedDuckdbWay: authority.tuned.way,
  nationalDuckdbWay: national.duckdb.way,
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
