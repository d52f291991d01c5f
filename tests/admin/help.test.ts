import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { createHelpContacts } from '../../server/storage/help-contacts.ts';
import { form, openHouse, type House } from '../support/house.ts';

let house: House;
/** Entries of the record when a test begins. */
let before = 0;
beforeAll(async () => {
  house = await openHouse();
  const authority = { id: 'otherglen', name: 'Otherglen', kind: 'real' } as const;
  await createAuthorities(house.services.database).add(authority, house.services.clock());
});
beforeEach(async () => {
  await house.services.database.query.deleteFrom('help_contacts').execute();
  before = (await entries()).length;
});
afterAll(() => house.close());

const GOOD = {
  level: 's1-s3',
  phone: '0131 496 0000',
  web: 'https://talk.example',
  'name-en': 'Talk Here',
  'about-en': 'Open from 4 to 8.',
  'name-ar': 'تحدث هنا',
  'about-ar': 'من الرابعة إلى الثامنة.',
};

async function post(url: string, fields: Record<string, string>, language: 'en' | 'ar' = 'en') {
  const { payload, headers } = form(fields);
  const signedIn = await house.as('administrator', language);
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...signedIn } });
}
const get = async (url: string, language: 'en' | 'ar' = 'en') =>
  house.app.inject({ url, headers: await house.as('administrator', language) });
const add = (change: Partial<typeof GOOD> = {}) => post('/admin/help-contacts', { ...GOOD, ...change });
const stored = () => createHelpContacts(house.services.database).ofAuthority(house.authorityId);
const listed = async () => (await stored()).map(({ words }) => words.en!.name);
const entries = () =>
  house.services.database.query.selectFrom('audit_entries').selectAll().orderBy('sequence').execute();
/** What was entered since the test began: entries are never deleted. */
const record = async () => {
  const rows = (await entries()).slice(before);
  return rows.map(({ action, subject, account_id }) => ({ action, subject, account_id }));
};
const section = (page: string, level: string) =>
  new RegExp(`data-level="${level}">([\\s\\S]*?)</section>`).exec(page)?.[1] ?? '';

describe('the list of help contacts', () => {
  it('shows for each level what pupils get while there is nobody of one’s own', async () => {
    const { body } = await get('/admin/help');
    for (const level of ['p5-p7', 's1-s3', 's4-s6']) expect(section(body, level)).toContain('Childline');
    expect(section(body, 'adult')).toContain('Parentline');
    expect(section(body, 'p5-p7')).not.toContain('Samaritans');
  });

  it('is said in Arabic too', async () => {
    await add();
    const { body } = await get('/admin/help', 'ar');
    expect(section(body, 's1-s3')).toContain('تحدث هنا');
    expect(section(body, 'adult')).toContain('Parentline');
  });
});

