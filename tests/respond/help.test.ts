import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helpPage } from '../../server/respond/help-pages.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { newDraftBody } from '../../server/storage/draft-body.ts';
import { createHelpContacts, type ContactFields } from '../../server/storage/help-contacts.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

let house: FieldworkHouse;
let wave: string;
/** Codes nobody has used, by stage. */
let codes: Map<string, string[]>;

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  codes = await byStage([...(await house.codes(wave, 'burnside')), ...(await house.codes(wave, 'lochend'))]);
  await createAuthorities(house.services.database).add(
    { id: 'otherglen', name: 'Otherglen', kind: 'real' },
    house.clock.now,
  );
});
beforeEach(async () => void (await house.services.database.query.deleteFrom('help_contacts').execute()));
afterAll(() => house.close());

async function byStage(all: readonly string[]): Promise<Map<string, string[]>> {
  const { database, secrets } = house.services;
  const rows = await database.query.selectFrom('codes').select(['hmac', 'stage']).execute();
  const stages = new Map(rows.map(({ hmac, stage }) => [hmac, stage ?? '']));
  return Map.groupBy(all, (code) => stages.get(secrets.hashCode(code.replace('-', ''))) ?? '');
}

/** Somebody who has typed a code of this stage and now looks for help. */
async function asking(stage: string, language = 'en', device: { device?: string } = {}): Promise<Pupil> {
  const code = codes.get(stage)?.pop();
  if (!code) throw new Error(`There is no code of stage ${stage} left.`);
  const pupil = new Pupil(house, language);
  await pupil.post('/respond/sessions', { code, ...device });
  return pupil.go('/help');
}

async function anybody(language = 'en', cookie = ''): Promise<string> {
  const headers = { cookie: `heard-language=${language}; ${cookie}` };
  const reply = await house.app.inject({ url: '/help', headers });
  expect(reply.statusCode).toBe(200);
  return reply.body;
}

function contact(name: string, change: Partial<ContactFields> = {}): ContactFields {
  const words = {
    en: { name, about: `${name} listens from 4 to 8.` },
    ar: { name: `${name} بالعربية`, about: `${name} من الرابعة إلى الثامنة.` },
  };
  return { level: 'p5-p7', phone: '0131 496 0000', web: '', words, ...change };
}
const add = (fields: ContactFields, authorityId = house.authorityId) =>
  createHelpContacts(house.services.database).add(authorityId, fields);
const names = (page: string) => [...page.matchAll(/<h3><bdi>([^<]*)<\/bdi><\/h3>/g)].map((match) => match[1]);

describe('help for anybody', () => {
  it('is Childline, somebody trusted, the slip, and 999, each number ready to ring', async () => {
    const page = await anybody();
    expect(names(page)).toEqual(['Childline']);
    expect(page).toContain('href="tel:08001111"');
    expect(page).toContain('href="tel:999"');
    expect(page).toMatch(/href="https:\/\/www\.childline\.org\.uk" rel="noreferrer"/);
    expect(page).toContain('a grown-up you trust');
    expect(page).toContain('I&#39;d like to talk to someone');
  });

  it('says that nobody watches ticked answers, and what a device may still show', async () => {
    const page = await anybody();
    expect(page).toContain('Nobody watches the answers that you tick.');
    expect(page).toContain('in its history');
    expect(page).toContain('list of calls');
  });

  it('leads back to the first page and offers no way out of a survey that there is not', async () => {
    const page = await anybody();
    expect(page).toMatch(/<a class="button second" href="\/">/);
    expect(page).not.toContain('/respond/next');
    expect(page).not.toContain('/respond/leave');
    expect(page).not.toContain('/respond/hiding');
  });

  it.each(['', 'heard-answering=', 'heard-answering=never-given'])('opens with the cookie "%s"', async (cookie) => {
    expect(names(await anybody('en', cookie))).toEqual(['Childline']);
  });

  it('is no contact of an authority: which one would it be', async () => {
    for (const level of ['p5-p7', 's1-s3', 's4-s6', 'adult'] as const) await add(contact('Ours', { level }));
    expect(names(await anybody())).toEqual(['Childline']);
  });

  it('is there in Arabic', async () => {
    const page = await anybody('ar');
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('خط مساعدة الأطفال');
    expect(page).toMatch(/<bdi dir="ltr">0800 1111<\/bdi>/);
  });
});

