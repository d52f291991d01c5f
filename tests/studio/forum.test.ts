import { beforeEach, describe, expect, it } from 'vitest';
import { deleteDueForums } from '../../server/studio/forum/forum-retention.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { linkOn, openForum, passphraseOn, type TestForum } from '../support/forum.ts';
import { Somebody } from '../support/somebody.ts';
import { clock, decide, house, post, propose, useStudio } from './studio-house.ts';

/* A forum: joining it, and what keeps it safe. */

const THURSDAY = [{ weekday: 4 as const, opensAt: '16:00', closesAt: '18:00' }];
const words = loadLanguages().get('en')!.words.forum;
let forum: TestForum;

useStudio();
beforeEach(async () => {
  forum = await openForum(house);
});

const invite = async () => linkOn((await forum.worker.post(`${forum.desk}/invitations`)).body);
const joining = { pseudonym: 'Quiet Otter', picture: 'kite', agreed: 'yes' };

describe('joining a forum', () => {
  it('takes a made-up name, a picture and the house rules, and gives a pass-phrase that opens it', async () => {
    const link = await invite();
    const page = await new Somebody(house).get(link);
    expect(page.body).toContain('Thursday forum');
    expect(page.body).toContain(words['rule-private']);
    const asked = [...page.body.matchAll(/<(?:input|textarea|select)[^>]* name="([^"]+)"/g)].map((match) => match[1]!);
    expect(new Set(asked)).toEqual(new Set(['pseudonym', 'picture', 'agreed']));
    const joined = await new Somebody(house).post(link, joining);
    const passphrase = passphraseOn(joined.body);
    expect(passphrase.split(' ').length).toBeGreaterThanOrEqual(4);
    const member = new Somebody(house);
    const signedIn = await member.signIn('  quiet OTTER ', passphrase.toUpperCase());
    expect(signedIn.statusCode).toBe(303);
    expect((await member.get('/studio/forum')).body).toContain('Hello Quiet Otter');
  });

  it('works once, and not after it was taken back', async () => {
    const used = await invite();
    await new Somebody(house).post(used, joining);
    expect((await new Somebody(house).get(used)).statusCode).toBe(404);
    expect((await new Somebody(house).post(used, { ...joining, pseudonym: 'Another Otter' })).statusCode).toBe(404);
    const revoked = await invite();
    const id = /invitations\/([^/"]+)\/revocation/.exec((await forum.worker.get(forum.desk)).body)![1]!;
    await forum.worker.post(`${forum.desk}/invitations/${id}/revocation`);
    expect((await new Somebody(house).get(revoked)).statusCode).toBe(404);
  });

  it.each([
    [{ pseudonym: '' }, words['pseudonym-short']],
    [{ pseudonym: '07700 900123' }, words['pseudonym-signs']],
    [{ pseudonym: 'Wanker' }, words['pseudonym-unkind']],
    [{ picture: '' }, words.pictureFault],
    [{ agreed: '' }, words.agreedFault],
  ])('says what is missing and keeps what was typed: %o', async (wrong, message) => {
    const link = await invite();
    const fields = Object.fromEntries(Object.entries({ ...joining, ...wrong }).filter(([, value]) => value !== ''));
    const refused = await new Somebody(house).post(link, { pseudonym: '', ...fields });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain(message);
    if (fields.pseudonym) expect(refused.body).toContain(`value="${fields.pseudonym}"`);
    expect((await new Somebody(house).get(link)).statusCode).toBe(200);
  });

  it('lets nobody take a name that somebody has', async () => {
    await forum.join('Quiet Otter');
    const refused = await new Somebody(house).post(await invite(), { ...joining, pseudonym: 'quiet  otter' });
    expect([refused.statusCode, refused.body.includes(words['pseudonym-taken'])]).toEqual([422, true]);
  });

  it('gives whoever lost the pass-phrase a new one, and the old one dies with its sessions', async () => {
    const member = await forum.join('Quiet Otter');
    const account = /name="account" value="([^"]+)"/.exec((await forum.worker.get(forum.desk)).body)![1]!;
    const renewal = linkOn((await forum.worker.post(`${forum.desk}/invitations`, { account })).body);
    expect((await new Somebody(house).get(renewal)).body).toContain(words.renew);
    const renewed = await new Somebody(house).post(`${renewal}/renewal`);
    expect((await member.get('/studio/forum')).statusCode).not.toBe(200);
    expect((await member.signIn('Quiet Otter', passphraseOn(renewed.body))).statusCode).toBe(303);
    expect((await new Somebody(house).post(`${renewal}/renewal`)).statusCode).toBe(404);
  });

  it('ends for good when the youth worker ends it', async () => {
    const member = await forum.join('Quiet Otter');
    const account = /members\/([^/"]+)\/leaving/.exec((await forum.worker.get(forum.desk)).body)![1]!;
    await forum.worker.post(`${forum.desk}/members/${account}/leaving`);
    expect((await member.get('/studio/forum')).statusCode).not.toBe(200);
    expect((await forum.worker.get(forum.desk)).body).not.toContain('Quiet Otter');
  });
});

describe('what a member says about a question', () => {
  let proposal: string;
  let author: Somebody;
  let other: Somebody;

  beforeEach(async () => {
    proposal = `/studio/proposals/${await propose()}`;
    author = await forum.join('Quiet Otter');
    other = await forum.join('Paper Kite', 'boat');
  });

  const say = (said: string) => author.post(`${proposal}/comments`, { words: said });
  const reads = async (somebody: Somebody, said: string) => (await somebody.get(proposal)).body.includes(said);

  it('is read by the forum, under the made-up name, and by nobody outside it', async () => {
    const reply = await say('I would ask about Saturdays too.');
    expect(reply.headers.location).toMatch(new RegExp(`^${proposal}#said-`));
    expect(await reads(other, 'Saturdays')).toBe(true);
    expect((await other.get(proposal)).body).toContain('Quiet Otter');
    expect(await reads(forum.worker, 'Saturdays')).toBe(true);
    const elsewhere = await openForum(house, 'Monday forum');
    expect(await reads(await elsewhere.join('Far Away'), 'Saturdays')).toBe(false);
    const outside = new Somebody(house, {
      'heard-staff': (await house.as('analyst')).cookie!.slice('heard-staff='.length).split(';')[0]!,
    });
    expect(await reads(outside, 'Saturdays')).toBe(false);
  });

  it('is escaped, and comes back with a word why where it is empty or far too long', async () => {
    await say('<script>alert(1)</script> & more');
    expect((await other.get(proposal)).body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
    expect((await say('   ')).body).toContain(words['comment-empty']);
    const long = await say('very long '.repeat(300));
    expect([long.statusCode, long.body.includes(words['comment-too-long'])]).toEqual([422, true]);
    expect(long.body).toContain('very long very long');
  });

  it.each([
    ['harm', 'My uncle hits me and I want to die'],
    ['contact', 'message me on @quietotter'],
    ['unkind', 'only a wanker would ask that'],
  ] as const)('is kept back for %s until a youth worker has looked', async (reason, said) => {
    const reply = await say(said);
    const page = await author.get(String(reply.headers.location));
    expect(page.body).toContain(words[`held-${reason}`]);
    expect(page.body.includes(words.helpTitle)).toBe(reason === 'harm');
    expect(page.body.includes('0800 1111')).toBe(reason === 'harm');
    expect(await reads(other, said)).toBe(false);
    expect((await other.get(String(reply.headers.location))).statusCode).toBe(404);
    const desk = (await forum.worker.get(forum.desk)).body;
    expect(desk).toContain(said);
    expect(desk.includes('role="alert"')).toBe(reason === 'harm');
    await forum.worker.post(`${String(reply.headers.location)}/decision`, { shown: 'yes', note: '' });
    expect(await reads(other, said)).toBe(true);
    expect((await forum.worker.get(forum.desk)).body).not.toContain(said);
  });

  it('is not shown where a youth worker decides so, and the author is told why', async () => {
    const { headers } = await say('message me on @quietotter');
    const decision = `${String(headers.location)}/decision`;
    expect((await forum.worker.post(decision, { shown: 'no', note: ' ' })).statusCode).toBe(422);
    await forum.worker.post(decision, { shown: 'no', note: 'No names of apps, please.' });
    expect((await author.get('/studio/forum')).body).toContain('No names of apps, please.');
    expect(await reads(other, '@quietotter')).toBe(false);
  });

  it('can be reported once by each, hidden with a reason and put back', async () => {
    const id = /said-([^"]+)/.exec(String((await say('Boys never answer that.')).headers.location))![1]!;
    const href = `/studio/contributions/${id}`;
    await other.post(`${href}/reports`, { words: 'This is not fair to boys.' });
    await other.post(`${href}/reports`, { words: 'Again.' });
    expect((await forum.worker.get(forum.desk)).body.match(/id="said-/g)).toHaveLength(1);
    expect((await forum.worker.get(href)).body).toContain('This is not fair to boys.');
    expect((await author.get(href)).body).not.toContain('This is not fair to boys.');
    await forum.worker.post(`${href}/hiding`, { reason: 'Let us not speak for all boys.' });
    expect(await reads(other, 'Boys never')).toBe(false);
    expect((await author.get('/studio/forum')).body).toContain('Let us not speak for all boys.');
    expect((await forum.worker.get(forum.desk)).body).not.toContain('Boys never');
    await forum.worker.post(`${href}/restoring`);
    expect(await reads(other, 'Boys never')).toBe(true);
  });

  it('is not hidden, shown or decided about by members', async () => {
    const id = /said-([^"]+)/.exec(String((await say('A fair point.')).headers.location))![1]!;
    for (const path of ['hiding', 'restoring', 'decision', 'reports/settling']) {
      const fields = { hiding: { reason: 'x' }, decision: { shown: 'no', note: 'x' } }[path] ?? {};
      expect((await other.post(`/studio/contributions/${id}/${path}`, fields)).statusCode).toBe(403);
    }
    expect((await other.post(`/studio/contributions/${id}/consent`, { agrees: 'yes' })).statusCode).toBe(404);
  });

  it('is said outside only if its author agrees, who may take that back', async () => {
    const id = /said-([^"]+)/.exec(String((await say('A fair point.')).headers.location))![1]!;
    const href = `/studio/contributions/${id}`;
    expect((await author.get(href)).body).not.toContain(words.consentNow);
    await author.post(`${href}/consent`, { agrees: 'yes' });
    expect((await author.get(href)).body).toContain(words.consentNow);
    await author.post(`${href}/consent`, { agrees: 'no' });
    expect((await author.get(href)).body).not.toContain(words.consentNow);
  });

  it('waits during a pause, of the forum or of one member', async () => {
    await forum.worker.post(`${forum.desk}/pauses`, { reason: 'We all take a breath.' });
    const { headers } = await say('Something calm.');
    expect((await author.get(String(headers.location))).body).toContain(words['held-paused']);
    expect((await author.get('/studio/forum')).body).toContain('We all take a breath.');
    const pause = /pauses\/([^/"]+)\/ending/.exec((await forum.worker.get(forum.desk)).body)![1]!;
    await forum.worker.post(`${forum.desk}/pauses/${pause}/ending`);
    await say('After the pause.');
    expect(await reads(other, 'After the pause.')).toBe(true);
    expect(await reads(other, 'Something calm.')).toBe(false);
  });
});

describe('a forum that is closed', () => {
  it('shows what is written when it opens, at the hour of schools', async () => {
    const late = await openForum(house, 'Evening forum', THURSDAY);
    const proposal = `/studio/proposals/${await propose()}`;
    const author = await late.join('Night Owl');
    const other = await late.join('Early Bird', 'boat');
    const reply = await author.post(`${proposal}/comments`, { words: 'Written on a Friday.' });
    const told = (await author.get(String(reply.headers.location))).body;
    expect(told).toContain('7 May 2026');
    expect((await other.get(proposal)).body).not.toContain('Written on a Friday.');
    // Sessions are over by then, so somebody new comes in.
    clock.now = '2026-05-07T15:00:00.000Z';
    expect((await (await late.join('Newcomer')).get(proposal)).body).toContain('Written on a Friday.');
  });

  it('has hours that youth workers set, and says which of them are wrong', async () => {
    const days = (day: [string, string]) => ({
      opensAt: ['', '', '', day[0], '', '', ''],
      closesAt: ['', '', '', day[1], '', '', ''],
    });
    const wrong = await forum.worker.post(`${forum.desk}/hours`, days(['18:00', '16:00']));
    expect(wrong.body).toContain(`Thursday: ${words['hours-closes-first']}`);
    await forum.worker.post(`${forum.desk}/hours`, days(['16:00', '18:00']));
    const member = await forum.join('Quiet Otter');
    expect((await member.get('/studio/forum')).body).toContain('Thursday 16:00 to 18:00');
  });
});

describe('making a forum', () => {
  const workers = () => [house.accounts['youth-worker']];

  it('takes two youth workers', async () => {
    const alone = { name: 'New forum', workers: workers(), accounts: workers(), shownAs: ['Green'] };
    const refused = await post('administrator', '/studio/forums', alone);
    expect([refused.statusCode, refused.body.includes(words.workersFault)]).toEqual([422, true]);
    expect(refused.body).toContain('value="New forum"');
  });

  it('is done by administrators; a desk is there for its own youth workers alone', async () => {
    expect((await post('youth-worker', '/studio/forums', { name: 'x' })).statusCode).toBe(403);
    const list = (await house.app.inject({ url: '/studio/forums', headers: await house.as('administrator') })).body;
    const ids = [...list.matchAll(/name="accounts" value="([^"]+)"/g)].map((match) => match[1]!);
    const others = ids.filter((id) => id !== house.accounts['youth-worker']);
    await openForum(house, 'Monday forum');
    const more = (await house.app.inject({ url: '/studio/forums', headers: await house.as('administrator') })).body;
    const all = [...more.matchAll(/name="accounts" value="([^"]+)"/g)].map((match) => match[1]!);
    const chosen = all.filter((id) => id !== house.accounts['youth-worker']);
    expect(chosen.length).toBe(others.length + 1);
    const shownAs = all.map((_, index) => `Worker ${index}`);
    const made = await post('administrator', '/studio/forums', {
      name: 'Of others',
      workers: chosen,
      accounts: all,
      shownAs,
    });
    expect(made.statusCode).toBe(303);
    const page = (await house.app.inject({ url: '/studio/forums', headers: await house.as('administrator') })).body;
    expect(page).toContain('Of others');
    expect((await forum.worker.get('/studio/forums')).body).not.toContain('Of others');
  });
});

describe('the record', () => {
  it('says who did what in a forum, and nothing of what was said', async () => {
    const proposal = `/studio/proposals/${await propose()}`;
    const author = await forum.join('Quiet Otter');
    const { headers } = await author.post(`${proposal}/comments`, { words: 'message me on @quietotter' });
    await forum.worker.post(`${String(headers.location)}/decision`, { shown: 'no', note: 'Secret note' });
    const entries = await house.services.database.query
      .selectFrom('audit_entries')
      .select(['action', 'subject'])
      .execute();
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['forum-invited', 'forum-joined', 'contribution-kept-back']),
    );
    expect(JSON.stringify(entries)).not.toMatch(/quietotter|Secret note/);
  });
});

describe('the end of a forum', () => {
  const end = () => forum.worker.post(`${forum.desk}/ending`, { sure: 'yes' });

  it('asks whether the youth worker is sure, and then lets nobody in and nothing new be written', async () => {
    const member = await forum.join('Quiet Otter');
    const unsure = await forum.worker.post(`${forum.desk}/ending`);
    expect([unsure.statusCode, unsure.body.includes(words.endFault)]).toEqual([422, true]);
    expect((await member.post(`${forum.desk}/ending`, { sure: 'yes' })).statusCode).toBe(403);
    expect((await end()).statusCode).toBe(303);
    expect((await member.get('/studio/forum')).statusCode).not.toBe(200);
    expect((await forum.worker.get(forum.desk)).body).toContain('What its members wrote is deleted on 1 May 2027.');
    expect((await forum.worker.post(`${forum.desk}/invitations`)).statusCode).toBe(409);
    expect((await end()).statusCode).toBe(409);
    expect((await forum.worker.get('/studio/forums')).body).toContain('Ended on 1 May 2026');
    expect((await forum.worker.get('/studio/boards')).body).not.toContain(`value="${forum.id}"`);
  });

  it('keeps what was written to be read by its youth workers, and deletes it after the days of the setting', async () => {
    const proposalId = await propose();
    const member = await forum.join('Quiet Otter');
    const reply = await member.post(`/studio/proposals/${proposalId}/comments`, { words: 'Ask about Saturdays.' });
    const said = `/studio/contributions/${String(reply.headers.location).split('#said-')[1]!}`;
    await end();
    clock.now = '2027-04-30T10:00:00.000Z';
    expect(await deleteDueForums(house.services)).toEqual([]);
    expect((await forum.worker.get(said)).body).toContain('Ask about Saturdays.');
    clock.now = '2027-05-01T10:00:00.000Z';
    expect(await deleteDueForums(house.services)).toEqual([forum.id]);
    expect(await deleteDueForums(house.services)).toEqual([]);
    for (const url of [said, forum.desk]) {
      const { statusCode, body } = await forum.worker.get(url);
      expect([statusCode, body.includes('Saturdays'), body.includes('Otter')]).toEqual([200, false, false]);
    }
    const { query } = house.services.database;
    const left = await query.selectFrom('accounts').select(['sign_in_name', 'password_hash']).execute();
    expect(left.filter(({ sign_in_name: name }) => name.includes('otter'))).toEqual([]);
    expect((await decide(proposalId)).statusCode).toBe(303);
  });
});

describe('taking one’s words away', () => {
  it('asks first, then deletes them for good, and leaves what others wrote', async () => {
    const url = `/studio/proposals/${await propose()}`;
    const [author, other] = [await forum.join('Quiet Otter'), await forum.join('Paper Kite', 'boat')];
    await author.post(`${url}/comments`, { words: 'Mine alone' });
    await other.post(`${url}/comments`, { words: 'An answer to it' });
    const unsure = await author.post('/studio/forum/words-removal');
    expect([unsure.statusCode, unsure.body.includes(words.removeSureFault)]).toEqual([422, true]);
    expect((await author.post('/studio/forum/words-removal', { sure: 'yes' })).statusCode).toBe(303);
    expect((await author.get('/studio/forum')).body).not.toContain(words.removeTitle);
    const { body } = await other.get(url);
    expect([body.includes('Mine alone'), body.includes('An answer to it')]).toEqual([false, true]);
  });

  it('is done by a youth worker for whoever left, and waits for words that nobody has looked at', async () => {
    const url = `/studio/proposals/${await propose()}`;
    const author = await forum.join('Quiet Otter');
    await author.post(`${url}/comments`, { words: 'I want to die' });
    const account = /members\/([^/"]+)\/leaving/.exec((await forum.worker.get(forum.desk)).body)![1]!;
    await forum.worker.post(`${forum.desk}/members/${account}/leaving`);
    expect((await forum.worker.get(forum.desk)).body).toContain('Delete what Quiet Otter wrote');
    const early = await forum.worker.post(`${forum.desk}/members/${account}/words-removal`);
    expect([early.statusCode, early.body.includes('I want to die')]).toEqual([409, true]);
    const id = /contributions\/([^/"]+)"/.exec(early.body)![1]!;
    await forum.worker.post(`/studio/contributions/${id}/decision`, { shown: 'no', note: 'We talked.' });
    expect((await forum.worker.post(`${forum.desk}/members/${account}/words-removal`)).statusCode).toBe(303);
    expect((await forum.worker.get(forum.desk)).body).not.toContain('Delete what Quiet Otter wrote');
    const stranger = await openForum(house, 'Monday forum');
    expect((await stranger.worker.post(`${stranger.desk}/members/${account}/words-removal`)).statusCode).toBe(404);
  });
});