describe('adding a contact', () => {
  it('puts it on the list of its level, says so, and keeps a record of it', async () => {
    const reply = await add({ phone: '  0131  496 0000 ', 'name-en': ' Talk   Here ' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/admin/help?done=added']);
    const [contact] = await stored();
    expect(contact).toMatchObject({ level: 's1-s3', phone: '0131 496 0000', web: 'https://talk.example' });
    expect(contact?.words).toEqual({
      en: { name: 'Talk Here', about: 'Open from 4 to 8.' },
      ar: { name: 'تحدث هنا', about: 'من الرابعة إلى الثامنة.' },
    });
    const { body } = await get(String(reply.headers.location));
    expect(body).toContain('role="status">The contact is on the list now.');
    expect(section(body, 's1-s3')).toContain('<bdi>Talk Here</bdi>');
    expect(section(body, 's1-s3')).not.toContain('Childline');
    expect(section(body, 's4-s6')).toContain('Childline');
    const account_id = house.accounts.administrator;
    expect(await record()).toEqual([{ action: 'help-contact-added', subject: contact!.id, account_id }]);
  });

  it('begins with the level from whose list one came', async () => {
    const { body } = await get('/admin/help-contacts/new?level=adult');
    expect(body).toMatch(/value="adult" selected/);
    expect(body).not.toContain('/removal');
  });

  it('pressed twice adds one', async () => {
    await Promise.all([add(), add()]);
    expect(await listed()).toEqual(['Talk Here']);
  });

  it.each([
    [
      'nothing',
      { phone: '', web: '', 'name-en': '', 'about-en': '', 'name-ar': '', 'about-ar': '' },
      ['name-en', 'about-en', 'name-ar', 'about-ar', 'phone'],
    ],
    ['no name in Arabic', { 'name-ar': '  ' }, ['name-ar']],
    ['no words in English', { 'about-en': '' }, ['about-en']],
    ['a name that is too long', { 'name-en': 'x'.repeat(81) }, ['name-en']],
    ['words that are too long', { 'about-ar': 'س'.repeat(401) }, ['about-ar']],
    ['letters in the number', { phone: '0800 CHILD' }, ['phone']],
    ['a number of two digits', { phone: '11' }, ['phone']],
    ['a number of sixteen digits', { phone: '1234567890123456' }, ['phone']],
    ['a plus in the middle', { phone: '0131+496' }, ['phone']],
    ['an address without https', { web: 'http://talk.example' }, ['web']],
    ['a script as an address', { web: 'javascript:alert(1)' }, ['web']],
    ['a name in the address', { web: 'https://me:secret@talk.example' }, ['web']],
    ['an address with a space', { web: 'https://talk example' }, ['web']],
    ['an address without a domain', { web: 'https://talk' }, ['web']],
    ['a number and an address that are wrong', { phone: 'x', web: 'y' }, ['phone', 'web']],
  ])('with %s is refused beside each field, and nothing is stored', async (_what, change, fields) => {
    const reply = await add(change);
    expect(reply.statusCode).toBe(422);
    expect([...reply.body.matchAll(/<li><a href="#([a-z-]+)">/g)].map((match) => match[1])).toEqual(fields);
    for (const field of fields) {
      expect(reply.body).toContain(`id="${field}"`);
      expect(reply.body).toContain(`id="${field}-fault"`);
    }
    expect([await stored(), await record()]).toEqual([[], []]);
  });

  it.each([
    ['a number alone', { web: '' }],
    ['an address alone', { phone: '' }],
    ['a short number', { phone: '999' }],
    ['a number with a plus', { phone: '+44 131 496 0000' }],
    ['an address with a path', { web: 'https://talk.example/young?x=1' }],
  ])('with %s is fine', async (_what, change) => {
    expect((await add(change)).statusCode).toBe(303);
  });

  it('keeps what was typed, as text, and names the language that something is missing in', async () => {
    const reply = await add({ 'name-en': '"><b>bold', 'name-ar': '', level: 'adult' });
    expect(reply.body).not.toContain('<b>bold');
    expect(reply.body).toContain('value="&quot;&gt;&lt;b&gt;bold"');
    expect(reply.body).toMatch(/العربية\u2069?: give a name/);
    expect(reply.body).toMatch(/value="adult" selected/);
    expect(reply.body).toContain('Open from 4 to 8.</textarea>');
  });

  it('with a field or a level that the form does not have is no form of ours', async () => {
    expect((await post('/admin/help-contacts', { ...GOOD, extra: 'x' })).statusCode).toBe(400);
    expect((await add({ level: 'p1-p4' })).statusCode).toBe(400);
    expect(await stored()).toEqual([]);
  });
});

describe('changing a contact', () => {
  it('starts from what it says now, and changes it', async () => {
    await add();
    const [{ id } = { id: '' }] = await stored();
    const { body } = await get(`/admin/help-contacts/${id}`);
    expect(body).toContain('value="Talk Here"');
    expect(body).toContain('value="0131 496 0000"');
    expect(body).toContain('Open from 4 to 8.</textarea>');
    const reply = await post(`/admin/help-contacts/${id}`, { ...GOOD, level: 'adult', phone: '111' });
    expect(reply.headers.location).toBe('/admin/help?done=changed');
    expect(await stored()).toMatchObject([{ id, level: 'adult', phone: '111' }]);
    expect(await record()).toContainEqual(expect.objectContaining({ action: 'help-contact-changed', subject: id }));
  });

  it('wrongly leaves it as it was', async () => {
    await add();
    const before = await stored();
    const reply = await post(`/admin/help-contacts/${before[0]!.id}`, { ...GOOD, 'name-en': '' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(`action="/admin/help-contacts/${before[0]!.id}"`);
    expect(await stored()).toEqual(before);
  });
});

describe('the order of contacts', () => {
  it('changes one place at a time, and only where there is a place to go to', async () => {
    for (const name of ['First', 'Second', 'Third']) await add({ 'name-en': name });
    const third = (await stored())[2]!.id;
    const page = section((await get('/admin/help')).body, 's1-s3');
    expect(page.match(/value="up"/g)).toHaveLength(2);
    expect(page.match(/value="down"/g)).toHaveLength(2);
    expect(page).toContain('aria-label="Move up: Third"');
    const reply = await post(`/admin/help-contacts/${third}/position`, { direction: 'up' });
    expect(reply.headers.location).toBe('/admin/help?done=moved');
    expect(await listed()).toEqual(['First', 'Third', 'Second']);
    await post(`/admin/help-contacts/${third}/position`, { direction: 'up' });
    const nowhere = await post(`/admin/help-contacts/${third}/position`, { direction: 'up' });
    expect(nowhere.headers.location).toBe('/admin/help');
    expect(await listed()).toEqual(['Third', 'First', 'Second']);
    expect((await record()).filter(({ action }) => action === 'help-contact-moved')).toHaveLength(2);
  });
});

describe('removing a contact', () => {
  it('takes it from the list, once', async () => {
    await add();
    const [{ id } = { id: '' }] = await stored();
    expect((await get(`/admin/help-contacts/${id}`)).body).toContain(`action="/admin/help-contacts/${id}/removal"`);
    const replies = [
      await post(`/admin/help-contacts/${id}/removal`, {}),
      await post(`/admin/help-contacts/${id}/removal`, {}),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await stored()).toEqual([]);
    expect((await record()).filter(({ action }) => action === 'help-contact-removed')).toHaveLength(1);
    expect(section((await get('/admin/help')).body, 's1-s3')).toContain('Childline');
  });
});

describe('a contact of another authority', () => {
  it('is neither listed nor opened, changed, moved or removed', async () => {
    const contacts = createHelpContacts(house.services.database);
    const words = { en: { name: 'Theirs', about: 'Theirs' }, ar: { name: 'لهم', about: 'لهم' } };
    const fields = { level: 's1-s3', phone: '111', web: '', words } as const;
    const id = await contacts.add('otherglen', fields);
    await contacts.add('otherglen', { ...fields, phone: '112' });
    const before = await contacts.ofAuthority('otherglen');
    expect((await get('/admin/help')).body).not.toContain('Theirs');
    expect((await get(`/admin/help-contacts/${id}`)).statusCode).toBe(404);
    expect((await post(`/admin/help-contacts/${id}`, GOOD)).statusCode).toBe(404);
    await post(`/admin/help-contacts/${id}/position`, { direction: 'down' });
    await post(`/admin/help-contacts/${id}/removal`, {});
    expect(await contacts.ofAuthority('otherglen')).toEqual(before);
    expect(await record()).toEqual([]);
  });
});

describe('the record', () => {
  it('says in words what was done to contacts', async () => {
    await add();
    const page = await house.app.inject({ url: '/admin/record', headers: await house.as('auditor') });
    expect(page.body).toContain('>Added a help contact</a></td>');
  });
});
