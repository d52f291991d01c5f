import { join } from 'node:path';
import { readSurveyFolders } from '../../storage/survey-folders.ts';
import { backUp } from '../../storage/backups.ts';
import { openSecrets } from '../../storage/secrets.ts';
import { demand, the } from '../loop/trouble.ts';
import { startArguments, startServer, type RunningServer } from '../server-process.ts';
import { closeWave, openAdministration, printSheets, printSlips, type Administration } from '../simulate/fieldwork.ts';
import type { DealtSlip } from '../simulate/slips.ts';
import { seededRandom, type Random } from '../../core/seeded-random.ts';
import { examineWave, type Truth } from './examine.ts';
import type { Row } from './links.ts';
import { plantOne, type Planted, type Planting } from './plant.ts';
import { findNeedles, type Found, type Needle } from './search.ts';
import { ANSWER_TABLES, haystacksOf, StolenDatabase, timesIn } from './stored.ts';

export interface PrivacyFigures {
  /** Codes, addresses, agents, texts, times, drafts and former ids that must not be found. */
  planted: number;
  pupils: number;
  bytesSearched: number;
  personalDataFound: number;
  linksFound: number;
  /** Of the wave's responses, the fewest that share all columns of their group. */
  smallestGroup: number;
}

export interface PrivacyOutcome {
  figures: PrivacyFigures;
  /** What was found, in words. */
  found: string[];
}

/** Schools of the pupils' wave that answer; enough that bands hold groups of every size. */
const SCHOOLS = 12;
const ANSWER_AT_SCHOOL = 26;

/** Plants, searches while the waves are open, closes them, and searches again. */
export async function runPrivacy(folder: string, seed: string, say: (words: string) => void): Promise<PrivacyOutcome> {
  const url = join(folder, 'heard.sqlite');
  const secretsFolder = join(folder, 'secrets');
  const environment = { PORT: '0', DATABASE_URL: url, HEARD_SECRETS: secretsFolder, HEARD_DEMONSTRATION: 'yes' };
  const server = await startServer(startArguments(), { ...environment, HEARD_LOG: 'info', HEARD_TRUST_PROXY: '1' });
  try {
    const began = Date.now();
    const random = seededRandom(`${seed}/privacy`);
    const database = new StolenDatabase(url);
    const pupils = await openAdministration(`http://127.0.0.1:${server.port}`);
    const place = await openAdministration(`http://127.0.0.1:${server.port}`, /^Our place/);
    const waves = { pupils: idOf(pupils), place: idOf(place) };
    const truths = await plantSenders(server, pupils, database, seed, random);
    await printSheets(pupils);
    const others = await plantOthers(server, { pupils, place }, seed, random);
    const planted = [...truths.map((truth) => truth.planted), ...others];
    say(`${planted.length} planted, ${truths.length} of them sent`);
    const needles = needlesOf(planted);
    const former = formerRows(database, Object.values(waves));
    const open = search(needles, [url, `${url}-wal`, server.log, takeBackup(url, join(folder, 'open.sqlite'))]);
    // Both waves are closed; whatever was not sent is gone from then on, also sealed.
    await closeWave(pupils);
    await closeWave(place);
    pupils.close();
    place.close();
    const times = ANSWER_TABLES.flatMap((table) =>
      Object.values(waves).flatMap((wave) => timesIn(database.rows(table, wave), began, Date.now())),
    );
    const backup = takeBackup(url, join(folder, 'closed.sqlite'));
    await server.stop();
    database.close();
    const all = [...needles, ...former];
    const closed = search(all, [url, `${url}-wal`, `${url}-shm`, server.log, backup]);
    const stolen = new StolenDatabase(url);
    const examined = examineWave(stolen, waves.pupils, truths, openSecrets(secretsFolder));
    stolen.close();
    const found = [...open.found, ...closed.found].map(
      ({ what, where, form }) => `a planted ${what} stands in ${where} (${form})`,
    );
    return {
      figures: {
        planted: all.length + truths.length,
        pupils: planted.length,
        bytesSearched: open.bytes + closed.bytes,
        personalDataFound: found.length + times.length,
        linksFound: examined.links.length,
        smallestGroup: examined.smallestGroup,
      },
      found: [...found, ...times.map((name) => `a time stands in ${name}`), ...examined.links],
    };
  } finally {
    await server.stop();
  }
}

function idOf({ wave }: Administration): string {
  return wave.split('/').at(-1)!;
}

/**
 * Lets pupils send one after the other, and looks after each what was added: so each one's answers are known.
 */
