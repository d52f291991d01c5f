import { beforeEach, describe, expect, it } from 'vitest';
import type { DraftContent, Purpose } from '../../server/core/drafts/draft.ts';
import type { OneChoiceQuestion } from '../../server/core/survey/kinds/one-choice.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { createProposals } from '../../server/storage/proposals.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { createVersionChanges, changeHash } from '../../server/storage/version-changes.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { openForum } from '../support/forum.ts';
import { AT, check, decide, first, get, house, post, PROPOSAL, useStudio } from './studio-house.ts';

/* Versions in which questions are asked in other words, asked anew, or asked no more; and who helped with them. */

const words = loadLanguages().get('en')!.words.publishing;
const NOTE = 'A word was hard to read for P5.';

let texts: ReadonlyMap<string, ItemText>;

useStudio();
beforeEach(async () => {
  const found = await createSurveys(house.services.database).texts(first.id);
  texts = new Map([...found].map(([language, text]) => [language, text.items['feel-safe']!]));
});

const itemOf = (id: string) => first.definition.items.find((item) => item.id === id)!;

/** Brings a proposal as far as the approver brings it. @returns its id */
async function approvedChange(purpose: Purpose, content: Partial<DraftContent> & Pick<DraftContent, 'item'>) {
  const proposal = {
    authorityId: house.authorityId,
    surveyId: 'primary',
    purpose,
    content: { language: 'en', texts: {}, whyAsk: 'Some of us did not get it.', ...content },
    proposedBy: house.accounts['forum-member'],
    contribution: null,
  };
  const outcome = await createProposals(house.services.database).add(proposal, [], AT);
  if (outcome === 'there-already') throw new Error('This change is under way already.');
  expect((await decide(outcome.id)).statusCode).toBe(303);
  expect((await check(outcome.id)).statusCode).toBe(303);
  return outcome.id;
}

/** "Do you feel safe where you live?" in other words in English. */
const reworded = () =>
  approvedChange('change', {
    item: itemOf('feel-safe'),
    texts: { en: { ...texts.get('en')!, text: 'Do you feel safe near your home?' } },
  });

/** The Arabic words as the form has them when it is drawn. */
function arabicFields(id: string, text: ItemText = texts.get('ar')!): Record<string, string> {
  const options = Object.entries(text.options ?? {}).map(([code, said]) => [`${id}.ar.option.${code}`, said]);
  const hint = text.hint === undefined ? {} : { [`${id}.ar.hint`]: text.hint };
  return { [`${id}.ar.text`]: text.text, ...hint, ...(Object.fromEntries(options) as Record<string, string>) };
}

const publishAll = (ids: string[], fields: Record<string, string>) =>
  post('analyst', '/studio/publications', { survey: 'primary', chosen: ids, ...fields });

/** Words before and after on a page, with what is marked in them; runs that follow each other are one. */
const comparedOn = (page: string) =>
  [...page.matchAll(/<dd><span class="soft">[^<]*<\/span> <bdi[^>]*>(.*?)<\/bdi>/g)].map(([, said = '']) =>
    said.replaceAll(/<\/(del|ins)>(\s*)<\1>/g, '$2'),
  );

const newest = async () => (await createSurveys(house.services.database).newestOf('primary'))!;

