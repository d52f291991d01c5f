import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftContent } from '../../../server/core/drafts/draft.ts';
import { nextVersion } from '../../../server/core/survey/next-version.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createBoardCards } from '../../../server/storage/board-cards.ts';
import { createBoards } from '../../../server/storage/boards.ts';
import type { Database } from '../../../server/storage/database.ts';
import { createForums } from '../../../server/storage/forums.ts';
import { createProposalCards } from '../../../server/storage/proposal-cards.ts';
import { createProposals, type Proposals } from '../../../server/storage/proposals.ts';
import { createQuestionOrigins, type QuestionOrigins } from '../../../server/storage/question-origins.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../../server/storage/surveys.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const primary = readSurveyFolders().find(({ definition }) => definition.id === 'primary')!;

export function questionOriginsContract(openDatabaseForTest: OpenDatabase): void {
  describe('where questions come from', () => {
    let test: TestDatabase;
    let database: Database;
    let proposals: Proposals;
    let origins: QuestionOrigins;
    let me: string;
    let first: SurveyVersion;

    beforeEach(async () => {
      test = await openDatabaseForTest();
      ({ database } = test);
      await storePlaces(database);
      const account = { authorityId: AUTHORITY_ID, signInName: 'otter', passwordHash: 'none', roles: [] };
      const added = await createAccounts(database).add(account, AT);
      me = added === 'name-taken' ? '' : added.id;
      first = await createSurveys(database).publish(primary, null, AT);
      proposals = createProposals(database);
      origins = createQuestionOrigins(database);
    });
    afterEach(() => test.end());

    const content = (question: string): DraftContent => ({
      item: {
        ...{ kind: 'one-choice', id: 'draft', tags: { domain: 'friends', shanarri: [], uncrc: [] } },
        ...{ optOuts: ['dont-know'], options: [{ code: 'yes' }, { code: 'no' }] },
      },
      language: 'en',
      texts: { en: { text: question, options: { yes: 'Yes', no: 'No' } } },
      whyAsk: 'We want to know.',
    });

    async function propose(question: string): Promise<string> {
      const survey = { authorityId: AUTHORITY_ID, surveyId: 'primary', purpose: 'new' } as const;
      const whole = { ...survey, content: content(question), proposedBy: me, contribution: null };
      const outcome = await proposals.add(whole, [], AT);
      return outcome === 'there-already' ? '' : outcome.id;
    }

    /** Publishes a proposal as it stands, as the next version. @returns the version and the question's id */
    async function publish(id: string) {
      const { item, texts } = (await proposals.find(id))!.drafts[0]!;
      const words = { ...texts, ar: { text: 'سؤال', options: { yes: 'نعم', no: 'لا' } } };
      const next = nextVersion(primary, { additions: [{ item, after: null, texts: words }] });
      const changes = { facts: next.facts, language: null, proposals: new Map([[item.id, id]]) };
      const outcome = await proposals.publish({
        ...{ basedOn: first, content: { ...next.content, changes } },
        ...{ proposals: [{ id, number: 1 }], publishedBy: me, at: AT },
      });
      if (typeof outcome === 'string') throw new Error(`The version was not published: ${outcome}.`);
      return { version: outcome, item: item.id };
    }

    /** @returns ids of ideas on a board, one for each text */
    async function ideas(...words: string[]): Promise<string[]> {
      const workers = [{ accountId: me, shownAs: 'green' }];
      const forum = { authorityId: AUTHORITY_ID, name: 'Thursday', workers, madeBy: null };
      const made = await createForums(database).make(forum, AT);
      const forumId = made === 'name-taken' ? '' : made.id;
      const board = { forumId, title: 'After school', about: 'What is there?', language: 'en', madeBy: me };
      const { id: boardId } = await createBoards(database).make(board, AT);
      const place = { boardId, kind: 'ideas', fromRoom: false, headingId: null, linkedId: null } as const;
      const said = words.map((one) => ({
        ...{ forumId, accountId: me, words: one, language: 'en', showsFrom: AT, holdReason: null },
      }));
      const cards = createBoardCards(database);
      await cards.add(place, said, AT);
      return (await cards.ofBoard(boardId)).map(({ id }) => id);
    }

    it('is nothing for questions that nobody proposed', async () => {
      await propose('Fishing?');
      expect(await origins.ofVersion(first)).toEqual(new Map());
      expect(await origins.published(AUTHORITY_ID)).toEqual(new Map());
    });

    it('is the proposal and its idea, from the version that first asks it on', async () => {
      const [card] = await ideas('Ask about fishing');
      const id = await propose('Fishing?');
      await createProposalCards(database).add(id, card!);
      const { version, item } = await publish(id);
      expect(await origins.ofVersion(version)).toEqual(
        new Map([[item, { proposals: [{ id, authorityId: AUTHORITY_ID, hasWords: true }], cardIds: [card] }]]),
      );
      expect(await origins.ofVersion(first)).toEqual(new Map());
      const question = { versionId: version.id, number: 2, surveyId: 'primary', itemId: item };
      expect(await origins.published(AUTHORITY_ID)).toEqual(new Map([[id, question]]));
      expect(await origins.published('elsewhere')).toEqual(new Map());
    });

    it('is what was merged into it as well, for as long as it is merged', async () => {
      const cards = await ideas('Ask about fishing', 'Ask about boats');
      const [into, from] = [await propose('Fishing?'), await propose('Boats?')];
      await createProposalCards(database).add(into, cards[0]!);
      await createProposalCards(database).add(from, cards[1]!);
      await proposals.end(from, { how: 'merged', intoId: into, reason: '', by: me }, AT);
      const { version, item } = await publish(into);
      const found = (await origins.ofVersion(version)).get(item)!;
      expect(found.cardIds.toSorted()).toEqual(cards.toSorted());
      expect(found.proposals.map(({ id }) => id)).toEqual([into]);
      expect((await origins.published(AUTHORITY_ID)).get(from)?.itemId).toBe(item);
      await proposals.restore(from, me, AT);
      expect((await origins.ofVersion(version)).get(item)!.cardIds).toEqual([cards[0]]);
      expect((await origins.published(AUTHORITY_ID)).has(from)).toBe(false);
    });
  });
}
