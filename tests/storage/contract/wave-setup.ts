import { describe, expect, it } from 'vitest';
import { createWaves } from '../../../server/storage/waves.ts';
import { setupFingerprint } from '../../../server/storage/setup-fingerprint.ts';
import { createWaveSetup } from '../../../server/storage/wave-setup.ts';
import { createWaveRows } from '../../../server/storage/wave-rows.ts';
import { createRehearsals } from '../../../server/storage/rehearsals.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import type { OpenDatabase } from './contract.ts';

const AT = '2026-05-01T09:00:00.000Z';

/** What is settled of a wave before it opens, and rehearsing it. */
export function waveSetupContract(openDatabaseForTest: OpenDatabase): void {
  describe('setting a wave up', () => {
    async function open() {
      const test = await openDatabaseForTest();
      await createAuthorities(test.database).add({ id: 'a', name: 'A', kind: 'real' }, AT);
      const waves = createWaves(test.database);
      const bands = [{ id: 'p5-p7', stages: ['P5' as const] }];
      const dates = { startsOn: '', endsOn: '' };
      const id = await waves.make(
        { authorityId: 'a', name: 'Spring', family: 'pupils', ...dates, bands, versionIds: [], schools: [] },
        null,
        AT,
      );
      const { database } = test;
      return { database, end: () => test.end(), waves, id, setup: createWaveSetup(database) };
    }

    it('notes a part in the place of what was noted before, until the wave is open', async () => {
      const { setup, waves, id, end } = await open();
      expect(await setup.ofWave(id)).toEqual({ parts: {}, notings: {} });
      expect(await setup.note(id, 'target', { percent: 70 }, null, AT)).toBe('changed');
      expect(await setup.note(id, 'target', { percent: 80 }, null, '2026-05-02T09:00:00.000Z')).toBe('changed');
      const noting = { notedAt: '2026-05-02T09:00:00.000Z', notedBy: null };
      expect(await setup.ofWave(id)).toEqual({ parts: { target: { percent: 80 } }, notings: { target: noting } });
      expect(await setup.forget(id, 'target')).toBe('changed');
      expect((await setup.ofWave(id)).parts).toEqual({});
      await waves.open(id, null, AT);
      expect(await setup.note(id, 'target', { percent: 90 }, null, AT)).toBe('wave-open');
      expect(await setup.setBands(id, [])).toBe('wave-open');
      expect(await setup.setSchools(id, [])).toBe('wave-open');
      await end();
    });

    it('settles dates and bands, and puts the last day later once it is open', async () => {
      const { setup, waves, id, end } = await open();
      await setup.setDates(id, { startsOn: '2026-05-01', endsOn: '2026-06-30' });
      await setup.setBands(id, [{ id: 's1-s2', stages: ['S1', 'S2'] }]);
      expect(await waves.find(id)).toMatchObject({
        startsOn: '2026-05-01',
        bands: [{ id: 's1-s2' }],
        rehearsalOf: null,
      });
      expect(await setup.postpone(id, '2026-07-01', null, AT)).toBe('not-later');
      await waves.open(id, null, AT);
      expect(await setup.postpone(id, '2026-06-30', null, AT)).toBe('not-later');
      expect(await setup.postpone(id, '2026-07-01', null, AT)).toBe('postponed');
      const postponed = { endedOn: '2026-06-30', endsOn: '2026-07-01', postponedAt: AT, postponedBy: null };
      expect(await setup.postponements(id)).toEqual([postponed]);
      await end();
    });

    it('opens only as somebody looked through it, and is rehearsed only until then', async () => {
      const { database, setup, waves, id, end } = await open();
      const looked = await setupFingerprint(database.query, id);
      const changes = [
        () => setup.setDates(id, { startsOn: '2026-05-01', endsOn: '2026-06-30' }),
        () => setup.setBands(id, [{ id: 's1-s2', stages: ['S1', 'S2'] }]),
        () => setup.note(id, 'target', { percent: 80 }, null, AT),
        () => setup.forget(id, 'target'),
      ];
      let before = looked;
      for (const change of changes) {
        await change();
        expect(await waves.open(id, null, AT, before)).toBe('changed');
        before = await setupFingerprint(database.query, id);
      }
      expect((await waves.find(id))?.state).toBe('made');
      expect(await waves.open(id, null, AT, before)).toBe('opened');
      const dates = { startsOn: '2026-05-01', endsOn: '2026-05-28', asked: 'this' };
      expect(await createRehearsals(database).begin(id, { name: 'Rehearsal', ...dates }, null, AT)).toBe('wave-open');
      await end();
    });

    it('rehearses it in a wave of its own, one at a time, which goes whole', async () => {
      const { database, waves, id, end } = await open();
      const rehearsals = createRehearsals(database);
      const dates = { startsOn: '2026-05-01', endsOn: '2026-05-28', asked: 'this' };
      const begun = await rehearsals.begin(id, { name: 'Rehearsal', ...dates }, null, AT);
      if (typeof begun === 'string') throw new Error('Expected a rehearsal to begin.');
      expect(await rehearsals.begin(id, { name: 'Another', ...dates }, null, AT)).toBe('under-way');
      expect(await waves.find(begun.id)).toMatchObject({
        rehearsalOf: id,
        name: 'Rehearsal',
        bands: [{ id: 'p5-p7' }],
      });
      expect((await waves.list('a')).map((wave) => wave.id)).toEqual([id]);
      expect(await rehearsals.sentSoFar(begun.id)).toBe(0);
      await createWaveRows(database).deleteWave(begun.id);
      await rehearsals.end(begun.id, 0, AT);
      expect(await waves.find(begun.id)).toBeUndefined();
      expect(await waves.find(id)).toBeDefined();
      expect(await rehearsals.ofWave(id)).toMatchObject([{ id: begun.id, asked: 'this', endedAt: AT, sent: 0 }]);
      await end();
    });
  });
}
