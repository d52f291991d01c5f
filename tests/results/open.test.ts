import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import { optionFigure, rateFigure, shareInputOf, withRange } from '../../server/core/statistics/figure.ts';
import { gatherInput } from '../../server/release/gather.ts';
import { makeOfInput } from '../../server/release/job.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { openHouse, type House } from '../support/house.ts';
import { addOpenWave, CAME } from '../support/open-wave.ts';
import { csvRows, readWorkbook } from './file-reading.ts';
import { plain, tableRows } from './page-reading.ts';

/* Pages and files of an open release: whoever came, and nothing that would speak of anybody else. */

let house: House;
let release: Release;
let current: string;
/** What every page and file must not say of people who came by a link. */
const OF_A_ROLL =
  /pupil|response rate(?!s, no ranges)|low response|on the roll|(one|two|member) schools?|cluster|95%|between \d|\bfunnel|village|gaps|no clear difference|higher than|lower than|margin/i;

beforeAll(async () => {
  house = await openHouse();
  const { wave } = await addOpenWave(house);
  ({ release } = await makeOfInput(await gatherInput(house.services.database, wave)));
  const releases = createReleases(house.services.database);
  current = await releases.add(wave.id, release, null, '2026-05-02T09:00:00.000Z');
  await releases.approve(current, null, '2026-05-03T09:00:00.000Z');
  // Everything is read from the release.
  for (const table of ['open_responses', 'responses', 'drafts', 'unlinked_records']) {
    await sql.raw(`drop table ${table}`).execute(house.services.database.query);
  }
}, 120_000);
afterAll(() => house.close());

const get = async (path: string, language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url: `/results/${current}${path}`, headers: await house.as('planner', language) });

async function page(path: string, language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await get(path, language);
  expect(reply.statusCode, path).toBe(200);
  return reply.body;
}

/** The words of a page's own part, without addresses. */
const words = (body: string) => plain(/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '');
const tableOf = (body: string, start: string) =>
  tableRows(new RegExp(`<table class="[^"]*" id="${start}">[\\s\\S]*?</table>`).exec(body)?.[0] ?? '');
const HIDDEN = 'hidden to protect children · why';

describe('figures of an open release', () => {
  const place = { node: 'authority', band: 'age-0-2', item: 'play-place' };

  it('are shares without a range, a rate or anything to compare', () => {
    const figure = optionFigure(release, place, 'one')!;
    expect(figure).toMatchObject({ low: null, high: null, lowRate: false, oneSchool: false, base: 160 });
    expect(() => withRange(figure)).toThrow('open release');
    expect(shareInputOf(release, place, 'one')).toBeUndefined();
    expect(rateFigure(release, 'authority', 'age-0-2')).toBeUndefined();
  });
});

