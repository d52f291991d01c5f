import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CountedResponse } from '../../server/core/tally/columns.ts';
import { add, noCounts, type Counts } from './counts.ts';
import { BYTES } from './made-answers.ts';

/*
 * DuckDB counting the same in the same process, on every core that it finds. It is a dependency of bench/ alone
 * (bench/package.json), installed when it is missing, so types are the little of it that is used here.
 */
const PACKAGE = '@duckdb/node-api';
const BENCH = fileURLToPath(new URL('..', import.meta.url));

interface Duckdb {
  DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
  DuckDBDataChunk: { create(types: unknown[], rows: number): Chunk };
  UTINYINT: unknown;
}
interface Chunk {
  setColumnValues(column: number, values: readonly number[]): void;
}
interface Connection {
  run(sql: string): Promise<unknown>;
  prepare(sql: string): Promise<Statement>;
  createAppender(table: string): Promise<{ appendDataChunk(chunk: Chunk): void; closeSync(): void }>;
}
interface Statement {
  run(): Promise<{ getRowsJS(): Promise<(number | bigint)[][]> }>;
}

/** A way to say it in SQL: statements whose rows are question, cell, answer (its place in `BYTES`) and persons. */
export interface Formulation {
  name: string;
  /** Whether it needs a setting that DuckDB does not come with. */
  tuned: boolean;
  count: () => Promise<Awaited<ReturnType<Statement['run']>>[]>;
}

export interface DuckdbCounting {
  formulations: Formulation[];
  read: (results: Awaited<ReturnType<Formulation['count']>>) => Promise<Counts>;
}

/** Loads the responses into tables of DuckDB's own, in the order of cells as Heard's columns are. */
export async function duckdb(responses: readonly CountedResponse[], questions: number): Promise<DuckdbCounting> {
  const module = await loaded();
  const instance = await module.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const names = Array.from({ length: questions }, (_, question) => `q${question}`);
  await connection.run(`create table arrived (cell utinyint, ${names.map((name) => `${name} utinyint`).join()})`);
  await append(module, connection, responses, questions);
  await connection.run('create table wide as from arrived order by cell');
  await connection.run('drop table arrived');
  const answers = names.map(
    (name, question) => `select ${question}::utinyint question, cell, ${name} answer from wide`,
  );
  await connection.run(`create table long as ${answers.join(' union all ')}`);
  return {
    formulations: await formulationsOf(() => instance.connect(), names),
    read: async (results) => {
      const counts = noCounts(questions);
      for (const result of results) {
        for (const row of await result.getRowsJS()) {
          const [question, cell, place, persons] = row.map(Number) as [number, number, number, number];
          add(counts, question, cell, place, persons);
        }
      }
      return counts;
    },
  };
}

async function formulationsOf(connect: () => Promise<Connection>, names: readonly string[]): Promise<Formulation[]> {
  const groups = names.map(
    (name, question) => `select ${question}::utinyint, cell, ${name}, count(*) from wide group by cell, ${name}`,
  );
  const long = 'select question, cell, answer, count(*) from long group by all';
  const numbers = names.map((_, question) => `${question}::utinyint`);
  const unnested = `select unnest([${numbers.join()}]) question, cell, unnest([${names.join()}]) answer from wide`;
  const unnestedGroups = `select question, cell, answer, count(*) from (${unnested}) group by all`;
  const ways: [name: string, statements: string[]][] = [
    ['one GROUP BY a question, in one statement', [groups.join(' union all ')]],
    ['one GROUP BY a question, each a statement', groups],
    ['a table with a row an answer', [long]],
    ['columns turned into rows', [unnestedGroups]],
  ];
  return Promise.all([
    ...ways.map(([name, statements]) => formulation(connect, name, statements, AS_IT_COMES)),
    ...ways.map(([name, statements]) => formulation(connect, name, statements, TUNED)),
  ]);
}

/** How many bits of keys DuckDB counts in an array instead of a hash table (`perfect_ht_threshold`). */
const AS_IT_COMES = 12;
/** Enough for question × cell × answer, for somebody who knows of the setting. */
const TUNED = 20;

async function formulation(
  connect: () => Promise<Connection>,
  name: string,
  statements: readonly string[],
  arrayBits: number,
): Promise<Formulation> {
  const connection = await connect();
  await connection.run(`set perfect_ht_threshold = ${arrayBits}`);
  const prepared = await Promise.all(statements.map((sql) => connection.prepare(sql)));
  const tuned = arrayBits === TUNED;
  return {
    name: tuned ? `${name}, counted in an array` : name,
    tuned,
    count: async () => {
      const results = [];
      for (const statement of prepared) results.push(await statement.run());
      return results;
    },
  };
}

/** Rows that DuckDB takes at once. */
const CHUNK = 2048;

async function append(
  { DuckDBDataChunk, UTINYINT }: Duckdb,
  connection: Connection,
  responses: readonly CountedResponse[],
  questions: number,
): Promise<void> {
  const placeOf = new Map(BYTES.map((byte, place) => [byte, place]));
  const appender = await connection.createAppender('arrived');
  const types = Array<unknown>(questions + 1).fill(UTINYINT);
  for (let from = 0; from < responses.length; from += CHUNK) {
    const rows = responses.slice(from, from + CHUNK);
    const chunk = DuckDBDataChunk.create(types, rows.length);
    const cells = rows.map(({ cell }) => cell);
    chunk.setColumnValues(0, cells);
    for (let question = 0; question < questions; question += 1) {
      const places = rows.map(({ answers }) => placeOf.get(answers[question]!)!);
      chunk.setColumnValues(question + 1, places);
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function loaded(): Promise<Duckdb> {
  if (!existsSync(`${BENCH}/node_modules/${PACKAGE}`)) install();
  return (await import(PACKAGE)) as Duckdb;
}

function install(): void {
  console.error(`${PACKAGE} is not there yet: installing it in bench/node_modules.`);
  const { status } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: BENCH,
    // What npm says goes where other messages go: standard output is for figures.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`Installing ${PACKAGE} failed: run "npm install" in bench/ and read what it says.`);
  }
}
