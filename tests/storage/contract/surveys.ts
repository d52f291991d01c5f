import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '../../../server/core/survey/slots.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { contentHash, createSurveys, type SurveyContent, type Surveys } from '../../../server/storage/surveys.ts';
import { AT } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const contentOf = (id: string): SurveyContent => readSurveyFolders().find(({ definition }) => definition.id === id)!;

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, turned(inner)] as const)
      .toReversed(),
  );
}

export function surveysContract(openDatabaseForTest: OpenDatabase): void {
  describe('survey versions', () => {
    let test: TestDatabase;
    let surveys: Surveys;
    const primary = contentOf('primary');

    beforeAll(async () => {
      test = await openDatabaseForTest();
      surveys = createSurveys(test.database);
    });
    afterAll(() => test.end());

    it('are numbered from 1 within their survey and found as they were published', async () => {
      const first = await surveys.publish(primary, null, AT);
      expect(first).toMatchObject({ surveyId: 'primary', family: 'pupils', number: 1, publishedAt: AT });
      expect(first.layout).toEqual(layoutOf(primary.definition));
      expect(await surveys.find(first.id)).toEqual(first);
      expect((await surveys.publish(contentOf('secondary'), null, AT)).number).toBe(1);
      const next = await surveys.publish(primary, null, AT);
      expect(next).toMatchObject({ number: 2, contentHash: first.contentHash });
      expect(await surveys.find(first.id)).toEqual(first);
      expect(await surveys.find('no such version')).toBeUndefined();
    });

    it('keep all their words in every language', async () => {
      const version = await surveys.publish(primary, null, AT);
      const texts = await surveys.texts(version.id);
      expect([...texts.keys()]).toEqual(['ar', 'en']);
      for (const text of primary.texts) expect(texts.get(text.language)).toEqual(text);
      expect((await surveys.texts('no such version')).size).toBe(0);
    });

    it('are the newest of their survey or family, also when there are more than nine', async () => {
      for (let count = 0; count < 10; count += 1) await surveys.publish(primary, null, AT);
      const newest = await surveys.newestOf('primary');
      expect(newest?.number).toBeGreaterThan(10);
      const family = await surveys.newestOfFamily('pupils');
      expect(family.map(({ surveyId, number }) => [surveyId, number])).toEqual([
        ['primary', newest?.number],
        ['secondary', 1],
      ]);
      expect(await surveys.families()).toEqual(['pupils']);
      expect(await surveys.newestOf('none')).toBeUndefined();
      expect(await surveys.newestOfFamily('none')).toEqual([]);
    });

    it('are known by the hash of structure and words, in whatever order these were written', () => {
      const hash = contentHash(primary);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(contentHash(turned(primary) as SurveyContent)).toBe(hash);
      expect(contentHash({ ...primary, texts: primary.texts.toReversed() })).toBe(hash);
      const { definition, texts } = structuredClone(primary);
      definition.items.reverse();
      expect(contentHash({ definition, texts })).not.toBe(hash);
      texts[0]!.name += '!';
      expect(contentHash({ ...primary, texts })).not.toBe(hash);
    });
  });
}