describe('the first page', () => {
  it('opens with who took part: how they came, and how many by place, age and language', async () => {
    const body = await page('');
    expect(body.indexOf('id="who"')).toBeLessThan(body.indexOf('class="domains"'));
    expect(words(body)).toMatch(/Who took part .*open to whoever came, by a link.*This is not a sample/);
    expect([...tableOf(body, 'took-part')]).toEqual([
      ['Strathlorn, whole authority', ['160', '175', '90']],
      ['Moor', ['10', '20', HIDDEN]],
      ['North', ['80', '60', '50']],
      ['South', ['50', '70', '25']],
    ]);
    const byLanguage = tableOf(body, 'took-part-languages');
    expect([...byLanguage.keys()]).toEqual(['Arabic', 'English']);
    expect(body).toContain('<bdi>Age 0 to 2</bdi>');
  });

  it('has no exact number of those who came', async () => {
    const exact = [...CAME.map(({ count }) => count), 162, 173, 91].filter((count) => count % 5 !== 0 && count > 20);
    const body = words(await page(''));
    // A word of letters and figures is the release's own number, which is new each time.
    for (const count of exact) expect(body).not.toMatch(new RegExp(`(^|[^%\\w])${count}([^%\\w]|$)`));
  });

  it('says nothing that only a roll allows', async () => {
    expect(words(await page(''))).not.toMatch(OF_A_ROLL);
    expect(await page('')).not.toMatch(/href="[^"]*\/(village|gaps|wheel|not-asked|texts)["?]/);
  });

  it('is whole in Arabic', async () => {
    const body = await page('', 'ar');
    expect(body).toContain('dir="rtl"');
    expect(words(body)).toContain('هذه ليست عيّنة');
    expect([...tableOf(body, 'took-part').values()][0]).toEqual(['160', '175', '90']);
  });

  it('does not offer the question that the groups are read from', async () => {
    expect(await page('')).not.toContain('/items/child-age');
    expect((await get('/items/child-age')).statusCode).toBe(404);
  });
});

describe('the page of an item', () => {
  it('says the share of those who took part, for the authority and each locality', async () => {
    const body = await page('/items/safe-place-to-play?band=age-3-5');
    const { share } = optionFigure(release, { node: 'authority', band: 'age-3-5', item: 'safe-place-to-play' }, 'yes')!;
    expect(words(body)).toContain(`In Strathlorn, ${share}% of those who took part and were asked say that`);
    const rows = tableRows(/<table class="open-shares">[\s\S]*?<\/table>/.exec(body)![0]);
    expect([...rows.keys()]).toEqual(['Strathlorn, whole authority', 'Moor', 'North', 'South']);
    expect(rows.get('Strathlorn, whole authority')!.slice(0, 2)).toEqual([`${share}%`, '175']);
    expect(words(body)).toContain('by language of their answers');
  });

  it.each([
    '/items/play-place',
    '/items/safe-place-to-play?place=locality%3Anorth',
    '/items/nursery-hours',
    '/items/most-help.play-places',
  ])('says nothing that only a roll allows: %s', async (path) => {
    const body = await page(path);
    expect(words(body)).not.toMatch(OF_A_ROLL);
    expect(body).not.toMatch(/data-(share|low|high)|findings\/new|\/groups|aria-label="[^"]*95%/);
  });

  it('is there for those alone who could be asked', async () => {
    const body = await page('/items/baby-group');
    expect(body).not.toContain('band=age-3-5');
    expect((await get('/items/baby-group?band=age-3-5')).statusCode).toBe(404);
  });

  it('is whole in Arabic', async () => {
    expect(words(await page('/items/play-place', 'ar'))).toContain('ممن شاركوا وسُئلوا');
  });
});

describe('what an open release has not', () => {
  it.each([
    '/village',
    '/gaps',
    '/wheel',
    '/not-asked',
    '/texts',
    '/items/play-place/funnel',
    '/items/play-place/groups',
    '/items/play-place?place=cluster%3Anorth',
    '/items/play-place?place=rest%3Alocality%3Anorth',
    '/items/play-place?place=without-locality',
    '/items/play-place?place=locality%3A..%2F..',
    '/items/play-place?band=p5-p7',
    '/items/play-place?option=constructor',
    '/reports/cluster%3Anorth',
    '/reports/rest%3Alocality%3Anorth',
    '/reports/authority?for=children',
    '/reports/locality%3Anorth?for=everybody',
  ])('is not found: %s', async (path) => {
    const reply = await get(path);
    expect(reply.statusCode).toBe(404);
    expect(reply.body).toContain('<h1');
  });

  it('is no finding', async () => {
    const place = 'node=authority&band=age-0-2&item=safe-place-to-play&option=yes';
    const url = `/replies/findings/new?release=${current}&${place}`;
    const reply = await house.app.inject({ url, headers: await house.as('planner') });
    expect(reply.statusCode).toBe(404);
  });

  it('is not a group that the lattice lacks', () => {
    expect(release.table('locality:north', 'age-0-2', 'play-place', 'language=xx')).toBeUndefined();
    expect(release.table('locality:north', 'age-0-2', 'play-place', 'sex=female')).toBeUndefined();
  });
});

