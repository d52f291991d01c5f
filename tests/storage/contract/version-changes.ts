import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextVersion } from '../../../server/core/survey/next-version.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyContent, type Surveys } from '../../../server/storage/surveys.ts';
import { changeHash, createVersionChanges, type VersionChangesStore } from '../../../server/storage/version-changes.ts';
import { AT } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const primary = readSurveyFolders().find(({ definition }) => definition.id === 'primary')!;

/** Content in which one question has other words in English. */
function reworded({ definition, texts }: SurveyContent, id: string): SurveyContent {
  const others = structuredClone(texts);
  others.find(({ language }) => language === 'en')!.items[id]!.text += '!';
  return { definition, texts: others };
}

export function versionChangesContract(openDatabaseForTest: OpenDatabase): void {
  describe('changes of survey versions', () => {
    let test: TestDatabase;
    let surveys: Surveys;
    let changes: VersionChangesStore;
    const [kept, other] = primary.definition.items.map(({ id }) => id);

    beforeAll(async () => {
      test = await openDatabaseForTest();
      surveys = createSurveys(test.database);
      changes = createVersionChanges(test.database);
    });
    afterAll(() => test.end());

    it('are none of the first version, and follow from the content where nobody declared them', async () => {
      const first = await surveys.publish(primary, null, AT);
      expect(await changes.of(first.id)).toBeUndefined();
      const second = await surveys.publish(reworded(primary, kept!), null, AT);
      const found = (await changes.of(second.id))!;
      const isNew = found.facts.items.filter(({ comparability }) => comparability === 'new');
      expect(isNew).toEqual([{ id: kept, comparability: 'new', note: null, replaces: null }]);
      expect(found.facts.items).toHaveLength(primary.definition.items.length);
      expect(found).toMatchObject({ language: null, facts: { withdrawn: [], indicatorsGone: [] } });
    });

    it('come back as they were declared, under a hash that anybody can work out again', async () => {
      const first = await surveys.publish(primary, null, AT);
      const withdrawable = primary.definition.items.findLast(
        ({ id }) => nextVersion(primary, { withdrawals: [{ id, reason: 'x' }] }).faults.length === 0,
      )!;
      const { content, facts } = nextVersion(primary, {
        replacements: [
          {
            item: primary.definition.items.find(({ id }) => id === other)!,
            texts: {
              en: { ...primary.texts.find(({ language }) => language === 'en')!.items[other!]!, text: 'Well?' },
            },
            declared: 'reworded',
            note: 'Said more shortly.',
          },
        ],
        withdrawals: [{ id: withdrawable.id, reason: 'Nobody used the answers.' }],
      });
      const declared = { facts, language: 'en', proposals: new Map<string, string>() };
      const second = await surveys.publish({ ...content, changes: declared }, null, AT);
      const found = (await changes.of(second.id))!;
      expect(found.facts.items).toContainEqual({
        id: other,
        comparability: 'reworded',
        note: 'Said more shortly.',
        replaces: null,
      });
      expect(found.facts.withdrawn).toEqual([
        { id: withdrawable.id, reason: 'Nobody used the answers.', replacedBy: null },
      ]);
      expect(found.language).toBe('en');
      const versions = { before: first.contentHash, after: second.contentHash };
      expect(found.changeHash).toBe(changeHash(found, versions));
      expect(found.changeHash).toBe(
        changeHash({ ...declared, facts: { ...facts, items: facts.items.toReversed() } }, versions),
      );
      const touched = structuredClone(found.facts);
      touched.withdrawn[0]!.reason = 'Nobody used the answer.';
      expect(changeHash({ ...found, facts: touched }, versions)).not.toBe(found.changeHash);
      expect(changeHash(found, { ...versions, before: second.contentHash })).not.toBe(found.changeHash);
    });

    it('are written with their version or not at all', async () => {
      const { number } = (await surveys.newestOf('primary'))!;
      const publishing = surveys.publish(primary, null, AT, () => Promise.reject(new Error('No.')));
      await expect(publishing).rejects.toThrow('No.');
      expect((await changes.history('primary', number + 1)).has(number + 1)).toBe(false);
    });

    it('are told version by version, up to the one that is asked for', async () => {
      const history = await changes.history('primary', 2);
      expect([...history.keys()]).toEqual([2]);
      expect(history.get(2)!.get(kept!)).toBe('new');
      expect(history.get(2)!.get(other!)).toBe('same');
      expect((await changes.history('none', 9)).size).toBe(0);
    });
  });
}
