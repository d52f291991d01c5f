import { beforeEach, describe, expect, it } from 'vitest';
import { createProposals } from '../../server/storage/proposals.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { openForum } from '../support/forum.ts';
import { formFields, type Fields } from './form-fields.ts';
import { get, house, post, propose, QUESTION, useStudio } from './studio-house.ts';

/* Two proposals that say nearly the same become one. */

const OTHER = 'Can you do enough things you like near home?';
const languages = loadLanguages();
const words = (language: 'en' | 'ar' = 'en') => languages.get(language)!.words.drafts;

let into: string;
let from: string;

useStudio();
beforeEach(async () => {
  into = await propose();
  from = await propose({ question: OTHER, option: ['Yes, plenty', 'No', 'At weekends only', '', '', ''] });
});

const mergers = () => `/studio/proposals/${from}/mergers`;
const choosing = () => `${mergers()}/new?into=${into}`;
const find = async (id: string) => (await createProposals(house.services.database).find(id))!;

/** The legends of the choices on a page with the value of each side, in the order of the page. */
const choicesOn = (body: string) =>
  [...body.matchAll(/<fieldset><legend class="small">([^<]*)<\/legend>([\s\S]*?)<\/fieldset>/g)].map(
    ([, legend = '', inner = '']) => ({
      legend,
      name: /name="(choice-\d+)"/.exec(inner)?.[1] ?? '',
      sides: [...inner.matchAll(/<br><span[^>]*>([^<]*)<\/span>/g)].map(([, side]) => side),
    }),
  );

/** The form with both in it, as it stands after choosing. @param theirs legends of what comes from the one that goes */
async function joined(theirs: string[]): Promise<Fields> {
  const { body } = await get('youth-worker', choosing());
  const fields = formFields(body, 'action="/studio/proposals');
  const chosen = choicesOn(body).filter(({ legend, sides }) =>
    theirs.some((one) => one === legend || sides.includes(one)),
  );
  for (const { name } of chosen) fields[name] = ['theirs'];
  const reply = await post('youth-worker', `${mergers()}/choices`, fields);
  expect(reply.statusCode).toBe(200);
  return formFields(reply.body, 'id="draft"');
}

