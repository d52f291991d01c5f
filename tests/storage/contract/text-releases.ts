import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealTextRelease, type TextReleaseContent } from '../../../server/core/texts/text-release.ts';
import { createCodedTexts, type CodedTexts } from '../../../server/storage/coded-texts.ts';
import { createReleases, sha256 } from '../../../server/storage/releases.ts';
import type { SurveyVersion } from '../../../server/storage/surveys.ts';
import { createTextCodings } from '../../../server/storage/text-codings.ts';
import { createTextQuotes } from '../../../server/storage/text-quotes.ts';
import { createTextReadings } from '../../../server/storage/text-readings.ts';
import { createTextReleases, type TextReleases } from '../../../server/storage/text-releases.ts';
import { createTextThemes } from '../../../server/storage/text-themes.ts';
import { createWrittenTexts } from '../../../server/storage/written-texts.ts';
import { addReader, openSortedWave } from '../../support/sorted-wave.ts';
import { AT, AUTHORITY_ID, rowsOf, storePlaces, storeSurveys, testSecrets } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-09T09:00:00.000Z';

export function textReleasesContract(openDatabaseForTest: OpenDatabase): void {
  describe('a text release', () => {
    const vault = testSecrets();
    const { secrets } = vault;
    let test: TestDatabase;
    let versions: SurveyVersion[];
    let coded: CodedTexts;
    let textReleases: TextReleases;
    let [one, two, three] = ['', '', ''];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      versions = await storeSurveys(test.database);
      coded = createCodedTexts(test.database);
      textReleases = createTextReleases(test.database);
      [one, two, three] = [
        await addReader(test.database, 'first pair of eyes'),
        await addReader(test.database, 'second pair of eyes'),
        await addReader(test.database, 'third pair of eyes'),
      ];
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    /** A wave with one text that two people have sorted, and a proposed quote of it. */
    async function sortedWave() {
      const wave = await openSortedWave(test.database, secrets, versions, one);
      const theme = await wave.addTheme('Parks');
      await wave.write(['More benches']);
      await wave.readAll();
      const text = await wave.idOf('More benches');
      const codings = createTextCodings(test.database);
      await codings.code(text, { themes: [theme], version: 0 }, one, AT);
      await codings.confirm(text, { themes: [theme], version: 1 }, two, AT);
      const quote = { language: 'en', words: 'More […]', theme };
      await createTextQuotes(test.database, secrets).propose(text, quote, one, AT);
      return { wave, text };
    }

    const CONTENT: TextReleaseContent = { format: 1, release: 'of a release', questions: [] };

    /** A wave that was sorted, and something that stands for its release. */
    async function releasedWave() {
      const found = await sortedWave();
      const releaseId = `release-${found.wave.id}`;
      const release = { id: releaseId, wave_id: found.wave.id, made_at: AT, made_by: null, cube: '{}', sha256: '' };
      await test.database.query.insertInto('releases').values(release).execute();
      await createReleases(test.database).approve(releaseId, null, AT);
      const add = (by = one) =>
        textReleases.add({ waveId: found.wave.id, releaseId }, sealTextRelease(CONTENT, sha256), by, AT);
      return { ...found, releaseId, add };
    }

    async function added() {
      const found = await releasedWave();
      const outcome = await found.add();
      if (outcome === 'done-already') throw new Error('The text release is there already: expected none.');
      return { ...found, id: outcome.id };
    }

    it('is made once a wave, also by two at once', async () => {
      const { add, wave } = await releasedWave();
      const outcomes = await Promise.all([add(one), add(two)]);
      expect(outcomes.filter((outcome) => outcome === 'done-already')).toHaveLength(1);
      expect(await add()).toBe('done-already');
      expect(await textReleases.ofWave(wave.id)).toMatchObject({ waveId: wave.id, approvedAt: null });
      expect(await coded.waves(AUTHORITY_ID)).toContain(wave.id);
    });

    it('is published by somebody else’s approval, after which nothing of the sorting is left', async () => {
      const { id, wave, releaseId, text } = await added();
      await wave.close();
      expect(await textReleases.openPublished(releaseId)).toBeUndefined();
      expect(await textReleases.open(id)).toEqual(CONTENT);
      expect(await textReleases.approve(id, one, LATER)).toBe('own-work');
      expect(
        (await Promise.all([textReleases.approve(id, two, LATER), textReleases.approve(id, three, LATER)])).toSorted(),
      ).toEqual(['approved', 'done-already']);
      expect(await textReleases.openPublished(releaseId)).toMatchObject({
        entry: { id, approvedAt: LATER, madeBy: one },
        content: CONTENT,
      });
      await createWrittenTexts(test.database, secrets).settleTexts(wave.id);
      const left = await Promise.all(
        (['text_codings', 'text_confirmations', 'text_coding_themes', 'text_quotes', 'sent_texts'] as const).map(
          (table) => rowsOf(test.fromOutside(), table),
        ),
      );
      expect(left.flat().filter((row) => row.text_id === text)).toEqual([]);
      expect(await createTextThemes(test.database).ofWave(wave.id)).toEqual([]);
      expect(await createTextReadings(test.database, secrets).open(text, one, AUTHORITY_ID)).toBeUndefined();
      expect(await coded.waves(AUTHORITY_ID)).toContain(wave.id);
    });

    it('is taken back only before it is approved; then another one can be made', async () => {
      const { id, add } = await added();
      expect([await textReleases.remove(id), await textReleases.remove(id)]).toEqual(['removed', 'done-already']);
      const again = await add(two);
      if (again === 'done-already') throw new Error('Another one cannot be made.');
      expect(await textReleases.approve(again.id, one, AT)).toBe('approved');
      expect(await textReleases.remove(again.id)).toBe('done-already');
    });

    it('that was changed in the database is not opened', async () => {
      const { id } = await added();
      const content = JSON.stringify({ ...CONTENT, release: 'of another one' });
      await test.database.query.updateTable('text_releases').set({ content }).where('id', '=', id).execute();
      await expect(textReleases.open(id)).rejects.toThrow(/was changed/);
    });

    it('belongs to its authority', async () => {
      const { id, wave } = await added();
      expect(await textReleases.find(id, AUTHORITY_ID)).toMatchObject({ id, waveName: 'Spring 2026' });
      expect(await textReleases.find(id, 'otherglen')).toBeUndefined();
      expect(await textReleases.find('none', AUTHORITY_ID)).toBeUndefined();
      expect(await textReleases.approve('none', two, AT)).toBe('done-already');
      expect(await coded.waves('otherglen')).not.toContain(wave.id);
    });
  });
}
