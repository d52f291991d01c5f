import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createAudit, type Audit, type AuditAction } from '../../server/storage/audit.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let audit: Audit;
let stranger: string;
beforeAll(async () => {
  house = await openHouse();
  const { database } = house.services;
  audit = createAudit(database);
  await createAuthorities(database).add({ id: 'otherglen', name: 'Otherglen', kind: 'real' }, '2026-05-01');
  const account = { authorityId: 'otherglen', signInName: 'stranger', passwordHash: 'x', roles: [] };
  const added = await createAccounts(database).add(account, '2026-05-01');
  stranger = added === 'name-taken' ? '' : added.id;
  await write('wave-made', house.accounts.administrator, 'a wave', '2026-04-01T10:00:00.000Z');
  await write('release-made', house.accounts.analyst, '=a release', '2026-04-02T10:00:00.000Z');
  await write('wave-made', stranger, 'a wave of strangers', '2026-04-03T10:00:00.000Z');
});
afterAll(() => house.close());

const write = (action: AuditAction, accountId: string | null, subject: string, at: string) =>
  audit.write({ at, accountId, action, subject, ...(accountId === null && { authorityId: house.authorityId }) });
const get = async (url: string, language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url, headers: await house.as('auditor', language) });
const checkAll = async () =>
  house.app.inject({ method: 'POST', url: '/admin/record/checks', headers: await house.as('auditor') });
