import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openHouse, type House } from '../support/house.ts';
import { csvRows } from './file-reading.ts';
import { plain, sharesTable } from './page-reading.ts';
import {
  addRelease,
  addWave,
  EARLIER_CLUSTERS,
  EXACT_BASES,
  publishSurveys,
  pupilsOf,
  releaseOf,
  storeResponses,
  type Pupil,
  type TestWave,
} from './wave.ts';

const HIDDEN = 'hidden to protect children';

let house: House;
let versions: SurveyVersion[];
let wave: TestWave;
let pupils: Pupil[];
let release: Release;
let earlier: string;
let current: string;

beforeAll(async () => {
  house = await openHouse();
  versions = await publishSurveys(house);
  const surveys = versions.map((version) => version.definition);
  const before = await addWave(house, 'Spring 2024', '2024-03-01');
  earlier = await addRelease(house, before, releaseOf(versions, before, pupilsOf(surveys, 1), EARLIER_CLUSTERS));
  wave = await addWave(house, 'Spring 2026', '2026-03-01');
  pupils = pupilsOf(surveys);
  release = releaseOf(versions, wave, pupils);
  current = await addRelease(house, wave, release);
  await storeResponses(house, versions, wave, pupils);
});
afterAll(() => house.close());

async function get(url: string, role: Parameters<House['as']>[0] = 'planner', language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as(role, language) });
}

async function page(url: string, language: 'en' | 'ar' = 'en') {
  const reply = await get(url, 'planner', language);
  expect(reply.statusCode, url).toBe(200);
  return reply.body;
}

const item = (id: string, query = '') => `/results/${current}/items/${id}${query}`;

/** Addresses of every page and file of results, found by following links from the first page. */
async function crawl(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const waiting = ['/results'];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url)) continue;
    const body = await page(url);
    found.set(url, body);
    const links = [...body.matchAll(/href="(\/results[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
    // The steps of a ladder are alike: its two lowest stand for the rest. So are the clusters of rows and numbers.
    const alike = /option=([2-9]|10)&|items\/([^?]*\.|evenings-friends).*place=/;
    waiting.push(...links.filter((href) => !alike.test(href)));
  }
  return found;
}

describe('the first page of results', () => {
  it('names wave, release date and hash, and opens with who answered', async () => {
    const body = await page('/results');
    expect(body).toContain('Results: Spring 2026');
    expect(plain(body)).toContain('Released 3 May 2026');
    expect(body).toContain(release.sha256.slice(0, 12));
    expect(body).not.toContain(release.sha256.slice(0, 13));
    expect(body.indexOf('Who answered')).toBeLessThan(body.indexOf('What they said'));
  });

  it('shows rates from rounded answers and hides those of places that may not be shown', async () => {
    const text = plain(await page('/results'));
    // 206 answered: 205 of the 311 on the roll of the primaries.
    expect(text).toContain('P5–P7 66% 205 311 7');
    // Birchwood: 60 of 125, with the note; its secondary did not agree to be shown.
    expect(text).toContain(`Birchwood 48% low response ${HIDDEN}`);
    // Calder has one primary and a secondary of 17 pupils; Dunmore has no secondary at all.
    expect(text).toContain(`Calder ${HIDDEN} · why ${HIDDEN} · why`);
    expect(text).toMatch(new RegExp(`=Dunmore \\d+% ${HIDDEN} · why`));
  });

  it('leads to every indicator and question by domain, and to the other release', async () => {
    const body = await page('/results');
    expect(body).toContain(`href="/results/${current}/items/feels-safe"`);
    expect(body).toContain(`href="/results/${current}/items/talk-to"`);
    expect(body).not.toContain('items/one-thing-better"');
    expect(plain(body)).toContain('Spring 2024, released 3 May 2026');
    expect(await page(`/results/${earlier}`)).toContain('Results: Spring 2024');
  });

  it('says so kindly where there is no release, and not with that of another authority', async () => {
    const empty = await openHouse();
    const reply = await empty.app.inject({ url: '/results', headers: await empty.as('planner') });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('There are no results yet.');
    await empty.close();
  });
});

