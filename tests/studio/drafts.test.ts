import { describe, expect, it } from 'vitest';
import { ITEM_KINDS } from '../../server/core/survey/item-kinds.ts';
import { createProposals } from '../../server/storage/proposals.ts';
import { formFields } from './form-fields.ts';
import { get, house, post, PROPOSAL, propose, QUESTION, useStudio } from './studio-house.ts';

useStudio();

type Fields = Record<string, string | string[]>;
const words = (language: 'en' | 'ar' = 'en') => house.services.languages.get(language)!.words.drafts;

/** What each kind needs besides what every question has. */
const KINDS: Record<(typeof ITEM_KINDS)[number], Fields> = {
  'one-choice': { option: ['Yes', 'No'] },
  'tick-all': { option: ['Park', 'Pool', 'None of these'], 'option-alone': '3' },
  faces: { option: ['Sad', 'So-so', 'Happy'] },
  ladder: { low: 'Worst', high: 'Best' },
  grid: { row: ['At school', 'At home'], option: ['Often', 'Never'] },
  ranking: { option: ['Bus', 'Lamp', 'Tree'], places: '2' },
  number: {
    least: '0',
    most: '20',
    option: ['Few', 'Many'],
    'option-from': ['0', '6'],
    'option-to': ['5', '20'],
    unit: 'nights',
  },
  'short-text': { length: '100' },
  'long-text': { length: '300' },
  'place-wheel': { points: '3', row: ['Streets', 'Parks', 'Shops'], option: ['Needs work', 'Fine', 'Great'] },
  information: { hint: 'The next questions are about your street.' },
};
const BASE: Fields = {
  survey: 'primary',
  language: 'en',
  question: 'Do you like your street?',
  domain: 'local-area',
  why: 'We are asked to tidy it.',
  'opt-out': ['dont-know'],
};

describe('a question of every kind', () => {
  it.each(ITEM_KINDS)('can be proposed: %s', async (kind) => {
    const reply = await post('forum-member', '/studio/proposals', { ...BASE, kind, ...KINDS[kind] });
    expect(reply.statusCode).toBe(303);
    const id = String(reply.headers.location).replace('/studio/proposals/', '');
    const proposal = await createProposals(house.services.database).find(id);
    expect(proposal?.drafts[0]?.item.kind).toBe(kind);
    expect((await get('forum-member', `/studio/proposals/${id}`)).statusCode).toBe(200);
  });

  it.each(ITEM_KINDS)('is drawn as a pupil sees it while it is written: %s', async (kind) => {
    const reply = await post('forum-member', '/studio/drafts/preview', { ...BASE, kind, ...KINDS[kind] });
    expect(reply.statusCode).toBe(200);
    const shown = reply.body.slice(reply.body.indexOf('id="preview-shown"'));
    expect(shown).toContain('Do you like your street?');
    expect(shown).not.toContain(words().previewWords);
    expect(await createProposals(house.services.database).list(house.authorityId)).toEqual([]);
  });
});