describe('other pages', () => {
  it('read the release by frameworks, by the ages as they were asked', async () => {
    const body = await page('/frameworks/shanarri');
    expect(words(body)).not.toMatch(OF_A_ROLL);
    expect(body).toContain('Age 6 to 8');
  });

  it('say what is hidden by the rules that hold for those who came', async () => {
    const body = words(await page('/hidden'));
    expect(body).not.toMatch(OF_A_ROLL);
    expect(body).toContain('fewer than 10 people were asked');
  });

  it('tell of open surveys where results are explained', async () => {
    const reply = await house.app.inject({ url: '/results/method', headers: await house.as('planner') });
    expect(reply.body).toContain('id="open"');
    expect(words(reply.body)).toContain('no response rates, no ranges and no tests');
  });
});

describe('reports', () => {
  it('are there for the authority and each locality, for adults alone', async () => {
    const body = await page('/reports');
    expect(
      [...body.matchAll(/reports\/([^"?]+)\?for=(\w+)"/g)].map(([, node, audience]) => `${node} ${audience}`),
    ).toEqual(['authority adults', 'locality%3Amoor adults', 'locality%3Anorth adults', 'locality%3Asouth adults']);
  });

  it.each(['authority', 'locality%3Anorth', 'locality%3Amoor'])('begin with who took part: %s', async (node) => {
    const body = await page(`/reports/${node}`);
    expect(body.indexOf('id="who"')).toBeLessThan(body.indexOf('<h3'));
    const text = words(body);
    expect(text).not.toMatch(OF_A_ROLL);
    expect(text).toContain('This is not a sample');
  });

  it('are whole in Arabic', async () => {
    expect(words(await page('/reports/locality%3Asouth', 'ar'))).toContain('هذه ليست عيّنة');
  });
});

describe('files', { timeout: 60_000 }, () => {
  const text = async (format: string) => (await get(`/files/${format}`)).payload;

  it('hold shares and who took part, and leave ranges, rates and rolls empty', async () => {
    const rows = csvRows(await text('csv'));
    expect(rows.length).toBeGreaterThan(300);
    expect(new Set(rows.map(({ reached }) => reached))).toEqual(new Set(['open']));
    for (const column of ['low_percent', 'high_percent', 'response_percent', 'on_roll', 'schools', 'low_response']) {
      expect(new Set(rows.map((row) => row[column])), column).toEqual(new Set(['']));
    }
    const whole = rows.find(
      ({ place, band, item }) => place === 'authority' && band === 'age-0-2' && item === 'play-place',
    );
    expect(whole).toMatchObject({ responses: '160', base: '160', band_name: '0–2' });
    expect(rows.some(({ item }) => item === 'child-age')).toBe(false);
    expect(new Set(rows.map(({ place_kind }) => place_kind))).toEqual(new Set(['authority', 'locality']));
  });

  it('hold the same of one item', async () => {
    const rows = csvRows((await get('/items/play-place/file.csv?band=age-3-5')).payload);
    expect(rows[0]).toMatchObject({ reached: 'open', low_percent: '', responses: '175' });
  });

  it('of groups hold languages and nothing else', async () => {
    const rows = csvRows(await text('groups'));
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(['', 'language=ar', 'language=en']));
    expect(new Set(rows.map(({ low_percent }) => low_percent))).toEqual(new Set(['']));
  });

  it('all say that whoever came could answer', async () => {
    expect(JSON.parse(await text('json'))).toMatchObject({ release: { reached: 'open' } });
    for (const format of ['json', 'codebook', 'spss']) {
      const content = await text(format);
      expect(content, format).toContain('Open survey, whoever came');
    }
    expect(await text('codebook')).toContain('this is not a sample');
    const sheets = readWorkbook((await get('/files/xlsx')).rawPayload);
    expect(sheets[0]!.rows.flat()).toContain('Open survey, whoever came');
    expect(words(await page('/files'))).toContain('This is not a sample');
  });

  it('say nothing of a roll but in the names and meanings of columns', async () => {
    const { notes } = JSON.parse(await text('json')) as { notes: { paragraphs: string[] }[] };
    expect(notes.flatMap(({ paragraphs }) => paragraphs).join(' ')).not.toMatch(/pupil|95%|cluster|Wilson/i);
  });
});
