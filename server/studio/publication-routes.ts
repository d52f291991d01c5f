import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { publicationRefusal } from '../core/drafts/progress.ts';
import { contentFaults, nextVersion } from '../core/survey/next-version.ts';
import type { ChangeFacts } from '../core/survey/version-changes.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createProposals } from '../storage/proposals.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { ForumAccess } from './forum/forum-access.ts';
import {
  changeFaults,
  FIELD_NAMES,
  readChanges,
  readForm,
  type PublicationFault,
  type WaitingChange,
} from './publication-form.ts';
import { newPublicationPage } from './publication-pages.ts';
import type { SeenProposal, SeenProposals } from './proposals/seen-proposals.ts';
import { contentOf } from './surveys.ts';
import { versionRoutes } from './version-routes.ts';
import type { WordedVersion } from './words.ts';

const Publication = Type.Record(
  Type.String({ pattern: FIELD_NAMES }),
  Type.Array(Type.String({ maxLength: 5000 }), { maxItems: 100 }),
  { additionalProperties: false },
);
const WithSurvey = Type.Object({ survey: Type.String({ maxLength: 40 }) }, { additionalProperties: false });

/** The end of a proposal's way: the next version of a survey, and the pages of versions. */
export function publicationRoutes(app: App, services: Services, access: ForumAccess, seen: SeenProposals): void {
  const { database, clock } = services;
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

  /** Ids that a question with a new name may not take: those of the family now, of the survey ever, and of what waits. */
  async function takenIds(family: string, surveyId: string, proposed: readonly SeenProposal[]): Promise<string[]> {
    const earlier = await Promise.all((await proposals.versionsOf(surveyId)).map(({ id }) => surveys.find(id)));
    const versions = [...(await surveys.newestOfFamily(family)), ...earlier];
    return [
      ...versions.flatMap((version) => version?.definition.items.map(({ id }) => id) ?? []),
      ...proposed.map(({ item }) => item.id),
    ];
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

      const { changes, faults } = readChanges(form, chosen, newest);
      if (faults.length > 0) return refuse(faults);
      const next = nextVersion(
        contentOf(newest),
        changes,
        await takenIds(newest.version.family, form.surveyId, proposed),
      );
      if (next.faults.length > 0) return refuse(changeFaults(next.faults, chosen));
      const exactFaults = contentFaults(next.content);
      if (exactFaults.length > 0) return refuse([], exactFaults);
      const declared = {
        facts: next.facts,
        language:
          next.facts.items.some(({ note }) => note) || next.facts.withdrawn.length > 0 ? request.language.code : null,
        proposals: proposalsOf(next.facts, chosen),
      };
      const outcome = await proposals.publish({
        basedOn: newest.version,
        content: { ...next.content, changes: declared },
        proposals: chosen.map(({ id, number }) => ({ id, number })),
        publishedBy: accountId,
        at: clock(),
      });
      if (outcome === 'done-already') throw new Fault('already-done');
      if (outcome === 'moved-on') return refuse([{ field: 'chosen', code: 'moved-on' }]);
      await audit.write({ at: clock(), accountId, action: 'version-published', subject: outcome.id });
      return reply.redirect(`/studio/versions/${outcome.id}`, 303);
    },
  );

  versionRoutes(app, services, access);
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

/** Which proposal added, changed or withdrew an item, under the id that the item has now. */
function proposalsOf({ items, withdrawn }: ChangeFacts, chosen: readonly WaitingChange[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, item } of chosen) {
    const ids = [...items, ...withdrawn].filter((fact) => fact.id === item.id).map((fact) => fact.id);
    const renewed = items.filter(({ replaces }) => replaces === item.id).map((fact) => fact.id);
    for (const one of [...ids, ...renewed]) found.set(one, id);
  }
  return found;
}