const deeds = (page: string) => [...page.matchAll(/<td><a href="[^"]+">([^<]+)<\/a>/g)].map((match) => match[1]);

describe('the record', () => {
  it('shows what people of one’s own authority did, looking at it included', async () => {
    const { body } = await get('/admin/record');
    expect(deeds(body)).toEqual(['Looked at the record', 'Made a release', 'Made a wave']);
    expect(body).not.toContain('strangers');
    expect(body).toMatch(/<option value="[^"]+">analyst<\/option>/);
    expect(body).not.toContain('<option value="stranger');
    expect(body).not.toContain(`<option value="${stranger}"`);
  });

  it('shows what was done without an account in one’s own authority, and no deed that only others did', async () => {
    const at = '2026-04-03T10:00:00.000Z';
    const unnamed = { at, accountId: null, action: 'imported' } as const;
    await audit.write({ ...unnamed, authorityId: house.authorityId, subject: 'files of ours' });
    await audit.write({ ...unnamed, authorityId: 'otherglen', subject: 'files of theirs' });
    await audit.write({ ...unnamed, action: 'sign-in-refused', subject: 'of nobody known' });
    const page = (await get('/admin/record')).body;
    const file = (await get('/admin/record/entries.csv')).body;
    for (const shown of [page, file]) {
      expect(shown).toContain('files of ours');
      expect(shown).not.toContain('files of theirs');
      expect(shown).not.toContain('of nobody known');
    }
    expect(page).toContain('<option value="imported">');
    expect(page).not.toContain('<option value="sign-in-refused">');
  });

  it('is filtered by what was done, by whom and when, and says so in its own entry', async () => {
    expect(deeds((await get('/admin/record?action=wave-made')).body)).toEqual(['Made a wave']);
    const analyst = await get(`/admin/record?person=${house.accounts.analyst}`);
    expect(deeds(analyst.body)).toEqual(['Made a release']);
    expect(analyst.body).toContain(`<option value="${house.accounts.analyst}" selected>`);
    const days = await get('/admin/record?action=&person=&from=2026-04-01&to=2026-04-01');
    expect(deeds(days.body)).toEqual(['Made a wave']);
    expect(days.body).toContain('value="2026-04-01"');
    const [newest] = await audit.newest(house.authorityId, 1, { action: 'record-viewed' });
    expect(newest?.subject).toBe('/admin/record?from=2026-04-01&to=2026-04-01');
    expect((await get('/admin/record?action=none-such')).body).toContain('No entry is like that.');
  });

  it.each(['2026-02-30', '1 May', '2026-5-1'])('says that %s is no day', async (day) => {
    const reply = await get(`/admin/record?from=${encodeURIComponent(day)}`);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('<a href="#from">');
    expect(reply.body).toContain(`value="${day}"`);
  });

  it('is leafed through a hundred at a time, which makes no entries', async () => {
    for (let index = 0; index < 150; index += 1) await write('signed-in', null, `n${index}`, '2026-04-04');
    const first = await get('/admin/record?action=signed-in');
    expect(deeds(first.body)).toHaveLength(100);
    const [, older] = /<a href="([^"]*before=[^"]*)"/.exec(first.body) ?? [];
    const { entries } = await audit.check();
    const second = await get(older!.replaceAll('&amp;', '&'));
    expect(deeds(second.body)).toHaveLength(50);
    expect(second.body).toContain('n49');
    expect(second.body).not.toContain('n50');
    expect(second.body).toContain('href="/admin/record?action=signed-in">Back to the newest');
    expect((await audit.check()).entries).toBe(entries);
  });

  it('gives the head of the chain to write down', async () => {
    const { body } = await get('/admin/record');
    const { sequence, hash } = await audit.head();
    expect(body).toContain(hash);
    expect(body).toContain(`<bdi>${sequence}</bdi>`);
  });

  it('is checked as a whole when somebody asks for that, not whenever somebody looks', async () => {
    expect((await get('/admin/record')).body).toContain('Not checked since the server was started.');
    expect((await checkAll()).headers.location).toBe('/admin/record');
    const { entries } = await audit.check();
    await write('signed-in', null, 'after the check', '2026-04-04');
    const { body } = await get('/admin/record');
    expect(body).toContain(`Yes: all ${entries} entries are as they were written.`);
    expect(body).toContain('Checked at: <bdi>2026-05-01 09:00:00</bdi>');
    expect(deeds(body)).toContain('Checked whether the record is whole');
    const arabic = await get('/admin/record', 'ar');
    expect(arabic.body).toContain('هل السجل سليم؟');
  });

  it('is saved as a table with what was asked for, without formulas, which is an entry too', async () => {
    const page = await get('/admin/record?action=release-made');
    const [, href] = /href="(\/admin\/record\/entries\.csv[^"]*)"/.exec(page.body) ?? [];
    const file = await get(href!);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toContain('heard_record.csv');
    expect(file.headers['cache-control']).toBe('no-store');
    const [entry] = await audit.newest(house.authorityId, 1, { action: 'release-made' });
    expect(file.body).toBe(
      `\uFEFFsequence,at,who,action,subject,hash\r\n2,2026-04-02T10:00:00.000Z,analyst,release-made,'=a release,${entry!.hash}\r\n`,
    );
    expect(await audit.newest(house.authorityId, 1, { action: 'record-exported' })).toMatchObject([
      { who: 'auditor', subject: '/admin/record?action=release-made' },
    ]);
  });

  it('is saved whole, however long it is', async () => {
    for (let index = 0; index < 1100; index += 1) await write('codes-made', null, `c${index}`, '2026-04-05');
    const file = await get('/admin/record/entries.csv?action=codes-made');
    const lines = file.body.trim().split('\r\n').slice(1);
    expect(new Set(lines.map((line) => line.split(',')[4])).size).toBe(1100);
  });

  it('refuses fields that it does not have', async () => {
    expect((await get('/admin/record?answer=1')).statusCode).toBe(400);
    expect((await get('/admin/record?before=0')).statusCode).toBe(400);
  });

  it('says which entry was changed behind its back', async () => {
    const { query } = house.services.database;
    await sql`drop trigger audit_entries_no_update`.execute(query);
    await query.updateTable('audit_entries').set({ subject: 'nothing to see' }).where('sequence', '=', 2).execute();
    await checkAll();
    const { body } = await get('/admin/record');
    expect(body).toContain('No: entry 2 was changed after it was written.');
    expect(body).toContain('data-chain="broken"');
    expect((await get('/admin/record', 'ar')).body).toContain('لا: تغيّر القيد ');
  });
});
