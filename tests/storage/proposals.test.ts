import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextVersion } from '../../server/core/survey/next-version.ts';
import { proposalState, type ProposalDraft } from '../../server/core/survey/proposal.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { createProposals, type Proposals } from '../../server/storage/proposals.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyContent, type SurveyVersion } from '../../server/storage/surveys.ts';

const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';
const ARABIC = { text: 'سؤال', options: { yes: 'نعم', no: 'لا' } };

let database: Database;
let proposals: Proposals;
let content: SurveyContent;
let first: SurveyVersion;
const people: Record<string, string> = {};

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  for (const authority of ['strathlorn', 'elsewhere']) {
    await createAuthorities(database).add({ id: authority, name: authority, kind: 'demonstration' }, AT);
  }
  for (const [name, authorityId] of [
    ['otter', 'strathlorn'],
    ['heron', 'strathlorn'],
    ['owl', 'strathlorn'],
    ['stranger', 'elsewhere'],
  ] as const) {
    const account = { authorityId, signInName: name, passwordHash: 'none', roles: [] };
    const outcome = await createAccounts(database).add(account, AT);
    if (outcome === 'name-taken') throw new Error(`${name} is there twice.`);
    people[name] = outcome.id;
  }
  const primary = readSurveyFolders().find(({ definition }) => definition.id === 'primary');
  if (!primary) throw new Error('surveys/primary is missing.');
  content = primary;
  first = await createSurveys(database).publish(content, null, AT);
  proposals = createProposals(database);
});
afterEach(() => database.close());

const person = (name: string) => people[name] ?? '';

function draft(question: string): ProposalDraft {
  return {
    kind: 'one-choice',
    question,
    language: 'en',
    options: ['Yes', 'No'],
    lastStandsAlone: false,
    low: '',
    high: '',
    domain: 'friends',
    whyAsk: 'We want to know.',
  };
}

async function propose(question: string, at = AT, by = 'otter', authorityId = 'strathlorn'): Promise<string> {
  const proposal = { authorityId, surveyId: 'primary', draft: draft(question), proposedBy: person(by) };
  const outcome = await proposals.add(proposal, ['sleep'], at);
  if (outcome === 'there-already') throw new Error(`"${question}" is there already.`);
  return outcome.id;
}

/** A publication of these proposals, made from the first version. */
async function publication(ids: string[]) {
  const chosen = await Promise.all(ids.map((id) => proposals.find(id)));
  const additions = chosen.flatMap((proposal) =>
    proposal ? [{ item: proposal.question, after: null, texts: { en: proposal.text, ar: ARABIC } }] : [],
  );
  const next = nextVersion(content, { additions }).content;
  return { basedOn: first, content: next, proposalIds: ids, publishedBy: person('owl'), at: LATER };
}

describe('a proposal', () => {
  it('comes back as it was made, with an id of its own and nothing done yet', async () => {
    const id = await propose('Sleep?');
    expect(await proposals.find(id)).toEqual({
      id,
      authorityId: 'strathlorn',
      surveyId: 'primary',
      question: {
        kind: 'one-choice',
        id: 'sleep-2',
        tags: { domain: 'friends', shanarri: [], uncrc: [] },
        optOuts: ['dont-know', 'prefer-not-to-say'],
        options: [{ code: 'yes' }, { code: 'no' }],
      },
      language: 'en',
      text: { text: 'Sleep?', options: { yes: 'Yes', no: 'No' } },
      whyAsk: 'We want to know.',
      proposedAt: AT,
      proposedBy: person('otter'),
      proposedByName: 'otter',
      acceptance: null,
      approval: null,
      publication: null,
    });
    expect(await proposals.find('nothing')).toBeUndefined();
  });

  it('is not made twice with the same words, even at once, unless by another authority', async () => {
    const proposal = { authorityId: 'strathlorn', surveyId: 'primary', proposedBy: person('otter') };
    const outcomes = await Promise.all(
      ['Is it fun?', 'is it fun'].map((words) => proposals.add({ ...proposal, draft: draft(words) }, [], AT)),
    );
    expect(outcomes.filter((outcome) => outcome === 'there-already')).toHaveLength(1);
    const elsewhere = await propose('Is it fun?', AT, 'stranger', 'elsewhere');
    expect((await proposals.find(elsewhere))?.question.id).toBe('is-it-fun-2');
  });

  it('is listed for its own authority, newest first', async () => {
    const older = await propose('First?');
    const newer = await propose('Second?', LATER);
    await propose('Third?', LATER, 'stranger', 'elsewhere');
    expect((await proposals.list('strathlorn')).map(({ id }) => id)).toEqual([newer, older]);
  });

  it('is accepted and approved once each, and says by whom and why', async () => {
    const id = await propose('Is it fun?');
    const both = await Promise.all([1, 2].map(() => proposals.accept(id, person('heron'), AT)));
    expect(both.toSorted()).toEqual(['accepted', 'done-already']);
    expect(await proposals.approve(id, person('owl'), 'It is fair to ask.', LATER)).toBe('approved');
    expect(await proposals.approve(id, person('heron'), 'Me too, please.', LATER)).toBe('done-already');
    expect(await proposals.find(id)).toMatchObject({
      acceptance: { at: AT, by: person('heron'), name: 'heron' },
      approval: { at: LATER, by: person('owl'), name: 'owl', reason: 'It is fair to ask.' },
    });
  });
});

describe('a publication', () => {
  it('makes the next version, notes what went into it and leaves the version before as it was', async () => {
    const id = await propose('Is it fun?');
    const version = await proposals.publish(await publication([id]));
    expect(version).toMatchObject({ number: 2, surveyId: 'primary' });
    const proposal = await proposals.find(id);
    expect(proposal?.publication).toEqual({ versionId: (version as SurveyVersion).id, number: 2, at: LATER });
    expect(proposal && proposalState(proposal)).toBe('published');
    expect(await createSurveys(database).find(first.id)).toEqual(first);
    expect((await proposals.versionsOf('primary')).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('happens once when it is asked for twice at once', async () => {
    const id = await propose('Is it fun?');
    const same = await publication([id]);
    const outcomes = await Promise.all([proposals.publish(same), proposals.publish(same)]);
    expect(outcomes[1]).toBe('done-already');
    expect(await proposals.versionsOf('primary')).toHaveLength(2);
  });

  it('is refused when made from a version that is no longer the newest, and when it holds no proposal', async () => {
    const one = await propose('Is it fun?');
    const other = await propose('Is it far?');
    const [ours, theirs] = [await publication([one]), await publication([other])];
    const outcomes = await Promise.all([proposals.publish(ours), proposals.publish(theirs)]);
    expect(outcomes[1]).toBe('moved-on');
    expect((await proposals.find(other))?.publication).toBeNull();
    await expect(proposals.publish(await publication([]))).rejects.toThrow(/without any proposal/);
    // One that fails does not stand in the way of the next.
    expect(await proposals.publish(theirs)).toBe('moved-on');
  });
});