describe('the page of an indicator', () => {
  it('gives the answer in a sentence for the whole authority, then the table: authority first, clusters by name', async () => {
    const body = await page(item('feels-safe'));
    const { share, low, high } = optionFigure(
      release,
      { node: 'authority', band: 'p5-p7', item: 'feels-safe' },
      'yes',
    )!;
    expect(plain(body)).toContain(
      `In Strathlorn as a whole, ${share}% of P5–P7 pupils always or mostly feel safe where they live (between ${low}% and ${high}%). In Spring 2024 it was`,
    );
    const table = sharesTable(body);
    expect([...table.keys()]).toEqual(['Strathlorn, whole authority', '=Dunmore', 'Alder', 'Birchwood', 'Calder']);
    expect(table.get('Strathlorn, whole authority')?.slice(0, 3)).toEqual([`${share}%`, `${low}% to ${high}%`, '205']);
  });

  it('speaks of one cluster beside the rest of the authority', async () => {
    const body = await page(item('feels-safe', '?band=p5-p7&place=cluster%3Aald'));
    const rest = optionFigure(release, { node: 'rest:cluster:ald', band: 'p5-p7', item: 'feels-safe' }, 'yes')!;
    expect(plain(body)).toMatch(
      new RegExp(
        `In Alder, \\d+% of P5–P7 pupils always or mostly feel safe where they live \\(between \\d+% and \\d+%\\)\\. .*the rest of the authority, where it is ${rest.share}%\\.`,
      ),
    );
    expect(body).toContain('<h2>All answers: Alder, P5–P7</h2>');
    expect(body).toMatch(/aria-current="true">One place: Alder</);
  });

  it('lists all answers to the question that an indicator reads, so that nobody is left out', async () => {
    const allAnswers = (body: string) => /<h2>All answers.*?<\/table>/s.exec(body)![0];
    const body = allAnswers(await page(item('feels-safe')));
    expect([...body.matchAll(/<bdi>(.*?)<\/bdi>/g)].map((match) => match[1])).toEqual(
      expect.arrayContaining(['Always', 'Mostly', 'Sometimes', 'Never', 'Skipped the question, or stopped before it']),
    );
    expect(body).toBe(allAnswers(await page(item('feel-safe'))));
  });

  it('hides a place of one primary in one cell, which leads to why', async () => {
    const body = await page(item('feels-safe'));
    expect(sharesTable(body).get('Calder')).toEqual([`${HIDDEN} · why`]);
    expect(body).toContain('<a href="/results/method#hidden">why</a>');
  });

  it('gives hidden and missing rows and pages the same look', async () => {
    const secondary = sharesTable(await page(item('feels-safe', '?band=s1-s2')));
    // Did not agree, too small, and no secondary at all.
    for (const name of ['Birchwood', 'Calder', '=Dunmore']) expect(secondary.get(name)).toEqual([`${HIDDEN} · why`]);
    const [hidden, missing] = await Promise.all(
      [
        ['cal', 'Calder'],
        ['dun', '=Dunmore'],
      ].map(async ([code, name]) => {
        const body = await page(item('feels-safe', `?band=s1-s2&place=cluster%3A${code}`));
        return withoutMark(body, name!)
          .replaceAll(name!, 'PLACE')
          .replace(new RegExp(`cluster%(25)?3A${code}`, 'g'), 'PLACE');
      }),
    );
    expect(hidden).toBe(missing);
  });

  /** Takes out what says which cluster of the list is looked at. */
  function withoutMark(body: string, name: string): string {
    return body
      .replace(/<details class="pick">[\s\S]*?<\/details>/, `<summary>${name}</summary>`)
      .replace(/<tr( aria-current="true")?>\s*<th scope="row">(Calder|=Dunmore)</g, '<tr><th>either');
  }

  it('labels the results of one school, with a note, and only where they are shown', async () => {
    const secondary = await page(item('feels-safe', '?band=s1-s2'));
    expect(sharesTable(secondary).get('Alder')?.at(-1)).toContain('one school');
    expect(secondary).toContain('its row shows one school’s results');
    expect(await page(item('feels-safe', '?band=p5-p7'))).not.toContain('one school’s results');
  });

  it('notes low response, and few asked', async () => {
    expect(
      sharesTable(await page(item('feels-safe')))
        .get('Birchwood')
        ?.at(-1),
    ).toBe('low response');
    expect(
      sharesTable(await page(item('feels-safe')))
        .get('=Dunmore')
        ?.at(-1),
    ).toBe('few asked: read with care');
  });

  it('sets an earlier wave beside it only where the schools are the same', async () => {
    const table = sharesTable(await page(item('feels-safe')));
    expect(table.get('Alder')?.[3]).toBe('schools changed');
    expect(table.get('Birchwood')?.[3]).toBe('schools changed');
    expect(table.get('=Dunmore')?.[3]).toMatch(/^\d+% \(\d+% to \d+%\)$/);
    expect(table.get('Strathlorn, whole authority')?.[3]).toMatch(/^\d+% \(\d+% to \d+%\)$/);
    const alone = sharesTable(await page(item('feels-safe', '?earlier=none')));
    expect(alone.get('=Dunmore')).toHaveLength(4);
    expect(await page(`/results/${earlier}/items/feels-safe`)).not.toContain('Spring 2026');
  });

  it('offers a finding to a planner only, and only of a shown figure', async () => {
    const link = `/replies/findings/new?release=${current}&amp;node=cluster%3Aald&amp;band=p5-p7&amp;item=feels-safe&amp;option=yes`;
    expect(await page(item('feels-safe', '?place=cluster%3Aald'))).toContain(link);
    expect((await get(item('feels-safe', '?place=cluster%3Aald'), 'analyst')).body).not.toContain(
      '/replies/findings/new',
    );
    expect(await page(item('feels-safe', '?place=cluster%3Acal'))).not.toContain('/replies/findings/new');
  });

  it('gives the picture nothing but what the table says', async () => {
    const rows = [
      ...(await page(item('feels-safe'))).matchAll(
        /<tr data-share="(\d+)" data-low="(\d+)" data-high="(\d+)"[\s\S]*?<\/tr>/g,
      ),
    ];
    expect(rows.length).toBe(4);
    for (const [row, share, low, high] of rows) expect(plain(row)).toContain(`${share}% ${low}% to ${high}%`);
  });
});

