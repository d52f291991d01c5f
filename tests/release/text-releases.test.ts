import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPENED, type Counting } from '../../server/core/disclosure/counting.ts';
import type { Role } from '../../server/core/roles.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createReleaseCorrections } from '../../server/storage/release-corrections.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { createTextQuotes } from '../../server/storage/text-quotes.ts';
import { createTextReleases } from '../../server/storage/text-releases.ts';
import { createTextSorting } from '../../server/storage/text-sorting.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { asInvitedBy } from '../support/invited.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { plain } from '../results/page-reading.ts';
import {
  addReadText,
  addSortedTexts,
  addTextWave,
  titlesOf,
  type NewText,
  type TextWave,
} from '../results/text-wave.ts';
import { addWave, publishSurveys } from '../results/wave.ts';

/* A wave of 206 pupils of P5–P7 and 138 of S1–S2, most of whom wrote. */

const AT = '2026-05-02T09:00:00.000Z';
let house: House;
let wave: TextWave;

beforeEach(async () => {
  house = await openHouse();
  wave = await addTextWave(house);
});
afterEach(() => house.close());

const get = async (url: string, role: Role = 'approver', language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url, headers: await house.as(role, language) });

async function post(url: string, role: Role, headers?: Record<string, string>) {
  const { payload, headers: sent } = form({});
  return house.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...sent, ...(headers ?? (await house.as(role))) },
  });
}

const texts = (count: number, band: string, themes: string[]): NewText[] =>
  Array.from({ length: count }, (_, number) => ({ words: `Words ${number}`, band, themes }));

const textsPage = () => `/release/texts/${wave.id}`;
const make = (role: Role = 'analyst') => post(`${textsPage()}/releases`, role);
const quotesNow = () => createTextQuotes(house.services.database, house.services.secrets).ofWave(wave.id);

/** An approved correction of the release of the wave. Its figures are of no account here. */
async function correct(counting: Counting): Promise<void> {
  const { database } = house.services;
  const release = await createReleases(database).open(wave.releaseId);
  const draft = { corrects: wave.releaseId, reason: 'A test', counting };
  const begun = await createReleaseCorrections(database).begin(wave.id, draft, 'test', null, AT);
  if (typeof begun === 'string') throw new Error(`The correction is ${begun}.`);
  const id = await createReleases(database).add(wave.id, release!, null, AT, begun);
  expect(await createReleases(database).approve(id, null, AT)).toBe('approved');
}

/** Somebody who is both analyst and approver, or both reader and approver. */
async function withRoles(...roles: Role[]) {
  const { database } = house.services;
  const signInName = roles.join(' and ');
  const account = { authorityId: house.authorityId, signInName, passwordHash: 'x', roles };
  const outcome = await createAccounts(database).add(account, AT);
  if (outcome === 'name-taken') throw new Error(`${signInName} is taken.`);
  const token = await createStaffSessions(database).start(outcome.id, AT, '2999-01-01T00:00:00.000Z');
  return { accountId: outcome.id, headers: { cookie: `heard-staff=${token}; heard-language=en` } };
}

