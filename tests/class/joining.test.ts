import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrafts } from '../../server/storage/drafts.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { Device, join, sheetsOn, teacherOf, type Sheet } from '../support/teacher.ts';

let house: FieldworkHouse;
let wave: string;
let sheets: Map<string, Sheet>;

/** Two rows of the roll make a composite class of P5 and P6 at Hillview. */
beforeAll(async () => {
  house = await openFieldwork();
  const { query } = house.services.database;
  await query
    .updateTable('roll_counts')
    .set({ class: 'P5/6' })
    .where('school_id', '=', 'hillview')
    .where('stage', 'in', ['P5', 'P6'])
    .execute();
  await query
    .updateTable('roll_counts')
    .set({ class: null })
    .where('school_id', '=', 'hillview')
    .where('stage', '=', 'P7')
    .execute();
  wave = await house.openWave();
  sheets = new Map();
  for (const school of ['burnside', 'hillview', 'lochend']) {
    const address = `${wave.replace('/fieldwork', '/class')}/schools/${school}/sheets`;
    for (const sheet of sheetsOn((await house.post('administrator', address, {})).body)) sheets.set(sheet.class, sheet);
  }
});
afterAll(() => house.close());

const teacher = (name: string) => teacherOf(house, sheets.get(name)!);
const device = () => new Device(house);
const figure = (page: string, name: string) => Number(new RegExp(`data-number="${name}">([^<]*)<`).exec(page)?.[1]);
/** Those of a class who are done: nobody is shown so much. */
const finishedIn = async (className: string) =>
  (await house.services.database.query.selectFrom('fieldwork_counters').selectAll().execute())
    .filter((row) => row.class === className)
    .reduce((sum, row) => sum + row.declined + row.sent + row.broken_off + row.broken_off_kept, 0);

/** Opens joining. @returns the teacher's device and the code on the board */
async function opened(name: string): Promise<{ board: Device; code: string }> {
  const board = await teacher(name);
  await board.post('/class/openings');
  return { board, code: board.found(/data-join-code="([^"]+)"/) };
}

const codesOf = async (className: string | null, state: string) =>
  (await house.services.database.query.selectFrom('codes').selectAll().where('state', '=', 'unspent').execute()).filter(
    (code) => code.class === className && code.state === state,
  );