async function plantSenders(
  server: RunningServer,
  administration: Administration,
  database: StolenDatabase,
  seed: string,
  random: Random,
): Promise<Truth[]> {
  const wave = idOf(administration);
  const slips = await printSlips(administration, SCHOOLS);
  const bySchool = [...Map.groupBy(slips, ({ school }) => school).values()];
  const dealt = random.shuffled(bySchool.flatMap((own) => random.shuffled(own).slice(0, ANSWER_AT_SCHOOL)));
  const truths: Truth[] = [];
  const known = {
    responses: idsOf(database.rows('responses', wave)),
    unlinked_records: idsOf(database.rows('unlinked_records', wave)),
  };
  for (const [number, slip] of dealt.entries()) {
    const planting = { port: server.port, definition: definitionFor(slip), slip, seed, number };
    const planted = await plantOne({ ...planting, wish: 'send', writes: false });
    const [response, ...more] = added(database, 'responses', wave, known.responses);
    demand(response !== undefined && more.length === 0, 'one new response after each sending', more.length + 1);
    const unlinked = added(database, 'unlinked_records', wave, known.unlinked_records);
    const answers = the(response, 'a response')['answers'] as Uint8Array;
    truths.push({ planted, answers, unlinked: unlinked.map((row) => row['answers'] as Uint8Array) });
  }
  return truths;
}

function idsOf(rows: readonly Row[]): Set<unknown> {
  return new Set(rows.map(({ id }) => id));
}

function added(
  database: StolenDatabase,
  table: 'responses' | 'unlinked_records',
  wave: string,
  known: Set<unknown>,
): Row[] {
  const rows = database.rows(table, wave).filter(({ id }) => !known.has(id));
  for (const { id } of rows) known.add(id);
  return rows;
}

/** Who writes something and has it thrown away, by stopping or at the close, and who leaves ticks lying. */
async function plantOthers(
  { port }: RunningServer,
  { pupils, place }: Record<'pupils' | 'place', Administration>,
  seed: string,
  random: Random,
): Promise<Planted[]> {
  const writers = random.shuffled(await printSlips(place)).slice(0, 40);
  const planted: Planted[] = [];
  const plant = async (slip: DealtSlip, definition: Planting['definition'], writes: boolean) => {
    const number = 5000 + planted.length;
    const wish = number % 2 === 0 ? 'stop' : 'leave';
    planted.push(await plantOne({ port, definition, slip, wish, writes, seed, number }));
  };
  for (const slip of writers) await plant(slip, definitionOf('place'), true);
  // A sheet made anew: these codes are of pupils who have not begun.
  const slips = random.shuffled(await printSlips(pupils, 1)).slice(0, 10);
  for (const slip of slips) await plant(slip, definitionFor(slip), false);
  return planted;
}

const SURVEYS = readSurveyFolders().map(({ definition }) => definition);

function definitionFor({ stage }: DealtSlip) {
  const fits = SURVEYS.find(
    ({ family, easyRead, stages }) => family === 'pupils' && !easyRead && (stages as readonly string[]).includes(stage),
  );
  return the(fits, `a shipped survey for ${stage}`);
}

function definitionOf(id: string) {
  return the(
    SURVEYS.find((definition) => definition.id === id),
    `the shipped survey ${id}`,
  );
}

/** What must stand nowhere from the first moment on. */
function needlesOf(planted: readonly Planted[]): Needle[] {
  return planted.flatMap(({ code, address, agent, text }): Needle[] => [
    { what: 'code', value: code },
    { what: 'code', value: code.replace('-', '') },
    { what: 'address', value: address },
    { what: 'agent', value: agent },
    ...(text === '' ? [] : [{ what: 'text', value: text } as const]),
  ]);
}

/** What must stand nowhere once a wave is closed: ids that rows had before, and drafts, sealed as they are. */
function formerRows(database: StolenDatabase, waves: readonly string[]): Needle[] {
  return waves.flatMap((wave) => [
    ...database.rows('responses', wave).map(({ id }): Needle => ({ what: 'former id', value: id as string })),
    ...database.rows('unlinked_records', wave).map(({ id }): Needle => ({ what: 'former id', value: id as string })),
    ...database
      .rows('drafts', wave)
      .map(({ body }): Needle => ({ what: 'draft', value: (body as Uint8Array).slice(0, 64) })),
  ]);
}

function takeBackup(url: string, target: string): string {
  backUp(url, target);
  return target;
}

function search(needles: readonly Needle[], paths: readonly string[]): { found: Found[]; bytes: number } {
  const haystacks = haystacksOf(paths);
  return { found: findNeedles(needles, haystacks), bytes: haystacks.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}
