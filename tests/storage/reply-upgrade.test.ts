import { expect, it } from 'vitest';
import { up as makeTexts } from '../../migrations/0028-reply-texts.ts';
import { up as moveTexts } from '../../migrations/0281-reply-texts-to-words.ts';
import { up as dropTexts } from '../../migrations/0282-no-reply-texts.ts';
import { createActions } from '../../server/storage/actions.ts';
import { createFindings } from '../../server/storage/findings.ts';
import { createReplies } from '../../server/storage/replies.ts';
import { AUTHORITY, openHouse } from '../support/house.ts';
import { ACTION, get } from '../replies/chain.ts';
import { NORTHMUIR, releaseWave } from '../replies/released.ts';
import { sql, type Kysely } from 'kysely';

const AT = '2026-05-01T09:00:00.000Z';

it('replies of before there were readers keep their words, as those for children, and their public page', async () => {
  const house = await openHouse();
  const { database } = house.services;
  const query = database.query as unknown as Kysely<unknown>;
  const { releaseId } = await releaseWave(database, AUTHORITY);
  const place = { node: NORTHMUIR, band: 'p5-p7', item: 'feels-safe', option: 'yes' };
  const finding = { authorityId: AUTHORITY.id, releaseId, place, whyItMatters: 'It does.' };
  const findingId = await createFindings(database).make(finding, null, AT);
  const actionId = await createActions(database).make(findingId, ACTION, null, AT);
  const texts = { child: {}, adult: {}, 'easy-read': {} };
  const before = { decision: 'no' as const, owner: 'Parks', dueOn: '', nextUpdateOn: '2026-06-01', texts };
  const replies = createReplies(database);
  const replyId = await replies.write(actionId, before, null, AT);
  await replies.publish(replyId, null, AT);
  await makeTexts(query);
  await sql`insert into reply_texts values (${replyId}, 'en', 'Safe', 'Not always', 'Nothing yet', 'It floods')`.execute(
    query,
  );
  await moveTexts(query);
  await dropTexts(query);
  const text = { title: 'Safe', youSaid: 'Not always', considered: '', weDid: 'Nothing yet', why: 'It floods' };
  expect((await replies.find(replyId))?.texts).toEqual({ ...texts, child: { en: text } });
  const page = (await get(house, `/replies/strathlorn/${replyId}`)).body;
  expect(page).toContain('It floods');
  // It lacks words for others, and says so by its promise; nobody has a number for it.
  expect(page).toContain('data-promise-full="false"');
  expect(page).not.toContain('/r/');
  expect((await get(house, `/replies/strathlorn/${replyId}/poster`)).body).toContain(
    `/replies/strathlorn/${replyId}</p>`,
  );
  await house.close();
});
