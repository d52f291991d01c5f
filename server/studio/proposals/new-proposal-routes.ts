import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import {
  draftFaults,
  makeQuestion,
  OPTION_LINES,
  PROPOSAL_KINDS,
  tidy,
  type ProposalDraft,
} from '../../core/survey/proposal.ts';
import { createAudit } from '../../storage/audit.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { person } from '../../web/access.ts';
import { LANGUAGES } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import { createProposalIdeas } from '../boards/proposal-ideas.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { emptyForm, newProposalPage } from '../pages.ts';
import { nameSurveys, newestSurveys, takenIdsOf } from '../surveys.ts';
import { afterDraft, contributionOf } from './draft-contribution.ts';

/** Longer than anything that is kept, so that what was pasted comes back with a kind word rather than an error. */
const Words = Type.String({ maxLength: 5000 });
const NewProposal = Type.Object(
  {
    survey: Type.Optional(Type.String({ maxLength: 40 })),
    question: Words,
    language: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))),
    kind: Type.Optional(Type.Enum(PROPOSAL_KINDS)),
    option: Type.Optional(Type.Array(Words, { maxItems: OPTION_LINES })),
    lastStandsAlone: Type.Optional(Type.Literal('yes')),
    low: Type.Optional(Words),
    high: Type.Optional(Words),
    domain: Type.Optional(Type.Enum([...DOMAINS, ''])),
    why: Words,
    card: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);
const FromCard = Type.Object({ card: Type.Optional(Type.String({ maxLength: 40 })) });

/** Proposing a new question. */
export function newProposalRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, languages, clock } = services;
  const proposals = createProposals(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const ideas = createProposalIdeas(services, access);
  const optOutWords = [...languages.values()].flatMap(({ words }) => [
    words.studio['optOut-dont-know'],
    words.studio['optOut-prefer-not-to-say'],
  ]);
  const findIdea = async (request: FastifyRequest, cardId: string | undefined) =>
    cardId === undefined ? null : ideas.find(request, cardId);

  app.get(
    '/studio/proposals/new',
    { schema: { querystring: FromCard }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const names = nameSurveys(request.language, await newestSurveys(surveys));
      const idea = await findIdea(request, request.query.card);
      const form = emptyForm(request.language, names, idea?.why);
      return reply.page('studio/new-proposal', newProposalPage(request.language, names, { ...form, idea }));
    },
  );

  app.post(
    '/studio/proposals',
    { schema: { body: NewProposal }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { body, language } = request;
      const draft = draftOf(body);
      const idea = await findIdea(request, body.card);
      const newest = await newestSurveys(surveys);
      const chosen = newest.find(({ version }) => version.surveyId === body.survey);
      const faults = draftFaults(draft, {
        survey: chosen?.version.definition,
        languages: [...(chosen?.texts.keys() ?? [])],
        optOutWords,
      });
      if (chosen && faults.length === 0) {
        const { surveyId, family } = chosen.version;
        const takenIds = takenIdsOf(newest, family);
        const content = contentOf(draft);
        const contribution = await contributionOf(access, request, content, clock());
        const proposal = {
          authorityId,
          surveyId,
          purpose: 'new',
          content,
          proposedBy: accountId,
          contribution,
        } as const;
        const outcome = await proposals.add(proposal, takenIds, clock());
        if (outcome !== 'there-already') {
          await audit.write({ at: clock(), accountId, action: 'question-proposed', subject: outcome.id });
          if (idea) await ideas.add(outcome.id, idea.cardId);
          const added = await proposals.find(outcome.id);
          const href = await afterDraft(contributions, outcome.id, added?.drafts[0]?.contributionId, clock());
          return reply.redirect(href, 303);
        }
        faults.push({ field: 'question', code: 'already-proposed' });
      }
      const form = { surveyId: body.survey ?? '', draft, faults, idea };
      return reply
        .code(422)
        .page('studio/new-proposal', newProposalPage(language, nameSurveys(language, newest), form));
    },
  );
}

function draftOf(body: Static<typeof NewProposal>): ProposalDraft {
  return {
    kind: body.kind,
    question: body.question,
    language: body.language ?? '',
    options: body.option ?? [],
    lastStandsAlone: body.lastStandsAlone === 'yes',
    low: body.low ?? '',
    high: body.high ?? '',
    domain: body.domain || undefined,
    whyAsk: body.why,
  };
}

/** The content of a first draft, from a sheet without faults. Storage names the question. */
function contentOf(draft: ProposalDraft): DraftContent {
  const { question, text } = makeQuestion(draft, []);
  return { item: question, language: draft.language, texts: { [draft.language]: text }, whyAsk: tidy(draft.whyAsk) };
}
