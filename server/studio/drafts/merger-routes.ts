import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { contentOf } from '../../core/drafts/draft-of-form.ts';
import type { DraftForm } from '../../core/drafts/draft-form.ts';
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
import { mayEnd, mayGoInto } from '../proposals/ending-view.ts';
import { createSeenProposals, currentOf } from '../proposals/seen-proposals.ts';
import { newestSurveys } from '../surveys.ts';
import { mergersHref } from './addresses.ts';
import { chosenSides, MergerBody, MergerChoices, readBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import type { DraftDesk } from './draft-desk.ts';
import type { MergeFacts } from './merge-page.ts';
import { carriedPair, mergerMeanwhilePage, mergerPage, type Pair, type PairNumbers } from './merger-page.ts';
import { isBaseAsSeen, readableDraft } from './readable-draft.ts';
import { NO_LOOK } from './draft-context.ts';
import { IN_FORUMS } from '../access.ts';

const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Into = Type.Object({ into: Type.String({ maxLength: 40 }) });

/** Two proposals become one: what differs is chosen, the whole is looked at, and then the one goes into the other. */
export function mergerRoutes(app: App, services: Services, access: ForumAccess, desk: DraftDesk): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const seen = createSeenProposals(services, access);

  async function findPair(request: FastifyRequest, id: string, intoId: string): Promise<Pair> {
    const from = await seen.find(request, id);
    if (!mayEnd(person(request), from)) throw new Fault(changeRefusal(from) ?? 'not-allowed');
    const into = await seen.find(request, intoId);
    const refusal = changeRefusal(into);
    if (refusal) throw new Fault(refusal);
    if (!mayGoInto(from, into)) throw new Fault('not-found', 'These two proposals cannot become one.');
    return { from, into };
  }

  const surveyOf = async ({ into }: Pair) =>
    (await newestSurveys(surveys)).find(({ version }) => version.surveyId === into.surveyId);

  async function contextOf(
    { language: { words } }: FastifyRequest,
    pair: Pair,
    numbers: PairNumbers,
  ): Promise<DraftContext> {
    const survey = await surveyOf(pair);
    const { drafts } = words;
    return {
      surveys: survey ? [survey] : [],
      isSettled: true,
      before: undefined,
      itemId: pair.into.item.id,
      idea: null,
      underWayHref: '',
      action: mergersHref(pair.from.id),
      backHref: proposalHref(pair.from.id),
      back: drafts.toProposal,
      title: drafts.mergerTitle,
      intro: drafts.mergerLastLook,
      send: drafts.mergerSend,
      carried: { item: pair.into.item.id, ...carriedPair(pair.into.id, numbers) },
    };
  }

  /** Both as they were proposed, with all that differs to choose from. */
  async function showPair(request: FastifyRequest, reply: FastifyReply, pair: Pair): Promise<FastifyReply> {
    const { from, into } = pair;
    const merge = mergeDrafts(undefined, currentOf(into), currentOf(from), into.surveyId);
    return reply.page('studio/drafts/merge', mergerPage(request.language, pair, await surveyOf(pair), merge));
  }

  /** One of the two is no longer what it was put together from. @param of which one */
  async function showMeanwhile(
    request: FastifyRequest,
    reply: FastifyReply,
    pair: Pair,
    { form, numbers, of }: { form: DraftForm; numbers: PairNumbers; of: keyof Pair },
  ): Promise<FastifyReply> {
    const facts = meanwhileOf(pair, numbers, of, form, pair[of].number)!;
    const page = mergerMeanwhilePage(request.language, pair, await surveyOf(pair), numbers, of, facts);
    return reply.code(409).page('studio/drafts/merge', page);
  }

  app.get(
    `${mergersHref(':id')}/new`,
    { schema: { params: WithId, querystring: Into }, config: IN_FORUMS },
    async (request, reply) => {
      return showPair(request, reply, await findPair(request, request.params.id, request.query.into));
    },
  );

  app.post(
    `${mergersHref(':id')}/choices`,
    { schema: { params: WithId, body: MergerChoices }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { body } = request;
      const pair = await findPair(request, request.params.id, body.into);
      const { form, basedOn = pair.into.number } = readBody(body);
      const numbers = { from: body.from, into: basedOn };
      const { theirs, 'theirs-of': of } = body;
      const isAnew = of === undefined || theirs === undefined;
      const facts = isAnew ? apartOf(pair, numbers) : meanwhileOf(pair, numbers, of, form, theirs);
      // What was chosen was chosen of other drafts than can be read now.
      if (isAnew && !facts) return showPair(request, reply.code(409), pair);
      if (!isAnew && (!facts || !isBaseAsSeen(pair[of], numbers[of]))) {
        return showMeanwhile(request, reply, pair, { form, numbers, of });
      }
      const now = isAnew ? numbers : { ...numbers, [of]: theirs };
      const { merge } = facts!;
      const merged = merge.form(chosenSides(merge.conflicts, body));
      const context = await contextOf(request, pair, now);
      return desk.show(request, reply, context, { form: merged, faults: [], look: NO_LOOK });
    },
  );

  app.post(
    mergersHref(':id'),
    { schema: { params: WithId, body: MergerBody }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { accountId } = person(request);
      const pair = await findPair(request, request.params.id, request.body.into);
      const { from, into } = pair;
      const { look, isLook, basedOn = into.number, ...read } = readBody(request.body);
      const form = { ...read.form, survey: into.surveyId };
      const numbers = { from: request.body.from, into: basedOn };
      const context = await contextOf(request, pair, numbers);
      if (isLook) return desk.show(request, reply, context, { form, look, faults: [] });
      const faults = desk.faults(context, form);
      if (faults.length > 0) return desk.show(request, reply.code(422), context, { form, look, faults });
      const gone = (['into', 'from'] as const).find((one) => !readableDraft(pair[one], numbers[one]));
      if (gone) return showMeanwhile(request, reply, pair, { form, numbers, of: gone });
      const content = contentOf(form, into.item.id);
      const contribution = await contributionOf(access, request, content, clock());
      const draft = { content, basedOn, unseen: into.unseen, writtenBy: accountId, contribution };
      const merger = { intoId: into.id, draft, number: numbers.from, unseen: from.unseen };
      const outcome = await proposals.merge(from.id, merger, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      if (outcome === 'moved-on' || outcome === 'into-moved-on') {
        const of = outcome === 'moved-on' ? 'from' : 'into';
        const now = await findPair(request, from.id, into.id);
        return showMeanwhile(request, reply, now, { form, numbers, of });
      }
      await audit.write({ at: clock(), accountId, action: 'question-merged', subject: from.id });
      const drafts = (await proposals.find(into.id))?.drafts ?? [];
      const written = drafts.find(({ number }) => number === outcome.number);
      return reply.redirect(await afterDraft(contributions, into.id, written?.contributionId, clock()), 303);
    },
  );
}

/** Two proposals that were written apart: whatever differs is a choice. Undefined where one cannot be read any more. */
function apartOf({ from, into }: Pair, numbers: PairNumbers): Pick<MergeFacts, 'merge'> | undefined {
  const [mine, theirs] = [readableDraft(into, numbers.into), readableDraft(from, numbers.from)];
  return mine && theirs && { merge: mergeDrafts(undefined, mine, theirs, into.surveyId) };
}

/**
 * What somebody changed in one of the two meanwhile, put together with what was made of both so far.
 * @param number of the draft of that one which is put in
 * @returns undefined where that draft is not this person's to read
 * @throws Fault 'not-found' for a form without a kind, which no page of ours sends
 */
function meanwhileOf(
  pair: Pair,
  numbers: PairNumbers,
  of: keyof Pair,
  form: DraftForm,
  number: number,
): MergeFacts | undefined {
  const [base, theirs] = [readableDraft(pair[of], numbers[of]), readableDraft(pair[of], number)];
  if (form.kind === '') throw new Fault('not-found');
  const mine = contentOf({ ...form, survey: pair.into.surveyId }, pair.into.item.id);
  return theirs && { form, base, theirs, merge: mergeDrafts(base, mine, theirs, pair.into.surveyId) };
}
