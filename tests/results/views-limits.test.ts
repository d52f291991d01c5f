import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Release, type Cube } from '../../server/core/disclosure/release.ts';
import { rateFigure } from '../../server/core/statistics/figure.ts';
import { sha256 } from '../../server/storage/releases.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { plain } from './page-reading.ts';
import { addRelease, addWave } from './wave.ts';

let house: FilesHouse;
beforeAll(async () => {
  house = await openFilesHouse();
}, 60_000);
afterAll(() => house.house.close());

const address = (rest: string) => `/results/${house.current}/${rest}`;

async function page(rest: string, language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await house.get(address(rest), language);
  expect(reply.statusCode, rest).toBe(200);
  return reply.body;
}

/** The words of the first page of results and of an item, each with the two links. */
const LIMITS = ['hidden', 'not-asked'];

describe('what is hidden and why', () => {
  it('is linked from the first page and from every item, beside who was not asked', async () => {
    for (const rest of ['', 'items/feels-safe', 'items/turn-down']) {
      const body = await page(rest);
      for (const limit of LIMITS) expect(body, rest).toContain(`href="${address(limit)}"`);
    }
  });

  it('counts the figures of each place and band that the tables of the release show and hide', async () => {
    const body = await page('hidden');
    const tables = [...house.release.tables()];
    for (const [node, name] of [
      ['authority', 'Strathlorn, whole authority'],
      ['cluster:ald', 'Alder'],
      ['cluster:cal', 'Calder'],
    ] as const) {
      const words = house.release.bands.map((band) => {
        // That somebody wrote something has no page, and is no figure.
        const own = tables.filter(
          (table) =>
            table.node === node && table.band === band.id && table.group === '' && table.item !== 'one-thing-better',
        );
        const counts = own.flatMap((table) => Object.values(table.counts));
        const shown = counts.filter((count) => count !== null).length;
        return `${shown} shown, ${counts.length - shown} hidden`;
      });
      expect(plain(body)).toContain(`${name} ${words.join(' ')}`);
    }
  });

  it('does not tell a place without pupils from one that is hidden', async () => {
    const body = plain(await page('hidden'));
    const cells = (name: string) =>
      new RegExp(`${name} (?:\\d+ shown, \\d+ hidden) (\\d+ shown, \\d+ hidden)`).exec(body)?.[1];
    // Calder's secondary is too small, Dunmore has none.
    expect(cells('Calder')).toBe(cells('=Dunmore'));
    expect(cells('Calder')).toMatch(/^0 shown, [1-9]/);
  });

  it('sums them up in a sentence', async () => {
    const body = plain(await page('hidden'));
    const [, all, shown, hidden] = /hold ([\d,]+) figures: ([\d,]+) are shown and ([\d,]+) are hidden/.exec(body) ?? [];
    const number = (text: string | undefined) => Number(text?.replace(',', ''));
    const counted = [...house.release.tables()].filter(({ item }) => item !== 'one-thing-better');
    const rests = counted.flatMap(
      ({ node, band, item, group }) => house.release.table(`rest:${node}`, band, item, group) ?? [],
    );
    const counts = [...counted, ...rests].flatMap((table) => Object.values(table.counts));
    expect(rests.length).toBeGreaterThan(10);
    expect(number(shown)).toBe(counts.filter((count) => count !== null).length);
    expect(number(all)).toBe(number(shown) + number(hidden));
  });

  it('says the rules in the same words as the page about the method, and what hiding costs', async () => {
    const method = plain((await house.get('/results/method')).body);
    const body = plain(await page('hidden'));
    const rules = /Why some figures are hidden (.*) What hiding costs/.exec(body)![1]!;
    expect(rules.length).toBeGreaterThan(500);
    expect(method).toContain(rules);
    expect(body).toContain('Hidden does not mean nobody');
  });
});

