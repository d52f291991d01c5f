import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServices } from '../../server/commands/services.ts';
import { closeWave, resumeClosings } from '../../server/fieldwork/close-wave.ts';
import { readSettings } from '../../server/settings.ts';
import { createClosings, type ClosingWave } from '../../server/storage/closings.ts';
import { keepAnswers } from '../../server/storage/draft-body.ts';
import { createDrafts } from '../../server/storage/drafts.ts';
import type { HeldDraft } from '../../server/storage/held-drafts.ts';
import { createSendings } from '../../server/storage/sendings.ts';
import type { Tables } from '../../server/storage/tables.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import { createWaves, type Wave } from '../../server/storage/waves.ts';
import type { Services } from '../../server/web/services.ts';
import { rowsOf, storeCodes, storeOpenWave, storePlaces, storeSurveys } from '../support/stored-wave.ts';

/* Closes on a database in a file, as a server has it: cut off at every step, and looked at byte by byte. */

const SENT = 4;
let folder: string;
let services: Services;
let versions: SurveyVersion[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heard-close-'));
  services = await openServices(
    readSettings({
      DATABASE_URL: join(folder, 'data', 'heard.sqlite'),
      HEARD_SECRETS: join(folder, 'secrets'),
      HEARD_LOG: 'silent',
    }),
  );
  await storePlaces(services.database);
  versions = await storeSurveys(services.database);
});
afterAll(async () => {
  await services.database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Bytes of the database as a thief of the disk finds them, write-ahead log included. */
function bytesOnDisk(): Buffer {
  const file = services.settings.databaseUrl;
  const parts = [file, `${file}-wal`].filter((path) => existsSync(path));
  return Buffer.concat(parts.map((path) => readFileSync(path)));
}

interface BusyWave {
  wave: Wave;
  codes: string[];
  tokens: string[];
}

/** An open wave: some sent, one keeps, one throws away, one has not chosen, one has never come. */
async function busyWave(): Promise<BusyWave> {
  const { database, secrets } = services;
  const { wave, primary } = await storeOpenWave(database, secrets, versions);
  const codes = await storeCodes(database, wave.id, SENT + 4);
  const drafts = createDrafts(database, secrets);
  const tokens: string[] = [];
  const begin = async (index: number): Promise<HeldDraft> => {
    const token = await drafts.carryOn((await drafts.findCode(codes[index]!))!, primary.id);
    tokens.push(token);
    const session = drafts.hold(token);
    if (typeof session === 'string') throw new Error(`A new session is ${session}: expected its draft.`);
    return session.draft;
  };
  const say = ({ codeHmac, session }: HeldDraft, itemId: string, value: string) => {
    const given = { answers: { [itemId]: { state: 'answered', value } as const }, session };
    return drafts.save({ codeHmac, waveId: wave.id, language: 'en', given });
  };
  for (let index = 0; index < SENT; index += 1) {
    const draft = await begin(index);
    const body = (await say(draft, 'feel-safe', ['always', 'mostly', 'sometimes', 'never'][index]!))!;
    const kept = keepAnswers(primary, wave.bands, wave.way, { stage: 'P6', body, sent: true });
    await createSendings(database, secrets).finish(() => ({
      codeHmac: draft.codeHmac,
      attempt: body.attempt,
      ending: 'sent',
      supporter: false,
      kept,
    }));
  }
  for (const [index, timeRunsOut] of [
    [SENT, 'keep'],
    [SENT + 1, 'throw-away'],
  ] as const) {
    const draft = await begin(index);
    await say(draft, 'sleep', 'badly');
    await drafts.save({ codeHmac: draft.codeHmac, waveId: wave.id, language: 'ar', settings: { timeRunsOut } });
  }
  // Pages ask for the choice before the first answer; without one an answer is not kept.
  await say(await begin(SENT + 2), 'sleep', 'badly');
  return { wave, codes, tokens };
}

/** What a close leaves behind, without what chance decides. */
async function outcomeOf({ wave }: BusyWave) {
  const of = <Table extends keyof Tables>(table: Table) => rowsOf(services.database, table, wave.id);
  const plain = (rows: object[]) => rows.map((row) => JSON.stringify({ ...row, wave_id: '' })).toSorted();
  return {
    state: (await createWaves(services.database).find(wave.id))?.state,
    secret: services.secrets.hasWaveSecret(wave.id),
    drafts: await of('drafts'),
    notes: await of('draft_changes'),
    sessions: await of('respondent_sessions'),
    codes: plain((await of('codes')).map(({ hmac: _, ...row }) => row)),
    attempts: (await of('attempts')).length,
    counters: plain(await of('fieldwork_counters')),
    responses: plain((await of('responses')).map(({ id: _, answers, ...row }) => ({ ...row, answers: [...answers] }))),
  };
}

const STEPS = ['begin', 'settle', 'coarsen', 'rewrite', 'forget', 'truncate', 'destroy'] as const;

function closingOf(wave: Wave): ClosingWave {
  return {
    id: wave.id,
    bands: wave.bands,
    way: wave.way,
    versions: new Map(versions.map((version) => [version.id, version])),
  };
}

/** Runs the steps of a close up to one of them, without the last one, which says that it is done. */
async function closeUntil(
  busy: BusyWave,
  last: (typeof STEPS)[number],
  random = Math.random,
  first: (typeof STEPS)[number] = 'begin',
): Promise<void> {
  const { database, secrets } = services;
  const { id } = busy.wave;
  const closings = createClosings(database, secrets, random);
  const steps: Record<(typeof STEPS)[number], () => unknown> = {
    begin: () => closings.begin(id, null, '2026-06-30T09:00:00.000Z'),
    settle: () => closings.settleDrafts(closingOf(busy.wave)),
    coarsen: () => closings.coarsen(closingOf(busy.wave)),
    rewrite: () => closings.rewrite(id),
    forget: () => closings.forgetClasses(id),
    truncate: () => database.truncateLog(),
    destroy: () => secrets.destroyWaveSecret(id),
  };
  for (const step of STEPS.slice(STEPS.indexOf(first), STEPS.indexOf(last) + 1)) await steps[step]();
}

let whole: Awaited<ReturnType<typeof outcomeOf>>;

describe('a close that runs through', () => {
  it('leaves the answers that were sent or kept, and no tie', async () => {
    const busy = await busyWave();
    expect(await closeWave(services, busy.wave, 'somebody')).toBe('closed');
    whole = await outcomeOf(busy);
    expect(whole).toMatchObject({
      state: 'closed',
      secret: false,
      drafts: [],
      notes: [],
      sessions: [],
      attempts: SENT + 3,
    });
    expect(whole.responses).toHaveLength(SENT + 1);
    expect(whole.counters).toHaveLength(1);
    expect(JSON.parse(whole.counters[0]!)).toMatchObject({
      class: '',
      started: SENT + 3,
      sent: SENT,
      broken_off: 2,
      broken_off_kept: 1,
    });
    expect(await closeWave(services, busy.wave, 'somebody else')).toBe('done-already');
  });
});

describe('a close that was cut off goes on where it was, with the same outcome', () => {
  it.each(STEPS)('after the step "%s"', async (step) => {
    const busy = await busyWave();
    await closeUntil(busy, step);
    expect((await createWaves(services.database).find(busy.wave.id))?.state).toBe('closing');
    await resumeClosings(services);
    expect(await outcomeOf(busy)).toEqual(whole);
  });

  it.each([1, 3, 8, 12, 18, 20])('in the middle of a step, at the %ith throw of the dice', async (throwsAt) => {
    const busy = await busyWave();
    let thrown = 0;
    const random = () => {
      thrown += 1;
      if (thrown === throwsAt) throw new Error('The power went out.');
      return Math.random();
    };
    await expect(closeUntil(busy, 'forget', random)).rejects.toThrow('The power went out.');
    await resumeClosings(services);
    expect(await outcomeOf(busy)).toEqual(whole);
  });

  it('twice in a row, and a third time does nothing', async () => {
    const busy = await busyWave();
    await closeUntil(busy, 'settle');
    await closeUntil(busy, 'rewrite');
    await resumeClosings(services);
    const first = await outcomeOf(busy);
    await resumeClosings(services);
    expect(await outcomeOf(busy)).toEqual(first);
    expect(first).toEqual(whole);
  });

  it('and leaves open waves open', async () => {
    const open = await busyWave();
    await resumeClosings(services);
    expect(await outcomeOf(open)).toMatchObject({ state: 'open', secret: true });
  });
});

describe('a code that is typed in the moment in which its wave begins to close', () => {
  it('begins nothing that the close would then miss', async () => {
    const busy = await busyWave();
    const drafts = createDrafts(services.database, services.secrets);
    const late = (await drafts.findCode(busy.codes.at(-1)!))!;
    await closeUntil(busy, 'settle');
    // Found while the wave was open, carried on when its close had begun.
    await drafts.carryOn(late, versions[0]!.id).catch(() => undefined);
    await closeUntil(busy, 'destroy', Math.random, 'coarsen');
    expect(await outcomeOf(busy)).toEqual({ ...whole, state: 'closing' });
    await resumeClosings(services);
  });
});

describe('on the disk', () => {
  it('an unfinished answer is never readable, neither in the file nor in the log', async () => {
    const { wave, codes } = await busyWave();
    const drafts = createDrafts(services.database, services.secrets);
    const given = {
      answers: { 'a-quokka': { state: 'answered', value: 'wombat-wombat' } as const },
      session: 'one',
    };
    const saved = await drafts.save({ codeHmac: codes[SENT]!, waveId: wave.id, language: 'en', given });
    for (const checkpoint of [false, true]) {
      if (checkpoint) services.database.truncateLog();
      const bytes = bytesOnDisk();
      // The code's hash is readable, so this is where the draft lies.
      expect(bytes.includes(codes[SENT]!)).toBe(true);
      for (const secret of ['a-quokka', 'wombat', 'timeRunsOut', saved!.attempt]) {
        expect(bytes.includes(secret), secret).toBe(false);
      }
    }
  });

  it('the log is empty once it is told to be', async () => {
    await busyWave();
    const log = `${services.settings.databaseUrl}-wal`;
    expect(statSync(log).size).toBeGreaterThan(0);
    services.database.truncateLog();
    expect(statSync(log).size).toBe(0);
  });

  it('nothing is left of drafts, sessions and old response ids after the close, not even in freed pages', async () => {
    const busy = await busyWave();
    const { query } = services.database;
    const old = await query.selectFrom('responses').select('id').where('wave_id', '=', busy.wave.id).execute();
    const drafts = await query.selectFrom('drafts').select('body').where('wave_id', '=', busy.wave.id).execute();
    const sessions = await query
      .selectFrom('respondent_sessions')
      .select('token_hash')
      .where('wave_id', '=', busy.wave.id)
      .execute();
    const gone = [
      ...old.map((row) => Buffer.from(row.id)),
      ...sessions.map((row) => Buffer.from(row.token_hash)),
      ...drafts.map((row) => Buffer.from(row.body)),
    ];
    // Whoever sent has no session any more.
    expect(gone).toHaveLength(SENT + 3 + 3);
    const before = bytesOnDisk();
    expect(gone.map((trace) => before.includes(trace))).toEqual(gone.map(() => true));
    await closeWave(services, busy.wave, 'somebody');
    const after = bytesOnDisk();
    expect(gone.map((trace) => after.includes(trace))).toEqual(gone.map(() => false));
    expect(existsSync(join(services.settings.secretsFolder, `wave-${busy.wave.id}`))).toBe(false);
  });

  it('secrets can be read by their owner only and lie apart from the database', async () => {
    const { wave } = await busyWave();
    for (const name of ['code-key', `wave-${wave.id}`]) {
      expect(statSync(join(services.settings.secretsFolder, name)).mode & 0o777).toBe(0o600);
    }
  });
});
