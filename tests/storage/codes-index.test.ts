import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unspentOf } from '../../server/storage/codes.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;

beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

it('finds the unspent codes of a class by an index: whoever joins keeps everybody else waiting meanwhile', async () => {
  const { query } = house.services.database;
  const asked = unspentOf(query, { waveId: 'wave', schoolId: 'school', stage: 'P6', class: 'P6A' }).select('hmac');
  const plan = await asked.explain<{ detail: string }>(undefined, sql`query plan`);
  expect(plan.map(({ detail }) => detail).join()).toContain(
    'INDEX codes_unspent (wave_id=? AND school_id=? AND stage=? AND class=?)',
  );
});