describe('putting two proposals together', () => {
  it('begins on the page of the one that goes', async () => {
    const { body } = await get('youth-worker', `/studio/proposals/${from}`);
    expect(body).toContain(`action="${mergers()}/new"`);
    expect(body).toContain(`<option value="${into}"`);
  });

  it('shows both, piece by piece, in English and Arabic', async () => {
    for (const language of ['en', 'ar'] as const) {
      const { body, statusCode } = await get('forum-member', choosing(), language);
      expect(statusCode).toBe(200);
      for (const id of [into, from]) expect(body).toContain(`href="/studio/proposals/${id}"`);
      const choices = choicesOn(body);
      expect(choices).toContainEqual(
        expect.objectContaining({ legend: words(language)['piece-text'], sides: [QUESTION, OTHER] }),
      );
      expect(choices.map(({ sides }) => sides)).toContainEqual([words(language).mergerNotThere, 'At weekends only']);
      // What is the same in both is no choice.
      expect(choices.flatMap(({ sides }) => sides)).not.toContain('Yes, plenty');
    }
  });

  it('opens what was chosen for a last look, and keeps nothing yet', async () => {
    const fields = await joined([words()['piece-text'], 'At weekends only']);
    expect(fields.question).toEqual([OTHER]);
    expect(fields.option?.filter((line) => line !== '')).toEqual(['Yes, plenty', 'A little', 'No', 'At weekends only']);
    expect((await find(into)).drafts).toHaveLength(1);
    expect((await find(from)).ending).toBeNull();
    const look = await post('youth-worker', mergers(), { ...fields, look: 'show' });
    expect(look.statusCode).toBe(200);
    const preview = await post('youth-worker', '/studio/drafts/preview', fields);
    expect(preview.body.slice(preview.body.indexOf('class="preview-page"'))).toContain(OTHER);
  });

  it('makes a draft of the one and ends the other, which leads there and can be brought back', async () => {
    const sent = await post('youth-worker', mergers(), await joined([words()['piece-text']]));
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/studio/proposals/${into}`]);
    const [one, other] = [await find(into), await find(from)];
    expect(one.drafts[1]).toMatchObject({ number: 2, basedOn: 1, texts: { en: { text: OTHER } } });
    expect(one.drafts[1]?.item.id).toBe(one.drafts[0]?.item.id);
    expect(other.ending).toMatchObject({ how: 'merged', intoId: into });
    const page = await get('youth-worker', `/studio/proposals/${from}`);
    expect(page.body).toContain(OTHER);
    expect(page.body).toContain(`href="/studio/proposals/${into}"`);
    expect(page.body).toContain(`/studio/proposals/${from}/restoration`);
    expect((await get('forum-member', `/studio/proposals/${into}`)).body).toContain(`href="/studio/proposals/${from}"`);
    const record = await house.services.database.query
      .selectFrom('audit_entries')
      .select(['action', 'subject'])
      .where('action', '=', 'question-merged')
      .execute();
    expect(record).toEqual([{ action: 'question-merged', subject: from }]);
  });

  it('happens once: whoever sends it again is told', async () => {
    const fields = await joined([]);
    const replies = await Promise.all([1, 2].map(() => post('youth-worker', mergers(), fields)));
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
    expect((await find(into)).drafts).toHaveLength(2);
    expect((await get('youth-worker', choosing())).statusCode).toBe(409);
  });

  it('comes back with what is wrong beside its field', async () => {
    const fields = await joined([]);
    const reply = await post('youth-worker', mergers(), { ...fields, question: '' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('href="#question"');
    expect(formFields(reply.body, 'id="draft"')).toMatchObject({ into: [into], from: ['1'], 'based-on': ['1'] });
    expect((await find(from)).ending).toBeNull();
  });
});

describe('a pair that says it was made of drafts that nobody has', () => {
  it.each(['1e300', '12345678901234567890', '10001'])('is refused where the number is none: %s', async (number) => {
    const fields = await joined([]);
    for (const name of ['based-on', 'from']) {
      expect((await post('youth-worker', mergers(), { ...fields, [name]: number })).statusCode).toBe(400);
    }
  });

  it.each(['based-on', 'from'])('is put together with what there is, and nothing typed is lost: %s', async (name) => {
    const mine = ['Is there enough near home that you like to do?'];
    const fields = { ...(await joined([])), question: mine, [name]: ['999'] };
    const told = await post('youth-worker', mergers(), fields);
    expect(told.statusCode).toBe(409);
    expect(told.body).toContain(words().mergeChooseApart);
    expect((await find(from)).ending).toBeNull();
    const together = await post('youth-worker', `${mergers()}/choices`, formFields(told.body, 'action="/studio'));
    const next = formFields(together.body, 'id="draft"');
    expect(next).toMatchObject({ question: mine, 'based-on': ['1'], from: ['1'] });
    expect((await post('youth-worker', mergers(), next)).statusCode).toBe(303);
  });

  it('shows both anew where one of them cannot be read while somebody chooses', async () => {
    const fields = formFields((await get('youth-worker', choosing())).body, 'action="/studio');
    const reply = await post('youth-worker', `${mergers()}/choices`, { ...fields, from: '7' });
    expect(reply.statusCode).toBe(409);
    expect(choicesOn(reply.body).length).toBeGreaterThan(0);
    expect(formFields(reply.body, 'action="/studio')).toMatchObject({ from: ['1'], 'based-on': ['1'] });
  });
});

describe('somebody who edits one of the two meanwhile', () => {
  const edit = async (id: string, change: Record<string, string>) => {
    const { body } = await get('forum-member', `/studio/proposals/${id}/drafts/new`);
    const fields = { ...formFields(body, 'id="draft"'), ...change };
    expect((await post('forum-member', `/studio/proposals/${id}/drafts`, fields)).statusCode).toBe(303);
  };

  it.each([
    ['the one that stays', () => into],
    ['the one that goes', () => from],
  ])('is not overwritten: %s', async (_name, id) => {
    const fields = await joined([words()['piece-text']]);
    const mine = { ...fields, question: ['Is there enough near home that you like to do?'] };
    await edit(id(), { why: 'The bus is dear.' });
    const told = await post('youth-worker', mergers(), mine);
    expect(told.statusCode).toBe(409);
    expect(told.body).toContain(words().mergeTitle);
    expect(told.body).toMatch(/<ins>.*dear/);
    expect((await find(from)).ending).toBeNull();

    const together = await post('youth-worker', `${mergers()}/choices`, formFields(told.body, 'action="/studio'));
    const next = formFields(together.body, 'id="draft"');
    expect(next).toMatchObject({ question: mine.question, why: ['The bus is dear.'] });
    expect((await post('youth-worker', mergers(), next)).statusCode).toBe(303);
    expect((await find(into)).drafts.at(-1)).toMatchObject({ whyAsk: 'The bus is dear.' });
    expect((await find(from)).ending?.how).toBe('merged');
  });
});

describe('who may put proposals together', () => {
  it('is whoever proposed the one that goes, and youth workers', async () => {
    const forum = await openForum(house);
    const [otter, kite] = [await forum.join('Quiet Otter'), await forum.join('Paper Kite')];
    const fields = await joined([]);
    for (const reply of [await otter.get(choosing()), await otter.post(mergers(), fields)])
      expect(reply.statusCode).toBe(403);
    expect((await forum.worker.get(choosing())).statusCode).toBe(200);
    expect((await kite.get(choosing())).statusCode).toBe(403);
    expect((await get('analyst', choosing())).statusCode).toBe(403);
  });

  it('is nobody for one of another survey, itself, or one that is not there', async () => {
    const elsewhere = await propose({ survey: 'secondary', question: 'Is there enough to do in town?' });
    for (const id of [elsewhere, from, 'none'])
      expect((await get('youth-worker', `${mergers()}/new?into=${id}`)).statusCode).toBe(404);
    await post('youth-worker', `/studio/proposals/${into}/endings`, { reason: 'We have one like it.' });
    expect((await get('youth-worker', choosing())).statusCode).toBe(409);
  });
});