describe('a text release', () => {
  it('is made by an analyst once everything was sorted twice, and approved by somebody else', async () => {
    const { parks, buses } = wave.themes;
    await addSortedTexts(house, wave, [...texts(33, 'p5-p7', [parks]), ...texts(2, 'p5-p7', [buses])]);
    expect((await get('/release/texts')).body).toContain('Ready to be made');
    const made = await make();
    expect(made.statusCode).toBe(303);
    const address = String(made.headers.location);
    const waiting = (await get(address)).body;
    expect(plain(waiting)).toMatch(/Parks 17% hidden to protect children/);
    expect(waiting).not.toContain('Buses');
    expect(waiting).toContain('Waits for approval');
    expect((await get(`/results/${wave.releaseId}/texts`, 'planner')).body).toContain(
      'Nothing that young people wrote in this wave is shown.',
    );
    expect((await post(`${address}/approval`, 'approver')).statusCode).toBe(303);
    expect((await get(address)).body).toContain('Approved and published');
    expect((await get('/release/texts')).body).toContain('Approved and published');
    expect(plain((await get(`/results/${wave.releaseId}/texts`, 'planner')).body)).toContain('Parks 17%');
    const actions = (await rowsOf(house.services.database, 'audit_entries')).map(({ action }) => action);
    for (const action of ['text-release-made', 'text-release-approved']) expect(actions).toContain(action);
  });

  it('leaves nothing behind of what it was made from', async () => {
    const [text] = await addSortedTexts(house, wave, [
      { words: 'A quiet corner', band: 'p5-p7', themes: [wave.themes.parks], quote: 'A quiet corner' },
    ]);
    const address = String((await make()).headers.location);
    expect((await post(`${address}/approval`, 'approver')).statusCode).toBe(303);
    const { database, secrets } = house.services;
    expect(secrets.hasTextSecret(wave.id)).toBe(false);
    expect((await rowsOf(database, 'written_texts')).find(({ id }) => id === text)?.body.length).toBe(0);
    for (const table of [
      'text_codings',
      'text_coding_themes',
      'text_confirmations',
      'text_quotes',
      'sent_texts',
    ] as const)
      expect(await rowsOf(database, table), table).toEqual([]);
    expect(await titlesOf(house, wave)).toEqual([]);
  });

  it('is not made while something is missing', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    const uncoded = await addReadText(house, wave, { words: 'Nobody sorted this', band: 'p5-p7' });
    expect((await make()).statusCode).toBe(409);
    const page = (await get(textsPage(), 'analyst')).body;
    expect(plain(page)).toContain('Every text was sorted by two people not yet');
    expect(page).not.toContain('Make the text release');
    const { query } = house.services.database;
    await query.deleteFrom('sent_texts').where('text_id', '=', uncoded).execute();
    await query.deleteFrom('text_readings').where('text_id', '=', uncoded).execute();
    expect((await make()).statusCode).toBe(409);
    expect(plain((await get(textsPage(), 'analyst')).body)).toContain('Every text was read not yet');
    await query.deleteFrom('written_texts').where('id', '=', uncoded).execute();
    await query.deleteFrom('release_approvals').execute();
    expect((await make()).statusCode).toBe(409);
    expect(plain((await get(textsPage(), 'analyst')).body)).toContain('Its release is published not yet');
  });

  it('is not made any more once the time for sorting is over', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    await createTextSorting(house.services.database).end(wave.id, AT);
    expect((await get('/release/texts')).body).toContain('Sorting has ended');
    expect((await make()).statusCode).toBe(409);
    expect((await get(textsPage(), 'analyst')).body).not.toContain('Make the text release');
  });

  it('is not made of a wave whose correction leaves out answers: texts hold no school to leave out', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    await correct({ ...AS_OPENED, leftOut: [{ school: 'pa1', bands: ['p5-p7'] }] });
    const page = plain((await get(textsPage(), 'analyst')).body);
    expect(page).toContain('those of a school that is left out cannot be told apart not yet');
    expect(page).not.toContain('Make the text release');
    const refused = await make();
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('its themes cannot be counted without these schools');
    expect(await rowsOf(house.services.database, 'text_releases')).toEqual([]);
  });

  it('is made of a wave whose correction counts the same answers', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    await correct({ ...AS_OPENED, withdrawn: ['pa1'] });
    expect((await make()).statusCode).toBe(303);
  });

  it('is made once, also by a double click', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    const both = await Promise.all([make(), make()]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
    expect((await make()).statusCode).toBe(409);
    expect(await rowsOf(house.services.database, 'text_releases')).toHaveLength(1);
    expect((await get(textsPage(), 'analyst')).body).not.toContain('Make the text release');
  });

  it('cannot be approved by its maker, nor twice', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    const both = await withRoles('analyst', 'approver');
    const address = String((await post(`${textsPage()}/releases`, 'analyst', both.headers)).headers.location);
    const own = await house.app.inject({ url: address, headers: both.headers });
    expect(own.body).toContain('somebody else has to approve it');
    expect(own.body).not.toContain(`${address}/approval`);
    expect((await post(`${address}/approval`, 'approver', both.headers)).statusCode).toBe(403);
    expect((await get(`/results/${wave.releaseId}/texts`, 'planner')).body).not.toContain('Parks');
    const part = await asInvitedBy(house, both.accountId, house.accounts.approver);
    const tied = await post(`${address}/approval`, 'approver');
    expect([tied.statusCode, plain(tied.body)]).toEqual([403, expect.stringContaining('let the other one in')]);
    // The page says so beforehand, instead of a button that would be refused.
    const shown = await get(address);
    expect(shown.body).toContain('one let the other one in');
    expect(shown.body).toContain('Nobody else may just now.');
    expect(shown.body).not.toContain(`action="${address}/approval"`);
    await part();
    expect((await get(address)).body).toContain(`action="${address}/approval"`);
    expect((await post(`${address}/approval`, 'approver')).statusCode).toBe(303);
    expect((await post(`${address}/approval`, 'approver')).statusCode).toBe(409);
    expect((await post(`${address}/removal`, 'approver')).statusCode).toBe(409);
  });

  it('that was turned down can be made again, with other quotes', async () => {
    await addSortedTexts(house, wave, [
      ...texts(20, 'p5-p7', [wave.themes.parks]),
      { words: 'More swings', band: 'p5-p7', themes: [wave.themes.parks], quote: 'More swings' },
    ]);
    const address = String((await make()).headers.location);
    // Its quotes are frozen, and this one was not approved by then.
    const [quote] = await quotesNow();
    expect((await post(`/release/quotes/${quote!.id}/approval`, 'approver')).statusCode).toBe(409);
    expect((await get(address)).body).not.toContain('More swings');
    expect((await post(`${address}/removal`, 'approver')).headers.location).toBe('/release/texts');
    expect((await get(address)).statusCode).toBe(404);
    await post(`/release/quotes/${quote!.id}/approval`, 'approver');
    expect((await get(String((await make()).headers.location))).body).toContain('More swings');
  });

  it('is not read when it was changed in the database', async () => {
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    const address = String((await make()).headers.location);
    await post(`${address}/approval`, 'approver');
    const { database } = house.services;
    const [row] = await rowsOf(database, 'text_releases');
    const content = row!.content.replace('"p5-p7":20', '"p5-p7":95');
    expect(content).not.toBe(row!.content);
    await database.query.updateTable('text_releases').set({ content }).execute();
    expect((await get(`/results/${wave.releaseId}/texts`, 'planner')).statusCode).toBe(500);
    await expect(createTextReleases(database).open(row!.id)).rejects.toThrow(/was changed/);
  });
});

