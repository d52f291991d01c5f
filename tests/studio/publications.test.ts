import { describe, expect, it } from 'vitest';
import { createAudit } from '../../server/storage/audit.ts';
import { createProposals } from '../../server/storage/proposals.ts';
import { contentHash, createSurveys } from '../../server/storage/surveys.ts';
import { createWaves } from '../../server/storage/waves.ts';
import {
  approved,
  arabicOf,
  AT,
  check,
  decide,
  first,
  get,
  house,
  post,
  propose,
  publish,
  QUESTION,
  REASON,
  useStudio,
} from './studio-house.ts';

useStudio();

describe('from a proposal to the next version', () => {
  it('goes through four pairs of hands, each seeing the next step', async () => {
    expect((await get('forum-member', '/studio/proposals/new')).body).toContain('action="/studio/proposals"');
    const id = await propose();
    const page = `/studio/proposals/${id}`;

    const proposed = await get('youth-worker', page);
    expect(proposed.body).toContain(QUESTION);
    expect(proposed.body).toContain('The hall is shut on most days.');
    expect(proposed.body).toContain(`action="${page}/decisions"`);
    expect((await get('approver', page)).body).not.toContain(`${page}/checks`);
    await decide(id);

    expect((await get('approver', page)).body).toContain(`action="${page}/checks"`);
    await check(id);

    const ready = await get('analyst', '/studio');
    expect(ready.body).toContain('href="/studio/publications/new?survey=primary"');
    const publishing = await get('analyst', '/studio/publications/new?survey=primary');
    expect(publishing.body).toContain(`name="${id}.ar.option.yes-plenty"`);
    expect(publishing.body).not.toContain(`name="${id}.en.text"`);
    // Before the last item unless somebody decides otherwise.
    const usual = first.definition.items.at(-2)?.id ?? '';
    expect(publishing.body).toMatch(new RegExp(`<option value="${usual}"[^>]* selected>`));

    const published = await publish(id);
    expect(published.statusCode).toBe(303);
    const version = await get('analyst', String(published.headers.location));
    expect(version.body).toContain('Version 2');
    expect(version.body).toContain('Compared with: Version 1');
    expect(version.body).toContain(QUESTION);
    expect(version.body).toContain(`${first.definition.items.length} unchanged`);
    expect(version.body).toContain(`href="/studio/versions/${first.id}"`);
    const done = await get('forum-member', page);
    expect(done.body).toContain(REASON);
    expect(done.body).toContain(`href="${String(published.headers.location)}"`);
  });

  it('publishes the question in every language, at its place, as drafted words', async () => {
    const id = await approved();
    await publish(id);
    const surveys = createSurveys(house.services.database);
    const newest = await surveys.newestOf('primary');
    if (!newest) throw new Error('There is no version.');
    expect(newest.number).toBe(2);
    const ids = newest.definition.items.map((item) => item.id);
    expect(ids[ids.indexOf('talk-to') + 1]).toBe('is-there-enough-to-do-after-school');
    const texts = await surveys.texts(newest.id);
    expect(texts.get('ar')?.items['is-there-enough-to-do-after-school']?.options).toEqual({
      'yes-plenty': 'نعم، الكثير',
      'a-little': 'القليل',
      no: 'لا',
    });
    expect(texts.get('en')?.items['is-there-enough-to-do-after-school']?.text).toBe(QUESTION);
    expect([...texts.values()].map((text) => text.status)).toEqual(['drafted', 'drafted']);
    expect(newest.contentHash).toBe(contentHash({ definition: newest.definition, texts: [...texts.values()] }));
  });

  it('leaves the old version and the wave that uses it untouched', async () => {
    const { database } = house.services;
    const surveys = createSurveys(database);
    const waves = createWaves(database);
    const waveId = await waves.make(
      {
        authorityId: house.authorityId,
        name: 'Spring',
        family: first.family,
        startsOn: '2026-05-01',
        endsOn: '2026-05-29',
        bands: [],
        versionIds: [first.id],
        schools: [],
      },
      null,
      AT,
    );
    await waves.open(waveId, null, AT);
    const before = { texts: await surveys.texts(first.id), wave: await waves.find(waveId) };
    await publish(await approved());
    expect((await surveys.newestOf('primary'))?.id).not.toBe(first.id);
    expect(await surveys.find(first.id)).toEqual(first);
    expect(await surveys.texts(first.id)).toEqual(before.texts);
    expect(await waves.find(waveId)).toEqual(before.wave);
    expect(before.wave?.versionIds).toEqual([first.id]);
  });

  it('takes a ladder proposed in Arabic, whose missing words are English', async () => {
    const ladder = { kind: 'ladder', option: ['', ''], low: 'صعب جدًا', high: 'سهل جدًا' };
    const id = await approved({ ...ladder, question: 'ما مدى سهولة الوصول إلى المدرسة؟', language: 'ar' });
    const page = await get('analyst', '/studio/publications/new?survey=primary');
    expect(page.body).toContain(`name="${id}.en.low"`);
    const reply = await post('analyst', '/studio/publications', {
      survey: 'primary',
      chosen: id,
      [`${id}.after`]: '',
      [`${id}.en.text`]: 'How easy is it to get to school?',
      [`${id}.en.low`]: 'Very hard',
      [`${id}.en.high`]: 'Very easy',
    });
    expect(reply.statusCode).toBe(303);
    const newest = await createSurveys(house.services.database).newestOf('primary');
    expect(newest?.definition.items[0]).toMatchObject({ id: 'question-1', kind: 'ladder' });
  });

  it('is kept in the record, step by step', async () => {
    const id = await approved();
    await publish(id);
    const entries = await createAudit(house.services.database).newest(house.authorityId, 20);
    expect(new Set(entries.map(({ action, who }) => `${who} ${action}`))).toEqual(
      new Set([
        'forum-member question-proposed',
        'youth-worker question-accepted',
        'approver question-approved',
        'analyst version-published',
      ]),
    );
  });
});

