import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, type FieldworkHouse } from '../support/fieldwork.ts';
import { Device, sheetsOn, teacherOf, type Sheet } from '../support/teacher.ts';

let house: FieldworkHouse;
let wave: string;
let school: string;
let sheets: Sheet[];

const make = async (fields: Record<string, string> = {}) =>
  sheetsOn((await house.post('administrator', `${school}/sheets`, fields)).body);

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
  sheets = await make();
});
afterAll(() => house.close());

const signIn = (sheet: Pick<Sheet, 'link' | 'pin'>, address?: string) =>
  new Device(house, { ...(address && { address }) }).post('/class/sessions', { link: sheet.link, pin: sheet.pin });

describe('the sheets of a school', () => {
  it('are one a class, each with its own address, PIN and what to do in five lines', async () => {
    expect(sheets.map((sheet) => sheet.class)).toEqual(['P5A', 'P6A', 'P7A']);
    expect(new Set(sheets.flatMap(({ link, pin }) => [link, pin])).size).toBe(6);
    for (const sheet of sheets) expect(sheet.pin).toMatch(/^\d{3} \d{3}$/);
    const { body } = await house.post('administrator', `${school}/sheets`, { class: 'P7A' });
    expect(body.match(/<li>/g)).toHaveLength(5);
    expect(body.match(/class="qr"/g)).toHaveLength(1);
    sheets[2] = sheetsOn(body)[0]!;
  });

  it('are led to from the page of the wave', async () => {
    const { body } = await house.app.inject({ url: wave, headers: await house.as('administrator') });
    expect(body).toContain(`href="${school}"`);
    const page = await house.app.inject({ url: school, headers: await house.as('administrator') });
    expect(page.body).toContain('Make the sheets of all classes again');
  });

  it('are in no reply after this one and in no table', async () => {
    const page = await house.app.inject({ url: school, headers: await house.as('administrator') });
    const stored = JSON.stringify(await house.services.database.query.selectFrom('class_sheets').selectAll().execute());
    for (const { link, pin } of sheets) {
      for (const secret of [link, link.replace('-', ''), pin, pin.replace(' ', '')]) {
        expect(page.body).not.toContain(secret);
        expect(stored).not.toContain(secret);
      }
    }
  });

  it('open their own class, by the address or typed by hand', async () => {
    const followed = await teacherOf(house, sheets[0]!);
    expect(followed.url).toBe('/class');
    expect(followed.page).toContain('Class P5A');
    const typed = await signIn({ link: sheets[1]!.link.toUpperCase().replace('-', ' '), pin: sheets[1]!.pin });
    expect(typed.page).toContain('Class P6A');
    const inArabic = await new Device(house, { language: 'ar' }).post('/class/sessions', {
      link: sheets[1]!.link,
      pin: sheets[1]!.pin.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!),
    });
    expect(inArabic.page).toContain('الصف P6A');
  });

  it('open it on several devices at once', async () => {
    const [one, other] = [await teacherOf(house, sheets[0]!), await teacherOf(house, sheets[0]!)];
    expect((await one.go('/class')).page).toContain('Class P5A');
    expect((await other.go('/class')).page).toContain('Class P5A');
    await one.post('/class/sessions/ending');
    expect(one.page).toContain('Type what stands on your class sheet.');
    expect((await other.go('/class')).page).toContain('Class P5A');
  });

  it('open it for a school day', async () => {
    const device = await teacherOf(house, sheets[0]!);
    house.clock.now = '2026-05-01T20:59:00.000Z';
    expect((await device.go('/class')).page).toContain('Class P5A');
    house.clock.now = '2026-05-01T21:00:00.000Z';
    expect((await device.go('/class')).page).not.toContain('Class P5A');
    house.clock.now = '2026-05-01T09:00:00.000Z';
  });

  it('are kept to the school: the PIN of one class does not open another', async () => {
    const wrong = await signIn({ link: sheets[0]!.link, pin: sheets[1]!.pin });
    expect(wrong.status).toBe(422);
    expect(wrong.page).toContain('This PIN does not go with this class.');
    expect(wrong.page).not.toContain('Class P5A');
  });

  it('made again for one class end the old address, PIN and devices of that class alone', async () => {
    const [device, other] = [await teacherOf(house, sheets[0]!), await teacherOf(house, sheets[1]!)];
    const old = sheets[0]!;
    const [fresh, ...rest] = await make({ class: 'P5A' });
    expect(rest).toEqual([]);
    expect((await device.go('/class')).page).toContain('Type what stands on your class sheet.');
    expect((await other.go('/class')).page).toContain('Class P6A');
    expect((await signIn(old)).page).toContain('We do not know this class address.');
    expect((await signIn(fresh!)).page).toContain('Class P5A');
    sheets[0] = fresh!;
  });

  it('let a PIN be tried a few times only, and nobody else is shut out', async () => {
    const sheet = sheets[2]!;
    const guess = { link: sheet.link, pin: '000 000' };
    let tries = 0;
    for (; tries < 20; tries += 1) if ((await signIn(guess, '10.9.9.9')).status === 429) break;
    expect(tries).toBe(8);
    expect((await signIn(sheet, '10.9.9.9')).status).toBe(429);
    expect((await signIn(sheet, '10.0.0.2')).page).toContain('Class P7A');
    expect((await signIn(sheets[1]!, '10.9.9.9')).page).toContain('Class P6A');
  });

  it('let a PIN be tried no more often from the many addresses of one line, nor with many at once', async () => {
    const sheet = sheets[1]!;
    const at = (last: number) => `2001:db8:1:2::${last.toString(16)}`;
    const guesses = Array.from({ length: 20 }, (_, last) => signIn({ link: sheet.link, pin: '000 000' }, at(last)));
    const late = signIn(sheet, at(99));
    expect((await Promise.all(guesses)).filter(({ status }) => status === 422)).toHaveLength(8);
    expect((await late).status).toBe(429);
    expect((await signIn(sheet, '2001:db8:1:3::1')).page).toContain('Class P6A');
  });

  it('let nobody shut a school out with addresses that no class has', async () => {
    for (let tries = 0; tries < 120; tries += 1) {
      const { page } = await signIn({ link: 'acdef-ghjkm', pin: '123456' }, '10.8.8.8');
      expect(page).toContain('We do not know this class address.');
    }
    expect((await signIn(sheets[1]!, '10.8.8.8')).page).toContain('Class P6A');
  });

  it('are noted in the record without an account, and never with a PIN', async () => {
    const { body } = await house.app.inject({ url: '/admin/record', headers: await house.as('auditor') });
    expect(body).toContain('Made class sheets');
    expect(body).toContain('Opened the page of a class with its sheet');
    expect(body).not.toContain('burnside P5A');
    for (const { pin } of sheets) expect(body).not.toContain(pin.replace(' ', ''));
  });

  it('are for the administrator of this authority and for an open wave', async () => {
    const missing = await house.post('administrator', school.replace('burnside', 'elsewhere') + '/sheets', {});
    expect(missing.statusCode).toBe(404);
    expect((await house.post('administrator', `${school}/sheets`, { class: 'P9Z' })).statusCode).toBe(404);
    const made = await house.makeWave();
    const early = `${made.replace('/fieldwork', '/class')}/schools/burnside/sheets`;
    expect((await house.post('administrator', early, {})).statusCode).toBe(409);
  });
});