describe('a proposed quote', () => {
  beforeEach(async () => {
    await addSortedTexts(house, wave, [
      ...texts(20, 'p5-p7', [wave.themes.parks]),
      { words: 'Swings for Emma', band: 'p5-p7', themes: [wave.themes.parks], quote: 'Swings for […]' },
    ]);
  });

  it('is shown to approvers with theme and band, which the record says, and to nobody else', async () => {
    const page = (await get(textsPage())).body;
    expect(page).toContain('<blockquote lang="en" dir="auto">Swings for […]</blockquote>');
    expect(plain(page)).toContain('Theme Parks Age band P5–P7');
    expect(page).not.toContain('Emma');
    for (const role of ['analyst', 'auditor'] as const) {
      const reply = await get(textsPage(), role);
      expect(reply.statusCode).toBe(200);
      expect(reply.body).not.toContain('Swings');
    }
    for (const role of ['planner', 'text-reader', 'administrator'] as const)
      expect((await get(textsPage(), role)).statusCode, role).toBe(403);
    const opened = (await rowsOf(house.services.database, 'audit_entries')).filter(
      ({ action }) => action === 'quotes-opened',
    );
    expect(opened).toMatchObject([{ subject: wave.id, account_id: house.accounts.approver }]);
  });

  it('is approved once, and not by whoever proposed it', async () => {
    const [quote] = await quotesNow();
    const both = await withRoles('text-reader', 'approver');
    await house.services.database.query.updateTable('text_quotes').set({ proposed_by: both.accountId }).execute();
    const own = await house.app.inject({ url: textsPage(), headers: both.headers });
    expect(own.body).toContain('You proposed this quote, so somebody else has to approve it.');
    expect(own.body).not.toContain(`/release/quotes/${quote!.id}/approval`);
    expect((await post(`/release/quotes/${quote!.id}/approval`, 'approver', both.headers)).statusCode).toBe(403);
    // Whoever else may is named: that is the house's own approver.
    expect(own.body).toMatch(/These may: [^<]*approver/);
    const part = await asInvitedBy(house, house.accounts.approver, both.accountId);
    const tied = (await get(textsPage())).body;
    expect(tied).toContain('one let the other one in');
    expect(tied).not.toContain(`/release/quotes/${quote!.id}/approval`);
    expect((await post(`/release/quotes/${quote!.id}/approval`, 'approver')).statusCode).toBe(403);
    await part();
    expect((await post(`/release/quotes/${quote!.id}/approval`, 'approver')).statusCode).toBe(303);
    expect((await post(`/release/quotes/${quote!.id}/approval`, 'approver')).statusCode).toBe(409);
    expect((await get(textsPage())).body).toContain('A quote from this text was approved.');
  });

  it('that was deleted is gone, however often that is asked', async () => {
    const [quote] = await quotesNow();
    expect((await post(`/release/quotes/${quote!.id}/removal`, 'approver')).statusCode).toBe(303);
    expect((await post(`/release/quotes/${quote!.id}/removal`, 'approver')).statusCode).toBe(404);
    expect((await get(textsPage())).body).toContain('Nobody has proposed a quote.');
  });

  it('in a language that few write carries a word of caution', async () => {
    expect((await get(textsPage())).body).not.toContain('not written in English');
    await addSortedTexts(house, wave, [
      { words: 'أراجيح', band: 'p5-p7', themes: [wave.themes.parks], quote: 'أراجيح', language: 'ar' },
    ]);
    expect((await get(textsPage())).body).toContain('This was not written in English.');
  });
});

