import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { Device, sheetsOn, teacherOf, type Sheet } from '../support/teacher.ts';

let house: FieldworkHouse;
let wave: string;
let sheets: Sheet[];
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  const school = `${wave.replace('/fieldwork', '/class')}/schools/lochend`;
  sheets = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
  const { body } = await house.post('administrator', `${wave}/schools/lochend/codes`, {});
  // S1A has twelve pupils and comes first.
  codes = [...body.matchAll(/data-code="([^"]+)"/g)].slice(0, 12).map((match) => match[1]!);
  await house.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => house.close());

const NUMBERS = ['awaited', 'started', 'finished', 'answering'] as const;
const numbersOn = ({ page }: Device) =>
  NUMBERS.map((name) => new RegExp(`data-number="${name}">([^<]*)<`).exec(page)?.[1]);
/** All that is told of how far the class is. */
const toldOn = ({ page }: Device) => [...page.matchAll(/data-number="\w+">([^<]*)</g)].map((match) => match[1]);
const decline = async (pupil: Pupil) =>
  pupil.post('/respond/assent', { attempt: pupil.hidden('attempt'), decision: 'no' });
const begin = (code: string) => new Pupil(house).post('/respond/sessions', { code });
const at = (time: string) => (house.clock.now = `2026-05-01T${time}.000Z`);

/** Server-sent events as a browser gets them. */
async function events(device: Device): Promise<{
  next(name: string): Promise<Record<string, string>>;
  /** Waits until the server has ended the stream. */
  over(): Promise<void>;
  end(): void;
}> {
  const { port } = house.app.server.address() as AddressInfo;
  const request = get({ port, path: '/class/events', headers: { cookie: device.cookie } });
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    async next(name) {
      for (;;) {
        const found = new RegExp(`event: ${name}\ndata: (.*)\n\n`).exec(text);
        if (found) {
          text = text.slice(found.index + found[0].length);
          return JSON.parse(found[1]!) as Record<string, string>;
        }
        await once(reply, 'data');
      }
    },
    over: async () => void (await once(reply, 'end')),
    end: () => request.destroy(),
  };
}

