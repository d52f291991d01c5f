import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LINK_LENGTH } from '../../server/core/fieldwork/code.ts';
import { createWaveLinks } from '../../server/storage/wave-links.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openFieldwork, type FieldworkHouse } from '../support/fieldwork.ts';
import { make, page, PARENTS, publish, PUPILS, recorded } from './own-survey.ts';
import { modulesDrawn } from './qr-modules.ts';

let house: FieldworkHouse;

beforeAll(async () => {
  house = await openFieldwork();
  await publish(house, PUPILS, 'en', 'ar');
  await publish(house, PARENTS, 'en', 'ar');
  const { query } = house.services.database;
  const place = { authority_id: house.authorityId };
  await query
    .insertInto('localities')
    .values([
      { ...place, id: 'north', code: 'n', name: 'North Glen' },
      { ...place, id: 'south', code: 's', name: 'South Glen' },
    ])
    .execute();
  const elsewhere = { id: 'elsewhere', name: 'Elsewhere', kind: 'real' as const, created_at: house.clock.now };
  await query.insertInto('authorities').values(elsewhere).execute();
  const far = { id: 'far', authority_id: 'elsewhere', code: 'f', name: 'Far away' };
  await query.insertInto('localities').values(far).execute();
});
afterAll(() => house.close());

const newWave = async () => String((await make(house, PARENTS.family)).headers.location);
const idOf = (wave: string) => wave.split('/').at(-1)!;
const linkFor = (wave: string, locality = '') => house.post('administrator', `${wave}/links`, { locality });
const linksOf = (wave: string) => createWaveLinks(house.services.database).ofWave(idOf(wave));

describe('a wave of a family that is open to whoever comes', () => {
  it('is made with the bands of its survey and without schools, and can be given neither', async () => {
    const wave = await newWave();
    for (const [step, fields] of Object.entries({ stages: { bands: 'p5-p7' }, schools: { schools: 'burnside' } })) {
      expect((await house.post('administrator', `${wave}/setup/${step}`, fields)).statusCode, step).toBe(404);
      expect((await page(house, `${wave}/setup/${step}`)).statusCode, step).toBe(404);
    }
    const waves = createWaves(house.services.database);
    expect((await waves.find(idOf(wave)))?.bands).toEqual([
      { id: 'age-0-2', stages: [] },
      { id: 'age-3-5', stages: [] },
    ]);
    expect(await waves.schools(idOf(wave))).toEqual([]);
  });

  it('names its bands as its survey does, in the language of the reader', async () => {
    const wave = await newWave();
    expect((await page(house, wave)).body).toContain('Nought to two · Three to five');
    expect((await page(house, wave, 'ar')).body).toContain('من الولادة إلى سنتين · من ثلاث إلى خمس');
  });

  it('opens with no school and no roll', async () => {
    const wave = await newWave();
    const { body } = await page(house, wave);
    expect(body).not.toContain('This wave cannot open yet');
    expect(body).toContain('everybody who has a link can answer');
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(303);
    const open = (await page(house, wave)).body;
    expect(open).toContain('data-state="open"');
    expect(open).not.toContain('/codes"');
  });

  it('still needs a name and a family', async () => {
    const reply = await house.post('administrator', '/fieldwork/waves', { name: 'x', family: 'nothing' });
    expect(reply.statusCode).toBe(422);
    expect([...reply.body.matchAll(/<li><a href="#(\w+)"/g)].map((match) => match[1])).toEqual(['name', 'family']);
    expect(reply.body).toContain('value="x"');
  });

  it('is told apart in the form, and a family asked at schools still needs them', async () => {
    const { body } = await page(house, '/fieldwork/waves/new');
    expect(body).toContain('own-parents (open to whoever comes)');
    expect(body).not.toContain('own-pupils (open');
    const made = await house.post('administrator', '/fieldwork/waves', { name: 'Own wave', family: PUPILS.family });
    const list = (await page(house, String(made.headers.location))).body;
    for (const step of ['stages', 'schools']) expect(list).toContain(`data-step="${step}" data-done="no"`);
  });
});

