import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createAudit } from '../../server/storage/audit.ts';
import { openDatabase } from '../../server/storage/database.ts';

const OLD = ['0001-authorities', '0009-waves', '0030-accounts', '0037-audit-entries'];
const NEW = [
  '0100-audit-entries-aside',
  '0101-audit-chain',
  '0102-audit-entries-chained',
  '0103-audit-entries-unchained-gone',
  '0104-audit-entries-stay',
  '0112-audit-locks',
  '0113-audit-entries-in-order',
  '0114-audit-entries-authority',
];

it('a record from before the chain is chained in the order of its times', async () => {
  const database = openDatabase(':memory:');
  const run = async (names: readonly string[]) => {
    for (const name of names) {
      const migration = (await import(`../../migrations/${name}.ts`)) as { up(db: unknown): Promise<void> };
      await migration.up(database.query);
    }
  };
  await run(OLD);
  for (const [id, at] of [
    ['a', '2026-05-03'],
    ['b', '2026-05-01'],
    ['c', '2026-05-02'],
  ]) {
    await sql`insert into audit_entries (id, at, action, subject) values (${id}, ${at}, 'imported', ${id})`.execute(
      database.query,
    );
  }
  await run(NEW);
  const audit = createAudit(database);
  await audit.write({ at: '2026-05-04', accountId: null, action: 'imported', subject: 'd' });
  const entries = await database.query.selectFrom('audit_entries').selectAll().orderBy('sequence', 'desc').execute();
  expect(entries.map(({ sequence, subject }) => [sequence, subject])).toEqual([
    [4, 'd'],
    [3, 'a'],
    [2, 'c'],
    [1, 'b'],
  ]);
  expect(await audit.check()).toMatchObject({ entries: 4, broken: null });
  await database.close();
});
