import { WEEKDAYS } from '../../core/forum/opening-hours.ts';
import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import { createForums } from '../../storage/forums.ts';
import type { Services } from '../../web/services.ts';

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

/** Adds a forum that is open every day, so that whoever tries the demonstration sees at once what is written. */
export async function addForum({ database, clock }: Services, seeded: SeededForum): Promise<void> {
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
  for (const { pseudonym, picture, signInName } of MEMBERS) {
    const { token } = await members.invite(made.id, { invitedBy: workers[0]!.accountId, accountId: null }, clock());
    await members.join(token, { pseudonym, signInName, picture, passwordHash, rules: RULES_NUMBER }, clock());
  }
}
