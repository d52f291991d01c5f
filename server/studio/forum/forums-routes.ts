import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { tidy } from '../../core/survey/proposal.ts';
import { createAccounts, type Account } from '../../storage/accounts.ts';
import { createAudit } from '../../storage/audit.ts';
import { createForums } from '../../storage/forums.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { forumsPage, type ForumForm } from './forums-page.ts';

export const FORUMS_HREF = '/studio/forums';
const LONGEST_NAME = 60;
/** So that there is always an adult, and a second one who sees what the first one does. */
const FEWEST_WORKERS = 2;
const MOST_ACCOUNTS = 200;

const NewForum = Type.Object(
  {
    name: Type.String({ maxLength: 500 }),
    workers: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: MOST_ACCOUNTS, uniqueItems: true })),
    /** Beside every account that could be chosen, in their order, so that nothing that was typed is lost. */
    accounts: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: MOST_ACCOUNTS })),
    shownAs: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: MOST_ACCOUNTS })),
  },
  { additionalProperties: false },
);
const NOTHING_YET: ForumForm = { name: '', shownAs: new Map(), chosen: [], faults: [] };

/** The forums of an authority: administrators make them, youth workers find their own. */
export function forumsRoutes(app: App, { database, clock }: Services): void {
  const forums = createForums(database);
  const accounts = createAccounts(database);
  const audit = createAudit(database);

  /** Accounts that may be youth workers of a forum. */
  const workersOf = async (authorityId: string): Promise<Account[]> =>
    (await accounts.list(authorityId)).filter(({ roles }) => roles.includes('youth-worker'));

  async function show(request: FastifyRequest, reply: FastifyReply, form: ForumForm): Promise<FastifyReply> {
    const { accountId, authorityId, roles } = person(request);
    const all = await forums.list(authorityId);
    const isOwn = ({ workers }: (typeof all)[number]) => workers.some((worker) => worker.accountId === accountId);
    const mayMake = roles.includes('administrator');
    const workers = mayMake ? await workersOf(authorityId) : null;
    const seen = mayMake ? all : all.filter(isOwn);
    return reply.page('studio/forum/forums', forumsPage(request.language, seen, isOwn, workers, form));
  }

  app.get(FORUMS_HREF, { config: { access: ['administrator', 'youth-worker'] } }, (request, reply) =>
    show(request, reply, NOTHING_YET),
  );

  app.post(
    FORUMS_HREF,
    { schema: { body: NewForum }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { accounts: listed = [], shownAs: names = [], workers: chosen = [] } = request.body;
      const shownAs = new Map(listed.map((id, index) => [id, names[index] ?? '']));
      const form = { name: request.body.name, shownAs, chosen };
      const able = await workersOf(authorityId);
      const workers = able
        .filter(({ id }) => chosen.includes(id))
        .map(({ id }) => ({ accountId: id, shownAs: tidy(shownAs.get(id) ?? '') }));
      const name = tidy(request.body.name);
      const faults = forumFaults(request.language, name, workers, able);
      if (faults.length > 0) return show(request, reply.code(422), { ...form, faults });
      const outcome = await forums.make({ authorityId, name, workers, madeBy: accountId }, clock());
      if (outcome === 'name-taken') {
        const taken = { field: 'name', message: request.language.words.forum.forumNameTaken };
        return show(request, reply.code(422), { ...form, faults: [taken] });
      }
      await audit.write({ at: clock(), accountId, action: 'forum-made', subject: outcome.id });
      return reply.redirect(FORUMS_HREF, 303);
    },
  );
}

function forumFaults(
  { words: { forum } }: Language,
  name: string,
  workers: readonly { accountId: string; shownAs: string }[],
  able: readonly Account[],
): FieldFault[] {
  const length = [...name].length;
  const unnamed = workers.find(({ shownAs }) => shownAs === '' || [...shownAs].length > LONGEST_NAME);
  const place = able.findIndex(({ id }) => id === unnamed?.accountId);
  return [
    ...(length > 0 && length <= LONGEST_NAME ? [] : [{ field: 'name', message: forum.forumNameFault }]),
    ...(workers.length >= FEWEST_WORKERS ? [] : [{ field: 'worker-0', message: forum.workersFault }]),
    ...(unnamed ? [{ field: `worker-${place}-shown-as`, message: forum.shownAsFault }] : []),
  ];
}