describe('the page of a class', () => {
  it('tells how many have started, and of those who are done nothing that moves by one of them', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    const untold = 'Not told yet';
    expect(numbersOn(teacher)).toEqual(['12', '0', untold, untold]);
    expect(teacher.page).toContain('Nobody has started yet.');
    const [sending, declining, stopping] = await Promise.all(codes.slice(0, 5).map(begin));
    const before = toldOn(await teacher.go('/class'));
    expect(before).toEqual(expect.arrayContaining(['The class is answering.', '5', untold]));
    await decline(declining!);
    expect(toldOn(await teacher.go('/class'))).toEqual(before);
    for (const pupil of [sending, stopping]) await (await pupil!.assent()).choosePicture('none');
    await (await sending!.answerAll()).send();
    expect(toldOn(await teacher.go('/class'))).toEqual(before);
    await stopping!.go('/respond/stop');
    await stopping!.post('/respond/stopping', { attempt: stopping!.hidden('attempt'), choice: 'throw-away' });
    await teacher.go('/class');
    expect(numbersOn(teacher)).toEqual(['12', '5', '3 or more', '2 or fewer']);
    expect(teacher.page).toContain('Nearly everybody who started has finished: all, or all but one or two.');
    for (const words of [/declin/i, /broken/i, /gave up/i]) expect(teacher.page).not.toMatch(words);
    for (const code of codes) expect(teacher.page).not.toContain(code);
  });

  it('does not tell what somebody chose who was absent and comes alone', async () => {
    const teacher = await teacherOf(house, sheets[1]!);
    const { body } = await house.post('administrator', `${wave}/schools/lochend/class-codes`, { class: 'S2A' });
    const slips = [...body.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]!);
    for (const pupil of await Promise.all(slips.slice(0, 6).map(begin))) await decline(pupil);
    const alone = await begin(slips[6]!);
    const before = toldOn(await teacher.go('/class'));
    expect(before).toContain('7');
    await decline(alone);
    expect(toldOn(await teacher.go('/class'))).toEqual(before);
  });

  it('tells of devices that have gone quiet, three or more of them, until they are heard of again', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    const quiet = async () => (await teacher.go('/class')).found(/data-number="quietWords">([^<]*)</);
    const pupil = await new Pupil(house).start(codes[5]!);
    at('09:02:00');
    await pupil.post('/respond/signs-of-life', {});
    expect(pupil.status).toBe(204);
    at('09:05:00');
    // Two of the first five are still answering.
    expect(await quiet()).toBe('3 devices or more have been quiet for two minutes.');
    await pupil.go('/respond/next');
    expect(await quiet()).toBe('');
    expect(teacher.page).toContain('Leave it switched on and near the Wi-Fi.');
    const tables = await house.services.database.query.introspection.getTables();
    expect(
      tables.flatMap(({ columns }) => columns.map(({ name }) => name)).filter((name) => /seen|heard|life/.test(name)),
    ).toEqual([]);
    at('09:00:00');
  });

  it('follows along for all who watch, and is over when the sheet is replaced', async () => {
    const [one, other] = [await teacherOf(house, sheets[0]!), await teacherOf(house, sheets[0]!, { language: 'ar' })];
    const [first, second] = [await events(one), await events(other)];
    expect(await first.next('numbers')).toMatchObject({ started: '6', finished: 'Not told yet' });
    expect((await second.next('numbers')).stateWords).toBe('الصف يجيب الآن.');
    // Somebody says no, which nobody is told; then somebody begins.
    const leaving = await begin(codes[6]!);
    expect(await first.next('numbers')).toMatchObject({ started: '7', finished: 'Not told yet' });
    await decline(leaving);
    await begin(codes[7]!);
    expect(await first.next('numbers')).toMatchObject({ started: '8', finished: '3 or more', answering: '5 or fewer' });
    expect(await second.next('numbers')).toMatchObject({ started: '7' });
    expect(await second.next('numbers')).toMatchObject({ started: '8' });
    const school = `${wave.replace('/fieldwork', '/class')}/schools/lochend`;
    const { body } = await house.post('administrator', `${school}/sheets`, { class: 'S1A' });
    sheets[0] = sheetsOn(body)[0]!;
    await first.next('over');
    await second.next('over');
    [first, second].forEach((stream) => stream.end());
  }, 20_000);

  it('ends the stream, and nothing else, where a look-up fails', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    const stream = await events(teacher);
    await stream.next('numbers');
    const { query } = house.services.database;
    await query.schema.alterTable('class_sessions').renameTo('class_sessions_away').execute();
    try {
      await stream.over();
    } finally {
      await query.schema.alterTable('class_sessions_away').renameTo('class_sessions').execute();
    }
    expect((await teacher.go('/class')).status).toBe(200);
    // And where the first look fails, the page of the fault comes instead of a stream.
    await query.schema.alterTable('opt_outs').renameTo('opt_outs_away').execute();
    const reply = await house.app.inject({ url: '/class/events', headers: { cookie: teacher.cookie } });
    await query.schema.alterTable('opt_outs_away').renameTo('opt_outs').execute();
    expect(reply.statusCode).toBe(500);
  }, 20_000);

  it('shows nothing to whoever has no sheet: every address of it leads to the door', async () => {
    for (const url of ['/class', '/class/board', '/class/pages/1?stage=S1']) {
      const stranger = await new Device(house).go(url);
      expect(stranger.page, url).toContain('Type what stands on your class sheet.');
    }
    for (const action of [
      'openings',
      'attendance',
      'openings/extra-time',
      'openings/ending',
      'places',
      'spares',
      'opt-outs',
    ]) {
      const stranger = await new Device(house).post(`/class/${action}`, {});
      expect(stranger.page, action).toContain('Type what stands on your class sheet.');
    }
    const teacher = await teacherOf(house, sheets[0]!);
    expect(numbersOn(teacher)[0]).toBe('12');
    expect(teacher.page).not.toContain('data-join-code');
  });

  it('is looked at again by itself only where somebody wants that', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    expect(teacher.page).not.toContain('http-equiv');
    await teacher.go('/class?refresh=on');
    expect(teacher.page).toContain('<meta http-equiv="refresh" content="20">');
    expect(teacher.page).toContain('Stop looking by itself');
  });

  it('has a board with the code, and a poster without', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    await teacher.go('/class/board');
    expect(teacher.page).not.toContain('data-join-code');
    expect(teacher.page).toContain('localhost:80/join');
    await teacher.post('/class/openings');
    const code = teacher.found(/data-join-code="([^"]+)"/);
    expect((await teacher.go('/class/board')).page).toContain(code);
  });
});

