import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { appendEntry, createAudit, type Audit, type AuditFilter } from '../../../server/storage/audit.ts';
import type { Database } from '../../../server/storage/database.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function auditContract(openDatabaseForTest: OpenDatabase): void {
  describe('the record', () => {
    let test: TestDatabase;
    let audit: Audit;
    const ids: string[] = [];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      audit = createAudit(test.database);
      for (const authorityId of [AUTHORITY_ID, 'otherglen']) {
        await storePlaces(test.database, authorityId);
        const account = { authorityId, signInName: `of-${authorityId}`, passwordHash: 'x', roles: [] };
        const outcome = await createAccounts(test.database).add(account, AT);
        await storeWave(test.database, authorityId, authorityId === AUTHORITY_ID ? 'wave-here' : 'wave-elsewhere');
        ids.push(outcome === 'name-taken' ? '' : outcome.id);
      }
    });
    afterAll(() => test.end());

    const write = (minute: number, accountId: string | null, subject: string) =>
      audit.write({ at: `2026-05-01T09:0${minute}:00.000Z`, accountId, action: 'wave-made', subject });
    const subjects = async (filter: AuditFilter, count = 10, before?: number) =>
      (await audit.newest(AUTHORITY_ID, count, filter, before)).map((entry) => entry.subject);

    it('gives back who did what and when, newest first, no more than asked for', async () => {
      const [mine, theirs] = ids as [string, string];
      await write(1, mine, 'first');
      await write(2, mine, 'second');
      await write(3, theirs, 'of another authority');
      await write(4, null, 'of nobody signed in');
      const of = { at: '2026-05-01T09:05:00.000Z', accountId: null, action: 'wave-made' } as const;
      await audit.write({ ...of, authorityId: AUTHORITY_ID, subject: 'of mine' });
      await audit.write({ ...of, authorityId: 'otherglen', subject: 'of theirs' });
      await audit.write({ ...of, subject: 'wave-here and more' });
      await audit.write({ ...of, subject: 'wave-elsewhere' });
      const list = await audit.newest(AUTHORITY_ID, 10);
      expect(list.map(({ hash: _hash, ...entry }) => entry)).toEqual([
        { ...entry(5, null, 'wave-here and more'), sequence: 7 },
        entry(5, null, 'of mine'),
        entry(2, 'of-strathlorn', 'second'),
        entry(1, 'of-strathlorn', 'first'),
      ]);
      expect(await subjects({}, 2)).toEqual(['wave-here and more', 'of mine']);
      expect(await subjects({}, 2, 2)).toEqual(['first']);
    });

    it('is filtered by deed, person and days, both days included', async () => {
      await audit.write({ at: '2026-05-02T23:59:59.999Z', accountId: ids[0]!, action: 'signed-in', subject: 'late' });
      const later = { accountId: null, authorityId: AUTHORITY_ID, action: 'signed-in', subject: 'later' } as const;
      await audit.write({ at: '2026-05-03T00:00:00.000Z', ...later });
      await audit.write({ at: AT, accountId: ids[1]!, action: 'signed-out', subject: 'of another authority' });
      expect(await subjects({ action: 'signed-in' })).toEqual(['later', 'late']);
      expect(await subjects({ accountId: ids[0]! })).toEqual(['late', 'second', 'first']);
      expect(await subjects({ accountId: ids[1]! })).toEqual([]);
      expect(await subjects({ from: '2026-05-02', to: '2026-05-02' })).toEqual(['late']);
      expect(await subjects({ from: '2026-05-03' })).toEqual(['later']);
      expect((await audit.people(AUTHORITY_ID)).map(({ name }) => name)).toEqual(['of-strathlorn']);
      expect((await audit.actions(AUTHORITY_ID)).toSorted()).toEqual(['signed-in', 'wave-made']);
    });

    it('is one chain, whatever is written at once', async () => {
      const before = await audit.check();
      await Promise.all(Array.from({ length: 20 }, (_, index) => write(5, null, `at once ${index}`)));
      const after = await audit.check();
      expect(after).toMatchObject({ entries: before.entries + 20, broken: null });
      expect(after.head.sequence).toBe(after.entries);
      expect(await audit.hashOf(after.head.sequence)).toBe(after.head.hash);
      expect(await audit.hashOf(before.head.sequence)).toBe(before.head.hash);
      expect(await audit.hashOf(after.entries + 1)).toBeUndefined();
    });

    it('stays one chain when somebody else writes in between', async () => {
      const other = test.fromOutside();
      const outside = createAudit(other);
      for (const writer of [audit, outside, outside, audit, outside]) {
        await writer.write({ at: AT, accountId: null, action: 'imported', subject: 'in turn' });
      }
      expect(await audit.check()).toMatchObject({ broken: null });
      await other.close();
    });

    it('takes an entry with what it tells of, or neither', async () => {
      const { entries } = await audit.check();
      const attempt = test.database.query.transaction().execute(async (trx) => {
        await appendEntry(trx, { at: AT, accountId: null, action: 'imported', subject: 'never happened' });
        throw new Error('the import failed');
      });
      await expect(attempt).rejects.toThrow('the import failed');
      expect(await audit.check()).toMatchObject({ entries, broken: null });
    });

    it.each([-1, 0, 30_000_000])('refuses an entry with the made-up number %d, and goes on', async (sequence) => {
      const { entries } = await audit.check();
      const madeUp = { sequence, at: AT, account_id: null, action: 'imported', subject: '' };
      const insertion = test.database.query
        .insertInto('audit_entries')
        .values({ ...madeUp, previous_hash: 'none', hash: `made up ${sequence}` })
        .execute();
      await expect(insertion).rejects.toThrow(/other than the next one/);
      await write(6, null, 'after it');
      expect(await audit.check()).toMatchObject({ entries: entries + 1, broken: null });
      expect((await audit.head()).sequence).toBe(entries + 1);
    });

    it('takes on where an entry with a made-up number got in, and says so', async () => {
      const other = await openDatabaseForTest();
      await sql`drop trigger if exists audit_entries_in_order`.execute(other.database.query);
      const madeUp = { at: AT, account_id: null, action: 'imported', subject: '', previous_hash: 'none' };
      const broken = createAudit(other.database);
      await broken.write({ at: AT, accountId: null, action: 'imported', subject: 'first' });
      for (const sequence of [-1, 30_000_000]) {
        const row = { ...madeUp, sequence, hash: `made up ${sequence}` };
        await other.database.query.insertInto('audit_entries').values(row).execute();
      }
      await broken.write({ at: AT, accountId: null, action: 'imported', subject: 'next' });
      const check = await broken.check();
      expect(check).toMatchObject({ entries: 4, head: { sequence: 30_000_001 } });
      expect(check.broken).not.toBeNull();
      await other.end();
    });

    it('refuses to have entries changed or deleted', async () => {
      const { query } = test.database;
      const change = query.updateTable('audit_entries').set({ subject: 'other' }).where('sequence', '=', 1).execute();
      await expect(change).rejects.toThrow(/only grows/);
      const removal = query.deleteFrom('audit_entries').where('sequence', '=', 1).execute();
      await expect(removal).rejects.toThrow(/only grows/);
      expect(await audit.check()).toMatchObject({ broken: null });
    });
  });
}

function storeWave(database: Database, authorityId: string, id: string) {
  const facts = { name: id, family: 'pupils', starts_on: '2026-05-01', ends_on: '2026-05-31', created_at: AT };
  const row = { id, authority_id: authorityId, created_by: null, ...facts };
  return database.query.insertInto('waves').values(row).execute();
}

const entry = (number: number, who: string | null, subject: string) => ({
  sequence: number,
  at: `2026-05-01T09:0${number}:00.000Z`,
  who,
  action: 'wave-made',
  subject,
});