describe('what is not there', () => {
  it('is not found: a forged id, a wave without themes, another authority', async () => {
    const bare = await addWave(house, 'Without themes', '2026-01-01');
    for (const url of ['/release/texts/none', `/release/texts/${bare.id}`, '/release/text-releases/none'])
      expect((await get(url)).statusCode, url).toBe(404);
    expect((await post(`/release/texts/${bare.id}/releases`, 'analyst')).statusCode).toBe(404);
    for (const url of ['/release/text-releases/none', '/release/quotes/none'])
      for (const deed of ['approval', 'removal'])
        expect((await post(`${url}/${deed}`, 'approver')).statusCode, `${url}/${deed}`).toBe(404);
    await addSortedTexts(house, wave, texts(20, 'p5-p7', [wave.themes.parks]));
    const address = String((await make()).headers.location);
    const { query } = house.services.database;
    const other = { id: 'otherglen', name: 'Otherglen', kind: 'demonstration' as const, created_at: AT };
    await query.insertInto('authorities').values(other).execute();
    await query.updateTable('waves').set({ authority_id: 'otherglen' }).where('id', '=', wave.id).execute();
    for (const url of [address, textsPage(), `/results/${wave.releaseId}/texts`])
      expect((await get(url)).statusCode, url).toBe(404);
    expect((await post(`${address}/approval`, 'approver')).statusCode).toBe(404);
    expect((await get('/release/texts')).body).toContain('No wave has themes yet.');
  });

  it('says everything in Arabic too', async () => {
    await publishSurveys(house);
    for (const url of ['/release/texts', textsPage()]) {
      const page = (await get(url, 'approver', 'ar')).body;
      expect(page).toContain('<html lang="ar" dir="rtl">');
      expect(page).not.toMatch(/undefined|\{\{/);
    }
  });
});
