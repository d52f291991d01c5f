import { afterAll, beforeAll, expect, it } from 'vitest';
import { form, openHouse, type House } from '../support/house.ts';
import { whenMade } from '../support/released-house.ts';
import { addAnsweredWave } from './answered-wave.ts';

/* Schools entered far too many opt-outs before this was refused, so that more answered than were expected. */
let house: House;
let address: string;

beforeAll(async () => {
  house = await openHouse();
  const { waveId } = await addAnsweredWave(house);
  const { query } = house.services.database;
  const schools = await query.selectFrom('wave_schools').select('school_id').where('wave_id', '=', waveId).execute();
  const rows = schools.map(({ school_id }) => ({ wave_id: waveId, school_id, stage: 'P6', class: '', pupils: 9999 }));
  await query.insertInto('opt_outs').values(rows).execute();
  const { payload, headers } = form({ wave: waveId });
  const signedIn = { ...headers, ...(await house.as('analyst')) };
  const made = await house.app.inject({ method: 'POST', url: '/release/releases', payload, headers: signedIn });
  address = String(made.headers.location);
  await whenMade(house, address.split('/').at(-1)!);
}, 60_000);
afterAll(() => house.close());

it('tells whoever approves where more answered than were expected, and shows no rate above everybody', async () => {
  const { body } = await house.app.inject({ url: address, headers: await house.as('approver') });
  expect(body).toMatch(/More answered in [^<]*P5[^<]* than were expected/);
  const rates = [...body.matchAll(/<td>([\d,]+)%<\/td>/g)].map((match) => Number(match[1]!.replace(',', '')));
  expect(rates).toContain(100);
  expect(Math.max(...rates)).toBe(100);
});
