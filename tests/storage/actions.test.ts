import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActions } from '../../server/storage/actions.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { createFindings } from '../../server/storage/findings.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { releaseWave } from '../replies/released.ts';

let database: Database;
let findingId: string;

const ACTION = { task: 'Lights', lead: 'Roads', dueOn: '2026-09-01' };
const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  await createAuthorities(database).add({ id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' }, AT);
  const { releaseId } = await releaseWave(database, { id: 'strathlorn', name: 'Strathlorn' });
  const place = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
  const finding = { authorityId: 'strathlorn', releaseId, place, whyItMatters: 'It matters.' };
  findingId = await createFindings(database).make(finding, null, AT);
});
afterEach(() => database.close());

describe('actions', () => {
  it('come back as they were made, oldest first', async () => {
    const actions = createActions(database);
    const second = await actions.make(findingId, { ...ACTION, task: 'A crossing' }, null, LATER);
    const first = await actions.make(findingId, ACTION, null, AT);
    expect(await actions.find(first)).toEqual({ ...ACTION, id: first, findingId, madeAt: AT });
    expect((await actions.ofFinding(findingId)).map((action) => action.id)).toEqual([first, second]);
    expect(await actions.find('none')).toBeUndefined();
  });

  it('are one action when the same words are sent twice at once', async () => {
    const actions = createActions(database);
    const ids = await Promise.all([1, 2].map(() => actions.make(findingId, ACTION, null, AT)));
    expect(new Set(ids).size).toBe(1);
    expect(await actions.ofFinding(findingId)).toHaveLength(1);
  });

  it('need a finding that exists', async () => {
    await expect(createActions(database).make('none', ACTION, null, AT)).rejects.toThrow();
  });
});
