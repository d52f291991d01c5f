import { readFileSync } from 'node:fs';
import { smallestGroup } from '../../core/fieldwork/smallest-group.ts';
import type { Secrets } from '../../storage/secrets.ts';
import { hangsTogether, linksByValue, sharedNeighbours, smallestMatch, type Pair, type Row } from './links.ts';
import type { Planted } from './plant.ts';
import { hashOfAttempt, positionsOf, type StolenDatabase } from './stored.ts';

/* Every way in which a code or an attempt might be joined to a response once its wave is closed. */

/** What belongs to one planted person, known because they were let in one after the other. */
export interface Truth {
  planted: Planted;
  /** The bytes of their answers, and those of each of their unlinked records: they stay when ids change. */
  answers: Uint8Array;
  unlinked: Uint8Array[];
}

export interface Examined {
  /** One for each person or order that gives something away. */
  links: string[];
  smallestGroup: number;
}

/** What everybody of a school and band has in common is no link; these are the columns that both sides could share. */
const GROUP_COLUMNS = ['school_id', 'stage', 'class', 'sex', 'quintile', 'asn', 'locality_id', 'band_id', 'language'];
const RESPONSE_GROUP = ['version_id', 'school_id', 'band_id', 'sex', 'quintile', 'asn', 'language'];
/** Of an unlinked record: see docs/decisions/0018. */
const LEAST_FOR_UNLINKED = 10;
/** Neighbours in two shuffled orders share one pair on average (Poisson): eight happen once in 100,000 times. */
const NEIGHBOURS = 8;

export function examineWave(
  database: StolenDatabase,
  waveId: string,
  truths: readonly Truth[],
  secrets: Secrets,
): Examined {
  const [codes, attempts, responses, unlinked] = (['codes', 'attempts', 'responses', 'unlinked_records'] as const).map(
    (table) => database.rows(table, waveId),
  ) as [Row[], Row[], Row[], Row[]];
  const persons = truths.map(({ planted, answers }) => ({
    code: find(codes, 'hmac', secrets.hashCode(planted.code.replace('-', ''))),
    attempt: find(attempts, 'token_hash', hashOfAttempt(planted.attempt)),
    response: findBytes(responses, answers),
    sentAt: planted.sentAt!,
  }));
  const groupOf = (response: Row) =>
    responses.filter(
      (other) => other['school_id'] === response['school_id'] && other['band_id'] === response['band_id'],
    ).length;
  const tooFew = persons.filter(
    ({ code, response }) => smallestMatch(code, responses, GROUP_COLUMNS) < groupOf(response),
  );
  const pairs = (name: 'code' | 'attempt'): Pair[] =>
    persons.map((person) => ({ one: person[name], other: person.response }));
  return {
    links: [
      ...Array.from({ length: linksByValue(pairs('code')) }, () => 'a value of a code stands in its response'),
      ...Array.from({ length: linksByValue(pairs('attempt')) }, () => 'a value of an attempt stands in its response'),
      ...tooFew.map(() => 'a code’s columns leave fewer responses than its school and band sent'),
      ...ordersThatTell(database.url, { codes, attempts, responses }, persons),
      ...unlinkedLinks(unlinked, responses, truths),
    ],
    smallestGroup: smallestGroup(responses.map(groupColumnsOf)).size ?? 0,
  };
}

function groupColumnsOf(response: Row): Record<string, string | number | null> {
  return Object.fromEntries(RESPONSE_GROUP.map((column) => [column, response[column] as string | number | null]));
}

interface Person {
  code: Row;
  attempt: Row;
  response: Row;
  sentAt: number;
}

/** Orders of rows, of bytes in the file and of sending, each against that of the responses. */
function ordersThatTell(
  url: string,
  { codes, attempts, responses }: Record<'codes' | 'attempts' | 'responses', Row[]>,
  persons: readonly Person[],
): string[] {
  const file = readFileSync(url);
  const bytesAt = (rows: readonly Row[], name: string) =>
    positionsOf(
      rows.map((row) => row[name] as string),
      file,
    );
  const ofResponses = {
    'the order of responses': persons.map(({ response }) => responses.indexOf(response)),
    'where responses lie in the file': bytesAt(
      persons.map(({ response }) => response),
      'answers',
    ),
  };
  const ofOthers = {
    'the order of codes': persons.map(({ code }) => codes.indexOf(code)),
    'the order of attempts': persons.map(({ attempt }) => attempts.indexOf(attempt)),
    'where codes lie in the file': bytesAt(
      persons.map(({ code }) => code),
      'hmac',
    ),
    'where attempts lie in the file': bytesAt(
      persons.map(({ attempt }) => attempt),
      'token_hash',
    ),
    'the order of sending': persons.map(({ sentAt }) => sentAt),
  };
  return Object.entries(ofResponses).flatMap(([one, places]) =>
    Object.entries(ofOthers).flatMap(([other, others]) =>
      hangsTogether(places, others) || sharedNeighbours(places, others) > NEIGHBOURS ? [`${other} tells ${one}`] : [],
    ),
  );
}

/** Whether a record of an unlinked section points at fewer than ten responses, by its columns or by its order. */
function unlinkedLinks(records: readonly Row[], responses: readonly Row[], truths: readonly Truth[]): string[] {
  const few = records.filter(
    (record) => smallestMatch(record, responses, ['band_id', 'sex', 'quintile']) < LEAST_FOR_UNLINKED,
  );
  const known = truths.flatMap(({ answers, unlinked }) =>
    unlinked.flatMap((bytes) => {
      // Records that coarsening took away, and such as several persons share, say nothing of anybody.
      const own = records.filter((record) => equal(record['answers'], bytes));
      return own.length === 1
        ? [{ record: records.indexOf(own[0]!), response: responses.indexOf(findBytes(responses, answers)) }]
        : [];
    }),
  );
  const told =
    known.length > 30 &&
    hangsTogether(
      known.map(({ record }) => record),
      known.map(({ response }) => response),
    );
  return [
    ...few.map(() => 'an unlinked record points at fewer than ten responses'),
    ...(told ? ['the order of unlinked records tells that of responses'] : []),
  ];
}

const equal = (value: unknown, bytes: Uint8Array) => value instanceof Uint8Array && Buffer.from(value).equals(bytes);

function findBytes(rows: readonly Row[], answers: Uint8Array): Row {
  const found = rows.filter((row) => equal(row['answers'], answers));
  if (found.length !== 1) throw new Error(`Expected one response with these answers, found ${found.length}.`);
  return found[0]!;
}

function find(rows: readonly Row[], column: string, value: string): Row {
  const row = rows.find((candidate) => candidate[column] === value);
  if (!row) throw new Error(`Expected a row with the ${column} of somebody who was planted, found none.`);
  return row;
}
