import { WEEKDAYS } from '../../core/forum/opening-hours.ts';
import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import { createForums } from '../../storage/forums.ts';
import type { Services } from '../../web/services.ts';
import { addBoard } from './board.ts';
import { addProposals } from './proposals.ts';

/** Members of the demonstration's forum, by the picture that they chose; no name is anybody's. */
const MEMBERS = [
  { pseudonym: 'Quiet Otter', picture: 'fish', signInName: 'forum-member' },
  { pseudonym: 'Paper Kite', picture: 'kite', signInName: 'paper kite' },
  { pseudonym: 'قمر الصباح', picture: 'star', signInName: 'قمر الصباح' },
] as const;

/** Whom the forum of the demonstration is made of. */
export interface SeededForum {
  authorityId: string;
  /** Two youth workers; the first is on call. */
  workers: readonly { accountId: string; shownAs: string }[];
  administrator: string;
  passwordHash: string;
}

/**
 * Adds a forum that is open every day, so that whoever tries the demonstration sees at once what is written.
 * @returns ids of its members' accounts
 */
export async function addForum({ database, clock }: Services, seeded: SeededForum): Promise<string[]> {
  const forums = createForums(database);
  const members = createForumMembers(database);
  const { authorityId, workers, administrator, passwordHash } = seeded;
  const made = await forums.make({ authorityId, name: 'Thursday forum', workers, madeBy: administrator }, clock());
  if (made === 'name-taken')
    throw new Error('The demonstration has a forum already: expected none. Seed a new database.');
  await forums.setHours(
    made.id,
    WEEKDAYS.map((weekday) => ({ weekday, opensAt: '00:00', closesAt: '23:59' })),
  );
  const accounts: string[] = [];
  for (const { pseudonym, picture, signInName } of MEMBERS) {
    const { token } = await members.invite(made.id, { invitedBy: workers[0]!.accountId, accountId: null }, clock());
    const member = { pseudonym, signInName, picture, passwordHash, rules: RULES_NUMBER };
    const joined = await members.join(token, member, clock());
    if (typeof joined !== 'string') accounts.push(joined.accountId);
  }
  const seededForum = { forumId: made.id, worker: workers[0]!.accountId, members: accounts };
  await addBoard({ database, clock }, seededForum);
  await addProposals({ database, clock }, { ...seededForum, authorityId });
  return accounts;
}
