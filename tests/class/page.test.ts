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

const NUMBERS = ['expected', 'started', 'finished', 'answering'] as const;
const numbersOn = ({ page }: Device) =>
  NUMBERS.map((name) => Number(new RegExp(`data-number="${name}">([^<]*)<`).exec(page)?.[1]));
const at = (time: string) => (house.clock.now = `2026-05-01T${time}.000Z`);

/** Server-sent events as a browser gets them. */
async function events(device: Device): Promise<{ next(name: string): Promise<Record<string, string>>; end(): void }> {
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
    end: () => request.destroy(),
  };
}

describe('the page of a class', () => {
  it('tells how many have started and finished; who said no or stopped is not told apart', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    expect(numbersOn(teacher)).toEqual([12, 0, 0, 0]);
    expect(teacher.page).toContain('Nobody has started yet.');
    const [sending, declining, stopping, answering] = await Promise.all(
      codes.slice(0, 4).map((code) => new Pupil(house).post('/respond/sessions', { code })),
    );
    await declining!.post('/respond/assent', { attempt: declining!.hidden('attempt'), decision: 'no' });
    for (const pupil of [sending, stopping, answering]) await (await pupil!.assent()).choosePicture('none');
    await (await sending!.answerAll()).send();
    await stopping!.go('/respond/stop');
    await stopping!.post('/respond/stopping', { attempt: stopping!.hidden('attempt'), choice: 'throw-away' });
    await teacher.go('/class');
    expect(numbersOn(teacher)).toEqual([12, 4, 3, 1]);
    expect(teacher.page).toContain('The class is answering.');
    for (const words of [/declin/i, /broken/i, /gave up/i]) expect(teacher.page).not.toMatch(words);
    for (const code of codes) expect(teacher.page).not.toContain(code);
  });

  it('tells which devices have gone quiet, until they are heard of again', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    const quiet = async () => (await teacher.go('/class')).found(/data-number="quietWords">([^<]*)</);
    const pupil = await new Pupil(house).start(codes[5]!);
    at('09:02:00');
    await pupil.post('/respond/signs-of-life', {});
    expect(pupil.status).toBe(204);
    // The pupil who is still answering since before has been silent for two minutes exactly.
    expect(await quiet()).toBe('');
    at('09:02:01');
    expect(await quiet()).toBe('1 device has been quiet for two minutes.');
    at('09:05:00');
    expect(await quiet()).toBe('2 devices have been quiet for two minutes.');
    await pupil.go('/respond/next');
    expect(await quiet()).toBe('1 device has been quiet for two minutes.');
    const tables = await house.services.database.query.introspection.getTables();
    expect(
      tables.flatMap(({ columns }) => columns.map(({ name }) => name)).filter((name) => /seen|heard|life/.test(name)),
    ).toEqual([]);
    at('09:00:00');
  });

  it('follows along for all who watch, and is over when the sheet is replaced', async () => {
    const [one, other] = [await teacherOf(house, sheets[0]!), await teacherOf(house, sheets[0]!, { language: 'ar' })];
    const [first, second] = [await events(one), await events(other)];
    const before = await first.next('numbers');
    expect(before).toMatchObject({ started: '5', finished: '3', answering: '2' });
    expect((await second.next('numbers')).stateWords).toBe('الصف يجيب الآن.');
    await new Pupil(house).post('/respond/sessions', { code: codes[6]! });
    expect(await first.next('numbers')).toMatchObject({ started: '6', answering: '3' });
    expect(await second.next('numbers')).toMatchObject({ started: '6', answering: '3' });
    const school = `${wave.replace('/fieldwork', '/class')}/schools/lochend`;
    const { body } = await house.post('administrator', `${school}/sheets`, { class: 'S1A' });
    sheets[0] = sheetsOn(body)[0]!;
    await first.next('over');
    await second.next('over');
    [first, second].forEach((stream) => stream.end());
  }, 20_000);

  it('shows nothing to whoever has no sheet: every address of it leads to the door', async () => {
    for (const url of ['/class', '/class/board', '/class/pages/1?stage=S1']) {
      const stranger = await new Device(house).go(url);
      expect(stranger.page, url).toContain('Type what stands on your class sheet.');
    }
    for (const action of ['openings', 'openings/extra-time', 'openings/ending', 'places', 'spares', 'opt-outs']) {
      const stranger = await new Device(house).post(`/class/${action}`, {});
      expect(stranger.page, action).toContain('Type what stands on your class sheet.');
    }
    const teacher = await teacherOf(house, sheets[0]!);
    expect(numbersOn(teacher)).toEqual([12, 6, 3, 3]);
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
