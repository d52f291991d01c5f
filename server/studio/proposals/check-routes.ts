import { Type, type Static } from 'typebox';
import {
  ethicsFactsOf,
  ethicsFaults,
  LEGAL_BASES,
  SENSITIVITIES,
  SPECIAL_CONDITIONS,
  type EthicsForm,
} from '../../core/drafts/ethics-check.ts';
import { checkRefusal, stepsOfDraft } from '../../core/drafts/progress.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createProposals } from '../../storage/proposals.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { PastedWords } from '../../web/pasted.ts';
import { proposalHref } from './addresses.ts';
import { checkFaults } from './check-view.ts';
import { movedOn } from './moved-on.ts';
import type { ProposalDesk } from './proposal-desk.ts';

const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Check = Type.Object(
  {
    number: Type.Integer({ minimum: 1, maximum: 10_000 }),
    outcome: Type.Optional(Type.Enum(['approved', 'changes-asked'])),
    reason: PastedWords,
    legalBasis: Type.Optional(Type.Enum(LEGAL_BASES)),
    specialCondition: Type.Optional(Type.Enum(SPECIAL_CONDITIONS)),
    sensitivity: Type.Optional(Type.Enum(SENSITIVITIES)),
    support: Type.Optional(PastedWords),
    outsideAdvice: Type.Optional(PastedWords),
  },
  { additionalProperties: false },
);

/** The ethics check, by an adult who had no hand in the question. */
export function checkRoutes(app: App, { database, clock }: Services, desk: ProposalDesk): void {
  const proposals = createProposals(database);
  const audit = createAudit(database);

  app.post(
    `${proposalHref(':id')}/checks`,
    { schema: { params: WithId, body: Check }, config: { access: ['approver'] } },
    async (request, reply) => {
      const { accountId } = person(request);
      const proposal = await desk.seen.find(request, request.params.id);
      const refusal = checkRefusal(proposal, accountId);
      if (refusal) throw new Fault(refusal);
      const form = formOf(request.body);
      if (request.body.number !== proposal.number)
        return desk.refuse(request, reply, proposal, { check: form, ...movedOn(request.language) });
      const faults = checkFaults(request.language, ethicsFaults(form));
      if (!form.outcome || faults.length > 0) return desk.refuse(request, reply, proposal, { check: form, faults });
      const taken = { proposalId: proposal.id, number: proposal.number, after: stepsOfDraft(proposal).length };
      const step = { ...taken, step: form.outcome, reason: tidy(form.reason), by: accountId };
      const outcome = await proposals.take({ ...step, count: null, check: ethicsFactsOf(form) }, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      const action = form.outcome === 'approved' ? 'question-approved' : 'question-sent-back';
      await audit.write({ at: clock(), accountId, action, subject: proposal.id });
      return reply.redirect(proposalHref(proposal.id), 303);
    },
  );
}

function formOf({
  outcome,
  reason,
  legalBasis,
  specialCondition,
  sensitivity,
  ...body
}: Static<typeof Check>): EthicsForm {
  const { support = '', outsideAdvice = '' } = body;
  return { outcome, reason, legalBasis, specialCondition, sensitivity, support, outsideAdvice };
}
