import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createBoardCards, type BoardCards } from '../../../server/storage/board-cards.ts';
import { createBoardLooks } from '../../../server/storage/board-looks.ts';
import { createBoards, type Boards } from '../../../server/storage/boards.ts';
import { createBoardUndertakings } from '../../../server/storage/board-undertakings.ts';
import { createForums } from '../../../server/storage/forums.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-02T09:00:00.000Z';

export function boardsContract(openDatabaseForTest: OpenDatabase): void {
  describe('boards', () => {
    let test: TestDatabase;
    let boards: Boards;
    let cards: BoardCards;
    let forumId: string;
    let me: string;
    let other: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      boards = createBoards(test.database);
      cards = createBoardCards(test.database);
      me = await account('green');
      other = await account('blue');
      const workers = [{ accountId: me, shownAs: 'green' }];
      const made = await createForums(test.database).make(
        { authorityId: AUTHORITY_ID, name: 'Thursday', workers, madeBy: null },
        AT,
      );
      forumId = made === 'name-taken' ? '' : made.id;
    });
    afterAll(() => test.end());

    async function account(signInName: string): Promise<string> {
      const added = { authorityId: AUTHORITY_ID, signInName, passwordHash: 'x', roles: ['youth-worker'] } as const;
      const outcome = await createAccounts(test.database).add(added, AT);
      return outcome === 'name-taken' ? '' : outcome.id;
    }
    const make = async (title = 'After school') =>
      (await boards.make({ forumId, title, about: 'What is there to do?', language: 'en', madeBy: me }, AT)).id;
    const said = (words: string, accountId = me) => ({
      ...{ forumId, accountId, words },
      ...{ language: 'en', showsFrom: AT, holdReason: null },
    });
    const add = (boardId: string, ...words: string[]) =>
      cards.add(
        { boardId, kind: 'needs', fromRoom: false, headingId: null, linkedId: null },
        words.map((one) => said(one)),
        AT,
      );

    it('are found by forum, with the events that were opened and ended', async () => {
      const id = await make();
      expect(await boards.openEvent(id, 'needs', me, AT)).toBe('opened');
      expect(await boards.openEvent(id, 'needs', me, AT)).toBe('done-already');
      expect(await boards.endEvent(id, 'needs', me, LATER)).toBe(true);
      expect(await boards.endEvent(id, 'needs', me, LATER)).toBe(false);
      const [found] = (await boards.ofForums([forumId])).filter((board) => board.id === id);
      expect(found!.events).toEqual([{ kind: 'needs', openedAt: AT, endedAt: LATER }]);
      expect(await boards.find(id)).toEqual(found);
      expect([await boards.ofForums([]), await boards.find('none')]).toEqual([[], undefined]);
    });

    it('keep every place where a card stood, and take a change of what was seen alone', async () => {
      const boardId = await make();
      const headingId = await cards.addHeading({ boardId, kind: 'needs' }, said('Places'), AT);
      const [id] = await add(boardId, 'A warm place');
      expect(await cards.change(id!, 1, { headingId, by: other }, LATER)).toBe('changed');
      expect(await cards.change(id!, 1, { headingId: null, by: me }, LATER)).toBe('changed-meanwhile');
      expect((await cards.find(id!))!.versions).toEqual([
        { version: 1, headingId: null, linkedId: null, changedBy: me },
        { version: 2, headingId, linkedId: null, changedBy: other },
      ]);
      const [linked] = await add(boardId, 'Another');
      await cards.change(id!, 2, { linkedId: linked!, by: me }, LATER);
      expect((await cards.find(id!))!.versions.at(-1)).toMatchObject({ headingId, linkedId: linked });
      expect(await cards.headings(boardId)).toEqual([
        {
          ...{ id: headingId, boardId, kind: 'needs' },
          versions: [{ version: 1, changedBy: me, renamed: null, isRemoved: false }],
        },
      ]);
    });

    it('give a heading other words, and take off an empty one alone, by the version that was seen', async () => {
      const boardId = await make();
      const id = await cards.addHeading({ boardId, kind: 'needs' }, said('Places'), AT);
      const renamed = { words: 'Warm places', language: 'en' };
      const change = (from: number, words: typeof renamed | null, by = me) =>
        cards.changeHeading(id, from, { by, renamed: words }, LATER);
      expect(await change(1, renamed)).toBe('changed');
      expect(await change(1, { words: 'Late', language: 'en' }, other)).toBe('changed-meanwhile');
      const [card] = await add(boardId, 'A hall');
      await cards.change(card!, 1, { headingId: id, by: me }, LATER);
      expect(await change(2, null)).toBe('not-empty');
      await cards.change(card!, 2, { headingId: null, by: me }, LATER);
      expect(await change(2, null)).toBe('changed');
      expect(await change(3, renamed)).toBe('changed-meanwhile');
      const [heading] = await cards.headings(boardId);
      expect(heading!.versions).toEqual([
        { version: 1, changedBy: me, renamed: null, isRemoved: false },
        { version: 2, changedBy: me, renamed, isRemoved: false },
        { version: 3, changedBy: me, renamed, isRemoved: true },
      ]);
    });

    it('let one of two changes at once through', async () => {
      const [id] = await add(await make(), 'Wanted by two');
      const outcomes = await Promise.all([me, other].map((by) => cards.change(id!, 1, { headingId: null, by }, LATER)));
      expect(outcomes.toSorted()).toEqual(['changed', 'changed-meanwhile']);
      expect((await cards.find(id!))!.versions).toHaveLength(2);
    });

    it('give as many stars as there are, one a card, and back again', async () => {
      const boardId = await make();
      const ids = await add(boardId, 'One', 'Two', 'Three');
      const [one, two, three] = await Promise.all(ids.map(async (id) => (await cards.find(id))!));
      expect(await cards.star(one!, me, 2, AT)).toBe('starred');
      expect(await cards.star(one!, me, 2, AT)).toBe('starred');
      expect(await cards.star(two!, me, 2, AT)).toBe('starred');
      expect(await cards.star(three!, me, 2, AT)).toBe('none-left');
      expect(await cards.star(three!, other, 2, AT)).toBe('starred');
      await cards.unstar(two!.id, me);
      expect(await cards.star(three!, me, 2, AT)).toBe('starred');
      expect((await cards.find(three!.id))!.starredBy.toSorted()).toEqual([me, other].toSorted());
      // A card that is withdrawn gives its stars back.
      await cards.withdraw(one!.id, LATER);
      expect(await cards.find(one!.id)).toBeUndefined();
      expect(await cards.star(two!, me, 2, AT)).toBe('starred');
      expect((await cards.ofBoard(boardId)).map(({ id }) => id).toSorted()).toEqual([two!.id, three!.id].toSorted());
    });

    it('remember what each person saw, and at which of their looks first', async () => {
      const boardId = await make();
      const looks = createBoardLooks(test.database);
      const place = { boardId, kind: 'needs', accountId: me } as const;
      const [first, second] = await add(boardId, 'First', 'Second');
      expect(await looks.find(place)).toBeUndefined();
      await looks.add(place, [{ id: first!, version: 1 }], AT);
      await looks.add(
        place,
        [
          { id: first!, version: 1 },
          { id: second!, version: 3 },
        ],
        LATER,
      );
      expect(await looks.find(place)).toEqual({
        look: 2,
        sights: new Map([
          [first, { version: 1, look: 1 }],
          [second, { version: 3, look: 2 }],
        ]),
      });
      expect(await looks.find({ ...place, accountId: other })).toBeUndefined();
      expect(await looks.find({ ...place, kind: 'ideas' })).toBeUndefined();
    });

    it('hold what was signed, once by each', async () => {
      const boardId = await make();
      const [cardId] = await add(boardId, 'An idea');
      const undertakings = createBoardUndertakings(test.database);
      const signed = { cardId: cardId!, accountId: other, signedAs: 'Head of halls', words: 'Open it.' };
      const whole = { ...signed, language: 'en', dueOn: '2026-09-01' };
      expect(await undertakings.sign(whole, LATER)).toBe('signed');
      expect(await undertakings.sign(whole, LATER)).toBe('done-already');
      expect(await undertakings.ofBoard(boardId)).toEqual([{ ...whole, signedAt: LATER }]);
    });
  });
}