describe('the days of the wave', () => {
  const fresh = () => teacherOf(house, sheets[1]!);

  it.each([
    ['2026-04-30T09:00:00.000Z', 'This survey begins on 1 May 2026.'],
    ['2026-07-01T09:00:00.000Z', 'The last day of this survey was 30 June 2026.'],
  ])('bind a class as well: at %s nobody opens it', async (day, words) => {
    house.clock.now = day;
    const teacher = await fresh();
    expect(teacher.page).toContain(words);
    const pressed = await teacher.post('/class/openings');
    expect([pressed.status, pressed.page.includes(words)]).toEqual([409, true]);
    expect(pressed.page).not.toContain('data-join-code');
    at('09:00:00');
    expect((await (await fresh()).post('/class/openings')).page).toContain('data-join-code');
    await (await fresh()).post('/class/openings/ending');
  });
});

describe('how many are here today', () => {
  const here = (page: string) => /name="here" value="([^"]*)"/.exec(page)?.[1];
  const slipsOf = async (className: string) => {
    const { body } = await house.post('administrator', `${wave}/schools/lochend/class-codes`, { class: className });
    return [...body.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]!);
  };

  it('may be said when the class is opened, and then the numbers speak of those', async () => {
    const slips = await slipsOf('S3A');
    const teacher = await teacherOf(house, sheets[2]!);
    expect(teacher.page).toContain('How many pupils are here today?');
    await teacher.post('/class/openings', { here: '١٠' });
    expect(teacher.page).toContain('data-join-code');
    expect(here(teacher.page)).toBe('10');
    expect(teacher.page).toContain('Left for another day: 2.');
    expect(teacher.page).toContain('>Here today</dt>');
    const pupils = await Promise.all(slips.slice(0, 10).map(begin));
    expect(numbersOn(await teacher.go('/class'))).toEqual(['10', '10 of 10 here', 'Not told yet', 'Not told yet']);
    for (const pupil of pupils) await decline(pupil);
    expect(numbersOn(await teacher.go('/class'))).toEqual([
      '10',
      '10 of 10 here',
      '8 or more of 10 here',
      '2 or fewer',
    ]);
    // Two are absent, but of those here all have started.
    expect(teacher.page).toContain('Nearly everybody has finished');
  });

  it('can be corrected while the class is open, with every number up to the roll, whoever has started', async () => {
    const teacher = await teacherOf(house, sheets[2]!);
    const bounds = () =>
      numbersOn(teacher)
        .slice(2)
        .map((words) => words?.replace(/ of \d+ here/, ''));
    await teacher.go('/class');
    const before = bounds();
    for (const count of ['1', '9', '11', '12']) {
      await teacher.post('/class/attendance', { here: count });
      expect([teacher.status, here(teacher.page)]).toEqual([200, count]);
      expect(bounds()).toEqual(before);
    }
    await teacher.post('/class/attendance', { here: '4' });
    expect(teacher.page).toContain('More have started today than you said are here.');
    for (const wrong of ['0', '13', '-1', '2.5', 'ten']) {
      await teacher.post('/class/attendance', { here: wrong });
      expect(teacher.status).toBe(422);
      expect(teacher.page).toContain('Enter a number from 1 to 12, or leave it empty.');
      expect(here(teacher.page)).toBe(wrong);
    }
    await teacher.post('/class/attendance', { here: '' });
    expect(numbersOn(teacher)[0]).toBe('12');
    await teacher.post('/class/attendance', { here: '10' });
    await teacher.post('/class/openings/ending');
    await teacher.post('/class/attendance', { here: '3' });
    // Once it is ended the number stays as it is.
    expect(numbersOn(teacher)[0]).toBe('10');
    expect((await teacher.post('/class/openings', { here: '13' })).status).toBe(422);
    expect(teacher.page).not.toContain('data-join-code');
  });

  it('starts anew on another day, for those who come to catch up', async () => {
    at('09:00:00');
    house.clock.now = '2026-05-04T09:00:00.000Z';
    const teacher = await teacherOf(house, sheets[2]!);
    await teacher.post('/class/openings');
    expect([here(teacher.page), numbersOn(teacher)[0]]).toEqual(['', '12']);
    await teacher.post('/class/attendance', { here: '2' });
    const [slip] = await slipsOf('S3A');
    await begin(slip!);
    await teacher.go('/class');
    expect(numbersOn(teacher)).toEqual(['2', '1 of 2 here', '9 or more', '2 or fewer']);
    expect(teacher.page).toContain('count other days of this class too');
    expect(teacher.page).not.toContain('Left for another day');
    await teacher.post('/class/openings/ending');
    at('09:00:00');
  });
});