describe('a class that is held open', () => {
  it('deals each device an ordinary code of its own, shown once', async () => {
    const { board, code } = await opened('S1A');
    expect(code).toMatch(/^[A-Z0-9]{3} [A-Z0-9]{3}$/);
    const pupil = await join(device(), code);
    expect(pupil.url).toBe('/respond/new-code');
    const own = pupil.found(/<b>([A-Z0-9]{4}-[A-Z0-9]{4})<\/b>/);
    expect(own).not.toBe('');
    expect((await pupil.go('/respond/new-code')).page).not.toContain(own);
    expect(pupil.url).toBe('/respond/assent');
    // "To resume": the same code carries on, on another device.
    const resumed = await new Pupil(house).post('/respond/sessions', { code: own });
    expect(resumed.url).toBe('/respond/assent');
    await board.go('/class');
    expect([figure(board.page, 'started'), await finishedIn('S1A')]).toEqual([1, 0]);
  });

  it('takes the code in any field and any way of writing it', async () => {
    const { code } = await opened('S2A');
    const typed = await device().post('/class/join', { code: code.toLowerCase().replace(' ', '-') });
    expect(typed.page).toContain('Join now');
    const onFront = await device().post('/respond/sessions', { code });
    expect(onFront.page).toContain('Join now');
    expect((await device().go('/join')).page).toContain('Code from the board');
    expect((await device().go('/')).page).toContain('href="/class/join"');
  });

  it('puts the new code in place of an unspent one of the same class and stage, whichever', async () => {
    await house.codes(wave, 'burnside');
    const { code } = await opened('P5A');
    const before = await codesOf('P5A', 'unspent');
    const others = await codesOf('P6A', 'unspent');
    const slip = before.length;
    await join(device(), code);
    await join(device(), code);
    const after = await codesOf('P5A', 'unspent');
    expect(after).toHaveLength(slip - 2);
    expect(before).toEqual(expect.arrayContaining(after));
    expect(await codesOf('P6A', 'unspent')).toEqual(others);
    const { query } = house.services.database;
    const joined = await query
      .selectFrom('codes')
      .selectAll()
      .where('state', '=', 'started')
      .where('class', '=', 'P5A')
      .execute();
    expect(joined.map(({ stage, sex, quintile, asn }) => ({ stage, sex, quintile, asn }))).toEqual(
      Array.from({ length: 2 }, () => ({ stage: 'P5', sex: null, quintile: null, asn: null })),
    );
  });

  it('asks the stage where the class has several, and only there', async () => {
    const { code } = await opened('P5/6');
    const pupil = device();
    await pupil.post('/class/join', { code });
    expect([...pupil.page.matchAll(/name="stage" id="[^"]+" value="([^"]+)"/g)].map((match) => match[1])).toEqual([
      'P5',
      'P6',
    ]);
    const fields = { code: pupil.hidden('code'), form: pupil.hidden('form'), asked: pupil.hidden('asked') };
    await pupil.post('/class/join', fields);
    expect(pupil.status).toBe(422);
    expect(pupil.page).toContain('Choose your stage.');
    await pupil.post('/class/join', { ...fields, stage: 'S4' });
    expect(pupil.status).toBe(422);
    await pupil.post('/class/join', { ...fields, stage: 'P6' });
    expect(pupil.url).toBe('/respond/new-code');
    await pupil.go('/respond/assent');
    expect(pupil.page).toContain('(P6)');
    const { code: other } = await opened('P7');
    expect((await device().post('/class/join', { code: other })).page).not.toContain('name="stage"');
  });

  it('gives one place to a button that is pressed twice', async () => {
    const { board, code } = await opened('S3A');
    const pupil = device();
    await pupil.post('/class/join', { code });
    const fields = { code: pupil.hidden('code'), form: pupil.hidden('form') };
    const same = { ...fields, begin: 'mine' };
    await Promise.all([
      device().post('/class/join', fields),
      device().post('/class/join', same),
      pupil.post('/class/join', fields),
    ]);
    // The cookie of the first reply may be there already when the second press is sent.
    await pupil.post('/class/join', fields);
    expect(pupil.url).toBe('/respond/new-code');
    await board.go('/class');
    expect(figure(board.page, 'started')).toBe(1);
  });

  it('goes on with the survey that is begun on the device, unless somebody says it is not theirs', async () => {
    const { board, code } = await opened('S4A');
    const shared = await join(device(), code);
    await join(shared, code);
    expect(shared.page).toContain('Somebody is in the middle of the survey on this device.');
    expect((await shared.go('/respond/next')).url).toBe('/respond/assent');
    await board.go('/class');
    expect(figure(board.page, 'started')).toBe(1);
    const form = await shared.go(`/class/join/${code}`);
    await shared.post('/class/join', { code, form: form.hidden('form'), begin: 'mine' });
    expect(shared.url).toBe('/respond/new-code');
    expect(figure((await board.go('/class')).page, 'started')).toBe(2);
  });

  it('hands a device to the next pupil after the thank-you', async () => {
    const { board, code } = await opened('P6A');
    const shared = await join(device(), code);
    await shared.go('/respond/assent');
    await shared.post('/respond/assent', { attempt: shared.hidden('attempt'), decision: 'no' });
    expect(shared.url).toMatch(/^\/respond\/finished/);
    await join(shared, code);
    expect(shared.url).toBe('/respond/new-code');
    await board.go('/class');
    expect([figure(board.page, 'started'), await finishedIn('P6A')]).toEqual([2, 1]);
  });

  it('offers somebody else their turn at the end, however it ended, and forgets who was here', async () => {
    const { code } = await opened('S1A');
    for (const decision of ['sent', 'declined'] as const) {
      const shared = await join(device(), code);
      const own = shared.found(/<b>([A-Z0-9]{4}-[A-Z0-9]{4})<\/b>/);
      await shared.go('/languages/ar?back=/respond/assent');
      const attempt = shared.hidden('attempt');
      const answering = shared.cookie;
      if (decision === 'sent') {
        await shared.post('/respond/assent', { attempt, decision: 'yes', timeRunsOut: 'keep' });
        await shared.post('/respond/picture-choice', { picture: 'none' });
        while (shared.url.startsWith('/respond/pages/'))
          await shared.post(shared.url, { version: shared.hidden('version'), move: 'skip' });
        await shared.post('/respond/sending', { attempt });
      } else await shared.post('/respond/assent', { attempt, decision: 'no' });
      expect(shared.url).toMatch(/^\/respond\/finished/);
      expect(shared.page).toContain('هل حان دور شخص آخر؟');
      expect(shared.cookie).not.toContain('heard-answering');
      // Puzzles later it is still there, and without a script: a link.
      await shared.go('/respond/quiet/9');
      expect(shared.page).toContain('href="/respond/turn"');
      await shared.go('/respond/turn');
      expect(shared.url).toBe(`/class/join/${code.replace(' ', '')}`);
      expect(shared.page).toContain('Join now');
      expect(shared.page).not.toContain(own);
      // Nothing is left of the one before, not even the language; and no way leads back, with the old cookie neither.
      expect(shared.cookie).toBe('');
      for (const url of ['/respond/pages/1', '/respond/check', '/respond/next', '/respond/new-code']) {
        expect((await shared.go(url)).status, url).toBe(403);
        const back = await house.app.inject({ url, headers: { cookie: answering } });
        expect(back.statusCode, url).toBe(403);
        expect(back.headers['cache-control']).toContain('no-store');
      }
      const next = await join(shared, code);
      expect(next.url).toBe('/respond/new-code');
      expect(next.page).not.toContain(own);
    }
  });

  it("offers the page of codes where a slip was typed, and nothing on a device of somebody's own", async () => {
    const [typed, followed] = await house.codes(wave, 'lochend');
    const slip = await device().post('/respond/sessions', { code: typed! });
    await slip.post('/respond/assent', { attempt: slip.hidden('attempt'), decision: 'no' });
    expect(slip.page).toContain('Is it somebody else&#39;s turn?');
    await slip.go('/respond/turn');
    expect([slip.url, slip.cookie]).toEqual(['/', '']);
    // A device that was a class's, and on which a link is followed then.
    const phone = await device().post('/respond/sessions', { code: followed!, device: 'own' });
    await phone.post('/respond/assent', { attempt: phone.hidden('attempt'), decision: 'no' });
    expect(phone.url).toMatch(/^\/respond\/finished/);
    expect(phone.page).not.toContain('somebody else');
  });

  it('has as many places as pupils are expected and spares were added, also when all press at once', async () => {
    const { board, code } = await opened('P7');
    const expected = figure(board.page, 'awaited');
    expect(expected).toBe(10);
    await board.post('/class/opt-outs', { 'opt-out-0': '2' });
    expect(figure((await board.go('/class')).page, 'awaited')).toBe(8);
    const pupils = await Promise.all(Array.from({ length: 11 }, () => join(device(), code)));
    const full = pupils.filter(({ status }) => status === 409);
    expect(full).toHaveLength(3);
    expect(full[0]!.page).toContain('Ask the adult in the room.');
    await board.post('/class/places');
    expect((await join(full[0]!, code)).url).toBe('/respond/new-code');
    expect((await join(full[1]!, code)).status).toBe(409);
    expect(figure((await board.go('/class')).page, 'started')).toBe(9);
  });

  it('keeps its code when it is opened twice, gives extra time, and ends without stopping anybody', async () => {
    const { board, code } = await opened('S1A');
    await board.post('/class/openings');
    expect(board.found(/data-join-code="([^"]+)"/)).toBe(code);
    const until = board.found(/The code works until ([^.]+)\./);
    expect(until).toBe('12:00');
    await board.post('/class/openings/extra-time');
    expect(board.page).toContain('The code works until 12:15. That includes 15 minutes of extra time.');
    const pupil = await join(device(), code);
    await board.post('/class/openings/ending');
    expect(board.page).not.toContain(code);
    expect((await pupil.go('/respond/next')).url).toBe('/respond/assent');
    const late = await device().post('/class/join', { code });
    expect(late.status).toBe(422);
    expect(late.page).toContain('No class is open with this code.');
    expect((await opened('S1A')).code).not.toBe(code);
  });

  it('is held open for ninety extra minutes at most', async () => {
    const { board } = await opened('S2A');
    for (let press = 0; press < 8; press += 1) await board.post('/class/openings/extra-time');
    expect(board.page).toContain('The code works until 13:30. That includes 90 minutes of extra time.');
    expect(board.page).not.toContain('15 more minutes');
    await board.post('/class/openings/ending');
  });

  it('is closed by a new sheet, whoever opened it', async () => {
    const { code } = await opened('P7A');
    const address = `${wave.replace('/fieldwork', '/class')}/schools/burnside/sheets`;
    sheets.set('P7A', sheetsOn((await house.post('administrator', address, { class: 'P7A' })).body)[0]!);
    expect((await device().post('/class/join', { code })).status).toBe(422);
  });

  it('is over by itself after a double lesson, and can be opened again on another day', async () => {
    const { code } = await opened('S2A');
    house.clock.now = '2026-05-01T11:00:00.000Z';
    expect((await device().post('/class/join', { code })).status).toBe(422);
    house.clock.now = '2026-05-04T09:00:00.000Z';
    const again = await opened('S2A');
    expect(again.code).not.toBe(code);
    expect((await join(device(), again.code)).url).toBe('/respond/new-code');
    house.clock.now = '2026-05-01T09:00:00.000Z';
  });
});

describe('looking for open classes', () => {
  it('is hopeless, and thirty devices behind one address that mistype now and then are not stopped', async () => {
    const { code } = await opened('S3A');
    const stranger = new Device(house, { address: '10.7.7.7' });
    let tries = 0;
    for (; tries < 400; tries += 1) if ((await stranger.post('/class/join', { code: 'ACDEFG' })).status === 429) break;
    expect(tries).toBe(300);
    expect((await stranger.post('/class/join', { code })).status).toBe(429);
    for (let pupil = 0; pupil < 30; pupil += 1) {
      expect((await device().post('/class/join', { code: 'ACDEFG' })).status).toBe(422);
      expect((await device().post('/class/join', { code: 'O0' })).page).toContain('six letters and digits');
      expect((await device().post('/class/join', { code })).status).toBe(200);
    }
  });

  it('is no easier from the many addresses of one line, nor with many codes at once', async () => {
    const { code } = await opened('S3A');
    const at = (last: number) => new Device(house, { address: `2001:db8:1:2::${last.toString(16)}` });
    const guesses = Array.from({ length: 310 }, (_, last) => at(last).post('/class/join', { code: 'ACDEFG' }));
    const late = at(400).post('/class/join', { code });
    expect((await Promise.all(guesses)).filter(({ status }) => status === 422)).toHaveLength(300);
    expect((await late).status).toBe(429);
    const neighbour = new Device(house, { address: '2001:db8:1:3::1' });
    expect((await neighbour.post('/class/join', { code })).status).toBe(200);
  });

  it('costs nothing and tells nothing as long as an address is only asked for', async () => {
    const { code } = await opened('S3A');
    const victim = new Device(house, { address: '10.7.7.9' });
    const looked = async (typed: string) => {
      const { page, status } = await victim.go(`/class/join/${typed}`);
      return { status, page: page.replaceAll(/(?:value|href)="[^"]*"/g, '') };
    };
    const known = await looked(code.replace(' ', ''));
    for (let tries = 0; tries < 320; tries += 1) expect(await looked('ACDEFG')).toEqual(known);
    expect((await victim.post('/class/join', { code })).status).toBe(200);
  });

  it('shuts no class out: the long code is taken all the same, and no other one', async () => {
    const { board, code } = await opened('S3A');
    const long = board.found(/data-long-code="([^"]+)"/);
    expect(long).toMatch(/^[A-Z0-9]{3}( [A-Z0-9]{3}){3}$/);
    expect(long.startsWith(code)).toBe(true);
    const pupil = new Device(house, { address: '10.7.7.7' });
    expect((await pupil.post('/class/join', { code })).status).toBe(429);
    const wrong = `${long.slice(0, -1)}${long.endsWith('A') ? 'C' : 'A'}`;
    expect((await pupil.post('/class/join', { code: wrong })).status).toBe(429);
    expect((await device().post('/class/join', { code: wrong })).status).toBe(422);
    expect((await join(pupil, long)).url).toBe('/respond/new-code');
  });

  it('finds no code in the database', async () => {
    const { code } = await opened('S3A');
    const stored = JSON.stringify(
      await house.services.database.query.selectFrom('class_openings').selectAll().execute(),
    );
    expect(stored).not.toContain(code.replace(' ', ''));
  });
});

describe('a spare slip', () => {
  it('knows its class and stage and nothing else, is counted and shown once', async () => {
    const board = await teacher('P5/6');
    await board.post('/class/spares', { stage: 'P6' });
    const code = board.found(/data-code="([^"]+)"/);
    const { secrets } = house.services;
    const row = await house.services.database.query
      .selectFrom('codes')
      .selectAll()
      .where('hmac', '=', secrets.hashCode(code.replace('-', '')))
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      state: 'unspent',
      school_id: 'hillview',
      stage: 'P6',
      class: 'P5/6',
      sex: null,
      quintile: null,
    });
    expect((await board.go('/class')).page).toContain('places added 1');
    expect(board.page).not.toContain(code);
    expect((await new Pupil(house).post('/respond/sessions', { code })).url).toBe('/respond/assent');
    expect((await board.post('/class/spares', { stage: 'S6' })).status).toBe(400);
  });
});

