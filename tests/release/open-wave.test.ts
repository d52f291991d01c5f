import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../server/core/disclosure/audit-report.ts';
import { protect, type ProtectedCount } from '../../server/core/disclosure/protection.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import { openWaveGround } from '../../server/core/disclosure/wave-ground.ts';
import { gatherInput } from '../../server/release/gather.ts';
import { makeOfInput } from '../../server/release/job.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { addOpenWave, CAME, LOCALITIES, type OpenWave } from '../support/open-wave.ts';
import { whenMade } from '../support/released-house.ts';

let house: House;
let open: OpenWave;
let input: ReleaseInput;
let release: Release;
let audit: AuditReport;

beforeAll(async () => {
  house = await openHouse();
  open = await addOpenWave(house);
  input = await gatherInput(house.services.database, open.wave);
  ({ release, audit } = await makeOfInput(input));
}, 120_000);
afterAll(() => house.close());

const BANDS = ['age-0-2', 'age-3-5', 'age-6-8'];
const cameTo = (wanted: (one: (typeof CAME)[number]) => boolean) =>
  CAME.filter(wanted).reduce((sum, { count }) => sum + count, 0);

describe('what the release of an open wave is made from', () => {
  it('has localities where schools stand, and one place more for those without', () => {
    expect(input.reached).toBe('open');
    expect(input.schools.map(({ code }) => code)).toEqual(['moor', 'north', 'south', 'no locality']);
    expect(input.localities.map(({ schools }) => schools)).toEqual([['moor'], ['north'], ['south']]);
    expect(input.clusters).toEqual([]);
    expect(Array.from(input.roll)).toEqual(Array(12).fill(0));
  });

  it('has a cell for every place, band and language, somebody in it or not', () => {
    const cells = input.cells.map(({ school, band, groups }) => `${school} ${band} ${groups.language}`);
    expect(new Set(cells).size).toBe(4 * 3 * 2);
    expect(cells).toHaveLength(4 * 3 * 2);
    expect(input.dimensions).toEqual({ language: 'asked' });
  });

  it('counts everybody once', () => {
    const sizes = input.versions.flatMap(({ columns }) => columns.runs.map(({ size }) => size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(cameTo(() => true));
  });

  it('tells languages apart only where there are several, and takes those that were given up for not known', async () => {
    const one = await openHouse();
    const english = CAME.filter(({ language }) => language === 'en');
    const only = await gatherInput(one.services.database, (await addOpenWave(one, english)).wave);
    expect(only.dimensions).toEqual({});
    expect(only.cells).toHaveLength(4 * 3);
    const given = CAME.map((row) => (row.band === 'age-6-8' ? { ...row, language: 'any' } : row));
    const mixed = await gatherInput(one.services.database, (await addOpenWave(one, given, 'Mixed')).wave);
    expect(new Set(mixed.cells.map(({ groups }) => groups.language))).toEqual(new Set(['ar', 'en', 'not-held']));
    await one.close();
  });

  it('has no place for those without a locality where there are none', async () => {
    const one = await openHouse();
    const { wave } = await addOpenWave(
      one,
      CAME.filter(({ locality }) => locality !== null),
    );
    const { schools } = await gatherInput(one.services.database, wave);
    expect(schools.map(({ code }) => code)).toEqual(['moor', 'north', 'south']);
    await one.close();
  });
});

describe('the release of an open wave', () => {
  const count = (value: ProtectedCount | null | undefined) => value ?? null;

  it('shows how many came, by age of the child and locality, rounded and hidden under ten', () => {
    for (const band of BANDS) {
      const whole = cameTo((one) => one.band === band);
      expect(release.rate('authority', band)).toMatchObject({ roll: 0, schools: 0, responses: protect(whole) });
      for (const { code } of LOCALITIES) {
        const own = cameTo((one) => one.band === band && one.locality === code);
        const { responses } = release.rate(`locality:${code}`, band)!;
        expect([own < 8 ? null : protect(own), null], `${code} ${band}`).toContain(count(responses));
      }
    }
    expect(release.rate('locality:north', 'age-0-2')?.responses).toBe(80);
  });

  it('has no figure of a locality that nobody came from, and a row for it as for any other', () => {
    expect(release.rate('locality:moor', 'age-6-8')).toMatchObject({ responses: null });
    expect(release.table('locality:moor', 'age-6-8', 'play-place')).toMatchObject({ base: null });
    expect(release.groups('locality:moor', 'age-6-8')).toEqual(['', 'language=ar', 'language=en']);
  });

  it('shows a locality although it is one place: nothing in it is one school’s', () => {
    const table = release.table('locality:south', 'age-3-5', 'play-place')!;
    expect(table).toMatchObject({ base: 70, oneSchool: false });
    expect(Object.values(table.counts).some((shown) => shown !== null)).toBe(true);
  });

  it('has no clusters, and nothing of those without a locality', () => {
    expect(new Set(release.nodes.map(({ kind }) => kind))).toEqual(new Set(['authority', 'locality', 'rest']));
    expect(release.table('without-locality', 'age-0-2', 'play-place')).toBeUndefined();
    expect(release.rate('without-locality', 'age-0-2')).toBeUndefined();
  });

  it('asks a band only what its answer led to', () => {
    expect(Object.keys(release.item('baby-group')!.versions)).toEqual(['age-0-2']);
    expect(Object.keys(release.item('nursery-hours')!.versions)).toEqual(['age-3-5']);
    expect(Object.keys(release.item('play-place')!.versions)).toEqual(BANDS);
    expect(release.table('authority', 'age-0-2', 'nursery-hours')).toBeUndefined();
    // The route is the band itself, so that nobody is given away by everybody of the band being asked.
    expect(release.table('authority', 'age-0-2', 'baby-group')?.base).toBe(
      protect(cameTo((one) => one.band === 'age-0-2')),
    );
  });

  it('hides what was asked by a route that nearly everybody took', { timeout: 60_000 }, async () => {
    const one = await openHouse();
    const hard = { 'services-reach': { state: 'answered' as const, value: 'very-hard' } };
    const { wave } = await addOpenWave(
      one,
      CAME.map((row) => ({ ...row, given: hard })),
    );
    const { release: made } = await makeOfInput(await gatherInput(one.services.database, wave));
    await one.close();
    expect(made.table('authority', 'age-0-2', 'services-reach')?.base).toBe(160);
    expect(made.table('authority', 'age-0-2', 'services-barriers')?.base).toBeNull();
    expect(release.table('authority', 'age-0-2', 'services-barriers')?.base).toBeGreaterThan(0);
  });

  it('withstood the attack, which looks for those without a locality too', () => {
    const { plan } = openWaveGround(input).bands[0]!.ground;
    expect(plan.units.map(({ id }) => id)).toContain('without-locality/0');
    expect(audit.variables.length).toBeGreaterThan(20);
    for (const { narrowest } of audit.variables) expect(narrowest).toBeGreaterThanOrEqual(3);
  });
});

describe('people who release', () => {
  it(
    'are offered a closed open wave, make its release and see no rate where there is no roll',
    { timeout: 120_000 },
    async () => {
      const headers = await house.as('analyst');
      const list = await house.app.inject({ url: '/release', headers });
      expect(list.body).toContain('Parents 2026');
      const body = form({ wave: open.wave.id });
      const made = await house.app.inject({
        method: 'POST',
        url: '/release/releases',
        payload: body.payload,
        headers: { ...headers, ...body.headers },
      });
      expect(made.statusCode).toBe(303);
      const id = made.headers.location!.split('/').at(-1)!;
      await whenMade(house, id);
      const page = await house.app.inject({ url: `/release/releases/${id}`, headers });
      expect(page.body).toContain('<bdi>0–2</bdi>');
      expect(page.body).toContain('no roll');
      expect(page.body).not.toMatch(/NaN|Infinity|∞/);
      expect((await house.app.inject({ url: `/release/releases/${id}/audit`, headers })).statusCode).toBe(200);
    },
  );
});
