import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActions } from '../../server/storage/actions.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { createFindings } from '../../server/storage/findings.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { createReplies } from '../../server/storage/replies.ts';
import { releaseWave } from '../replies/released.ts';

let database: Database;
let releaseId: string;
let findingId: string;
let actionId: string;

const PLACE = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
const ACTION = { task: 'Lights', lead: 'Roads', dueOn: '2026-09-01' };
const TEXT = { title: 'Safe', youSaid: 'Not always', considered: 'A shelter', weDid: 'Lights', why: 'It was dark' };
const TEXTS = { child: { en: TEXT, ar: TEXT }, adult: { en: TEXT }, 'easy-read': {} };
const DATES = { dueOn: '2026-05-20', nextUpdateOn: '2026-06-01' };
const REPLY = { decision: 'doing' as const, owner: 'Roads', ...DATES, texts: TEXTS };
const at = (day: number) => `2026-05-0${day}T09:00:00.000Z`;

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  for (const id of ['strathlorn', 'otherglen']) {
    await createAuthorities(database).add({ id, name: id, kind: 'demonstration' }, at(1));
  }
  ({ releaseId } = await releaseWave(database, { id: 'strathlorn', name: 'Strathlorn' }));
  const finding = { authorityId: 'strathlorn', releaseId, place: PLACE, whyItMatters: 'It matters.' };
  findingId = await createFindings(database).make(finding, null, at(1));
  actionId = await createActions(database).make(findingId, ACTION, null, at(1));
});
afterEach(() => database.close());

describe('replies', () => {
  it('come back as they were written, waiting', async () => {
    const replies = createReplies(database);
    const id = await replies.write(actionId, REPLY, null, at(2));
    expect(await replies.find(id)).toEqual({ ...REPLY, id, actionId, madeAt: at(2), madeBy: null, publishedAt: null });
    expect(await replies.ofAction(actionId)).toHaveLength(1);
    expect(await replies.findPublished(id)).toBeUndefined();
    expect(await replies.published('strathlorn')).toEqual([]);
  });

  it('are rewritten while they wait and never once published', async () => {
    const replies = createReplies(database);
    const id = await replies.write(actionId, REPLY, null, at(2));
    const changed = {
      ...REPLY,
      decision: 'no' as const,
      texts: { ...TEXTS, child: { en: { ...TEXT, title: 'Changed' } } },
    };
    expect(await replies.write(actionId, changed, null, at(3))).toBe(id);
    expect(await replies.find(id)).toMatchObject({ decision: 'no', texts: { child: { en: { title: 'Changed' } } } });
    expect((await replies.find(id))?.texts.child).not.toHaveProperty('ar');
    // The same words again are the words of the same time: what was said of them still holds.
    expect(await replies.write(actionId, changed, null, at(4))).toBe(id);
    expect((await replies.find(id))?.madeAt).toBe(at(3));
    await replies.publish(id, null, at(4));
    const next = await replies.write(actionId, REPLY, null, at(5));
    expect(next).not.toBe(id);
    expect(await replies.find(id)).toMatchObject({ decision: 'no', publishedAt: at(4) });
    expect((await replies.ofAction(actionId)).map((reply) => reply.id)).toEqual([id, next]);
  });

  it('are published once, and then stand in the list of their authority with their finding, newest first', async () => {
    const replies = createReplies(database);
    const first = await replies.write(actionId, REPLY, null, at(2));
    const outcomes = await Promise.all([replies.publish(first, null, at(3)), replies.publish(first, null, at(3))]);
    expect(outcomes.toSorted()).toEqual(['done-already', 'published']);
    const second = await replies.write(actionId, REPLY, null, at(4));
    await replies.publish(second, null, at(5));
    const published = await replies.published('strathlorn');
    expect(published.map((reply) => reply.id)).toEqual([second, first]);
    expect(published[0]).toMatchObject({ publishedAt: at(5), finding: { id: findingId, releaseId, place: PLACE } });
    expect(await replies.published('otherglen')).toEqual([]);
    expect(await replies.findPublished(first)).toMatchObject({
      id: first,
      texts: { child: { ar: TEXT }, adult: { en: TEXT } },
    });
  });

  it('need an action that exists', async () => {
    await expect(createReplies(database).write('none', REPLY, null, at(2))).rejects.toThrow();
    await expect(createReplies(database).publish('none', null, at(2))).rejects.toThrow();
  });
});