describe('a question in other words', () => {
  it('is shown before and after on the form, with what each declaration means', async () => {
    const id = await reworded();
    const { body } = await get('analyst', '/studio/publications/new?survey=primary');
    expect(comparedOn(body)).toEqual([
      'Do you feel safe <del>where you live</del>?',
      'Do you feel safe <ins>near your home</ins>?',
    ]);
    for (const code of ['same', 'reworded', 'new'] as const) {
      expect(body).toContain(`name="${id}.comparability" value="${code}"`);
      expect(body).toContain(words[`comparable-${code}`]);
    }
    // What it is in other languages now is there to be looked over.
    expect(body).toContain(`value="${texts.get('ar')!.text}"`);
  });

  it('needs a declaration and a reason; what was typed stays', async () => {
    const id = await reworded();
    const reply = await publishAll([id], { ...arabicFields(id), [`${id}.ar.text`]: '', [`${id}.note`]: 'short' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain(`id="${id}.comparability-fault">${words['fault-comparability-missing']}`);
    expect(reply.body).toContain(`id="${id}.note-fault">${words['fault-reason-missing']}`);
    expect(reply.body).toContain('>short</textarea>');
    // By language and piece.
    expect(reply.body).toMatch(/href="#[^"]+\.ar\.text">\u2068العربية\u2069, \u2068Do you feel safe near your home\?/);
    expect((await newest()).number).toBe(1);
  });

  it('says on the version what it was declared to be, why, and every word before and after', async () => {
    const id = await reworded();
    const fields = { ...arabicFields(id), [`${id}.comparability`]: 'reworded', [`${id}.note`]: NOTE };
    const reply = await publishAll([id], { ...fields, [`${id}.ar.text`]: 'هل تشعر بالأمان قرب بيتك؟' });
    expect(reply.statusCode).toBe(303);
    const { database } = house.services;
    const version = await newest();
    const sealed = (await createVersionChanges(database).of(version.id))!;
    expect(sealed.facts.items.filter(({ comparability }) => comparability !== 'same')).toEqual([
      { id: 'feel-safe', comparability: 'reworded', note: NOTE, replaces: null },
    ]);
    expect(sealed.changeHash).toBe(changeHash(sealed, { before: first.contentHash, after: version.contentHash }));
    const { body } = await get('planner', `/studio/versions/${version.id}`);
    for (const said of [words['comparable-reworded'], NOTE, sealed.changeHash]) expect(body).toContain(said);
    const arabic = comparedOn(body).map((said) => said.replaceAll(/<[^>]+>/g, ''));
    expect(arabic).toContain('هل تشعر بالأمان قرب بيتك؟');
    expect(comparedOn(body)).toContain('Do you feel safe <del>where you live</del>?');
    expect(body).toContain(`${first.definition.items.length - 1} unchanged`);
    expect((await get('planner', `/studio/versions/${version.id}`, 'ar')).body).toContain(
      loadLanguages().get('ar')!.words.publishing['comparable-reworded'],
    );
  });

  it('that is declared a new question takes another id, and the figure of the old one goes with it', async () => {
    const id = await approvedChange('change', {
      item: itemOf('club'),
      texts: { en: { ...(await wordsOf('club', 'en')), text: 'Do you go to a club?' } },
    });
    const fields = arabicFields(id, await wordsOf('club', 'ar'));
    const declared = { ...fields, [`${id}.comparability`]: 'new', [`${id}.note`]: NOTE };
    const reply = await publishAll([id], declared);
    // Another question is asked only after this one.
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('What makes it hard to join a club?');
    expect(reply.body).toContain('is asked only after certain answers to “');
    expect((await publishAll([id], { ...declared, [`${id}.comparability`]: 'same' })).statusCode).toBe(303);
  });
});

async function wordsOf(id: string, language: string): Promise<ItemText> {
  return (await createSurveys(house.services.database).texts(first.id)).get(language)!.items[id]!;
}

describe('a question with other answers', () => {
  it('becomes a new question whatever the form says, and the version says how it changed', async () => {
    const item = itemOf('teeth') as OneChoiceQuestion;
    const [en, ar] = [await wordsOf('teeth', 'en'), await wordsOf('teeth', 'ar')];
    const withMore = (text: ItemText, said: string) => ({ ...text, options: { ...text.options, 'lots-more': said } });
    const id = await approvedChange('change', {
      item: { ...item, options: [...item.options, { code: 'lots-more' }] },
      texts: { en: withMore(en, 'Even more often'), ar: withMore(ar, 'أكثر من ذلك') },
    });
    const form = await get('analyst', '/studio/publications/new?survey=primary');
    expect(form.body).toContain(words.mustBeNew);
    expect(form.body).not.toContain(`name="${id}.comparability"`);
    expect(form.body).toContain('value="أكثر من ذلك"');
    const fields = arabicFields(id, withMore(ar, 'أكثر من ذلك'));
    const declared = { ...fields, [`${id}.comparability`]: 'same', [`${id}.note`]: NOTE };
    expect((await publishAll([id], declared)).statusCode).toBe(303);
    const version = await newest();
    const ids = version.definition.items.map((one) => one.id);
    expect(ids).toContain('teeth-2');
    expect(ids).not.toContain('teeth');
    const { body } = await get('planner', `/studio/versions/${version.id}`);
    expect(body).toContain('Answers added: \u2068Even more often\u2069');
    expect(body).toContain(words.inPlaceOf);
    expect(body).toContain(words['comparable-new']);
  });
});

describe('a question that is asked no more', () => {
  it('says why, with the figures that went with it', async () => {
    const id = await approvedChange('withdrawal', {
      item: itemOf('teeth'),
      texts: { en: await wordsOf('teeth', 'en') },
    });
    expect((await publishAll([id], {})).statusCode).toBe(422);
    const reply = await publishAll([id], { [`${id}.note`]: 'The dentist counts this now.' });
    expect(reply.statusCode).toBe(303);
    const { body } = await get('planner', String(reply.headers.location));
    expect(body).toContain('The dentist counts this now.');
    // What somebody in the forum wrote stays there.
    expect(body).not.toContain('Some of us did not get it.');
    expect((await newest()).definition.items.some((item) => item.id === 'teeth')).toBe(false);
  });

  it('is refused while others hang on it, by name, on the form already', async () => {
    const id = await approvedChange('withdrawal', {
      item: itemOf('bullied'),
      texts: { en: await wordsOf('bullied', 'en') },
    });
    const form = await get('analyst', '/studio/publications/new?survey=primary');
    expect(form.body).toContain('“\u2068Where did the bullying happen?\u2069” is asked only after');
    const reply = await publishAll([id], { [`${id}.note`]: 'It is asked elsewhere.' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('“\u2068Where did the bullying happen?\u2069” is asked only after');
    expect(reply.body).toContain('>It is asked elsewhere.</textarea>');
    expect((await newest()).number).toBe(1);
  });
});

describe('who helped', () => {
  it('is said when they want it, as they want it, and is nowhere once they take it back', async () => {
    const forum = await openForum(house);
    const [otter, kite] = [await forum.join('Quiet Otter'), await forum.join('Paper Kite')];
    const page = String((await otter.post('/studio/proposals', PROPOSAL)).headers.location);
    await kite.post(`${page}/comments`, { words: 'I like this one.' });
    const id = page.replace('/studio/proposals/', '');
    await decide(id);
    await check(id);
    const arabic = { text: 'سؤال', options: { 'yes-plenty': 'نعم', 'a-little': 'قليل', no: 'لا' } };
    const reply = await publishAll([id], { [`${id}.after`]: 'talk-to', ...arabicFields(id, arabic) });
    const version = String(reply.headers.location);
    expect((await otter.get(version)).body).toContain(words.helpedNobody);

    for (const [member, kind] of [
      [otter, 'named'],
      [kite, 'unnamed'],
    ] as const) {
      expect((await member.get(version)).body).toContain(words.creditTitle);
      expect((await member.post(`${version}/credits`, { kind })).statusCode).toBe(303);
    }
    const seen = await get('planner', version);
    expect(seen.body).toContain('Quiet Otter');
    expect(seen.body).toContain('1 young person who gives no name');
    expect(seen.body).not.toContain('Paper Kite');
    expect(seen.body).not.toContain(words.creditTitle);

    const hash = (await newest()).contentHash;
    expect((await otter.post(`${version}/credit-removals`)).statusCode).toBe(303);
    await kite.post(`${version}/credit-removals`);
    const after = await get('planner', version);
    expect(after.body).not.toContain('Otter');
    expect(after.body).toContain(words.helpedNobody);
    expect((await newest()).contentHash).toBe(hash);
  });

  it('is for those who did', async () => {
    const forum = await openForum(house);
    const stranger = await forum.join('Quick Stoat');
    const credits = `/studio/versions/${first.id}/credits`;
    expect((await stranger.post(credits, { kind: 'named' })).statusCode).toBe(404);
    expect((await post('planner', credits, { kind: 'named' })).statusCode).toBe(403);
    expect((await stranger.get(`/studio/versions/${first.id}`)).body).not.toContain(words.creditTitle);
  });
});
