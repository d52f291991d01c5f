import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk } from '../../../server/core/survey/journey.ts';
import { encodeAnswers } from '../../../server/core/survey/slots.ts';
import { keepAnswers, newDraftBody, type DraftBody } from '../../../server/storage/draft-body.ts';
import { createDrafts } from '../../../server/storage/drafts.ts';
import { createFieldworkCounters } from '../../../server/storage/fieldwork-counters.ts';
import { createSendings, type Sendings } from '../../../server/storage/sendings.ts';
import type { Tables } from '../../../server/storage/tables.ts';
import type { Ending } from '../../../server/storage/settlement.ts';
import {
  ASH,
  contentOf,
  rowsOf,
  storeCodes,
  storeOpenWave,
  storePlaces,
  storeSurveys,
  testSecrets,
  type StoredWave,
} from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const TOUCHED = ['codes', 'attempts', 'drafts', 'responses', 'fieldwork_counters'] as const;

export function settlementContract(openDatabaseForTest: OpenDatabase): void {
  describe('the end of a draft', () => {
    const vault = testSecrets();
    let test: TestDatabase;
    let stored: StoredWave;
    let sendings: Sendings;
    let codes: string[];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      stored = await storeOpenWave(test.database, vault.secrets, await storeSurveys(test.database));
      codes = await storeCodes(test.database, stored.wave.id, 20);
      sendings = createSendings(test.database, vault.secrets);
    });
    afterAll(async () => {
      await test.end();
      vault.remove();
    });

    async function begin() {
      const code = codes.pop()!;
      const drafts = createDrafts(test.database, vault.secrets);
      await drafts.carryOn((await drafts.findCode(code))!, stored.primary.id);
      const body: DraftBody = {
        ...newDraftBody(),
        language: 'ar',
        answers: { 'feel-safe': { state: 'answered', value: 'always' } },
      };
      return { code, body };
    }

    const keep = (body: DraftBody, sent = true) =>
      keepAnswers(stored.primary, stored.wave.bands, stored.wave.way, { stage: 'P6', body, sent });
    const all = <Table extends keyof Tables>(table: Table) => rowsOf(test.database, table);
    const counters = async () => {
      const counts = await createFieldworkCounters(test.database).ofWave(stored.wave.id);
      return counts.find((count) => count.schoolId === ASH && count.stage === 'P6')!;
    };

    it.each<[Ending, keyof Awaited<ReturnType<typeof counters>>, boolean]>([
      ['sent', 'sent', true],
      ['declined', 'declined', false],
      ['broken-off', 'brokenOff', false],
      ['broken-off-kept', 'brokenOffKept', true],
    ])('by "%s" raises its counter, spends the code and leaves no draft', async (ending, counter, keeps) => {
      const { code, body } = await begin();
      const before = await counters();
      const responses = await all('responses');
      const kept = keeps ? keep(body) : null;
      expect(
        await sendings.finish(() => ({ codeHmac: code, attempt: body.attempt, ending, supporter: false, kept })),
      ).toBe('done');
      expect(await counters()).toEqual({ ...before, [counter]: Number(before[counter]) + 1 });
      expect((await all('drafts')).map((draft) => draft.code_hmac)).not.toContain(code);
      expect((await all('codes')).find((row) => row.hmac === code)).toEqual({
        hmac: code,
        wave_id: stored.wave.id,
        state: 'spent',
        school_id: null,
        stage: null,
        class: null,
        sex: null,
        quintile: null,
        asn: null,
        locality_id: null,
        spare: 0,
      });
      expect(await all('responses')).toHaveLength(responses.length + (keeps ? 1 : 0));
      expect(await sendings.waveFinishedBy(body.attempt)).toBe(stored.wave.id);
    });

    it('writes what the wave allows into the response, and nothing else', async () => {
      const { code, body } = await begin();
      const before = new Set((await all('responses')).map((row) => row.id));
      await sendings.finish(() => ({
        codeHmac: code,
        attempt: body.attempt,
        ending: 'sent',
        supporter: false,
        kept: keep(body),
      }));
      const [response] = (await all('responses')).filter((row) => !before.has(row.id));
      const path = walk(stored.primary.definition, { stage: 'P6', textAllowed: false, topics: [] }, body.answers);
      const { id, answers, ...rest } = response!;
      expect(rest).toEqual({
        wave_id: stored.wave.id,
        version_id: stored.primary.id,
        school_id: ASH,
        band_id: 'p5-p7',
        sex: 'female',
        quintile: 2,
        asn: 'no',
        language: 'ar',
      });
      expect([...answers]).toEqual([...encodeAnswers(stored.primary.definition, path, body.answers)]);
      expect([code, body.attempt]).not.toContain(id);
    });

    it('happens once: a second time changes nothing, whatever it says', async () => {
      const { code, body } = await begin();
      await sendings.finish(() => ({
        codeHmac: code,
        attempt: body.attempt,
        ending: 'sent',
        supporter: false,
        kept: keep(body),
      }));
      const before = await contentOf(test.database, ...TOUCHED);
      for (const ending of ['sent', 'declined', 'broken-off', 'broken-off-kept'] as const) {
        for (const attempt of [body.attempt, 'another attempt']) {
          const again = {
            codeHmac: code,
            attempt,
            ending,
            supporter: false,
            kept: ending === 'sent' ? keep(body) : null,
          };
          expect(await sendings.finish(() => again)).toBe('done-already');
        }
      }
      expect(await contentOf(test.database, ...TOUCHED)).toEqual(before);
    });

    it('happens once even if asked for twice at the same moment', async () => {
      const { code, body } = await begin();
      const before = (await all('responses')).length;
      const settlement = {
        codeHmac: code,
        attempt: body.attempt,
        ending: 'sent',
        supporter: false,
        kept: keep(body),
      } as const;
      const outcomes = await Promise.all([sendings.finish(() => settlement), sendings.finish(() => settlement)]);
      expect(outcomes.toSorted()).toEqual(['done', 'done-already']);
      expect(await all('responses')).toHaveLength(before + 1);
    });

    it('is refused for codes that were never started or do not exist', async () => {
      const before = await contentOf(test.database, ...TOUCHED);
      for (const codeHmac of [codes.at(-1)!, 'no such code']) {
        const settlement = {
          codeHmac,
          attempt: 'an attempt',
          ending: 'declined',
          supporter: false,
          kept: null,
        } as const;
        expect(await sendings.finish(() => settlement)).toBe('done-already');
      }
      expect(await contentOf(test.database, ...TOUCHED)).toEqual(before);
      expect(await sendings.waveFinishedBy('an attempt')).toBeUndefined();
    });

    it('keeps nothing of an unfinished draft in which nothing was answered; what was sent is kept as it is', () => {
      const skipped: DraftBody = { ...newDraftBody(), answers: { 'feel-safe': { state: 'skipped' } } };
      expect(keep(skipped, false)).toBeNull();
      expect(keep(skipped, true)?.answers).toBeInstanceOf(Uint8Array);
      const abandoned: DraftBody = {
        ...newDraftBody(),
        answers: { 'club-barriers': { state: 'answered', value: ['cost'] } },
      };
      expect(keep(abandoned, false)).toBeNull();
    });
  });
}
