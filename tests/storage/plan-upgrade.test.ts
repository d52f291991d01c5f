import { expect, it } from 'vitest';
import { up } from '../../migrations/0263-actions-stand-in-the-plan.ts';
import { createActions } from '../../server/storage/actions.ts';
import { createFindings } from '../../server/storage/findings.ts';
import { createPlan } from '../../server/storage/plan.ts';
import { AUTHORITY, openHouse } from '../support/house.ts';
import { ACTION } from '../replies/chain.ts';
import { NORTHMUIR, releaseWave } from '../replies/released.ts';

it('actions of before there was a plan stand in it after the upgrade, with what they said', async () => {
  const house = await openHouse();
  const { database } = house.services;
  const { releaseId } = await releaseWave(database, AUTHORITY);
  const place = { node: NORTHMUIR, band: 'p5-p7', item: 'feels-safe', option: 'yes' };
  const finding = { authorityId: AUTHORITY.id, releaseId, place, whyItMatters: 'It does.' };
  const findingId = await createFindings(database).make(finding, null, '2026-05-01T09:00:00.000Z');
  await createActions(database).make(findingId, ACTION, null, '2026-05-01T09:00:00.000Z');
  for (const table of ['plan_links', 'plan_action_versions', 'plan_actions'] as const)
    await database.query.deleteFrom(table).execute();
  await up(database.query);
  const plan = await createPlan(database).list(AUTHORITY.id);
  expect(plan).toMatchObject([{ reference: '1', words: { ...ACTION, place: NORTHMUIR }, findings: [findingId] }]);
  expect(await createActions(database).ofFinding(findingId)).toMatchObject([ACTION]);
  await house.close();
});