describe('help in the middle of a survey', () => {
  it('leads back to the survey', async () => {
    const pupil = await asking('P6');
    expect(pupil.status).toBe(200);
    expect(pupil.page).toMatch(/<a class="button second" href="\/respond\/next">/);
  });

  it.each([
    ['P6', ['Childline']],
    ['S1', ['Childline']],
    ['S4', ['Childline', 'Breathing Space', 'Samaritans']],
  ])('is what fits %s, where the authority has nobody of its own', async (stage, expected) => {
    expect(names((await asking(stage)).page)).toEqual(expected);
  });

  it('is for grown-ups who answer about a child without a school slip', () => {
    const language = house.services.languages.get('en')!;
    const draft = { codeHmac: '', waveId: '', session: '', versionId: '', stage: null, ownDevice: true };
    const body = newDraftBody();
    const content = { mark: 'demonstration', authorityId: house.authorityId };
    const page = helpPage(language, { draft: { ...draft, body }, content: content as never }, []);
    expect(page.contacts.map(({ name }) => name)).toContain('Parentline (Children 1st)');
    expect(page.contacts.map(({ phoneHref }) => phoneHref)).toContain('tel:111');
    expect(page).toMatchObject({ forPupils: false, inSurvey: true, control: 'leave', unreal: 'demonstration' });
  });

  it('is the contacts of the authority for this level, in order, and of nobody else', async () => {
    await add(contact('First', { web: 'https://first.example/talk' }));
    await add(contact('Second', { phone: '+44 131 496 0001' }));
    await add(contact('For older ones', { level: 's1-s3' }));
    await add(contact('Elsewhere'), 'otherglen');
    const { page } = await asking('P6');
    expect(names(page)).toEqual(['First', 'Second']);
    expect(page).toContain('First listens from 4 to 8.');
    expect(page).toContain('href="tel:+441314960001"');
    expect(page).toMatch(/href="https:\/\/first\.example\/talk" rel="noreferrer"><bdi dir="ltr">first\.example\/talk</);
    expect(page).not.toContain('Childline');
    expect(names((await asking('S1')).page)).toEqual(['For older ones']);
    expect(names((await asking('S4')).page)).toContain('Childline');
  });

  it('has only the ways that a contact has', async () => {
    await add(contact('By telephone'));
    expect((await asking('P6')).page).not.toContain('On the web:');
    await house.services.database.query.deleteFrom('help_contacts').execute();
    await add(contact('On the web', { phone: '', web: 'https://only.example' }));
    expect((await asking('P6')).page).not.toContain('Telephone:');
  });

  it('is in the words of the language', async () => {
    await add(contact('First'));
    const { page } = await asking('P6', 'ar');
    expect(names(page)).toEqual(['First بالعربية']);
    expect(page).toContain('من الرابعة إلى الثامنة.');
  });

  it('prints what an administrator typed as text and never as a page', async () => {
    await add(contact('<script>x</script>'));
    const { page } = await asking('P6');
    expect(page).not.toContain('<script>x');
    expect(page).toContain('&lt;script&gt;x');
  });

  it('keeps the control that the pages of the survey have: to hide in class, to leave on a device of one’s own', async () => {
    expect((await asking('P6')).page).toContain('action="/respond/hiding"');
    expect((await asking('P6', 'en', { device: 'own' })).page).toContain('href="/respond/leave"');
  });

  it('keeps the reading help of the draft', async () => {
    const pupil = await asking('P6');
    const row = await house.services.database.query
      .selectFrom('respondent_sessions')
      .select(['code_hmac', 'wave_id'])
      .where('superseded', '=', 0)
      .execute();
    const { createDrafts } = await import('../../server/storage/drafts.ts');
    const drafts = createDrafts(house.services.database, house.services.secrets);
    const held = drafts.hold(/heard-answering=([^;]*)/.exec(pupil.cookie)![1]!);
    if (typeof held !== 'object') throw new Error(`The draft is not held: ${held}.`);
    expect(row.map((one) => one.code_hmac)).toContain(held.draft.codeHmac);
    const { codeHmac, waveId, body } = held.draft;
    const reading = { ...body.reading, size: 'larger' as const };
    await drafts.save({ codeHmac, waveId, language: 'en', settings: { reading } });
    expect((await pupil.go('/help')).page).toContain('data-size="larger"');
    expect(await anybody()).not.toContain('data-size');
  });

  it('opens for somebody whose survey went to another device', async () => {
    const code = codes.get('S4')!.pop()!;
    const pupil = await new Pupil(house).post('/respond/sessions', { code });
    expect(names((await pupil.go('/help')).page)).toContain('Samaritans');
    await new Pupil(house).post('/respond/sessions', { code });
    await pupil.go('/help');
    expect([pupil.status, names(pupil.page)]).toEqual([200, ['Childline']]);
  });

  it('has a title that tells nothing', async () => {
    expect(/<title>([^<]*)<\/title>/.exec((await asking('P6')).page)?.[1]).toMatch(/^Help /);
  });
});

// The last one: it closes the wave.
describe('help when the survey closes', () => {
  it('opens all the same', async () => {
    const pupil = await asking('S4');
    expect(names(pupil.page)).toContain('Samaritans');
    const closing = await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect(closing.statusCode).toBe(303);
    await pupil.go('/help');
    expect([pupil.status, names(pupil.page)]).toEqual([200, ['Childline']]);
  });
});