describe('places beyond the roll', () => {
  it('are three in a small class, counted for the whole wave; then the school office is asked', async () => {
    const teacher = await teacherOf(house, sheets[3]!);
    expect(teacher.page).toContain('You can add up to 3 places in this survey');
    await teacher.post('/class/openings');
    await teacher.post('/class/places');
    await teacher.post('/class/spares', { stage: 'S4' });
    await teacher.post('/class/openings/ending');
    await teacher.post('/class/openings');
    await teacher.post('/class/places');
    expect(teacher.page).toContain('places added 3');
    expect(teacher.page).not.toContain('action="/class/places"');
    for (const action of ['places', 'spares'] as const) {
      await teacher.post(`/class/${action}`, action === 'spares' ? { stage: 'S4' } : {});
      expect(teacher.status).toBe(409);
      expect(teacher.page).toContain(
        '<a href="#places">All places that can be added here are added: 3 for this class.',
      );
      expect(teacher.page).toContain('ask the school office');
      expect(teacher.page).not.toContain('data-code=');
    }
    const again = await teacherOf(house, sheets[3]!);
    expect((await again.post('/class/places')).status).toBe(409);
    // The administrator can help.
    const school = `${wave.replace('/fieldwork', '/class')}/schools/lochend`;
    expect((await house.post('administrator', `${school}/places`, { class: 'S4A' })).statusCode).toBe(303);
    expect((await house.post('administrator', `${school}/places`, { class: 'S9' })).statusCode).toBe(404);
    expect((await again.go('/class')).page).toContain('places added 4');
    const page = await house.app.inject({ url: school, headers: await house.as('administrator') });
    expect(page.body).toContain('Places added: 4');
    await again.post('/class/openings/ending');
  });
});

describe('reading together', () => {
  it('goes through the questions as pupils of the stage see them, with nothing to answer', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    const pupil = await new Pupil(house).start(codes[8]!);
    const headingOf = (page: string) => /<legend>.*?<h\d>([^<]*)<\/h\d>/s.exec(page)?.[1];
    await teacher.go('/class/pages/1?stage=S1');
    const total = Number(teacher.found(/Page 1 of (\d+)/));
    expect(total).toBeGreaterThan(30);
    let compared = 0;
    for (let number = 1; number <= total; number += 1) {
      await teacher.go(`/class/pages/${number}?stage=S1`);
      expect(teacher.status, String(number)).toBe(200);
      expect(teacher.page).toContain('<fieldset disabled>');
      expect(teacher.page.slice(teacher.page.indexOf('<main'))).not.toContain('<form');
      const heading = headingOf(pupil.page);
      if (!heading || headingOf(teacher.page) !== heading) continue;
      expect(teacher.page).toContain(`<p>${heading}</p>`);
      compared += 1;
      await pupil.answer();
    }
    expect(compared).toBeGreaterThan(10);
    expect(teacher.page).not.toContain('Next page');
    expect((await teacher.go(`/class/pages/${total + 1}?stage=S1`)).status).toBe(404);
    expect((await teacher.go('/class/pages/1?stage=S4')).status).toBe(404);
  });
});
