import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { undeclaredFacts } from '../core/survey/version-changes.ts';
import { Fault } from '../errors.ts';
import { createProposals } from '../storage/proposals.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createVersionChanges } from '../storage/version-changes.ts';
import { createVersionCredits } from '../storage/version-credits.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { ForumAccess } from './forum/forum-access.ts';
import { createQuestionLinks } from './question-links.ts';
import { versionPage, type ComparedVersion } from './version-page.ts';
import { contentOf } from './surveys.ts';
import type { WordedVersion } from './words.ts';

const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Credit = Type.Object({ kind: Type.Enum(['named', 'unnamed']) }, { additionalProperties: false });

/** The page of a version, which everybody signed in reads, and the credits of those who helped with it. */
export function versionRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, clock } = services;
  const surveys = createSurveys(database);
  const proposals = createProposals(database);
  const changes = createVersionChanges(database);
  const credits = createVersionCredits(database);
  const questionLinks = createQuestionLinks(services, access);

  const worded = async (version: SurveyVersion): Promise<WordedVersion> => ({
    version,
    texts: await surveys.texts(version.id),
  });

  async function find(id: string): Promise<SurveyVersion> {
    const version = await surveys.find(id);
    if (!version) throw new Fault('not-found');
    return version;
  }

  async function comparedWith(earlierId: string, now: WordedVersion): Promise<ComparedVersion> {
    const before = await worded(await find(earlierId));
    const sealed = await changes.of(now.version.id);
    if (sealed) return { before, ...sealed };
    const facts = undeclaredFacts(contentOf(before), contentOf(now));
    return { before, facts, language: null, changeHash: '' };
  }

  app.get(
    '/studio/versions/:id',
    { schema: { params: WithId }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const now = await worded(await find(request.params.id));
      const { id, surveyId, number } = now.version;
      const history = await proposals.versionsOf(surveyId);
      const earlierId = history.find((one) => one.number === number - 1)?.id;
      const compared = earlierId === undefined ? undefined : await comparedWith(earlierId, now);
      const { accountId, roles } = person(request);
      const proposes = roles.includes('forum-member') || roles.includes('youth-worker');
      const helpers = {
        credits: await credits.of(id),
        helped: await credits.helped(id, accountId),
        own: await credits.ownOf(id, accountId),
      };
      return reply.page(
        'studio/version',
        versionPage(request.language, now, compared, history, {
          helpers,
          links: await questionLinks.ofVersion(request, now),
          mayPropose: proposes && history[0]?.id === id,
        }),
      );
    },
  );

  /** Only who helped with a version has a credit there. */
  async function demandHelped(request: FastifyRequest, versionId: string): Promise<string> {
    const { accountId } = person(request);
    const { id } = await find(versionId);
    if (!(await credits.helped(id, accountId)))
      throw new Fault('not-found', 'This person did not help with this version.');
    return accountId;
  }

  app.post(
    '/studio/versions/:id/credits',
    { schema: { params: WithId, body: Credit }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const { id } = request.params;
      await credits.give(id, await demandHelped(request, id), request.body.kind, clock());
      return reply.redirect(`/studio/versions/${id}#helped`, 303);
    },
  );

  app.post(
    '/studio/versions/:id/credit-removals',
    { schema: { params: WithId }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const { id } = await find(request.params.id);
      await credits.takeBack(id, person(request).accountId);
      return reply.redirect(`/studio/versions/${id}#helped`, 303);
    },
  );
}