describe('the page of a question', () => {
  it('begins with its first option and lists every answer with the states of those who gave none', async () => {
    const body = await page(item('club'));
    const text = plain(body);
    expect(text).toContain('Do you take part in a club?');
    expect(text).toMatch(/of P5–P7 pupils answered “Yes, every week”/);
    for (const answer of [
      'Yes, sometimes',
      'Said “I don’t know”',
      'Preferred not to say',
      'Skipped the question, or stopped before it',
    ]) {
      expect(body).toContain(`<th scope="row"><bdi>${answer}</bdi></th>`);
    }
  });

  it('says how it was ticked, or chosen on a ladder', async () => {
    expect(plain(await page(item('talk-to', '?option=friend')))).toMatch(/pupils ticked “A friend”/);
    expect(await page(item('talk-to'))).toContain('Pupils could tick several answers');
    expect(plain(await page(item('things-going', '?option=7')))).toMatch(
      /S1–S2 pupils (chose 7 on the ladder|in Strathlorn, this is hidden)/,
    );
  });

  it('carries the option into the other band, where it was offered', async () => {
    const body = await page(item('feel-safe', '?option=mostly'));
    expect(body).toContain('?band=s1-s2&amp;option=mostly&amp;earlier=');
  });
});

describe('the same in Arabic', () => {
  it('speaks Arabic, right to left, with the same figures', async () => {
    const body = await page(item('feels-safe', '?place=cluster%3Aald'), 'ar');
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(body).toContain('الشعور بالأمان في المنطقة المحلية');
    // The name stands apart, so that the number after it is not drawn into its direction.
    expect(plain(body)).toMatch(/في \u2068Alder\u2069، \d+/);
    const figures = (text: string) => [...text.matchAll(/data-share="(\d+)"/g)].map(([, share]) => share);
    expect(figures(body)).toEqual(figures(await page(item('feels-safe', '?place=cluster%3Aald'))));
  });
});

describe('bad use', () => {
  it('answers 404 to whatever is not there, and shows nothing', async () => {
    const addresses = [
      '/results/no-such-release',
      `/results/${current}/items/no-such-item`,
      item('feels-safe', '?band=s5-s6'),
      item('feels-safe', '?option=no'),
      item('feels-safe', '?option=constructor'),
      item('feels-safe', '?place=cluster%3Anowhere'),
      item('feels-safe', '?earlier=nothing'),
      item('feels-safe', `?earlier=${current}`),
      item('things-going', '?band=p5-p7'),
      item('school-life'),
      item('school-life.no-such-row'),
      item('place-better.cleaner'),
      item('one-thing-better'),
      item('turn-down', '?place=cluster%3Aald'),
      `/results/${current}/items/feels-safe/file.csv?band=s5-s6`,
    ];
    for (const url of addresses) {
      const reply = await get(url);
      expect(reply.statusCode, url).toBe(404);
      expect(reply.body, url).not.toContain('<table');
    }
  });

  it('keeps a release that waits for its approver, and that of another authority, to itself', async () => {
    await createAuthorities(house.services.database).add(
      { id: 'elsewhere', name: 'Elsewhere', kind: 'real' },
      '2026-01-01',
    );
    const foreign = await addWave(house, 'Foreign', '2026-04-01', 'elsewhere');
    const foreignId = await addRelease(house, foreign, releaseOf(versions, foreign, pupils));
    const waiting = await addRelease(house, wave, releaseOf(versions, wave, pupils.slice(1)), false);
    for (const id of [foreignId, waiting]) {
      for (const url of [
        `/results/${id}`,
        `/results/${id}/items/feels-safe`,
        `/results/${id}/items/feels-safe/file.csv`,
      ]) {
        expect((await get(url)).statusCode).toBe(404);
      }
    }
    expect(await page('/results')).not.toContain('Foreign');
  });

  it('has no page for what was written, although the release knows how many wrote', async () => {
    expect(release.item('one-thing-better')?.options).toEqual(['written']);
    for (const url of [item('one-thing-better'), `/results/${current}/items/one-thing-better/file.csv`]) {
      expect((await get(url)).statusCode).toBe(404);
    }
  });

  it('is for planners, analysts and approvers; how it is worked out is for everybody signed in', async () => {
    for (const role of ['forum-member', 'youth-worker', 'administrator', 'auditor'] as const) {
      expect((await get('/results', role)).statusCode).toBe(403);
      expect((await get(item('feels-safe'), role)).statusCode).toBe(403);
      expect((await get(`/results/${current}/items/feels-safe/file.csv`, role)).statusCode).toBe(403);
      expect((await get('/results/method', role)).statusCode).toBe(200);
    }
    const stranger = await house.app.inject({ url: item('feels-safe') });
    expect(stranger.statusCode).toBe(303);
  });
});