describe('links', () => {
  it('are one for each locality and one that carries nothing', async () => {
    const wave = await newWave();
    for (const locality of ['', 'north', 'south']) {
      expect((await linkFor(wave, locality)).headers.location).toBe(`${wave}#links`);
    }
    const links = await linksOf(wave);
    expect(links.map(({ localityId, localityName }) => [localityId, localityName])).toEqual([
      [null, null],
      ['north', 'North Glen'],
      ['south', 'South Glen'],
    ]);
    expect(new Set(links.map(({ token }) => token)).size).toBe(3);
    const { body } = await page(house, wave);
    expect([...body.matchAll(/data-link="([^"]*)"/g)].map((match) => match[1])).toEqual(
      links.map(({ token }) => `http://localhost:80/respond/links/${token}`),
    );
    // Nothing is left to make a link for.
    expect(body).not.toContain('name="locality"');
  });

  it('are made once each', async () => {
    const wave = await newWave();
    await linkFor(wave, 'north');
    await linkFor(wave);
    for (const locality of ['north', '']) expect((await linkFor(wave, locality)).statusCode).toBe(409);
    expect(await linksOf(wave)).toHaveLength(2);
    const choices = [...(await page(house, wave)).body.matchAll(/<option value="([^"]*)"/g)].map((match) => match[1]);
    expect(choices).toEqual(['south']);
  });

  it('are found by what stands in their address, typed in any case', async () => {
    const wave = await newWave();
    await linkFor(wave, 'south');
    const [link] = await linksOf(wave);
    expect(link?.token).toMatch(new RegExp(`^[acdefghjkmnpqrtwxy34679]{${LINK_LENGTH}}$`));
    const links = createWaveLinks(house.services.database);
    const found = { token: link!.token, waveId: idOf(wave), localityId: 'south', localityName: 'South Glen' };
    expect(await links.find(link!.token)).toEqual(found);
    expect(await links.find(link!.token.toUpperCase())).toEqual(found);
    expect(await links.find('nothing')).toBeUndefined();
  });

  it('carry only localities of the authority', async () => {
    const wave = await newWave();
    expect((await linkFor(wave, 'far')).statusCode).toBe(404);
    expect((await page(house, wave)).body).not.toContain('Far away');
    expect(await linksOf(wave)).toEqual([]);
  });

  it('are for open families, for administrators, and end when the wave closes', async () => {
    const pupils = String((await make(house, PUPILS.family, { bands: 's1-s2', schools: 'lochend' })).headers.location);
    expect((await linkFor(pupils)).statusCode).toBe(404);
    expect((await page(house, pupils)).body).not.toContain('id="links"');
    const wave = await newWave();
    expect((await house.post('planner', `${wave}/links`, { locality: '' })).statusCode).toBe(403);
    expect((await linkFor('/fieldwork/waves/none')).statusCode).toBe(404);
    await house.post('administrator', `${wave}/opening`, {});
    expect((await linkFor(wave)).statusCode).toBe(303);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect((await linkFor(wave, 'north')).statusCode).toBe(409);
  });

  it('leave their mark in the record', async () => {
    const wave = await newWave();
    await linkFor(wave, 'north');
    const [link] = await linksOf(wave);
    expect(await recorded(house, 'link-made')).toContainEqual({
      by: house.accounts.administrator,
      action: 'link-made',
      subject: `${idOf(wave)} ${link!.token}`,
    });
  });
});

describe('a letter', () => {
  async function letter(locality: string, within: string, around: 'en' | 'ar' = 'en') {
    const wave = await newWave();
    await linkFor(wave, locality);
    const [link] = await linksOf(wave);
    const reply = await page(house, `${wave}/links/${link!.token}/letter?language=${within}`, around);
    return { ...link!, wave, body: reply.body, status: reply.statusCode };
  }

  it('tells a family in its own language what this is, that it is their choice and who sees what', async () => {
    const { body, token } = await letter('north', 'en');
    for (const words of [
      'Life with a small child',
      'Strathlorn plans services',
      'about ten minutes',
      'Taking part is your choice.',
      'Nobody who works with your child sees what you answer.',
      'handed out in North Glen',
      'You can answer until 30 June 2026.',
    ])
      expect(body).toContain(words);
    expect(body).toContain(`data-address="localhost:80/respond/links/${token}"`);
  });

  it('in Arabic runs from right to left, on a page in the language of whoever prints it', async () => {
    const { body } = await letter('north', 'ar');
    expect(body).toContain('<html lang="en" dir="ltr">');
    expect(body).toContain('<article class="letter" lang="ar" dir="rtl">');
    expect(body).toContain('الحياة مع طفل صغير');
    expect(body).toContain('المشاركة اختيارية.');
    expect(body.match(/<h1[\s>]/g)).toHaveLength(1);
  });

  it('of a link without a locality says that it tells nothing', async () => {
    const { body } = await letter('', 'en');
    expect(body).toContain('It tells us nothing about you.');
    expect(body).not.toContain('handed out in');
  });

  it('shows the whole address as a QR code', async () => {
    const { body, token } = await letter('', 'ar', 'ar');
    const expected = create(`http://localhost:80/respond/links/${token}`, { errorCorrectionLevel: 'M' });
    expect(modulesDrawn(body)).toEqual([[...expected.modules.data].map(Boolean)]);
  });

  it('exists in the languages of its survey only, for its own wave only, and for administrators', async () => {
    const { wave, token } = await letter('', 'en');
    const other = await newWave();
    expect((await page(house, `${other}/links/${token}/letter`)).statusCode).toBe(404);
    expect((await page(house, `${wave}/links/aaaaaaaa/letter`)).statusCode).toBe(404);
    expect((await page(house, `${wave}/links/${token}/letter?language=xx`)).statusCode).toBe(400);
    const url = `${wave}/links/${token}/letter`;
    expect((await house.app.inject({ url, headers: await house.as('planner') })).statusCode).toBe(403);
    const english = { ...PARENTS, id: 'own-english', family: 'own-english' };
    await publish(house, english, 'en');
    const made = String((await make(house, english.family)).headers.location);
    await linkFor(made);
    const [link] = await linksOf(made);
    const address = `${made}/links/${link!.token}/letter`;
    expect((await page(house, `${address}?language=en`, 'ar')).statusCode).toBe(200);
    expect((await page(house, `${address}?language=ar`)).statusCode).toBe(404);
    // Whoever reads the pages in Arabic gets the letter that there is.
    expect((await page(house, address, 'ar')).body).toContain('<article class="letter" lang="en" dir="ltr">');
  });
});
