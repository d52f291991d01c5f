import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

/*
 * What a question costs a school's slow line (design: HTML and styles under 14 KB, everything on a first visit
 * under 60 KB, as transferred). Bytes are counted as the server sends them to a browser that takes gzip.
 */
let house: FieldworkHouse;
let codes: string[];
beforeAll(async () => {
  house = await openFieldwork();
  codes = await house.codes(await house.openWave(), 'burnside');
});
afterAll(() => house.close());

interface Fetched {
  bytes: number;
  text: string;
}

async function fetched(url: string): Promise<Fetched> {
  const [packed, plain] = await Promise.all(
    ['gzip', 'identity'].map((encoding) =>
      house.app.inject({ method: 'GET', url, headers: { 'accept-encoding': encoding } }),
    ),
  );
  expect(packed!.statusCode, url).toBe(200);
  return { bytes: packed!.rawPayload.length, text: plain!.body };
}

const addresses = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

async function weightOf(page: string): Promise<{ first: number; everything: number }> {
  const html = Buffer.byteLength(page);
  const styles = await Promise.all(addresses(page, /<link rel="stylesheet" href="([^"]+)"/g).map(fetched));
  const scripts = await Promise.all(addresses(page, /<script[^>]* src="([^"]+)"/g).map(fetched));
  const fonts = await Promise.all(
    styles
      .flatMap(({ text }) => addresses(text, /url\('\.\.(\/fonts\/[^']+)'\)/g))
      // A browser fetches the other typeface only for those who chose it.
      .filter((font) => !font.includes('lexend'))
      .map((font) => fetched(`/public${font}`)),
  );
  expect([styles.length, scripts.length, fonts.length].every((count) => count > 0)).toBe(true);
  const sum = (files: readonly Fetched[]) => files.reduce((total, file) => total + file.bytes, 0);
  const first = html + sum(styles);
  return { first, everything: first + sum(scripts) + sum(fonts) };
}

describe('a question page', () => {
  it.each(['en', 'ar'])('is light in %s, whichever question it asks', async (language) => {
    const pupil = await new Pupil(house, language).start(codes.pop()!);
    let pages = 0;
    for (; pupil.url.startsWith('/respond/pages/'); pages += 1) {
      const { first, everything } = await weightOf(pupil.page);
      expect(first, pupil.url).toBeLessThan(14 * 1024);
      expect(everything, pupil.url).toBeLessThan(60 * 1024);
      await pupil.answer();
    }
    expect(pages).toBeGreaterThan(5);
  });
});
