import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportContent } from '../../../server/core/loop/annual/content.ts';
import { createAnnualReports, type AnnualReports } from '../../../server/storage/annual-reports.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const AT = '2026-08-01T09:00:00.000Z';
const LATER = '2026-08-02T09:00:00.000Z';
const YEAR = { from: '2025-08-01', to: '2026-07-31' };
const texts = (en: string) => ({ adult: { en }, child: {} });
const content = (name: string): ReportContent => ({
  format: 1,
  authority: { id: 'glen', name, isDemonstration: false },
  period: YEAR,
  drawnOn: '2026-08-01',
  languages: ['en'],
  unread: [],
  sections: [],
  sources: [],
});

export function annualReportsContract(openDatabaseForTest: OpenDatabase): void {
  describe('annual reports', () => {
    let test: TestDatabase;
    let reports: AnnualReports;
    let id: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await createAuthorities(test.database).add({ id: 'glen', name: 'Glen', kind: 'real' }, AT);
      reports = createAnnualReports(test.database);
      ({ id } = await reports.make('glen', YEAR, null, AT));
    });
    afterAll(() => test.end());

    it('are one for each period, the latest first', async () => {
      expect(await reports.make('glen', YEAR, null, LATER)).toEqual({ id, isNew: false });
      const twice = await Promise.all([1, 2].map(() => reports.make('glen', { from: '2024-08-01', to: '2025-07-31' }, null, AT))); // prettier-ignore
      expect(new Set(twice.map((made) => made.id)).size).toBe(1);
      expect((await reports.list('glen')).map(({ period }) => period.to)).toEqual(['2026-07-31', '2025-07-31']);
      expect(await reports.find(id)).toEqual({ id, authorityId: 'glen', period: YEAR, madeAt: AT });
      expect(await reports.find('nothing')).toBeUndefined();
    });

    it('keep every version of a section, and tell of two edits at once', async () => {
      const write = (words: string, basedOn: number) =>
        reports.write(id, { section: 'opening', texts: texts(words), basedOn }, null, AT);
      expect(await write('One', 0)).toBe('written');
      expect(await write('One', 0)).toBe('same');
      expect(await write('Two', 0)).toBe('changed');
      expect(await write('Two', 1)).toBe('written');
      const atOnce = await Promise.all([write('Three', 2), write('Other', 2)]);
      expect(atOnce.toSorted()).toEqual(['changed', 'written']);
      const versions = await reports.texts(id);
      expect(versions.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(versions[0]).toMatchObject({ section: 'opening', texts: texts('One'), writtenAt: AT, writtenBy: null });
    });

    it('leave figures their numbers for good', async () => {
      expect([...(await reports.numbers(id, ['a', 'b']))]).toEqual([['a', 1], ['b', 2]]); // prettier-ignore
      expect((await reports.numbers(id, ['c', 'a'])).get('c')).toBe(3);
      const all = await reports.numbers(id, ['b']);
      expect([...all]).toEqual([['a', 1], ['b', 2], ['c', 3]]); // prettier-ignore
      const many = Array.from({ length: 450 }, (_, index) => `many-${index}`);
      expect((await reports.numbers(id, many)).get('many-449')).toBe(453);
    });

    it('note who read which version, once', async () => {
      const list = [{ section: 'opening' as const, language: 'en', number: 3 }];
      for (const at of [AT, LATER]) await reports.read(id, list, 'ben', at);
      expect(await reports.readings(id)).toEqual([{ section: 'opening', language: 'en', number: 3, by: 'ben' }]);
    });

    it('publish editions that stay, one after the other', async () => {
      const publish = (name: string, after: number, at: string) =>
        reports.publish(id, { after, content: content(name) }, null, at);
      expect(await reports.edition(id)).toBeUndefined();
      expect(await publish('First', 0, AT)).toBe('published');
      expect(await publish('Again', 0, AT)).toBe('changed');
      expect(await publish('Second', 1, LATER)).toBe('published');
      expect((await reports.editions(id)).map(({ number, publishedAt }) => [number, publishedAt])).toEqual([
        [2, LATER],
        [1, AT],
      ]);
      expect((await reports.edition(id))?.content.authority.name).toBe('Second');
      expect((await reports.edition(id, 1))?.content).toEqual(content('First'));
      expect(await reports.edition(id, 9)).toBeUndefined();
    });

    it('leave out an edition that is withdrawn, for good, and keep when, by whom and why', async () => {
      const accounts = createAccounts(test.database);
      const account = {
        authorityId: 'glen',
        signInName: 'annual-planner',
        passwordHash: 'none',
        roles: ['planner' as const],
      };
      const added = await accounts.add(account, AT);
      if (added === 'name-taken') throw new Error('There is such an account already.');
      expect((await reports.published('glen')).map((report) => report.id)).toEqual([id]);
      expect(await reports.withdraw(id, { edition: 2, reason: 'A name.' }, added.id, LATER)).toBe('withdrawn');
      expect(await reports.withdraw(id, { edition: 2, reason: 'Again.' }, null, LATER)).toBe('there');
      expect((await reports.editions(id)).map(({ number, withdrawal }) => [number, withdrawal])).toEqual([
        [2, { at: LATER, by: 'annual-planner', reason: 'A name.' }],
        [1, null],
      ]);
      expect(await reports.edition(id, 2)).toBeUndefined();
      expect((await reports.edition(id))?.content.authority.name).toBe('First');
      expect((await reports.published('glen')).map((report) => report.id)).toEqual([id]);
      await reports.withdraw(id, { edition: 1, reason: 'The same.' }, null, LATER);
      expect(await reports.edition(id)).toBeUndefined();
      expect(await reports.published('glen')).toEqual([]);
      expect(await reports.publish(id, { after: 1, content: content('Anew') }, null, LATER)).toBe('changed');
      await expect(reports.withdraw(id, { edition: 9, reason: 'None.' }, null, LATER)).rejects.toThrow();
    });

    it('refuse to be rewritten', async () => {
      const { query } = test.database;
      for (const table of ['annual_report_editions', 'annual_report_texts'] as const) {
        const change = query.updateTable(table).set({ content: '{}' }).execute();
        await expect(change, table).rejects.toThrow('only grows');
        await expect(query.deleteFrom(table).execute(), table).rejects.toThrow('only grows');
      }
    });
  });
}
