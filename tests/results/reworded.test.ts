import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextVersion } from '../../server/core/survey/next-version.ts';
import type { Replacement } from '../../server/core/survey/version-changes.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { openHouse, type House } from '../support/house.ts';
import { plain, sharesTable } from './page-reading.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

/* Two waves with versions between them in which questions were asked in other words. */

const { results } = loadLanguages().get('en')!.words;
let house: House;
let current: string;

beforeAll(async () => {
  house = await openHouse();
  const surveys = createSurveys(house.services.database);
  const versions = await publishSurveys(house);
  const definitions = versions.map(({ definition }) => definition);
  const before = await addWave(house, 'Spring 2024', '2024-03-01');
  await addRelease(house, before, releaseOf(versions, before, pupilsOf(definitions, 1)));

  /** Publishes the next version of the primary survey, with some questions in other words. */
  async function reword(declared: Record<string, Replacement['declared']>): Promise<void> {
    const newest = (await surveys.newestOf('primary'))!;
    const content = { definition: newest.definition, texts: [...(await surveys.texts(newest.id)).values()] };
    const replacements = Object.entries(declared).map(([id, comparability]): Replacement => {
      const item = content.definition.items.find((one) => one.id === id)!;
      const words = content.texts.find(({ language }) => language === 'en')!.items[id]!;
      const texts = { en: { ...words, text: `${words.text} (${newest.number})` } };
      return { item, texts, declared: comparability, note: 'Easier to read.' };
    });
    const next = nextVersion(content, { replacements });
    expect(next.faults).toEqual([]);
    const changes = { facts: next.facts, language: 'en', proposals: new Map<string, string>() };
    await surveys.publish({ ...next.content, changes }, null, '2025-03-01T09:00:00.000Z');
  }
  await reword({ 'feel-safe': 'reworded', 'talk-to': 'same' });
  await reword({ 'feel-safe': 'same', 'school-life': 'same' });
  // A version that came by another way than the studio: nobody declared anything.
  const { id, definition } = (await surveys.newestOf('primary'))!;
  const texts = structuredClone([...(await surveys.texts(id)).values()]);
  texts.find(({ language }) => language === 'en')!.items['club']!.text = 'Do you go to a club?';
  await surveys.publish({ definition, texts }, null, '2025-04-01T09:00:00.000Z');

  const asked = await Promise.all(versions.map(async ({ surveyId }) => (await surveys.newestOf(surveyId))!));
  const wave = await addWave(house, 'Spring 2026', '2026-03-01');
  current = await addRelease(house, wave, releaseOf(asked, wave, pupilsOf(definitions)));
});
afterAll(() => house.close());

async function page(path: string): Promise<string> {
  const reply = await house.app.inject({ url: `/results/${current}${path}`, headers: await house.as('planner') });
  expect(reply.statusCode, path).toBe(200);
  return reply.body;
}

const whole = async (item: string) => sharesTable(await page(`/items/${item}`)).get('Strathlorn, whole authority')?.[3];

describe('a question that other words were published of between two waves', () => {
  it('is compared with a word of care where it was declared reworded in any version between', async () => {
    for (const item of ['feels-safe?band=p5-p7', 'feel-safe?band=p5-p7&option=mostly']) {
      expect(await whole(item)).toMatch(/^\d+% \(\d+% to \d+%\), worded differently$/);
      const body = plain(await page(`/items/${item}`));
      expect(body).toContain(plain(results.noteReworded));
      expect(body).toContain('when the question was worded differently, it was');
    }
  });

  it('says so in reports', async () => {
    const report = plain(await page('/reports/authority'));
    expect(report).toContain(plain(results.noteReworded));
    expect(report).toContain('when the question was worded differently, it was');
  });

  it('is compared as it is where only a slip was put right', async () => {
    for (const item of ['adult-to-talk-to', 'belongs-at-school'])
      expect(await whole(`${item}?band=p5-p7`), item).toMatch(/^\d+% \(\d+% to \d+%\)$/);
  });

  it('is not compared where nobody declared anything', async () => {
    expect(await whole('club?band=p5-p7')).toBe('question changed');
  });

  it('is compared in a band whose survey kept its words', async () => {
    const table = sharesTable(await page('/items/feels-safe?band=s1-s2'));
    expect(table.get('Strathlorn, whole authority')?.[3]).toMatch(/^\d+% \(\d+% to \d+%\)$/);
  });
});
