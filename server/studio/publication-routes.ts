import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changesBetween, contentFaults, nextVersion, type VersionContent } from '../core/survey/next-version.ts';
import { publicationRefusal } from '../core/drafts/progress.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createProposals } from '../storage/proposals.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { FIELD_NAMES, readAdditions, readForm, type PublicationFault } from './publication-form.ts';
import { newPublicationPage, versionPage } from './publication-pages.ts';
import type { SeenProposal, SeenProposals } from './proposals/seen-proposals.ts';
import type { WordedVersion } from './words.ts';

const Publication = Type.Record(
  Type.String({ pattern: FIELD_NAMES }),
  Type.Array(Type.String({ maxLength: 5000 }), { maxItems: 100 }),
  { additionalProperties: false },
);
const WithSurvey = Type.Object({ survey: Type.String({ maxLength: 40 }) }, { additionalProperties: false });
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The end of a proposal's way: the next version of a survey, and the pages of versions. */
export function publicationRoutes(app: App, { database, clock }: Services, seen: SeenProposals): void {
  const proposals = createProposals(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);

  const worded = async (version: SurveyVersion): Promise<WordedVersion> => ({
    version,
    texts: await surveys.texts(version.id),
  });

  async function newestOf(surveyId: string): Promise<WordedVersion> {
    const version = await surveys.newestOf(surveyId);
    if (!version) throw new Fault('not-found');
    return worded(version);
  }

  /** The authority's proposals for a survey, in the order they were made. */
  async function proposedFor(request: FastifyRequest, surveyId: string): Promise<SeenProposal[]> {
    const all = await seen.list(request);
    return all.filter((proposal) => proposal.surveyId === surveyId).toReversed();
  }

  app.get(
    '/studio/publications/new',
    { schema: { querystring: WithSurvey }, config: { access: ['analyst'] } },
    async (request, reply) => {
      const newest = await newestOf(request.query.survey);
      const waiting = onlyWaiting(await proposedFor(request, newest.version.surveyId));
      const state = { form: undefined, faults: [], exactFaults: [] };
      return reply.page('studio/new-publication', newPublicationPage(request.language, newest, waiting, state));
    },
  );

  app.post(
    '/studio/publications',
    { schema: { body: Publication }, config: { access: ['analyst'] } },
    async (request, reply) => {
      const { accountId } = person(request);
      const form = readForm(request.body);
      const newest = await newestOf(form.surveyId);
      const proposed = await proposedFor(request, form.surveyId);
      const chosen = chosenOf(proposed, form.chosen);
      const refuse = async (faults: PublicationFault[], exactFaults: string[] = []) => {
        // Read again: where another version was published meanwhile, the form is for that one.
        const [version, waiting] = [await newestOf(form.surveyId), await proposedFor(request, form.surveyId)];
        const state = { form, faults, exactFaults };
        const page = newPublicationPage(request.language, version, onlyWaiting(waiting), state);
        return reply.code(422).page('studio/new-publication', page);
      };

      const { additions, faults } = readAdditions(form, chosen, newest);
      if (faults.length > 0) return refuse(faults);
      const content = nextVersion(contentOf(newest), additions);
      const exactFaults = contentFaults(content);
      if (exactFaults.length > 0) return refuse([], exactFaults);
      const outcome = await proposals.publish({
        basedOn: newest.version,
        content,
        proposalIds: chosen.map(({ id }) => id),
        publishedBy: accountId,
        at: clock(),
      });
      if (outcome === 'done-already') throw new Fault('already-done');
      if (outcome === 'moved-on') return refuse([{ field: 'chosen', code: 'moved-on' }]);
      await audit.write({ at: clock(), accountId, action: 'version-published', subject: outcome.id });
      return reply.redirect(`/studio/versions/${outcome.id}`, 303);
    },
  );

  app.get(
    '/studio/versions/:id',
    { schema: { params: WithId }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const version = await surveys.find(request.params.id);
      if (!version) throw new Fault('not-found');
      const now = await worded(version);
      const history = await proposals.versionsOf(version.surveyId);
      const earlierId = history.find(({ number }) => number === version.number - 1)?.id;
      const earlier = earlierId ? await surveys.find(earlierId) : undefined;
      const before = earlier && (await worded(earlier));
      const compared = before && { worded: before, changes: changesBetween(contentOf(before), contentOf(now)) };
      return reply.page('studio/version', versionPage(request.language, now, compared, history));
    },
  );
}

/** Approved and in no version yet. */
function onlyWaiting(proposals: readonly SeenProposal[]): SeenProposal[] {
  return proposals.filter(({ state }) => state === 'approved');
}

/**
 * The chosen proposals, in the order they were made.
 * @throws Fault where one is unknown, not approved or in a version already
 */
function chosenOf(proposed: readonly SeenProposal[], ids: readonly string[]): SeenProposal[] {
  const chosen = proposed.filter(({ id }) => ids.includes(id));
  if (chosen.length < ids.length) throw new Fault('not-found');
  for (const proposal of chosen) {
    const refusal = publicationRefusal(proposal);
    if (refusal) throw new Fault(refusal);
  }
  return chosen;
}

function contentOf({ version, texts }: WordedVersion): VersionContent {
  return { definition: version.definition, texts: [...texts.values()] };
}
