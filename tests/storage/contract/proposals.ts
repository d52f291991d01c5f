import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextVersion } from '../../../server/core/survey/next-version.ts';
import type { DraftContent } from '../../../server/core/drafts/draft.ts';
import { proposalState } from '../../../server/core/drafts/progress.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import type { Database } from '../../../server/storage/database.ts';
import { createProposalStances } from '../../../server/storage/proposal-stances.ts';
import { createSpreadsheets } from '../../../server/storage/spreadsheets.ts';
import { createTryOuts } from '../../../server/storage/try-outs.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';
import type { NewStep } from '../../../server/storage/proposal-inserts.ts';
import { createProposals, type NewProposal, type Proposals } from '../../../server/storage/proposals.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyContent, type SurveyVersion } from '../../../server/storage/surveys.ts';

const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';
const ARABIC = { text: 'سؤال', options: { yes: 'نعم', no: 'لا' } };

export function proposalsContract(openDatabaseForTest: OpenDatabase): void {
  describe('proposals', () => {
    let test: TestDatabase;
    let database: Database;
    let proposals: Proposals;
    let primary: SurveyContent;
    let first: SurveyVersion;
    const people: Record<string, string> = {};

    beforeEach(async () => {
      test = await openDatabaseForTest();
      ({ database } = test);
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
      const found = readSurveyFolders().find(({ definition }) => definition.id === 'primary');
      if (!found) throw new Error('surveys/primary is missing.');
      primary = found;
      first = await createSurveys(database).publish(primary, null, AT);
      proposals = createProposals(database);
    });
    afterEach(() => test.end());

    const person = (name: string) => people[name] ?? '';

    function content(question: string): DraftContent {
      return {
        item: {
          kind: 'one-choice',
          id: 'draft',
          tags: { domain: 'friends', shanarri: [], uncrc: [] },
          optOuts: ['dont-know', 'prefer-not-to-say'],
          options: [{ code: 'yes' }, { code: 'no' }],
        },
        language: 'en',
        texts: { en: { text: question, options: { yes: 'Yes', no: 'No' } } },
        whyAsk: 'We want to know.',
      };
    }

    function proposal(question: string, by = 'otter', authorityId = 'strathlorn'): NewProposal {
      const purpose = 'new';
      return {
        authorityId,
        surveyId: 'primary',
        purpose,
        content: content(question),
        proposedBy: person(by),
        contribution: null,
      };
    }

    async function propose(question: string, at = AT, by = 'otter', authorityId = 'strathlorn'): Promise<string> {
      const outcome = await proposals.add(proposal(question, by, authorityId), ['sleep'], at);
      if (outcome === 'there-already') throw new Error(`"${question}" is there already.`);
      return outcome.id;
    }

    /** A publication of these proposals, made from the first version. */
    async function publication(ids: string[]) {
      const chosen = await Promise.all(ids.map((id) => proposals.find(id)));
      const additions = chosen.flatMap((one) => {
        const draft = one?.drafts.at(-1);
        return draft ? [{ item: draft.item, after: null, texts: { ...draft.texts, ar: ARABIC } }] : [];
      });
      const next = nextVersion(primary, { additions }).content;
      return { basedOn: first, content: next, proposalIds: ids, publishedBy: person('owl'), at: LATER };
    }

    describe('a proposal', () => {
      it('comes back as it was made, with an id of its own and nothing done yet', async () => {
        const id = await propose('Sleep?');
        const { item, ...rest } = content('Sleep?');
        expect(await proposals.find(id)).toEqual({
          id,
          authorityId: 'strathlorn',
          surveyId: 'primary',
          purpose: 'new',
          proposedAt: AT,
          proposedBy: person('otter'),
          proposedByName: 'otter',
          drafts: [
            {
              ...rest,
              item: { ...item, id: 'sleep-2' },
              number: 1,
              basedOn: null,
              writtenAt: AT,
              writtenBy: person('otter'),
              writtenByName: 'otter',
              contributionId: null,
            },
          ],
          steps: [],
          ending: null,
          publication: null,
        });
        expect(await proposals.find('nothing')).toBeUndefined();
      });

      it('is not made twice with the same words, even at once, unless by another authority', async () => {
        const outcomes = await Promise.all(
          ['Is it fun?', 'is it fun'].map((words) => proposals.add(proposal(words), [], AT)),
        );
        expect(outcomes.filter((outcome) => outcome === 'there-already')).toHaveLength(1);
        const elsewhere = await propose('Is it fun?', AT, 'stranger', 'elsewhere');
        expect((await proposals.find(elsewhere))?.drafts[0]?.item.id).toBe('is-it-fun-2');
      });

      it('to change an item keeps its id, and only one at a time is under way', async () => {
        const change = { ...proposal('How do you sleep now?'), purpose: 'change' as const };
        const named = { ...change, content: { ...change.content, item: { ...change.content.item, id: 'sleep' } } };
        const added = await proposals.add(named, ['sleep'], AT);
        if (added === 'there-already') throw new Error('Nobody had proposed it.');
        expect((await proposals.find(added.id))?.drafts[0]?.item.id).toBe('sleep');
        expect(await proposals.add(named, ['sleep'], AT)).toBe('there-already');
        await proposals.end(added.id, { how: 'retired', intoId: null, reason: 'No.', by: person('heron') }, AT);
        expect(await proposals.add(named, ['sleep'], AT)).not.toBe('there-already');
      });

      it('is listed for its own authority, newest first', async () => {
        const older = await propose('First?');
        const newer = await propose('Second?', LATER);
        await propose('Third?', LATER, 'stranger', 'elsewhere');
        expect((await proposals.list('strathlorn')).map(({ id }) => id)).toEqual([newer, older]);
      });
    });

    describe('the drafts of a proposal', () => {
      const draft = (question: string, basedOn: number, unseen: number[] = []) => ({
        content: { ...content(question), after: null },
        basedOn,
        unseen,
        writtenBy: person('heron'),
        contribution: null,
      });

      it('are all kept, with who wrote them, and what they were based on', async () => {
        const id = await propose('Is it fun?');
        expect(await proposals.revise(id, draft('Is it any fun?', 1), LATER)).toEqual({ number: 2 });
        const found = await proposals.find(id);
        expect(found?.drafts.map(({ number, basedOn, writtenByName }) => [number, basedOn, writtenByName])).toEqual([
          [1, null, 'otter'],
          [2, 1, 'heron'],
        ]);
        expect(found?.drafts.map(({ texts, after }) => [texts['en']?.text, after])).toEqual([
          ['Is it fun?', undefined],
          ['Is it any fun?', null],
        ]);
      });

      it('of two at once, only the first is taken, unless the other could not be seen', async () => {
        const id = await propose('Is it fun?');
        const outcomes = await Promise.all([1, 2].map((way) => proposals.revise(id, draft(`Way ${way}?`, 1), LATER)));
        expect(outcomes).toContain('moved-on');
        expect(outcomes).toContainEqual({ number: 2 });
        expect(await proposals.revise(id, draft('Way 3?', 1, [2]), LATER)).toEqual({ number: 3 });
      });
    });

    describe('what is decided about a draft', () => {
      const step = (proposalId: string, more: Partial<NewStep> = {}): NewStep => ({
        proposalId,
        number: 1,
        after: 0,
        step: 'agreed',
        reason: '',
        by: person('heron'),
        count: { counted: 'here', inFavour: 3, against: 1, unsure: 0 },
        check: null,
        ...more,
      });

      it('is kept in order with its count, its reasons and who took it', async () => {
        const id = await propose('Is it fun?');
        await proposals.take(step(id), AT);
        const check = {
          legalBasis: 'public-task',
          specialCondition: 'none',
          sensitivity: 'some',
          support: 'A youth worker.',
          outsideAdvice: '',
        } as const;
        const approval = { after: 1, step: 'approved', reason: 'It is fair to ask.', count: null, check } as const;
        expect(await proposals.take(step(id, { ...approval, by: person('owl') }), LATER)).toBe('taken');
        expect((await proposals.find(id))?.steps).toEqual([
          {
            number: 1,
            step: 'agreed',
            at: AT,
            by: person('heron'),
            name: 'heron',
            reason: '',
            count: { counted: 'here', inFavour: 3, against: 1, unsure: 0 },
            check: null,
          },
          {
            number: 1,
            step: 'approved',
            at: LATER,
            by: person('owl'),
            name: 'owl',
            reason: 'It is fair to ask.',
            count: null,
            check,
          },
        ]);
      });

      it('happens once when it is asked for twice at once', async () => {
        const id = await propose('Is it fun?');
        const both = await Promise.all([proposals.take(step(id), AT), proposals.take(step(id), AT)]);
        expect(both.toSorted()).toEqual(['done-already', 'taken']);
        expect((await proposals.find(id))?.steps).toHaveLength(1);
      });
    });

    describe('the end of a proposal', () => {
      it('is taken back, and may come again', async () => {
        const id = await propose('Is it fun?');
        const ending = {
          how: 'retired',
          intoId: null,
          reason: 'Another one says it better.',
          by: person('heron'),
        } as const;
        expect(await proposals.end(id, ending, AT)).toBe('ended');
        expect(await proposals.end(id, ending, AT)).toBe('done-already');
        expect((await proposals.find(id))?.ending).toMatchObject({ how: 'retired', name: 'heron', at: AT });
        expect(await proposals.restore(id, person('heron'), LATER)).toBe('restored');
        expect(await proposals.restore(id, person('heron'), LATER)).toBe('done-already');
        expect((await proposals.find(id))?.ending).toBeNull();
        expect(await proposals.end(id, ending, LATER)).toBe('ended');
      });
    });

    describe('a merger', () => {
      const merger = (intoId: string, more: { basedOn?: number; number?: number } = {}) => ({
        intoId,
        draft: {
          content: { ...content('Is it fun, and is it far?'), after: null },
          basedOn: more.basedOn ?? 1,
          unseen: [],
          writtenBy: person('heron'),
          contribution: null,
        },
        number: more.number ?? 1,
        unseen: [],
      });
      const next = (question: string) => ({
        content: content(question),
        basedOn: 1,
        unseen: [],
        writtenBy: person('owl'),
        contribution: null,
      });
      /** Drafts of the one, and whether the other is over. */
      const stateOf = async (into: string, from: string) => [
        (await proposals.find(into))!.drafts.length,
        (await proposals.find(from))!.ending?.how ?? null,
      ];
      let into: string;
      let from: string;
      beforeEach(async () => {
        into = await propose('Is it fun?');
        from = await propose('Is it far?');
      });

      it('gives the one a draft and ends the other, which says where it went', async () => {
        expect(await proposals.merge(from, merger(into), LATER)).toEqual({ number: 2 });
        const [one, other] = [await proposals.find(into), await proposals.find(from)];
        expect(one?.drafts[1]).toMatchObject({ basedOn: 1, writtenByName: 'heron', writtenAt: LATER });
        expect(one?.ending).toBeNull();
        expect(other?.ending).toMatchObject({ how: 'merged', intoId: into, name: 'heron', at: LATER });
        expect(other?.drafts).toHaveLength(1);
      });

      it('happens once when it is asked for twice at once', async () => {
        const outcomes = await Promise.all([1, 2].map(() => proposals.merge(from, merger(into), LATER)));
        expect(outcomes).toContainEqual({ number: 2 });
        expect(outcomes).toContain('done-already');
        expect(await stateOf(into, from)).toEqual([2, 'merged']);
      });

      it('of two into each other at once, only one happens', async () => {
        const outcomes = await Promise.all([
          proposals.merge(from, merger(into), LATER),
          proposals.merge(into, merger(from), LATER),
        ]);
        expect(outcomes.filter((outcome) => outcome === 'done-already')).toHaveLength(1);
      });

      it('is not made over a draft that somebody wrote meanwhile, of the one or the other', async () => {
        await proposals.revise(into, next('Is it any fun?'), LATER);
        expect(await proposals.merge(from, merger(into), LATER)).toBe('into-moved-on');
        await proposals.revise(from, next('Is it very far?'), LATER);
        expect(await proposals.merge(from, merger(into, { basedOn: 2 }), LATER)).toBe('moved-on');
        expect(await stateOf(into, from)).toEqual([2, null]);
        expect(await proposals.merge(from, merger(into, { basedOn: 2, number: 2 }), LATER)).toEqual({ number: 3 });
      });

      it('is not made with one that is over', async () => {
        await proposals.end(into, { how: 'retired', intoId: null, reason: 'No.', by: person('heron') }, AT);
        expect(await proposals.merge(from, merger(into), LATER)).toBe('done-already');
        expect(await stateOf(into, from)).toEqual([1, null]);
      });

      it('does nothing by half', async () => {
        // The end of the one comes last: here it fails, since there may be only one ending of a kind.
        const third = await propose('Is it merry?');
        await proposals.end(third, { how: 'merged', intoId: into, reason: '', by: person('heron') }, AT);
        await database.query.schema
          .createIndex('one_of_a_kind')
          .unique()
          .on('proposal_endings')
          .column('how')
          .execute();
        await expect(proposals.merge(from, merger(into), LATER)).rejects.toThrow();
        expect(await stateOf(into, from)).toEqual([1, null]);
      });
    });

    describe('a publication', () => {
      it('makes the next version, notes what went into it and leaves the version before as it was', async () => {
        const id = await propose('Is it fun?');
        const version = await proposals.publish(await publication([id]));
        expect(version).toMatchObject({ number: 2, surveyId: 'primary' });
        const published = await proposals.find(id);
        expect(published?.publication).toEqual({ versionId: (version as SurveyVersion).id, number: 2, at: LATER });
        expect(published && proposalState({ ...published, number: 1 })).toBe('published');
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

    describe('what people think of a draft, and what they say when they try it', () => {
      it('is one stance each, which may change', async () => {
        const draft = { proposalId: await propose('Is it fun?'), number: 1 };
        const stances = createProposalStances(database);
        await stances.take(draft, person('otter'), 'in-favour', AT);
        await stances.take(draft, person('heron'), 'against', AT);
        await stances.take(draft, person('heron'), 'unsure', LATER);
        const found = await stances.of(draft.proposalId, 1);
        expect([...found.values()].toSorted()).toEqual(['in-favour', 'unsure']);
        expect(await stances.of(draft.proposalId, 2)).toEqual(new Map());
      });

      it('is kept with the draft, the level and the language', async () => {
        const proposalId = await propose('Is it fun?');
        const tryOuts = createTryOuts(database);
        const tried = { proposalId, number: 1, level: 'p5-p7', language: 'en', hard: true, thought: null } as const;
        expect(await tryOuts.add({ ...tried, accountId: person('heron') }, AT)).toBeNull();
        expect(await tryOuts.of(proposalId)).toMatchObject([{ number: 1, level: 'p5-p7', hard: true, triedAt: AT }]);
        expect(await tryOuts.of('nothing')).toEqual([]);
      });
    });

    describe('a spreadsheet that somebody sent', () => {
      it('takes the place of the one before, and is theirs alone', async () => {
        const sheets = createSpreadsheets(database);
        const read = { survey: null, texts: [], questions: [], notTaken: [], assumed: [], missing: [] };
        const keep = (name: string) => sheets.keep({ surveyId: 'primary', name, read }, person('otter'), AT);
        const [before, now] = [await keep('one.xlsx'), await keep('two.xlsx')];
        expect(await sheets.find(before, person('otter'))).toBeUndefined();
        expect(await sheets.find(now, person('otter'))).toMatchObject({ name: 'two.xlsx', read });
        expect(await sheets.find(now, person('heron'))).toBeUndefined();
      });
    });
  });
}
