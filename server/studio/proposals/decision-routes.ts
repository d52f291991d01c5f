import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { decisionRefusal, stepsOfDraft } from '../../core/drafts/progress.ts';
import { agreementFault, countStances, MOST_VOICES, STANCES, type Count } from '../../core/drafts/support.ts';
import { reasonFault, tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import { createProposalStances } from '../../storage/proposal-stances.ts';
import type { ProposalStep } from '../../storage/proposal-rows.ts';
import { createProposals } from '../../storage/proposals.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import { pauseOf, type ForumAccess } from '../forum/forum-access.ts';
import { proposalHref } from './addresses.ts';
import type { DecisionForm } from './decision-view.ts';
import { movedOn } from './moved-on.ts';
import type { ProposalDesk } from './proposal-desk.ts';

const closed = { additionalProperties: false } as const;
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const DraftNumber = Type.Integer({ minimum: 1, maximum: 10_000 });
const Figure = Type.Optional(Type.String({ maxLength: 20 }));
const StanceForm = Type.Object({ number: DraftNumber, stance: Type.Optional(Type.Enum(STANCES)) }, closed);
const Decision = Type.Object(
  {
    number: DraftNumber,
    outcome: Type.Optional(Type.Enum(['agreed', 'not-agreed'])),
    counted: Type.Optional(Type.Enum(['here', 'in-the-room'])),
    inFavour: Figure,
    against: Figure,
    unsure: Figure,
    reason: PastedWords,
  },
  closed,
);

/** What the forum thinks of a draft, and what it decides. */
export function decisionRoutes(app: App, services: Services, access: ForumAccess, desk: ProposalDesk): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const stances = createProposalStances(database);
  const members = createForumMembers(database);
  const audit = createAudit(database);

  app.post(
    `${proposalHref(':id')}/stances`,
    { schema: { params: WithId, body: StanceForm }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const proposal = await desk.seen.find(request, request.params.id);
      const viewer = await access.toWriteIn(request);
      if (!viewer?.member) throw new Fault('not-allowed', 'Only members of a forum say what they think of a draft.');
      if (proposal.state !== 'proposed') throw new Fault('already-done');
      const { number, stance } = request.body;
      if (stance === undefined) {
        const faults = [{ field: 'stance', message: request.language.words.proposals.stanceMissing }];
        return desk.refuse(request, reply, proposal, { faults });
      }
      const pause = pauseOf(viewer);
      if (pause) {
        const message = request.language.say('proposals', 'stancePaused', { reason: pause.reason });
        return desk.refuse(request, reply, proposal, { faults: [{ field: 'stance', message }] });
      }
      if (number !== proposal.number) return desk.refuse(request, reply, proposal, movedOn(request.language));
      await stances.take({ proposalId: proposal.id, number }, viewer.accountId, stance, clock());
      return reply.redirect(`${proposalHref(proposal.id)}#support`, 303);
    },
  );

  /** How many people are in the forums that this youth worker keeps. */
  async function membersOf(request: FastifyRequest): Promise<number> {
    const forums = (await access.ofPerson(request)).filter(({ isWorker }) => isWorker);
    const all = await Promise.all(forums.map(({ forum }) => members.ofForum(forum.id)));
    return all.flat().filter(({ leftAt }) => leftAt === null).length;
  }

  app.post(
    `${proposalHref(':id')}/decisions`,
    { schema: { params: WithId, body: Decision }, config: { access: ['youth-worker'] } },
    async (request, reply) => {
      const { accountId } = person(request);
      const proposal = await desk.seen.find(request, request.params.id);
      const refusal = decisionRefusal(proposal, accountId);
      if (refusal) throw new Fault(refusal);
      const here = countStances([...(await stances.of(proposal.id, proposal.number)).values()]);
      const read = readDecision(request.language, request.body, here, await membersOf(request));
      if (request.body.number !== proposal.number) {
        const typed = { decision: formOf(request.body), ...movedOn(request.language) };
        return desk.refuse(request, reply, proposal, typed);
      }
      if ('faults' in read) return desk.refuse(request, reply, proposal, read);
      const { step, count, reason } = read;
      const after = stepsOfDraft(proposal).length;
      const taken = { proposalId: proposal.id, number: proposal.number, after, step, count, reason };
      const outcome = await proposals.take({ ...taken, by: accountId, check: null }, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      const action = step === 'agreed' ? 'question-accepted' : 'question-declined';
      await audit.write({ at: clock(), accountId, action, subject: proposal.id });
      return reply.redirect(proposalHref(proposal.id), 303);
    },
  );
}

type ReadDecision =
  | { step: 'agreed' | 'not-agreed'; count: NonNullable<ProposalStep['count']>; reason: string }
  | { faults: FieldFault[]; decision: DecisionForm };

function readDecision({ words }: Language, body: Static<typeof Decision>, here: Count, members: number): ReadDecision {
  const { outcome, counted } = body;
  const form = formOf(body);
  const faults: FieldFault[] = [];
  if (!outcome) faults.push({ field: 'outcome', message: words.proposals['fault-outcome-missing'] });
  if (!counted) faults.push({ field: 'counted', message: words.proposals['fault-counted-missing'] });
  const count = counted === 'here' ? here : countInRoom(form);
  faults.push(...FIGURES.filter((field) => Number.isNaN(count[field])).map((field) => noFigure(words, field)));
  const reason = reasonFault(form.reason);
  if (reason === 'reason-too-long' || (reason && outcome === 'not-agreed'))
    faults.push({ field: 'decision-reason', message: words.studio[`fault-${reason}`] });
  if (!outcome || !counted || faults.length > 0) return { faults, decision: form };
  const disagreement = outcome === 'agreed' ? agreementFault(count, members) : undefined;
  if (!disagreement) return { step: outcome, count: { ...count, counted }, reason: tidy(form.reason) };
  return { faults: [{ field: 'outcome', message: words.proposals[`fault-${disagreement}`] }], decision: form };
}

const FIGURES = ['inFavour', 'against', 'unsure'] as const;

const noFigure = ({ proposals }: Language['words'], field: string): FieldFault => ({
  field,
  message: proposals['fault-count-missing'],
});

function countInRoom({ inFavour, against, unsure }: DecisionForm): Count {
  return { inFavour: figureOf(inFavour), against: figureOf(against), unsure: figureOf(unsure) };
}

function formOf(body: Static<typeof Decision>): DecisionForm {
  const { outcome = '', counted = '', inFavour = '', against = '', unsure = '', reason } = body;
  return { outcome, counted, inFavour, against, unsure, reason };
}

/** A number of people as it was typed, NaN for anything else; an empty field says none. */
function figureOf(typed: string): number {
  const digits = typed.trim();
  if (digits === '') return 0;
  const value = /^\d{1,3}$/.test(digits) ? Number(digits) : NaN;
  return value <= MOST_VOICES ? value : NaN;
}
