import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActions } from '../../../server/storage/actions.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import { createFindings } from '../../../server/storage/findings.ts';
import { createRehearsals } from '../../../server/storage/rehearsals.ts';
import { createReplies } from '../../../server/storage/replies.ts';
import { createReleases, sha256 } from '../../../server/storage/releases.ts';
import { Release } from '../../../server/core/disclosure/release.ts';
import { setupFingerprint } from '../../../server/storage/setup-fingerprint.ts';
import { createWaveReplies } from '../../../server/storage/wave-replies.ts';
import { createWaveRows } from '../../../server/storage/wave-rows.ts';
import { createWaves } from '../../../server/storage/waves.ts';
import { releaseWave } from '../../replies/released.ts';
import { AT } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-03T09:00:00.000Z';
const TEXT = { title: 'Safe', youSaid: 'Not always', considered: '', weDid: 'Lights', why: 'It was dark' };

export function waveRepliesContract(openDatabaseForTest: OpenDatabase): void {
  describe('which reply a wave asks about', () => {
    let test: TestDatabase;
    let releaseId: string;
    let replies: [string, string];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      const { database } = test;
      await createAuthorities(database).add({ id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' }, AT);
      ({ releaseId } = await releaseWave(database, { id: 'strathlorn', name: 'Strathlorn' }));
      replies = [await published('feels-safe'), await published('enough-to-do')];
    });
    afterAll(() => test.end());

    async function published(item: string): Promise<string> {
      const { database } = test;
      const place = { node: 'authority', band: 'p5-p7', item, option: 'yes' };
      const finding = { authorityId: 'strathlorn', releaseId, place, whyItMatters: 'It matters.' };
      const findingId = await createFindings(database).make(finding, null, AT);
      const action = { task: 'Lights', lead: 'Roads', dueOn: '2026-09-01' };
      const actionId = await createActions(database).make(findingId, action, null, AT);
      const texts = { child: { en: TEXT }, adult: {}, 'easy-read': {} };
      const dates = { dueOn: '2026-05-20', nextUpdateOn: '2026-06-01' };
      const words = { decision: 'doing' as const, owner: 'Roads', ...dates, texts };
      const id = await createReplies(database).write(actionId, words, null, AT);
      await createReplies(database).publish(id, null, AT);
      return id;
    }
    const make = (name: string, startsOn: string) =>
      createWaves(test.database).make(
        {
          ...{ authorityId: 'strathlorn', name, family: 'feedback-check', startsOn, endsOn: '2026-12-01' },
          ...{ bands: [], versionIds: [], schools: [] },
        },
        null,
        AT,
      );

    it('is chosen until the wave is open, and tells its setup from any other', async () => {
      const waveReplies = createWaveReplies(test.database);
      const id = await make('First', '2026-05-01');
      const before = await setupFingerprint(test.database.query, id);
      expect(await waveReplies.ofWave(id)).toBeUndefined();
      for (const reply of replies) expect(await waveReplies.choose(id, reply, null, AT)).toBe('changed');
      expect(await waveReplies.ofWave(id)).toEqual({ replyId: replies[1], openedAt: null });
      expect(await setupFingerprint(test.database.query, id)).not.toBe(before);
      await createWaves(test.database).open(id, null, LATER);
      expect(await waveReplies.choose(id, replies[0], null, LATER)).toBe('wave-open');
      expect(await waveReplies.ofWave(id)).toEqual({ replyId: replies[1], openedAt: LATER });
    });

    it('is the same in a rehearsal, which nobody hears of and which goes whole', async () => {
      const waveReplies = createWaveReplies(test.database);
      const id = await make('Rehearsed', '2026-05-02');
      await waveReplies.choose(id, replies[0], null, AT);
      const rehearsal = { name: 'Trial', startsOn: '2026-05-02', endsOn: '2026-05-03', asked: 'this' };
      const begun = await createRehearsals(test.database).begin(id, rehearsal, null, AT);
      if (typeof begun === 'string') throw new Error(begun);
      expect(await waveReplies.ofWave(begun.id)).toMatchObject({ replyId: replies[0] });
      expect((await waveReplies.askedAbout(replies[0])).map(({ waveId }) => waveId)).toEqual([id]);
      await createRehearsals(test.database).end(begun.id, 0, LATER);
      await createWaveRows(test.database).deleteWave(begun.id);
      expect(await waveReplies.ofWave(begun.id)).toBeUndefined();
    });

    it('leads to every wave that asked, the newest first, and to the release that stands', async () => {
      const waveReplies = createWaveReplies(test.database);
      const releases = createReleases(test.database);
      const again = await make('Again', '2026-10-01');
      await waveReplies.choose(again, replies[1], null, AT);
      await createWaves(test.database).open(again, null, LATER);
      const named = async () =>
        (await waveReplies.askedAbout(replies[1])).map(({ waveName, state, releaseId: id }) => [waveName, state, id]);
      const first = ['First', 'open', null];
      expect(await named()).toEqual([['Again', 'open', null], first]);
      expect(await waveReplies.answeredBack('strathlorn')).toEqual(new Set());

      const cube = (await test.database.query.selectFrom('releases').selectAll().executeTakeFirstOrThrow()).cube;
      const made = await releases.add(again, Release.read(cube, sha256(cube), sha256), null, LATER);
      expect((await named())[0]).toEqual(['Again', 'open', null]);
      await releases.approve(made, null, LATER);
      expect(await named()).toEqual([['Again', 'open', made], first]);
      expect(await waveReplies.answeredBack('strathlorn')).toEqual(new Set([replies[1]]));
      expect(await waveReplies.answeredBack('otherglen')).toEqual(new Set());
      expect((await waveReplies.chosen('strathlorn')).get(again)).toBe(replies[1]);
      expect(await waveReplies.chosen('otherglen')).toEqual(new Map());
      // It began later than the wave of the results, and is not the newest of them.
      expect((await releases.published('strathlorn')).map(({ id }) => id)).toEqual([releaseId, made]);
    });
  });
}