describe('an unspent code', () => {
  it('has a seat: the spare slip of somebody lives on when others join', async () => {
    const { board, code } = await opened('P7A');
    await board.post('/class/spares');
    const spare = board.found(/data-code="([^"]+)"/);
    for (let pupil = 0; pupil < 3; pupil += 1) await join(device(), code);
    expect((await new Pupil(house).post('/respond/sessions', { code: spare })).url).toBe('/respond/assent');
  });

  it('is not lost where joining fails half-way', async () => {
    const { query } = house.services.database;
    await house.codes(wave, 'burnside');
    const { code } = await opened('P5A');
    const before = await codesOf('P5A', 'unspent');
    expect(before.length).toBeGreaterThan(5);
    await query.schema.alterTable('respondent_sessions').renameTo('sessions_away').execute();
    const failed = await join(device(), code);
    await query.schema.alterTable('sessions_away').renameTo('respondent_sessions').execute();
    expect(failed.status).toBe(500);
    expect(await codesOf('P5A', 'unspent')).toEqual(before);
    const all = await query.selectFrom('codes').selectAll().execute();
    expect(all.filter(({ state, class: own }) => state === 'started' && own === 'P5A')).toHaveLength(2);
  });
});

describe('slips of one class made again', () => {
  it('end the unused ones of that class and leave the others', async () => {
    const codes = await house.codes(wave, 'hillview');
    const { body } = await house.post('administrator', `${wave}/schools/hillview/class-codes`, { class: 'P7' });
    const fresh = [...body.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]!);
    // Ten on the roll, two who do not take part, nine of whom have started.
    expect(fresh).toHaveLength(0);
    const drafts = createDrafts(house.services.database, house.services.secrets);
    const states = await Promise.all(
      codes.map(async (code) => (await drafts.findCode(house.services.secrets.hashCode(code.replace('-', ''))))?.state),
    );
    expect(states.filter((state) => state === 'replaced')).toHaveLength(0);
    const again = await house.post('administrator', `${wave}/schools/hillview/class-codes`, { class: 'P5/6' });
    expect([...again.body.matchAll(/data-code="([^"]+)"/g)]).toHaveLength(codes.length);
    const after = await Promise.all(
      codes.map(async (code) => (await drafts.findCode(house.services.secrets.hashCode(code.replace('-', ''))))?.state),
    );
    expect(again.body).toContain('data-large=');
    expect(new Set(after)).toEqual(new Set(['replaced']));
    expect(
      (await house.post('administrator', `${wave}/schools/hillview/class-codes`, { class: 'P9' })).statusCode,
    ).toBe(404);
  });
});