describe('the form', () => {
  it('asks for little at first, and for what a kind needs once it is chosen; nothing typed is lost', async () => {
    const empty = await get('forum-member', '/studio/proposals/new');
    expect(empty.body).not.toContain('name="option"');
    const typed = {
      question: 'Is it <b>safe</b>?',
      why: 'Because.',
      option: ['One', 'Two'],
      kind: 'ladder',
      look: 'kind',
    };
    const ladder = await post('forum-member', '/studio/proposals', typed);
    expect(ladder.statusCode).toBe(200);
    expect(ladder.body).not.toContain('class="error-summary"');
    expect(ladder.body).toContain('id="low"');
    expect(ladder.body).toMatch(/<input type="hidden" name="option" value="One">/);
    expect(ladder.body).toContain('Is it &lt;b&gt;safe&lt;/b&gt;?</textarea>');
    const again = await post('forum-member', '/studio/proposals', { ...typed, kind: 'one-choice' });
    expect(again.body).toMatch(/id="option-2" name="option" value="Two"/);
    expect(again.body).not.toContain('id="low"');
  });

  it('makes room for more answers, and shows the answers of the question that it depends on', async () => {
    const three = { ...BASE, kind: 'one-choice', option: ['a', 'b', 'c', 'd'] };
    const more = await post('forum-member', '/studio/proposals', { ...three, look: 'more-options' });
    expect(more.body).toContain('id="option-8"');
    const route = await post('forum-member', '/studio/proposals', { ...three, when: 'feel-safe', look: 'route' });
    expect(route.body).toContain(words().whenAnswer);
    expect(route.body).toMatch(/name="when-answer" value="never"/);
    expect(route.body.slice(route.body.indexOf('class="preview-page"'))).toContain('Do you like your street?');
  });

  it('comes back with every fault beside its field, in English and Arabic', async () => {
    for (const language of ['en', 'ar'] as const) {
      const wrong = {
        ...BASE,
        question: '',
        kind: 'faces',
        option: ['So-so', 'so so'],
        uncrc: '99',
        'preview-level': 'x',
      };
      const reply = await post('forum-member', '/studio/proposals', wrong, language);
      expect(reply.statusCode).toBe(422);
      for (const field of ['question', 'option-1', 'option-2', 'uncrc']) {
        expect(reply.body).toContain(`href="#${field}"`);
        expect(reply.body).toContain(`id="${field}"`);
      }
      expect(reply.body).toContain(words(language)['fault-option-twice']);
      expect(reply.body).toMatch(/<details class="draft-group" id="labels" open>/);
    }
  });

  it('takes 10,000 characters back with a kind word', async () => {
    const long = 'سؤال '.repeat(2000);
    const reply = await post('forum-member', '/studio/proposals', {
      ...BASE,
      kind: 'ladder',
      question: long,
      why: long,
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body.split(long.trim()).length).toBeGreaterThanOrEqual(3);
    expect(reply.body).toContain('200');
  });

  it('says that pasted code of a web page will show as it is, and refuses nothing', async () => {
    const pasted = { ...BASE, ...KINDS.ladder, kind: 'ladder', question: '<p>Is it safe?</p>' };
    const look = await post('forum-member', '/studio/proposals', { ...pasted, look: 'show' });
    expect(look.body).toContain(words().webCode.split('{{')[0]);
    expect(look.body).not.toContain('<p>Is it safe?</p>');
    expect((await post('forum-member', '/studio/proposals', pasted)).statusCode).toBe(303);
  });

  it('names a route that goes in a circle, with the words of the question', async () => {
    const reply = await post('forum-member', '/studio/proposals', {
      ...BASE,
      kind: 'one-choice',
      ...KINDS['one-choice'],
      after: ':first',
      when: 'feel-safe',
      'when-answer': 'never',
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('href="#when"');
  });

  it.each(['talk-to', 'x', 'constructor', '__proto__'])('is told where there is no such topic: %s', async (topic) => {
    const wrong = { ...BASE, ...KINDS.ladder, kind: 'ladder', topic };
    const draftsOf = `/studio/proposals/${await propose()}/drafts`;
    for (const language of ['en', 'ar'] as const) {
      for (const url of ['/studio/proposals', draftsOf]) {
        const reply = await post('forum-member', url, { ...wrong, 'based-on': url === draftsOf ? '1' : [] }, language);
        expect(reply.statusCode).toBe(422);
        expect(reply.body).toContain('href="#topic"');
        expect(reply.body).toContain(words(language)['fault-topic-unknown']);
      }
    }
  });

  it.each(['constructor', '__proto__', 'x y'])('is told where there is no such language: %s', async (language) => {
    const reply = await post('forum-member', '/studio/proposals', {
      ...BASE,
      ...KINDS.ladder,
      kind: 'ladder',
      language,
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(words()['fault-language-not-held']);
  });

  it('has no fields of its own making, and belongs to those who write', async () => {
    expect((await post('forum-member', '/studio/proposals', { ...BASE, authority: 'x' })).statusCode).toBe(400);
    expect((await post('approver', '/studio/drafts/preview', BASE)).statusCode).toBe(403);
    expect((await post('analyst', '/studio/proposals', BASE)).statusCode).toBe(403);
  });
});

describe('the preview', () => {
  const fields: Fields = {
    ...BASE,
    ...KINDS['one-choice'],
    kind: 'one-choice',
    survey: 'secondary',
    'level-s4-s6-question': '',
    'level-s4-s6-text': 'How do you find your street?',
    'ar-question': 'هل يعجبك شارعك؟',
    'ar-option': ['نعم', 'لا'],
  };
  delete fields['level-s4-s6-question'];

  it('is read at each level and in each language', async () => {
    const shown = async (more: Fields) => {
      const { body } = await post('forum-member', '/studio/drafts/preview', { ...fields, ...more });
      return body.slice(body.indexOf('class="preview-page"'), body.indexOf('id="coach"'));
    };
    expect(await shown({ 'preview-level': 's1-s3' })).toContain('Do you like your street?');
    expect(await shown({ 'preview-level': 's4-s6' })).toContain('How do you find your street?');
    const arabic = await shown({ 'preview-level': 's1-s3', 'preview-language': 'ar' });
    expect(arabic).toContain('lang="ar" dir="rtl"');
    expect(arabic).toContain('هل يعجبك شارعك؟');
    expect(arabic).toContain('نعم');
  });

  it('shows younger pupils one line a page', async () => {
    const grid = { ...BASE, ...KINDS.grid, kind: 'grid' };
    const young = await post('forum-member', '/studio/drafts/preview', grid);
    expect(young.body).toContain('At school');
    expect(young.body).toMatch(/then come: .*At home/);
    const old = await post('forum-member', '/studio/drafts/preview', { ...grid, survey: 'secondary' });
    expect(old.body).not.toMatch(/then come/);
  });

  it('has what the coach says beside it', async () => {
    const hard = { ...fields, question: 'Do your mum and dad listen to you and help you with your homework?' };
    expect((await post('forum-member', '/studio/drafts/preview', hard)).body).toMatch(/asks two things at once/);
  });
});

describe('the next draft of a proposal', () => {
  const fieldsOfForm = async (url: string): Promise<Fields> =>
    formFields((await get('forum-member', url)).body, 'id="draft"');

  it('begins with the words as they are, keeps codes, and stays beside the first', async () => {
    const id = await propose();
    const fields = await fieldsOfForm(`/studio/proposals/${id}/drafts/new`);
    expect(fields.question).toEqual([QUESTION]);
    const option = ['Yes, more than enough', 'A little', 'No', 'It depends'];
    const reply = await post('youth-worker', `/studio/proposals/${id}/drafts`, { ...fields, option });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/studio/proposals/${id}`]);
    const { drafts } = (await createProposals(house.services.database).find(id))!;
    expect(drafts.map(({ number, basedOn }) => [number, basedOn])).toEqual([
      [1, null],
      [2, 1],
    ]);
    expect(drafts[1]?.item).toMatchObject({
      id: drafts[0]?.item.id,
      options: [{ code: 'yes-plenty' }, { code: 'a-little' }, { code: 'no' }, { code: 'it-depends' }],
    });
    const page = await get('forum-member', `/studio/proposals/${id}`);
    expect(page.body).toContain(`href="/studio/proposals/${id}/drafts/1"`);
    expect(page.body).toContain(`href="/studio/proposals/${id}/drafts/2/changes"`);
    expect((await get('analyst', `/studio/proposals/${id}/drafts/1`)).body).toContain('Yes, plenty');
  });

  it('is compared in words, for eyes and ears', async () => {
    const id = await propose();
    const fields = await fieldsOfForm(`/studio/proposals/${id}/drafts/new`);
    await post('forum-member', `/studio/proposals/${id}/drafts`, {
      ...fields,
      question: 'Is there enough to do at weekends?',
      option: ['Yes, plenty', '', 'No', 'It depends'],
      stage: ['P6', 'P7'],
    });
    for (const language of ['en', 'ar'] as const) {
      const { body } = await get('forum-member', `/studio/proposals/${id}/drafts/2/changes`, language);
      expect(body).toMatch(
        new RegExp(`<del><span class="spoken" lang="${language}">${words(language).removed} </span>[^<]*school`),
      );
      expect(body).toMatch(/<ins><span class="spoken"[^>]*>[^<]*<\/span>[^<]*weekends/);
      for (const piece of ['A little', 'It depends', 'P6, P7']) expect(body).toContain(piece);
    }
    expect((await get('forum-member', `/studio/proposals/${id}/drafts/1/changes`)).statusCode).toBe(404);
    expect((await get('forum-member', `/studio/proposals/${id}/drafts/7`)).statusCode).toBe(404);
  });

  it('of two people at once is put together: the second sees the first, and nothing is lost', async () => {
    const id = await propose();
    const url = `/studio/proposals/${id}/drafts`;
    const fields = await fieldsOfForm(`${url}/new`);
    const mine = {
      ...fields,
      question: 'Is there enough to do near you?',
      option: ['Yes', 'A little', 'No', 'Not sure yet'],
    };
    await post('youth-worker', url, {
      ...fields,
      question: 'Is there enough to do at night?',
      why: 'Nights are long.',
    });
    const second = await post('forum-member', url, mine);
    expect(second.statusCode).toBe(409);
    expect(second.body).toMatch(/<ins>.*Nights/);
    expect(second.body).toContain('Is there enough to do near you?');
    expect(second.body).toContain('Is there enough to do at night?');
    const merged = await post('forum-member', `${url}/merges`, { ...mine, theirs: '2', 'choice-0': 'theirs' });
    expect(merged.statusCode).toBe(200);
    expect(merged.body).toContain('Is there enough to do at night?</textarea>');
    expect(merged.body).toContain('Nights are long.</textarea>');
    expect(merged.body).toContain('value="Not sure yet"');
    expect(merged.body).toContain('name="based-on" value="2"');
    const kept = (await createProposals(house.services.database).find(id))!.drafts;
    expect(kept).toHaveLength(2);
  });

  it.each(['1e300', '12345678901234567890', '10001', '-1'])('is based on no number like %s', async (number) => {
    const id = await propose();
    const fields = await fieldsOfForm(`/studio/proposals/${id}/drafts/new`);
    const sent = { ...fields, 'based-on': number };
    expect((await post('forum-member', `/studio/proposals/${id}/drafts`, sent)).statusCode).toBe(400);
    const merges = `/studio/proposals/${id}/drafts/merges`;
    expect((await post('forum-member', merges, { ...sent, theirs: '1' })).statusCode).toBe(400);
    expect((await post('forum-member', merges, { ...fields, theirs: number })).statusCode).toBe(400);
  });

  it('that says it began from one that nobody has is put together with the one that counts', async () => {
    const id = await propose();
    const url = `/studio/proposals/${id}/drafts`;
    const fields = await fieldsOfForm(`${url}/new`);
    await post('youth-worker', url, { ...fields, why: 'Nights are long.' });
    const mine = { ...fields, question: 'Is there enough to do near you?', 'based-on': '999' };
    const told = await post('forum-member', url, mine);
    expect(told.statusCode).toBe(409);
    expect(told.body).toContain('Nights are long.');
    expect(told.body).toContain('Is there enough to do near you?');
    expect((await createProposals(house.services.database).find(id))!.drafts).toHaveLength(2);
    const together = await post('forum-member', `${url}/merges`, formFields(told.body, 'action="/studio'));
    expect(together.statusCode).toBe(200);
    const next = formFields(together.body, 'id="draft"');
    expect(next).toMatchObject({ question: ['Is there enough to do near you?'], 'based-on': ['2'] });
    expect((await post('forum-member', url, next)).statusCode).toBe(303);
  });

  it('is not for a question that is over, nor for those who do not write', async () => {
    const id = await propose();
    expect((await get('analyst', `/studio/proposals/${id}/drafts/new`)).statusCode).toBe(403);
    expect((await get('forum-member', '/studio/proposals/none/drafts/new')).statusCode).toBe(404);
    await post('youth-worker', `/studio/proposals/${id}/endings`, { reason: 'We have one like it.' });
    expect((await get('forum-member', `/studio/proposals/${id}/drafts/new`)).statusCode).toBe(409);
    expect((await post('forum-member', `/studio/proposals/${id}/drafts`, { ...PROPOSAL })).statusCode).toBe(409);
  });
});