describe('who was not asked', () => {
  it('names those whom no survey in schools reaches, the stages that were not asked, and what it means', async () => {
    const text = plain(await page('not-asked'));
    for (const name of ['Special schools', 'In hospital', 'In secure care', 'Taught at home', 'Placed elsewhere'])
      expect(text).toContain(name);
    expect(text).toContain('Not asked in this release: P1, P2, P3, P4, S3, S4, S5, and S6.');
    expect(text).toContain('do not speak of all children');
  });

  it('says how many were asked and did not answer, by band', async () => {
    const text = plain(await page('not-asked'));
    for (const [band, name] of [
      ['p5-p7', 'P5–P7'],
      ['s1-s2', 'S1–S2'],
    ] as const) {
      const { share } = rateFigure(house.release, 'authority', band)!;
      expect(text).toContain(`${name} ${share}% ${100 - share}%`);
    }
  });

  it('leaves special schools out of the list where the release has a place of them', async () => {
    const cube = JSON.parse(house.release.text) as Cube;
    const special = { id: 'special', kind: 'special-schools', code: 'special', name: 'Special schools', schools: [] };
    const nodes = [...cube.nodes, special as unknown as Cube['nodes'][number]];
    const wave = await addWave(house.house, 'Spring 2028', '2028-03-01');
    const id = await addRelease(house.house, wave, Release.seal({ ...cube, nodes }, sha256));
    const { body } = await house.get(`/results/${id}/not-asked`);
    expect(plain(body)).not.toContain('Special schools');
    expect(plain(body)).toContain('In hospital');
    // A kind of place that these views do not know is not theirs to show.
    expect((await house.get(`/results/${id}/village?place=special`)).statusCode).toBe(404);
    expect((await house.get(`/results/${id}/hidden`)).body).not.toContain('Special schools');
  });

  it('hides a rate in the usual words', async () => {
    const cube = JSON.parse(house.release.text) as Cube;
    const rates = cube.rates.map((rate) => (rate.band === 's1-s2' ? { ...rate, responses: null } : rate));
    const wave = await addWave(house.house, 'Spring 2029', '2029-03-01');
    const id = await addRelease(house.house, wave, Release.seal({ ...cube, rates }, sha256));
    const { body } = await house.get(`/results/${id}/not-asked`);
    expect(plain(body)).toContain('S1–S2 hidden to protect children · why');
  });
});

describe('every view', () => {
  const VIEWS = [
    'frameworks/domains',
    'frameworks/shanarri',
    'frameworks/uncrc',
    'frameworks/outcomes',
    'village',
    'items/feels-safe/funnel',
    'wheel',
    'hidden',
    'not-asked',
  ];

  it('names its release and leads back, in both languages', async () => {
    for (const view of VIEWS) {
      for (const language of ['en', 'ar'] as const) {
        const body = await page(view, language);
        expect(body, view).toContain(house.release.sha256.slice(0, 12));
        expect(body, view).not.toContain(house.release.sha256.slice(0, 13));
        expect(body, view).toContain('Spring 2026');
        expect(body, view).toMatch(/<p class="soft no-print"><a href="\/results\//);
      }
    }
  });

  it('is noted in the record as a look at results, by its address without the query', async () => {
    const { query } = house.house.services.database;
    const entries = () => query.selectFrom('audit_entries').selectAll().execute();
    const before = new Set((await entries()).map(({ sequence }) => sequence));
    for (const view of VIEWS) await page(view);
    await page('village?place=cluster%3Aald');
    const added = (await entries()).filter(({ sequence }) => !before.has(sequence));
    expect(added.map(({ action, subject }) => `${action} ${subject}`).toSorted()).toEqual(
      [...VIEWS, 'village'].map((view) => `results-viewed ${address(view)}`).toSorted(),
    );
  });

  it('is for planners, analysts and approvers', async () => {
    for (const view of VIEWS) {
      for (const role of ['analyst', 'approver'] as const)
        expect((await house.get(address(view), 'en', role)).statusCode).toBe(200);
      for (const role of ['forum-member', 'youth-worker', 'administrator', 'auditor'] as const)
        expect((await house.get(address(view), 'en', role)).statusCode, view).toBe(403);
      expect((await house.house.app.inject(address(view))).statusCode).toBe(303);
    }
  });

  it('answers 404 to whatever is not there, and shows nothing', async () => {
    const addresses = [
      'frameworks/nonsense',
      'frameworks/constructor',
      'village?place=cluster%3Anowhere',
      'village?place=constructor',
      'village?band=s5-s6',
      'village?band=',
      'wheel?band=s5-s6',
      'wheel?place=nowhere',
      'items/no-such-item/funnel',
      'items/feels-safe/funnel?band=s5-s6',
      'items/feels-safe/funnel?option=no',
      'items/feels-safe/funnel?option=constructor',
      'items/things-going/funnel?band=p5-p7',
      'items/one-thing-better/funnel',
    ].map(address);
    const elsewhere = VIEWS.map((view) => `/results/no-such-release/${view}`);
    for (const url of [...addresses, ...elsewhere]) {
      const reply = await house.get(url);
      expect(reply.statusCode, url).toBe(404);
      expect(reply.body, url).not.toMatch(/<table|\d%/);
    }
  });

  it('refuses an address that is longer or says more than any view takes', async () => {
    const long = 'x'.repeat(2000);
    const addresses = [
      `village?place=${long}`,
      `village?band=${long}`,
      `village?nonsense=${long}`,
      `wheel?place=${long}`,
      `items/feels-safe/funnel?option=${long}`,
      `items/feels-safe/funnel?place=cluster%3Aald`,
      'village?band=p5-p7&band=s1-s2',
    ];
    for (const rest of addresses) {
      const reply = await house.get(address(rest));
      expect(reply.statusCode, rest.slice(0, 60)).toBe(400);
      expect(reply.body).not.toContain('<table');
    }
  });
});
