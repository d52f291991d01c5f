import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { allTagsOf, FRAMEWORKS, type Framework } from '../../server/core/survey/frameworks.ts';
import { isQuestion } from '../../server/core/survey/definition.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { plain } from './page-reading.ts';

const HIDDEN = 'hidden to protect children · why';

let house: FilesHouse;
beforeAll(async () => {
  house = await openFilesHouse();
}, 60_000);
afterAll(() => house.house.close());

async function page(framework: Framework, language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await house.get(`/results/${house.current}/frameworks/${framework}`, language);
  expect(reply.statusCode).toBe(200);
  return reply.body;
}

/** The part of a page that stands under a tag. */
function under(body: string, tag: string): string {
  return new RegExp(`<section class="stack close" id="tag-${tag}">[\\s\\S]*?</section>`).exec(body)?.[0] ?? '';
}

/** Cells of the row of this name, in words. */
function rowOf(body: string, name: string): string[] {
  const row = [...body.matchAll(/<tr>\s*<th scope="row"[^>]*>[\s\S]*?<\/tr>/g)].find(([text]) => text.includes(name));
  return [...(row?.[0] ?? '').matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => plain(cell));
}

describe('the pages of frameworks', () => {
  it('are linked from the first page of results and from each other', async () => {
    const first = (await house.get(`/results/${house.current}`)).body;
    for (const framework of FRAMEWORKS) {
      const link = `href="/results/${house.current}/frameworks/${framework}"`;
      expect(first).toContain(link);
      expect(await page('domains')).toContain(link);
    }
  });

  it('name their release', async () => {
    const text = plain(await page('shanarri'));
    expect(text).toContain('Wave Spring 2026');
    expect(text).toContain(house.release.sha256.slice(0, 12));
  });

  it('give the share of an indicator in the whole authority by band, under each tag of its question', async () => {
    const expected = house.release.bands.map((band) => {
      const figure = optionFigure(house.release, { node: 'authority', band: band.id, item: 'feels-safe' }, 'yes');
      return `${figure!.share}%`;
    });
    const places = { domains: 'local-area', shanarri: 'safe', uncrc: '19', outcomes: 'feel-safe' } as const;
    for (const [framework, tag] of Object.entries(places) as [Framework, string][]) {
      const part = under(await page(framework), tag);
      expect(rowOf(part, 'Feels safe in the local area'), framework).toEqual(expected);
    }
    expect(under(await page('shanarri'), 'achieving')).not.toContain('Feels safe in the local area');
  });

  it('give every answer to a question, hidden ones in the usual words, and say which band was not asked', async () => {
    const part = under(await page('domains'), 'mental-wellbeing');
    // The ladder of older pupils: nobody stands on some steps often enough.
    const ladder = rowOf(part, '<bdi>10</bdi>').concat(rowOf(part, '<bdi>0 ('), rowOf(part, '<bdi>5</bdi>'));
    expect(ladder.filter((_, index) => index % 2 === 0)).toEqual(expect.arrayContaining(['not asked']));
    const { release } = house;
    const club = under(await page('domains'), 'local-area');
    for (const option of ['every-week', 'sometimes', 'no']) {
      const words = { 'every-week': 'Yes, every week', sometimes: 'Yes, sometimes', no: '<bdi>No</bdi>' }[option]!;
      const expected = release.bands.map((band) => {
        const figure = optionFigure(release, { node: 'authority', band: band.id, item: 'club' }, option);
        return figure ? `${figure.share}%` : HIDDEN;
      });
      expect(rowOf(club, words), option).toEqual(expected);
    }
  });

  it('put every question that a version asks under each of its tags, and under no other', async () => {
    const questions = house.versions.flatMap(({ definition }) => definition.items.filter(isQuestion));
    const inRelease = questions.filter(({ id }) => house.release.items.some(({ question }) => question === id));
    const body = await page('uncrc');
    for (const article of allTagsOf('uncrc')) {
      const part = under(body, article);
      for (const question of inRelease.filter(({ kind }) => kind !== 'short-text')) {
        const stands = part.includes(`/items/${question.id}"`) || part.includes(`/items/${question.id}.`);
        expect(stands, `${question.id} under ${article}`).toBe(question.tags.uncrc.includes(Number(article)));
      }
    }
  });

  it('list what nothing was asked about, and never leave a tag out', async () => {
    for (const framework of FRAMEWORKS) {
      const body = await page(framework);
      const nothing = /<h2>Nothing was asked about this<\/h2>[\s\S]*?<\/section>/.exec(body)?.[0] ?? '';
      const listed = [...nothing.matchAll(/<li>/g)].length;
      const groups = [...body.matchAll(/<section class="stack close" id="tag-/g)].length;
      expect(groups + listed, framework).toBe(allTagsOf(framework).length);
    }
    expect(await page('uncrc')).toContain('<li>Article 38: protection in war</li>');
  });

  it('do not call a tag empty that was asked about in pupils’ own words', async () => {
    const part = under(await page('uncrc'), '13');
    expect(plain(part)).toContain('Answered in pupils’ own words: read by people, not counted.');
    expect(part).not.toContain('<table');
    expect(part).not.toContain('one-thing-better"');
  });

  it('say by which tags an outcome gathers its questions', async () => {
    expect(plain(under(await page('outcomes'), 'be-healthy'))).toContain('tagged “Healthy” or “Active”');
  });

  it('hold the same figures in Arabic, right to left', async () => {
    const [english, arabic] = [await page('shanarri'), await page('shanarri', 'ar')];
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain('<h2>الأمان</h2>');
    // The sign of a per cent stands among marks of direction in Arabic.
    const figures = (body: string) => [...body.matchAll(/<td>(\d+)/g)].map(([, share]) => share);
    expect(figures(arabic)).toEqual(figures(english));
    expect(figures(arabic).length).toBeGreaterThan(20);
  });
});
