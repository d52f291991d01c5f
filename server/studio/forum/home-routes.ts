import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { Fault } from '../../errors.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createAudit } from '../../storage/audit.ts';
import { createForumEndings } from '../../storage/forum-endings.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import type { ForumAccess } from './forum-access.ts';
import { forumHomePage } from './home-page.ts';
import { ruleWords } from './joining-page.ts';

const MEMBERS = { access: ['forum-member'] } as const;
const Removal = Type.Object({ sure: Type.Optional(Type.Literal('yes')) }, { additionalProperties: false });
const RULES_HREF = '/studio/forum/rules';

/** A member's own page of their forum, and its house rules. */
export function forumHomeRoutes(app: App, { database, clock }: Services, access: ForumAccess): void {
  const members = createForumMembers(database);
  const contributions = createContributions(database);
  const endings = createForumEndings(database);
  const audit = createAudit(database);

  async function show(request: FastifyRequest, reply: FastifyReply, faults: FieldFault[]): Promise<FastifyReply> {
    const viewer = (await access.ofPerson(request)).find(({ member }) => member !== null);
    if (!viewer?.member) throw new Fault('not-found', 'This account is in no forum.');
    if (viewer.member.agreedRules < RULES_NUMBER) return reply.redirect(RULES_HREF, 303);
    const facts = {
      own: await contributions.ofAuthor(viewer.accountId),
      members: await members.ofForum(viewer.forum.id),
      faults,
      now: clock(),
    };
    return reply.page(
      'studio/forum/home',
      forumHomePage(request.language, { ...viewer, member: viewer.member }, facts),
    );
  }

  app.get('/studio/forum', { config: MEMBERS }, (request, reply) => show(request, reply, []));

  app.post('/studio/forum/words-removal', { schema: { body: Removal }, config: MEMBERS }, async (request, reply) => {
    const viewer = (await access.ofPerson(request)).find(({ member }) => member !== null);
    if (!viewer) throw new Fault('not-found', 'This account is in no forum.');
    const { forum: words } = request.language.words;
    if (request.body.sure === undefined)
      return show(request, reply.code(422), [{ field: 'sure', message: words.removeSureFault }]);
    const { forum, accountId } = viewer;
    const { waiting } = await endings.removeWords(forum.id, accountId, accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'words-removed', subject: `${forum.id} ${accountId}` });
    if (waiting === 0) return reply.redirect('/studio/forum', 303);
    const message = request.language.say('forum', 'removalWaits', { count: waiting });
    return show(request, reply.code(409), [{ field: 'unseen', message }]);
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
