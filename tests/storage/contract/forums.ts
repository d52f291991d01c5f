import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createContributions, insertContribution, type Contributions } from '../../../server/storage/contributions.ts';
import { createForumEndings, type ForumEndings } from '../../../server/storage/forum-endings.ts';
import { createForumMembers, type ForumMembers } from '../../../server/storage/forum-members.ts';
import { createForums, type Forums } from '../../../server/storage/forums.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-02T09:00:00.000Z';

export function forumsContract(openDatabaseForTest: OpenDatabase): void {
  describe('forums', () => {
    let test: TestDatabase;
    let forums: Forums;
    let members: ForumMembers;
    let contributions: Contributions;
    let endings: ForumEndings;
    let workers: { accountId: string; shownAs: string }[];
    let forumId: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      forums = createForums(test.database);
      members = createForumMembers(test.database);
      contributions = createContributions(test.database);
      endings = createForumEndings(test.database);
      workers = [await worker('green'), await worker('blue')];
      const made = await forums.make({ authorityId: AUTHORITY_ID, name: 'Thursday', workers, madeBy: null }, AT);
      forumId = made === 'name-taken' ? '' : made.id;
    });
    afterAll(() => test.end());

    async function worker(shownAs: string) {
      const account = {
        authorityId: AUTHORITY_ID,
        signInName: shownAs,
        passwordHash: 'x',
        roles: ['youth-worker'],
      } as const;
      const added = await createAccounts(test.database).add(account, AT);
      return { accountId: added === 'name-taken' ? '' : added.id, shownAs };
    }
    const invite = (accountId: string | null = null) =>
      members.invite(forumId, { invitedBy: workers[0]!.accountId, accountId }, AT);
    const join = (token: string, pseudonym: string) =>
      members.join(token, { pseudonym, signInName: pseudonym, picture: 'kite', passwordHash: 'x', rules: 1 }, AT);
    async function member(pseudonym: string): Promise<string> {
      const joined = await join((await invite()).token, pseudonym);
      return typeof joined === 'string' ? joined : joined.accountId;
    }
    const say = (accountId: string, words: string, holdReason: 'harm' | 'contact' | null = null) =>
      test.database.query
        .transaction()
        .execute((trx) =>
          insertContribution(trx, { forumId, accountId, words, language: 'en', showsFrom: AT, holdReason }, AT),
        );

    it('are known with their youth workers, the one on call first', async () => {
      const forum = (await forums.find(forumId))!;
      expect(forum.workers).toEqual([
        { ...workers[0], onCall: true },
        { ...workers[1], onCall: false },
      ]);
      await forums.setOnCall(forumId, workers[1]!.accountId);
      expect((await forums.find(forumId))!.workers.map(({ shownAs }) => shownAs)).toEqual(['blue', 'green']);
      const again = { authorityId: AUTHORITY_ID, name: 'Thursday', workers, madeBy: null };
      expect(await forums.make(again, AT)).toBe('name-taken');
      expect((await forums.list(AUTHORITY_ID)).map(({ id }) => id)).toEqual([forumId]);
    });

    it('keep the hours that were set last, by weekday', async () => {
      await forums.setHours(forumId, [{ weekday: 1, opensAt: '09:00', closesAt: '10:00' }]);
      const hours = [
        { weekday: 2, opensAt: '16:00', closesAt: '18:00' },
        { weekday: 4, opensAt: '16:00', closesAt: '18:00' },
      ] as const;
      await forums.setHours(forumId, hours.toReversed());
      expect((await forums.find(forumId))!.hours).toEqual(hours);
    });

    it('are paused once at a time, as a whole and by member', async () => {
      const accountId = await member('paused');
      const by = workers[0]!.accountId;
      for (const who of [null, accountId]) {
        expect(await forums.pause(forumId, { accountId: who, reason: 'a breath', pausedBy: by }, AT)).toBe('paused');
        expect(await forums.pause(forumId, { accountId: who, reason: 'again', pausedBy: by }, AT)).toBe('done-already');
      }
      const { pauses } = (await forums.find(forumId))!;
      expect(pauses.map(({ reason }) => reason)).toEqual(['a breath', 'a breath']);
      expect(await forums.endPause('another forum', pauses[0]!.id, by, LATER)).toBe(false);
      for (const { id } of pauses) expect(await forums.endPause(forumId, id, by, LATER)).toBe(true);
      expect((await forums.find(forumId))!.pauses).toEqual([]);
    });

    it('are joined once by an invitation that was neither used nor revoked nor is old', async () => {
      const { token } = await invite();
      expect((await members.open(token, LATER))?.forumId).toBe(forumId);
      expect(await members.open(token, '2026-05-15T09:00:00.000Z')).toBeUndefined();
      const outcomes = await Promise.all([join(token, 'first'), join(token, 'second')]);
      expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(1);
      const revoked = await invite();
      expect(await members.revoke(forumId, revoked.id, LATER)).toBe(true);
      expect(await members.revoke(forumId, revoked.id, LATER)).toBe(false);
      expect(await join(revoked.token, 'third')).toBe('gone');
      const taken = await invite();
      await member('taken');
      expect(await join(taken.token, 'taken')).toBe('name-taken');
      expect(await members.open(taken.token, LATER)).toBeDefined();
    });

    it('know their members by pseudonym, with the rules that they agreed to, until they leave', async () => {
      const accountId = await member('otter');
      expect(await members.find(accountId)).toMatchObject({ pseudonym: 'otter', agreedRules: 1, leftAt: null });
      await members.agree(accountId, 2, LATER);
      await members.agree(accountId, 2, LATER);
      expect((await members.find(accountId))!.agreedRules).toBe(2);
      expect(await members.leave('another forum', accountId, LATER)).toBe(false);
      expect(await members.leave(forumId, accountId, LATER)).toBe(true);
      expect(await members.leave(forumId, accountId, LATER)).toBe(false);
      expect((await members.find(accountId))!.leftAt).toBe(LATER);
      expect(await createAccounts(test.database).findPasswordHash('otter')).toBeUndefined();
    });

    it('renew a pass-phrase once, by an invitation of that member', async () => {
      const accountId = await member('lost');
      const { token } = await invite(accountId);
      expect(await join(token, 'somebody else')).toBe('gone');
      expect(await members.renew(token, 'new', LATER)).toEqual({ accountId });
      expect(await members.renew(token, 'newer', LATER)).toBe('gone');
      expect((await createAccounts(test.database).findPasswordHash('lost'))?.passwordHash).toBe('new');
      expect(await members.renew((await invite()).token, 'x', LATER)).toBe('gone');
    });

    it('show what was said with what became of it', async () => {
      const author = await member('author');
      const by = workers[0]!.accountId;
      const plain = await say(author, 'plain');
      const contact = await say(author, 'contact', 'contact');
      const harm = await say(author, 'harm', 'harm');
      expect((await contributions.held(forumId)).map(({ id }) => id)).toEqual([harm, contact]);
      expect(await contributions.settle(contact, { shown: false, note: 'no', by }, LATER)).toBe(true);
      expect(await contributions.settle(contact, { shown: true, note: '', by }, LATER)).toBe(false);
      expect((await contributions.find(contact))!.hold).toEqual({ reason: 'contact', shown: false, note: 'no' });
      expect(await contributions.hide(plain, 'why', by, LATER)).toBe(true);
      expect(await contributions.hide(plain, 'why', by, LATER)).toBe(false);
      expect((await contributions.find(plain))!.hidden).toEqual({ reason: 'why' });
      expect(await contributions.restore(plain, by, LATER)).toBe(true);
      expect((await contributions.find(plain))!).toMatchObject({ hidden: null, author: 'author', mayBePublic: false });
      expect((await contributions.ofAuthor(author)).map(({ words }) => words).toSorted()).toEqual([
        'contact',
        'harm',
        'plain',
      ]);
      expect(await contributions.many([])).toEqual([]);
      const byWorker = await say(by, 'hello');
      expect((await contributions.find(byWorker))!.author).toBe('green');
    });

    it('keep a report of each person until it is settled, and the author’s consent until it is withdrawn', async () => {
      const id = await say(await member('reported'), 'reported');
      for (const by of [workers[0]!.accountId, workers[1]!.accountId, workers[1]!.accountId])
        await contributions.report(id, { by, words: 'look' }, AT);
      expect((await contributions.find(id))!.reports).toHaveLength(2);
      expect((await contributions.reported(forumId)).map((one) => one.id)).toEqual([id]);
      await contributions.settleReports(id, workers[0]!.accountId, LATER);
      expect(await contributions.reported(forumId)).toEqual([]);
      await contributions.consent(id, true, AT);
      expect((await contributions.find(id))!.mayBePublic).toBe(true);
      await contributions.consent(id, false, LATER);
      expect((await contributions.find(id))!.mayBePublic).toBe(false);
    });

    it('lose the words of a member who asks for it, but for what a youth worker has still to look at', async () => {
      const [author, other] = [await member('leaver'), await member('stayer')];
      const [plain, held, theirs] = [
        await say(author, 'mine'),
        await say(author, 'harm', 'harm'),
        await say(other, 'theirs'),
      ];
      await contributions.consent(plain, true, AT);
      const remove = () => endings.removeWords(forumId, author, author, LATER);
      expect(await contributions.writers(forumId)).toContain(author);
      expect(await remove()).toEqual({ removed: 1, waiting: 1 });
      expect((await contributions.find(plain))!).toMatchObject({ words: '', isRemoved: true, mayBePublic: false });
      expect((await contributions.find(held))!).toMatchObject({ words: 'harm', isRemoved: false });
      expect((await contributions.find(theirs))!.words).toBe('theirs');
      await contributions.settle(held, { shown: false, note: 'no', by: workers[0]!.accountId }, LATER);
      expect(await remove()).toEqual({ removed: 1, waiting: 0 });
      expect(await contributions.writers(forumId)).not.toContain(author);
    });

    it('end once, with every membership, and lose words, names and pass-phrases when that is due', async () => {
      const made = await forums.make({ authorityId: AUTHORITY_ID, name: 'To end', workers, madeBy: null }, AT);
      const id = made === 'name-taken' ? '' : made.id;
      const by = workers[0]!.accountId;
      const { token } = await members.invite(id, { invitedBy: by, accountId: null }, AT);
      const joining = { pseudonym: 'Ender', signInName: 'ender', picture: 'kite', passwordHash: 'secret', rules: 1 };
      const joined = await members.join(token, joining, AT);
      const accountId = typeof joined === 'string' ? joined : joined.accountId;
      const open = await members.invite(id, { invitedBy: by, accountId: null }, AT);
      await forums.pause(id, { accountId, reason: 'about Ender', pausedBy: by }, AT);
      const said = await test.database.query
        .transaction()
        .execute((trx) =>
          insertContribution(
            trx,
            { forumId: id, accountId, words: 'Ender was here', language: 'en', showsFrom: AT, holdReason: 'harm' },
            AT,
          ),
        );
      expect(await endings.end(id, by, LATER)).toBe(true);
      expect(await endings.end(id, by, LATER)).toBe(false);
      expect((await forums.find(id))!.ending).toEqual({ endedAt: LATER, deletedAt: null });
      expect(await createAccounts(test.database).findPasswordHash('ender')).toBeUndefined();
      expect(await members.open(open.token, LATER)).toBeUndefined();
      expect((await contributions.find(said))!.words).toBe('Ender was here');
      expect(await endings.due(AT)).toEqual([]);
      expect(await endings.due(LATER)).toEqual([{ forumId: id, endedAt: LATER }]);
      await endings.deleteForum(id, LATER);
      expect(await endings.due(LATER)).toEqual([]);
      expect((await contributions.find(said))!).toMatchObject({ words: '', author: '', isRemoved: true });
      const account = test.database.query.selectFrom('accounts').selectAll().where('id', '=', accountId);
      expect(JSON.stringify(await account.execute())).not.toMatch(/ender|secret/i);
      const pauses = test.database.query.selectFrom('forum_pauses').select('reason').where('forum_id', '=', id);
      expect(await pauses.execute()).toEqual([{ reason: '' }]);
    });
  });
}
