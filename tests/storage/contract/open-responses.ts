import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResponses, type StoredOpenResponse } from '../../../server/storage/responses.ts';
import { createSendings } from '../../../server/storage/sendings.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { AT, AUTHORITY_ID, rowsOf, storePlaces, storeSurveys, testSecrets } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

/** More than are read at once. */
const MANY = 2_300;

export function openResponsesContract(openDatabaseForTest: OpenDatabase): void {
  describe('answers to open surveys', () => {
    const vault = testSecrets();
    let test: TestDatabase;
    let versionId: string;
    const waves: string[] = [];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      const versions = await storeSurveys(test.database);
      versionId = versions.find(({ definition }) => definition.id === 'parents')!.id;
      const locality = { id: 'north', authority_id: AUTHORITY_ID, code: 'north', name: 'North' };
      await test.database.query.insertInto('localities').values(locality).execute();
      const planned = { authorityId: AUTHORITY_ID, family: 'parents', startsOn: '2026-05-01', endsOn: '2026-05-29' };
      const bands = [{ id: 'age-0-2', stages: [] }];
      for (const name of ['Parents', 'Others']) {
        const wave = { ...planned, name, bands, versionIds: [versionId], schools: [] };
        waves.push(await createWaves(test.database).make(wave, null, AT));
      }
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    it('are read back part by part, those of one wave alone, and counted for it', async () => {
      const answer = (waveId: string, number: number) => ({
        waveId,
        versionId,
        localityId: number % 2 === 0 ? 'north' : null,
        bandId: 'age-0-2',
        language: number % 3 === 0 ? 'ar' : 'en',
        answers: Uint8Array.of(number % 256, number >> 8),
      });
      const [own, other] = waves as [string, string];
      const sent = Array.from({ length: MANY }, (_, number) => answer(own, number));
      await createSendings(test.database, vault.secrets).writeManyOpen([...sent, answer(other, 7)]);
      const parts: StoredOpenResponse[][] = [];
      for await (const part of createResponses(test.database).openOfWave(own)) parts.push(part);
      expect(parts.length).toBeGreaterThan(1);
      const keyOf = ({
        localityId,
        language,
        answers,
      }: Pick<StoredOpenResponse, 'localityId' | 'language' | 'answers'>) =>
        `${localityId} ${language} ${[...answers].join()}`;
      expect(parts.flat().map(keyOf).toSorted()).toEqual(sent.map(keyOf).toSorted());
      const tallies = await rowsOf(test.database, 'wave_tallies', own);
      expect(tallies.map(({ name, count }) => [name, count])).toEqual(
        expect.arrayContaining([
          ['started', MANY],
          ['sent', MANY],
        ]),
      );
    });

    it('are none of a wave that nobody came to', async () => {
      for await (const part of createResponses(test.database).openOfWave('nobody')) expect(part).toEqual([]);
    });
  });
}
