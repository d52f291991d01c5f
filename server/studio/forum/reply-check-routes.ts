import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { createReplies } from '../../storage/replies.ts';
import { createReplyChecks } from '../../storage/reply-checks.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { contributionFault, newContribution } from './contribute.ts';
import { demandAgreement, type ForumAccess } from './forum-access.ts';
import { REPLIES_HREF, replyCheckPage, replyChecksPage } from './reply-check-pages.ts';
import { IN_FORUMS } from '../access.ts';

const MEMBERS = { access: ['forum-member'] } as const;
const WithCheck = Type.Object({ check: Type.String({ maxLength: 40 }) });
const Told = Type.Object({ told: Type.Optional(Type.Enum(['thanks', 'changed'])) });
const Verdict = Type.Object(
  {
    clear: Type.Optional(Type.Enum(['yes', 'no'])),
    /** Longer than anything that is kept, so that what was pasted comes back with a kind word. */
    words: Type.Optional(Type.String({ maxLength: 5000 })),
  },
  { additionalProperties: false },
);

/** Replies that a forum reads before everybody does, to say whether they are clear. */
export function replyCheckRoutes(app: App, { database, clock }: Services, access: ForumAccess): void {
  const checks = createReplyChecks(database);
  const replies = createReplies(database);

  /** A check whose words are still those of a reply that waits; undefined for any other, and those of another authority. */
  async function openCheck(request: FastifyRequest, id: string) {
    const check = (await checks.open(person(request).authorityId)).find((one) => one.id === id);
    const reply = check && (await replies.find(check.replyId));
    return check && reply && { check, reply };
  }

  /** Whoever is in a forum may write beside their verdict; its rules hold there. */
  async function forumOf(request: FastifyRequest) {
    return (await access.ofPerson(request)).find(({ forum }) => !forum.ending);
  }

  async function pageFor(
    request: FastifyRequest,
    found: NonNullable<Awaited<ReturnType<typeof openCheck>>>,
    typed: { words: string; faults: FieldFault[] },
  ) {
    const { accountId, roles } = person(request);
    return replyCheckPage(request.language, found, {
      verdict: await checks.verdictOf(found.check.id, accountId),
      isMember: roles.includes('forum-member'),
      mayWrite: (await forumOf(request)) !== undefined,
      ...typed,
    });
  }

  app.get(REPLIES_HREF, { schema: { querystring: Told }, config: IN_FORUMS }, async (request, reply) => {
    const open = await checks.open(person(request).authorityId);
    const listed = await Promise.all(
      open.map(async (check) => ({ check, reply: (await replies.find(check.replyId))! })),
    );
    return reply.page('studio/forum/replies', replyChecksPage(request.language, listed, request.query.told ?? ''));
  });

  app.get(`${REPLIES_HREF}/:check`, { schema: { params: WithCheck }, config: IN_FORUMS }, async (request, reply) => {
    const found = await openCheck(request, request.params.check);
    if (!found) return reply.redirect(`${REPLIES_HREF}?told=changed`, 303);
    return reply.page('studio/forum/reply', await pageFor(request, found, { words: '', faults: [] }));
  });

  app.post(
    `${REPLIES_HREF}/:check/verdicts`,
    { schema: { params: WithCheck, body: Verdict }, config: MEMBERS },
    async (request, reply) => {
      const found = await openCheck(request, request.params.check);
      if (!found) return reply.redirect(`${REPLIES_HREF}?told=changed`, 303);
      const { clear, words = '' } = request.body;
      const viewer = await forumOf(request);
      if (viewer) demandAgreement(viewer);
      const isCommented = viewer !== undefined && words.trim() !== '';
      const faults = faultsOf(request, clear, isCommented ? words : '');
      if (faults.length > 0 || clear === undefined)
        return reply.code(422).page('studio/forum/reply', await pageFor(request, found, { words, faults }));
      const comment = isCommented ? newContribution(viewer, { words, language: request.language.code }, clock()) : null;
      const { accountId } = person(request);
      await checks.answer(found.check.id, { accountId, isClear: clear === 'yes', comment }, clock());
      return reply.redirect(`${REPLIES_HREF}?told=thanks`, 303);
    },
  );
}

function faultsOf(request: FastifyRequest, clear: string | undefined, words: string): FieldFault[] {
  const { loop } = request.language.words;
  return [
    ...(clear === undefined ? [{ field: 'clear', message: loop.forumVerdictFault }] : []),
    ...(contributionFault(words) === 'too-long' ? [{ field: 'words', message: loop.forumWordsLong }] : []),
  ];
}
