import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { form, openHouse, type House } from '../support/house.ts';
import { plain } from './page-reading.ts';
import { addSortedTexts, addTextWave, type NewText, type TextWave } from './text-wave.ts';

/* What planners read of what young people wrote. 206 pupils of P5–P7 and 138 of S1–S2 were asked. */

const HIDDEN = 'hidden to protect children';
let house: House;
let wave: TextWave;

type Role = Parameters<House['as']>[0];
const get = async (url: string, role: Role = 'planner', language: 'en' | 'ar' = 'en', of = house) =>
  of.app.inject({ url, headers: await of.as(role, language) });
const post = async (of: House, url: string, role: Role) =>
  of.app.inject({ method: 'POST', url, payload: '', headers: { ...form({}).headers, ...(await of.as(role)) } });

/** Sorts these, approves their quotes, makes the text release and approves it. */
async function publish(of: House, to: TextWave, texts: NewText[]): Promise<void> {
  await addSortedTexts(of, to, texts);
  const quotes = (await get(`/release/texts/${to.id}`, 'approver', 'en', of)).body;
  for (const [, id] of quotes.matchAll(/data-quote="([^"]+)"/g))
    await post(of, `/release/quotes/${id}/approval`, 'approver');
  const made = await post(of, `/release/texts/${to.id}/releases`, 'analyst');
  const approved = await post(of, `${String(made.headers.location)}/approval`, 'approver');
  if (approved.statusCode !== 303) throw new Error(`The text release was not approved: ${approved.statusCode}.`);
}

const texts = (count: number, band: string, themes: string[]): NewText[] =>
  Array.from({ length: count }, () => ({ words: 'Words', band, themes }));

/** Parks are raised by many of P5–P7 and eight of S1–S2, buses by 14 of P5–P7 and six of S1–S2. */
const textsOf = ({ themes: { parks, buses } }: TextWave): NewText[] => [
  ...texts(39, 'p5-p7', [parks]),
  ...texts(13, 'p5-p7', [parks, buses]),
  ...texts(7, 's1-s2', [parks]),
  ...texts(5, 's1-s2', [buses]),
  { words: 'Swings', band: 'p5-p7', themes: [parks], quote: 'Swings for everybody […]' },
  { words: 'Grass', band: 's1-s2', themes: [parks], quote: 'Less […] grass' },
  { words: 'Bus', band: 'p5-p7', themes: [buses], quote: 'A bus on Sunday […]' },
  { words: 'Bus', band: 's1-s2', themes: [buses], quote: 'Our bus is […] late' },
];

beforeAll(async () => {
  house = await openHouse();
  wave = await addTextWave(house);
  await publish(house, wave, textsOf(wave));
}, 60_000);
afterAll(() => house.close());

const address = () => `/results/${wave.releaseId}/texts`;

describe('the page of what young people wrote', () => {
  it('shows themes by band with rounded shares and their range, and those asked', async () => {
    const page = plain((await get(address())).body);
    expect(page).toContain('In their own words: Spring 2026');
    expect(page).toContain('Theme P5–P7 S1–S2 Pupils asked 205 140');
    expect(page).toMatch(/Parks 27% \(\d+% to \d+%\) 7% \(\d+% to \d+%\)/);
    expect(page).toMatch(/Buses 7% \(\d+% to \d+%\) (few asked: read with care )?4% \(/);
    const body = (await get(address())).body;
    for (const exact of ['53', '14', '206', '138', 'data-']) expect(plain(body)).not.toContain(` ${exact} `);
  });

  it('has each quote under its theme with the band alone, where ten or more of it raised the theme', async () => {
    const page = (await get(address())).body;
    expect(page).toContain(
      '<blockquote lang="en" dir="auto">Swings for everybody […]</blockquote><figcaption class="soft"><bdi>P5–P7</bdi>',
    );
    const said = plain(page);
    expect(said.indexOf('Swings for everybody')).toBeGreaterThan(said.indexOf('Parks'));
    // Eight of S1–S2 raised parks, which rounds to ten; six raised buses, which does not.
    expect(said).toContain('Less […] grass S1–S2');
    expect(said).toContain('A bus on Sunday […] P5–P7');
    expect(said).not.toContain('Our bus is');
    for (const place of ['Alder', 'Birchwood', 'pa1', 'girl', 'boy']) expect(page).not.toContain(place);
  });

  it('is led to from the first page of results, and says in both languages how to read it', async () => {
    expect((await get(`/results/${wave.releaseId}`)).body).toContain(`href="${address()}"`);
    expect((await get(address())).body).toContain('They stand only where 10 or more were asked and 10 or more raised');
    const arabic = (await get(address(), 'planner', 'ar')).body;
    expect(arabic).toContain('<bdi>حدائق</bdi>');
    expect(arabic).toContain('كيف يُقرأ هذا');
    expect(arabic).not.toMatch(/undefined|\{\{/);
  });

  it('is for planners, analysts and approvers of the authority, and in the record', async () => {
    for (const role of ['planner', 'analyst', 'approver'] as const)
      expect((await get(address(), role)).statusCode, role).toBe(200);
    for (const role of ['text-reader', 'administrator', 'auditor', 'forum-member'] as const)
      expect((await get(address(), role)).statusCode, role).toBe(403);
    expect((await get('/results/none/texts')).statusCode).toBe(404);
    const record = await get('/admin/record', 'auditor');
    expect(record.body).toContain(address());
  });

  it('comes out of the text release and the release: it is the same when everything else is gone', async () => {
    const before = (await get(address())).body;
    const { query } = house.services.database;
    for (const table of [
      'text_quote_approvals',
      'text_quotes',
      'text_coding_themes',
      'text_confirmations',
      'text_codings',
      'text_themes',
      'sent_texts',
      'text_readings',
      'written_texts',
    ])
      await query.schema.dropTable(table).execute();
    expect((await get(address())).body).toBe(before);
  });
});

describe('two waves that differ in what must not be told', () => {
  it('give the same page', async () => {
    const pages: string[] = [];
    for (const [one, few] of [
      [52, 0],
      [48, 2],
    ] as const) {
      const other = await openHouse();
      const own = await addTextWave(other);
      const { parks, buses } = own.themes;
      await publish(other, own, [
        ...texts(one, 'p5-p7', [parks]),
        ...texts(few, 's1-s2', [parks]),
        ...texts(few, 'p5-p7', [buses]),
      ]);
      const body = (await get(`/results/${own.releaseId}/texts`, 'planner', 'en', other)).body;
      pages.push(plain(body.replaceAll(own.releaseId, '')));
      await other.close();
    }
    expect(pages[0]).toContain(HIDDEN);
    expect(pages[0]).not.toContain('Buses');
    const withoutHash = (page: string) => page.replace(/(Text release number: |Release number )[0-9a-f]{12}/g, '');
    expect(withoutHash(pages[1]!)).toBe(withoutHash(pages[0]!));
  });
});