/** The codebook says how many columns a file has, which counts nobody. */
const withoutColumns = (body: string) => body.replace(/<varQnty>\d+<\/varQnty>/, '');

describe('nothing goes round the release', { timeout: 60_000 }, () => {
  /** Every page and file, as they are before anything is done to the database. */
  let seen: Map<string, string>;
  beforeAll(async () => {
    seen = await crawl();
  }, 60_000);

  it('shows no count that did not go through protection, on any page or in any file', async () => {
    const pages = seen;
    expect(pages.size).toBeGreaterThan(300);
    for (const [url, body] of pages) {
      const isTable = /file\.csv|files\/csv/.test(url);
      const bases = isTable
        ? csvRows(body).flatMap(({ count, base }) => [count!, base!])
        : [...body.matchAll(/<td>(\d[\d,]*)<\/td>/g)].map(([, number = '']) => number.replace(',', ''));
      // Rolls and numbers of schools are no answers; all else that counts people is a multiple of five.
      if (!/^\/results(\/[^/]*)?$/.test(url)) for (const base of bases) expect(Number(base) % 5, url).toBe(0);
      for (const exact of EXACT_BASES) {
        if (isTable) expect(bases, `${url} shows ${exact}`).not.toContain(String(exact));
        else expect(withoutColumns(body), `${url} shows ${exact}`).not.toMatch(new RegExp(`(>|about )${exact}(<|\\))`));
      }
    }
  });

  it('gives byte-identical pages and files for two sets of answers with the same cube', async () => {
    await storeResponses(house, versions, wave, otherAnswersWithTheSameCube());
    const second = { ...house, app: await buildApp(house.services) };
    const first = house;
    house = second;
    try {
      const after = await crawl();
      expect([...after.keys()]).toEqual([...seen.keys()]);
      for (const [url, body] of seen) expect(after.get(url) === body, url).toBe(true);
    } finally {
      house = first;
      await second.app.close();
    }
  });

  /** Changes pupils' answers, one by one, as long as no rounded count moves. */
  function otherAnswersWithTheSameCube(): Pupil[] {
    const changed = [...pupils];
    let moved = 0;
    for (const [index, pupil] of pupils.entries()) {
      if (moved === 1) break;
      const answers = { ...pupil.answers, 'feel-safe': { state: 'answered' as const, value: 'always' } };
      const before = changed[index]!;
      changed[index] = { ...pupil, answers };
      if (releaseOf(versions, wave, changed).text === release.text) moved += 1;
      else changed[index] = before;
    }
    expect(moved).toBe(1);
    expect(releaseOf(versions, wave, changed).sha256).toBe(release.sha256);
    return changed;
  }

  it('answers the same with the tables of responses and drafts dropped', async () => {
    // Nothing kept in memory: this server has answered nobody yet.
    const fresh = { ...house, app: await buildApp(house.services) };
    const { query } = house.services.database;
    await sql`drop table responses`.execute(query);
    await sql`drop table drafts`.execute(query);
    const first = house;
    house = fresh;
    try {
      const after = await crawl();
      for (const [url, body] of seen) expect(after.get(url) === body, url).toBe(true);
    } finally {
      house = first;
      await fresh.app.close();
    }
  });
});
