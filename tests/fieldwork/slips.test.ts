import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCode } from '../../server/core/fieldwork/code.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { modulesDrawn } from './qr-modules.ts';

let house: FieldworkHouse;
let wave: string;
let body: string;
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  body = (await house.post('administrator', `${wave}/schools/burnside/codes`, {})).body;
  codes = matches(/data-code="([^"]+)"/g);
});
afterAll(() => house.close());

const matches = (pattern: RegExp) => [...body.matchAll(pattern)].map((match) => match[1]!);
/** What a link to save as a file holds. */
function fileNamed(name: string): string {
  const address = new RegExp(`href="data:([^"]*)" download="${name.replace('.', '\\.')}"`).exec(body)?.[1] ?? '';
  return decodeURIComponent(address.slice(address.indexOf(',') + 1));
}
const lines = (text: string) => text.split('\r\n').filter((line) => line !== '');

describe('codes just made', () => {
  it('stand once as usual slips, and in the same order in every other format', () => {
    expect(codes).toHaveLength(42);
    expect(new Set(codes).size).toBe(codes.length);
    expect(matches(/data-large="([^"]+)"/g)).toEqual(codes);
    expect(matches(/data-spoken="([^"]+)"/g)).toEqual(codes);
    const origin = 'http://localhost:80/respond/codes/';
    expect(matches(/data-own="([^"]+)"/g)).toEqual(codes.map((code) => origin + code.replace('-', '')));
    expect(lines(fileNamed('codes-burnside.txt'))).toEqual(codes.map((code, index) => `${index + 1} ${code}`));
  });

  it('lie in five parts of which one is open, so that only that one is printed', () => {
    expect(body.match(/<details /g)).toHaveLength(5);
    expect(body.match(/<details [^>]*open>/g)).toHaveLength(1);
    expect(body.slice(0, body.indexOf('data-code='))).toMatch(/<details [^>]*open>(?!.*<details)/s);
  });

  it('are in large print in two groups of four', () => {
    const [first] = codes;
    const [start, end] = first!.split('-');
    expect(body).toContain(`<span class="code-shape">${start}</span> <span class="code-shape">${end}</span>`);
  });

  it('are to be read out as a phrase for each character, in the language of the page', async () => {
    const spoken = /data-spoken="([^"]+)"><b>[^<]*<\/b>\s*<ol>(.*?)<\/ol>/s;
    const [, code = '', list = ''] = spoken.exec(body) ?? [];
    const phrases = [...list.matchAll(/<li>([^<]*)<\/li>/g)].map((match) => match[1]!);
    const digits: Record<string, string> = { 3: 'three', 4: 'four', 6: 'six', 7: 'seven', 9: 'nine' };
    const characters = [...code.replace('-', '')];
    expect(phrases).toHaveLength(8);
    for (const [index, character] of characters.entries()) {
      const word = digits[character];
      expect(phrases[index]).toMatch(word ? new RegExp(`number ${word}$`) : new RegExp(`^${character} as `));
    }
    const { payload, headers } = { payload: '', headers: await house.as('administrator', 'ar') };
    const url = `${wave}/schools/lochend/codes`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const arabic = await house.app.inject({ method: 'POST', url, payload, headers: { ...form, ...headers } });
    const heard = spoken.exec(arabic.body)?.[2] ?? '';
    expect(heard.match(/<li>(حرف|الرقم) /g)).toHaveLength(8);
  });

  it('are a file of uncontracted braille, a line for each slip', () => {
    const cells = lines(fileNamed('codes-burnside.brf'));
    expect(cells).toHaveLength(codes.length);
    expect(cells.join('')).toMatch(/^[A-Z#; -]+$/);
    // Letters of a code without digits stand as they are.
    const plain = codes.findIndex((code) => !/\d/.test(code));
    if (plain >= 0) expect(cells[plain]).toMatch(new RegExp(`^#[A-J]+ ${codes[plain]}$`));
    // Slip 12, then a digit of a code behind its own sign.
    expect(cells[11]).toMatch(/^#AB /);
    const digits = codes.map((code) => (code.match(/\d+/g) ?? []).length);
    expect(cells.map((line) => line.slice(line.indexOf(' ')).match(/#/g)?.length ?? 0)).toEqual(digits);
  });

  it('lead there by a QR code of their own', () => {
    const addresses = matches(/data-own="([^"]+)"/g);
    const drawn = modulesDrawn(body);
    expect(drawn).toHaveLength(codes.length);
    for (const [index, address] of addresses.entries()) {
      const { modules } = create(address, { errorCorrectionLevel: 'M' });
      expect(drawn[index]).toEqual([...modules.data].map(Boolean));
    }
  });

  it('are still the ones that a pupil can type', async () => {
    expect(readCode(codes[0]!)).toHaveProperty('code');
    const pupil = await new Pupil(house).post('/respond/sessions', { code: codes[0]! });
    expect(pupil.status).toBe(200);
    expect(pupil.url).not.toContain('/respond/sessions');
  });

  it('are in no reply after this one and in no table', async () => {
    const again = await house.app.inject({ url: wave, headers: await house.as('administrator') });
    const stored = JSON.stringify(await house.services.database.query.selectFrom('codes').selectAll().execute());
    for (const code of codes) {
      expect(again.body).not.toContain(code);
      expect(stored).not.toContain(code.replace('-', ''));
    }
  });
});
