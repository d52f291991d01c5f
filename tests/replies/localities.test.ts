import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTHORITY, openHouse, type House } from '../support/house.ts';
import { get, publishReply } from './chain.ts';
import { cellOf, releaseWave } from './released.ts';

/* Replies to a locality: the only part of an authority in which secondary pupils are answered in public. */
const SHORE = 'Shore & Hills';
let house: House;
let replyId: string;

beforeAll(async () => {
  house = await openHouse();
  const { releaseId } = await releaseWave(house.services.database, AUTHORITY, {
    localities: [
      { code: 'shore', name: SHORE, schools: ['n1', 'n2', 'ns'] },
      { code: 'inland', name: 'Inland', schools: ['e1', 'e2', 'es'] },
    ],
  });
  const cell = cellOf(releaseId, { node: 'locality:shore' });
  ({ replyId } = await publishReply(house, await house.as('planner'), cell));
});
afterAll(() => house.close());

const at = '/replies/strathlorn/localities/shore';

describe('replies to a locality', () => {
  it('stand on its own page, to which the authority’s page leads', async () => {
    const authority = (await get(house, '/replies/strathlorn')).body;
    expect(authority).toContain(`href="${at}"`);
    expect(authority).toContain('Shore &amp; Hills');
    expect(authority).not.toContain('localities/inland');
    expect(authority).toMatch(/There is no reply about \S+ as a whole yet\./);
    expect(authority).not.toContain(`href="/replies/strathlorn/${replyId}"`);
    const own = (await get(house, at)).body;
    expect(own).toContain(`href="/replies/strathlorn/${replyId}"`);
    expect(own).toContain('href="/replies/strathlorn"');
  });

  it('lead back to that page, in Arabic too', async () => {
    const page = `/replies/strathlorn/${replyId}`;
    expect((await get(house, page)).body).toContain(`href="${at}"`);
    expect((await get(house, page, { cookie: 'heard-language=ar' })).body).toContain(`href="${at}"`);
  });

  it('are in its feed and its frame, and in no other place’s', async () => {
    expect((await get(house, `${at}/feed`)).body).toContain(replyId);
    expect((await get(house, `${at}/embed`)).body).toContain(replyId);
    for (const other of ['/replies/strathlorn/localities/inland', '/replies/strathlorn/clusters/nor']) {
      expect((await get(house, other)).body, other).not.toContain(replyId);
      expect((await get(house, `${other}/feed`)).body, other).not.toContain(replyId);
      expect((await get(house, `${other}/embed`)).body, other).not.toContain(replyId);
    }
  });

  it('are not there for a locality that does not exist', async () => {
    for (const address of [at, `${at}/feed`, `${at}/embed`])
      expect((await get(house, address.replace('shore', 'moor'))).statusCode).toBe(404);
  });
});
