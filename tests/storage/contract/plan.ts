import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyWords, type PlanWords } from '../../../server/core/loop/plan/words.ts';
import { createPlan, type Plan } from '../../../server/storage/plan.ts';
import { createPlanImports } from '../../../server/storage/plan-imports.ts';
import { AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const OTHER = 'otherglen';
const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';
const words = (task: string): PlanWords => ({ ...emptyWords(), task, lead: 'Youth Work', dueOn: '2027-03-31' });
const make = (id: string, reference = '') => ({ kind: 'make' as const, id, reference, words: words(id) });

export function planContract(openDatabaseForTest: OpenDatabase): void {
  describe('the action plan', () => {
    let test: TestDatabase;
    let plan: Plan;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, OTHER);
      plan = createPlan(test.database);
    });
    afterAll(() => test.end());

    const references = async (of = AUTHORITY_ID) => (await plan.list(of)).map(({ reference }) => reference);

    it('numbers actions of each authority apart, and stands in the order of the numbers', async () => {
      await plan.write(AUTHORITY_ID, [make('one'), make('ten', '10'), make('two', '2.1')], null, AT);
      await plan.write(OTHER, [make('elsewhere')], null, AT);
      expect(await references()).toEqual(['1', '2.1', '10']);
      expect(await references(OTHER)).toEqual(['1']);
      expect(await plan.write(AUTHORITY_ID, [make('eleven')], null, AT)).toEqual({ outcome: 'written' });
      expect(await references()).toEqual(['1', '2.1', '10', '11']);
    });

    it('writes all of a list of changes or none, and the same list twice once', async () => {
      const before = await plan.list(AUTHORITY_ID);
      const half = [{ kind: 'reword' as const, action: 'one', words: words('other') }, make('again', '10')];
      expect(await plan.write(AUTHORITY_ID, half, null, AT)).toEqual({ outcome: 'taken', reference: '10' });
      expect(await plan.list(AUTHORITY_ID)).toEqual(before);
      const measure = { name: 'Waiting', unit: '%', better: 'lower' as const, baseline: '', target: '' };
      const list = [
        { kind: 'progress' as const, action: 'two', on: '2026-04-01', words: 'Begun.' },
        { kind: 'measure' as const, id: 'm1', action: 'two', words: measure },
        { kind: 'measure' as const, id: 'm0', action: 'two', words: { ...measure, name: 'Second' } },
        { kind: 'value' as const, measure: 'm1', quarter: '2026-Q1', value: '0.10' },
        { kind: 'judge' as const, action: 'two', colour: 'red' as const, reason: 'Because.' },
        { kind: 'end' as const, action: 'two', state: 'done' as const, reason: 'Done.' },
      ];
      for (const at of [AT, LATER]) await plan.write(AUTHORITY_ID, list, null, at);
      const two = (await plan.list(AUTHORITY_ID)).find(({ id }) => id === 'two');
      expect(two).toMatchObject({ state: 'done', judgement: { colour: 'red' }, progress: [{ on: '2026-04-01' }] });
      expect(two?.measures.map(({ words: said, values }) => [said.name, values])).toEqual([
        ['Waiting', [{ quarter: '2026-Q1', value: '0.10' }]],
        ['Second', []],
      ]);
      expect((await plan.history('two')).map(({ kind }) => kind).toSorted()).toEqual(
        ['made', 'progress', 'judged', 'ended', 'measured', 'measured', 'value'].toSorted(),
      );
    });

    it('keeps what stood before a change, the newest first', async () => {
      await plan.write(AUTHORITY_ID, [{ kind: 'reword', action: 'one', words: words('changed') }], null, LATER);
      const [latest, first] = await plan.history('one');
      expect(latest).toMatchObject({
        kind: 'reworded',
        at: LATER,
        before: { task: 'one' },
        after: { task: 'changed' },
      });
      expect(first).toMatchObject({ kind: 'made', at: AT });
    });

    it('takes a table over once, and forgets those that nobody took', async () => {
      const imports = createPlanImports(test.database);
      const table = { authorityId: AUTHORITY_ID, fileName: 'plan.csv', year: 2026, sheets: [{ name: '', rows: [['a']] }], sentAt: AT }; // prettier-ignore
      const [old, taken] = [await imports.keep(table, 'nobody', AT), await imports.keep(table, 'nobody', AT)];
      expect([await imports.take(taken, LATER), await imports.take(taken, LATER)]).toEqual(['taken', 'done-already']);
      expect(await imports.find(taken)).toEqual({ ...table, id: taken, takenAt: LATER });
      await imports.keep({ ...table, sentAt: LATER }, 'nobody', LATER);
      expect([await imports.find(old), (await imports.find(taken))?.takenAt]).toEqual([undefined, LATER]);
    });
  });
}