describe('publishing', () => {
  it('is refused while words are missing, too long or the same; what was typed stays', async () => {
    const id = await approved();
    const reply = await publish(id, {
      [`${id}.ar.text`]: 'س'.repeat(201),
      [`${id}.ar.option.a-little`]: '',
      [`${id}.ar.option.no`]: 'نعم، الكثير',
      [`${id}.after`]: 'no-such-item',
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(`id="${id}.ar.text-fault">These words are too long`);
    expect(reply.body).toContain(`id="${id}.ar.option.a-little-fault">Write this`);
    expect(reply.body).toContain(`id="${id}.ar.option.no-fault">This answer is there already`);
    expect(reply.body).toContain(`id="${id}.after-fault">Choose what the question comes after.`);
    expect(reply.body).toContain('value="نعم، الكثير"');
    expect((await createSurveys(house.services.database).newestOf('primary'))?.number).toBe(1);
  });

  it('needs at least one question, and only questions that wait', async () => {
    const id = await approved();
    const none = await post('analyst', '/studio/publications', { survey: 'primary', ...arabicOf(id) });
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('Choose at least one change to put in.');
    expect(none.body).not.toContain(`value="${id}" checked`);
    const unknown = await post('analyst', '/studio/publications', { survey: 'primary', chosen: 'x' });
    const noSurvey = await post('analyst', '/studio/publications', { survey: 'no-such', chosen: id });
    const foreign = await post('analyst', '/studio/publications', { survey: 'primary', chosen: id, status: 'tried' });
    expect([unknown.statusCode, noSurvey.statusCode, foreign.statusCode]).toEqual([404, 404, 400]);
    expect((await get('analyst', '/studio/publications/new?survey=no-such')).statusCode).toBe(404);
  });

  it('names the exact faults where the version would not be sound', async () => {
    const id = await approved();
    // Somebody brought in a version that has the id already, by another way than the studio.
    const surveys = createSurveys(house.services.database);
    const proposal = (await createProposals(house.services.database).find(id))?.drafts[0];
    if (!proposal) throw new Error('The proposal is gone.');
    const texts = [...(await surveys.texts(first.id)).values()];
    const definition = { ...first.definition, items: [...first.definition.items, proposal.item] };
    await surveys.publish({ definition, texts }, null, AT);
    const reply = await publish(id);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('item &quot;is-there-enough-to-do-after-school&quot; stands twice');
    expect((await surveys.newestOf('primary'))?.number).toBe(2);
  });

  it('twice at once makes one version', async () => {
    const id = await approved();
    const replies = await Promise.all([publish(id), publish(id)]);
    expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([303, 409]);
    expect((await createSurveys(house.services.database).newestOf('primary'))?.number).toBe(2);
  });

  it('of two different questions at once holds both in the end', async () => {
    const one = await approved();
    const other = await approved({ question: 'Is there enough to do at weekends?' });
    const replies = await Promise.all([publish(one), publish(other)]);
    for (const [index, reply] of replies.entries()) {
      if (reply.statusCode === 422) expect((await publish(index === 0 ? one : other)).statusCode).toBe(303);
    }
    const newest = await createSurveys(house.services.database).newestOf('primary');
    expect(newest?.number).toBe(3);
    expect(newest?.definition.items).toHaveLength(first.definition.items.length + 2);
  });

  it('from a form drawn for an older version asks for another look, then goes through', async () => {
    const one = await approved();
    const other = await approved({ question: 'Is there enough to do at weekends?' });
    await publish(one);
    const stale = await publish(other, { version: first.id });
    expect(stale.statusCode).toBe(422);
    expect(stale.body).toContain('Another version was published while you were writing.');
    expect(stale.body).toContain('value="نعم، الكثير"');
    const newest = (await createSurveys(house.services.database).newestOf('primary'))?.id ?? '';
    expect(stale.body).toContain(`name="version" value="${newest}"`);
    expect((await publish(other, { version: newest })).statusCode).toBe(303);
  });
});

describe('pages of the studio', () => {
  it('speak both languages; a question keeps its own', async () => {
    const id = await approved();
    const location = String((await publish(id)).headers.location);
    for (const url of ['/studio', `/studio/proposals/${id}`, '/studio/publications/new?survey=primary', location]) {
      const english = await get('analyst', url);
      const arabic = await get('analyst', url, 'ar');
      expect([english.statusCode, arabic.statusCode]).toEqual([200, 200]);
      expect(english.body).toContain('dir="ltr"');
      expect(arabic.body).toContain('dir="rtl"');
      expect(arabic.body).toContain('ورشة الأسئلة');
      expect(`${english.body}${arabic.body}`).not.toContain('undefined');
    }
    expect((await get('analyst', `/studio/proposals/${id}`, 'ar')).body).toMatch(/<h1 lang="en" dir="ltr">/);
    expect((await get('analyst', location, 'ar')).body).toContain('هل هناك ما يكفي من الأنشطة بعد المدرسة؟');
  });

  it('list proposals by state, newest first', async () => {
    const done = await approved();
    const newer = await propose({ question: 'Is there somewhere quiet to read?' });
    const { body } = await get('youth-worker', '/studio');
    const place = (text: string) => body.indexOf(text);
    expect(place('id="proposed"')).toBeLessThan(place(newer));
    expect(place(newer)).toBeLessThan(place('id="agreed"'));
    expect(place('id="approved"')).toBeLessThan(place(done));
    expect(body).not.toContain('/studio/publications/new');
    expect(body).not.toContain('/studio/proposals/new');
  });

  it('show a version to everybody signed in, the first one without comparison', async () => {
    const { body, statusCode } = await get('planner', `/studio/versions/${first.id}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('This is the first version.');
    expect(body).toContain(first.contentHash);
    expect((await get('planner', '/studio/versions/none')).statusCode).toBe(404);
  });
});
