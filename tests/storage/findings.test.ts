import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActions } from '../../server/storage/actions.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { createFindings, type NewFinding } from '../../server/storage/findings.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { createReplies } from '../../server/storage/replies.ts';
import { releaseWave } from '../replies/released.ts';

let database: Database;
let finding: NewFinding;

const ACTION = { task: 'Lights', lead: 'Roads', dueOn: '2026-09-01' };
const TEXTS = { child: {}, adult: {}, 'easy-read': {} };
const DATES = { dueOn: '2026-05-20', nextUpdateOn: '2026-06-01' };
const REPLY = { decision: 'doing' as const, owner: 'Roads', ...DATES, texts: TEXTS };
const at = (day: number) => `2026-05-0${day}T09:00:00.000Z`;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  await createAuthorities(database).add({ id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' }, at(1));
  const { releaseId } = await releaseWave(database, { id: 'strathlorn', name: 'Strathlorn' });
  const place = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
  finding = { authorityId: 'strathlorn', releaseId, place, whyItMatters: 'It matters.' };
});
afterEach(() => database.close());

describe('findings', () => {
  it('come back as they were made', async () => {
    const findings = createFindings(database);
    const id = await findings.make(finding, null, at(2));
    expect(await findings.find(id)).toEqual({ ...finding, id, madeAt: at(2) });
    expect(await findings.find('none')).toBeUndefined();
  });

  it('are the same finding with the same words about the same figure, and another with other words', async () => {
    const findings = createFindings(database);
    const [one, other] = await Promise.all([findings.make(finding, null, at(2)), findings.make(finding, null, at(3))]);
    expect(one).toBe(other);
    expect(await findings.make({ ...finding, whyItMatters: 'For another reason.' }, null, at(3))).not.toBe(one);
  });

  it('are listed newest first with how much has followed, each link counted once', async () => {
    const findings = createFindings(database);
    const actions = createActions(database);
    const replies = createReplies(database);
    const older = await findings.make(finding, null, at(2));
    const newer = await findings.make({ ...finding, whyItMatters: 'For another reason.' }, null, at(3));
    const actionId = await actions.make(older, ACTION, null, at(4));
    await actions.make(older, { ...ACTION, task: 'A crossing' }, null, at(4));
    await replies.publish(await replies.write(actionId, REPLY, null, at(5)), null, at(6));
    await replies.write(actionId, REPLY, null, at(7));
    const list = await findings.list('strathlorn');
    expect(list.map(({ id, chain }) => ({ id, chain }))).toEqual([
      { id: newer, chain: { actions: 0, replies: 0, published: 0 } },
      { id: older, chain: { actions: 2, replies: 2, published: 1 } },
    ]);
    expect(await findings.list('otherglen')).toEqual([]);
  });
});
