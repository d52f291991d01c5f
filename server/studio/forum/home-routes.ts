import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { Fault } from '../../errors.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import type { App, Services } from '../../web/services.ts';
import type { ForumAccess } from './forum-access.ts';
import { forumHomePage } from './home-page.ts';
import { ruleWords } from './joining-page.ts';

const MEMBERS = { access: ['forum-member'] } as const;
const RULES_HREF = '/studio/forum/rules';

/** A member's own page of their forum, and its house rules. */
export function forumHomeRoutes(app: App, { database, clock }: Services, access: ForumAccess): void {
  const members = createForumMembers(database);
  const contributions = createContributions(database);

  app.get('/studio/forum', { config: MEMBERS }, async (request, reply) => {
    const viewer = (await access.ofPerson(request)).find(({ member }) => member !== null);
    if (!viewer?.member) throw new Fault('not-found', 'This account is in no forum.');
    if (viewer.member.agreedRules < RULES_NUMBER) return reply.redirect(RULES_HREF, 303);
    const facts = {
      own: await contributions.ofAuthor(viewer.accountId),
      members: await members.ofForum(viewer.forum.id),
      now: clock(),
    };
    return reply.page(
      'studio/forum/home',
      forumHomePage(request.language, { ...viewer, member: viewer.member }, facts),
    );
  });

  app.get(RULES_HREF, { config: MEMBERS }, (request, reply) => {
    const { language } = request;
    const title = language.words.forum.rulesTitle;
    return reply.page('studio/forum/rules', { title, rules: ruleWords(language), action: '/studio/forum/agreement' });
  });

  app.post('/studio/forum/agreement', { config: MEMBERS }, async (request, reply) => {
    const viewer = (await access.ofPerson(request)).find(({ member }) => member !== null);
    if (!viewer) throw new Fault('not-found', 'This account is in no forum.');
    await members.agree(viewer.accountId, RULES_NUMBER, clock());
    return reply.redirect('/studio/forum', 303);
  });
}
