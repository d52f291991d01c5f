import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { contentOf } from '../../core/drafts/draft-of-form.ts';
import type { DraftForm } from '../../core/drafts/draft-form.ts';
import { formOf } from '../../core/drafts/form-of-draft.ts';
import { mergeDrafts } from '../../core/drafts/merge-drafts.ts';
import { changeRefusal } from '../../core/drafts/progress.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { person } from '../../web/access.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { afterDraft, contributionOf } from '../proposals/draft-contribution.ts';
import { createSeenProposals, currentOf, type SeenProposal } from '../proposals/seen-proposals.ts';
import { newestSurveys } from '../surveys.ts';
import { draftsHref } from './addresses.ts';
import { chosenSides, DraftBody, MergeBody, readBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import type { DraftDesk } from './draft-desk.ts';
import { mergePage, type MergeFacts } from './merge-page.ts';
import { isBaseAsSeen, NO_BASE, readableDraft } from './readable-draft.ts';
import { NO_LOOK } from './draft-context.ts';
import { IN_FORUMS } from '../access.ts';

const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The next draft of a proposal. Whoever is second of two at once sees what the first did and puts both together. */
export function editRoutes(app: App, services: Services, access: ForumAccess, desk: DraftDesk): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const seen = createSeenProposals(services, access);

  async function findOpen(request: FastifyRequest, id: string): Promise<SeenProposal> {
    const proposal = await seen.find(request, id);
    const refusal = changeRefusal(proposal);
    if (refusal) throw new Fault(refusal);
    // What takes a question out has nothing in it to write.
    if (proposal.purpose === 'withdrawal') throw new Fault('not-found');
    return proposal;
  }

  async function contextOf(request: FastifyRequest, proposal: SeenProposal, basedOn: number): Promise<DraftContext> {
    const { drafts } = request.language.words;
    const ofIt = (await newestSurveys(surveys)).filter(({ version }) => version.surveyId === proposal.surveyId);
    const items = ofIt[0]?.version.definition.items ?? [];
    return {
      surveys: ofIt,
      isSettled: true,
      before: proposal.purpose === 'change' ? items.find(({ id }) => id === proposal.item.id) : undefined,
      itemId: proposal.item.id,
      idea: null,
      underWayHref: '',
      action: draftsHref(proposal.id),
      backHref: proposalHref(proposal.id),
      back: drafts.toProposal,
      title: drafts.editTitle,
      intro: drafts.editIntro,
      send: drafts.save,
      carried: { item: proposal.item.id, 'based-on': String(basedOn) },
    };
  }

  /** Somebody cannot go on from where they began: what they typed is put together with the draft that counts now. */
  function showMerge(
    { language }: FastifyRequest,
    reply: FastifyReply,
    [survey]: DraftContext['surveys'],
    proposal: SeenProposal,
    { form, basedOn }: { form: DraftForm; basedOn: number },
  ): FastifyReply {
    const facts = mergeOf(proposal, form, basedOn, proposal.number)!;
    return reply.code(409).page('studio/drafts/merge', mergePage(language, proposal, survey, facts));
  }

  app.get(`${draftsHref(':id')}/new`, { schema: { params: WithId }, config: IN_FORUMS }, async (request, reply) => {
    const proposal = await findOpen(request, request.params.id);
    const context = await contextOf(request, proposal, proposal.number);
    const form = formOf(currentOf(proposal), proposal.surveyId);
    return desk.show(request, reply, context, { form, faults: [], look: NO_LOOK });
  });

  app.post(
    draftsHref(':id'),
    { schema: { params: WithId, body: DraftBody }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { accountId } = person(request);
      const proposal = await findOpen(request, request.params.id);
      const { look, isLook, basedOn = proposal.number, ...read } = readBody(request.body);
      const context = await contextOf(request, proposal, basedOn);
      // A question that is changed stays at its place.
      const form = { ...read.form, survey: proposal.surveyId, ...(context.before && { after: '' }) };
      if (isLook) return desk.show(request, reply, context, { form, look, faults: [] });
      const faults = desk.faults(context, form);
      if (faults.length > 0) return desk.show(request, reply.code(422), context, { form, look, faults });
      if (!readableDraft(proposal, basedOn))
        return showMerge(request, reply, context.surveys, proposal, { form, basedOn });
      const content = contentOf(form, proposal.item.id, context.before);
      const contribution = await contributionOf(access, request, content, clock());
      const draft = { content, basedOn, unseen: proposal.unseen, writtenBy: accountId, contribution };
      const outcome = await proposals.revise(proposal.id, draft, clock());
      if (outcome === 'moved-on') {
        const now = await seen.find(request, proposal.id);
        return showMerge(request, reply, context.surveys, now, { form, basedOn });
      }
      await audit.write({ at: clock(), accountId, action: 'question-redrafted', subject: proposal.id });
      const written = (await proposals.find(proposal.id))?.drafts.find(({ number }) => number === outcome.number);
      return reply.redirect(await afterDraft(contributions, proposal.id, written?.contributionId, clock()), 303);
    },
  );

  app.post(
    `${draftsHref(':id')}/merges`,
    { schema: { params: WithId, body: MergeBody }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const proposal = await findOpen(request, request.params.id);
      const { basedOn = NO_BASE, ...read } = readBody(request.body);
      const form = { ...read.form, survey: proposal.surveyId };
      const facts = mergeOf(proposal, form, basedOn, request.body.theirs);
      const context = await contextOf(request, proposal, request.body.theirs);
      // What was chosen was chosen of other drafts than can be read now.
      if (!facts || !isBaseAsSeen(proposal, basedOn)) {
        return showMerge(request, reply, context.surveys, proposal, { form, basedOn });
      }
      const { merge } = facts;
      const merged = merge.form(chosenSides(merge.conflicts, request.body));
      return desk.show(request, reply, context, { form: merged, faults: [], look: NO_LOOK });
    },
  );
}

/**
 * What somebody typed, put together with another draft of the proposal.
 * @param number of the other draft
 * @returns undefined where the other draft is not this person's to read
 * @throws Fault 'not-found' for a form without a kind, which no page of ours sends
 */
function mergeOf(proposal: SeenProposal, form: DraftForm, basedOn: number, number: number): MergeFacts | undefined {
  const [base, theirs] = [readableDraft(proposal, basedOn), readableDraft(proposal, number)];
  if (form.kind === '') throw new Fault('not-found');
  const mine = contentOf(form, proposal.item.id, base?.item);
  return theirs && { form, base, theirs, merge: mergeDrafts(base, mine, theirs, proposal.surveyId) };
}
