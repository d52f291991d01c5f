import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LEVELS, levelsOfStages } from '../../core/survey/stage.ts';
import { Fault } from '../../errors.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createTryOuts } from '../../storage/try-outs.ts';
import { person } from '../../web/access.ts';
import { assetAddresses } from '../../web/assets.ts';
import { LANGUAGES, type Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import { contributionFault, newContribution } from '../forum/contribute.ts';
import type { ForumAccess, InForum } from '../forum/forum-access.ts';
import { proposalHref } from './addresses.ts';
import { afterDraft } from './draft-contribution.ts';
import type { ProposalDesk } from './proposal-desk.ts';
import type { SeenProposal } from './seen-proposals.ts';
import { tryOutPage, type TryOutForm } from './try-out-page.ts';
import { IN_FORUMS } from '../access.ts';

const closed = { additionalProperties: false } as const;
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const LanguageCode = Type.Enum(LANGUAGES.map(({ code }) => code));
const As = Type.Object({ level: Type.Optional(Type.Enum(LEVELS)), language: Type.Optional(LanguageCode) });
const TryOut = Type.Object(
  {
    number: Type.Integer({ minimum: 1, maximum: 10_000 }),
    level: Type.Enum(LEVELS),
    language: LanguageCode,
    thought: PastedWords,
    hard: Type.Optional(Type.Literal('yes')),
  },
  closed,
);

/** Trying a draft as somebody of an age, and saying what went through one's mind. Answers are kept nowhere. */
export function tryOutRoutes(app: App, services: Services, access: ForumAccess, desk: ProposalDesk): void {
  const { database, languages, clock } = services;
  const tryOuts = createTryOuts(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const { pageStyle, pageScript } = assetAddresses().ofFolder('respond');

  /** @throws Fault 'not-found' for whoever is in no forum, 'house-rules' for whoever has to agree to them first */
  async function viewerOf(request: FastifyRequest): Promise<InForum> {
    const viewer = await access.toWriteIn(request);
    if (!viewer) throw new Fault('not-found', 'Only people in a forum try drafts.');
    return viewer;
  }

  /** The language of the pupil: the one asked for if the draft has words in it, else the one that it was written in. */
  function pupilOf({ language }: FastifyRequest, proposal: SeenProposal, asked: string | undefined): Language {
    const codes = [asked, proposal.language].filter((code) => code !== undefined && proposal.texts[code]);
    return [...languages.values()].find(({ code }) => code === codes[0]) ?? language;
  }

  /** How its survey asks. */
  async function askingOf({ surveyId }: SeenProposal): Promise<Pick<TryOutForm, 'stages' | 'easyRead'>> {
    const definition = (await surveys.newestOf(surveyId))?.definition;
    return { stages: definition?.stages ?? [], easyRead: definition?.easyRead === true };
  }

  function show(request: FastifyRequest, reply: FastifyReply, proposal: SeenProposal, form: TryOutForm): FastifyReply {
    const assets = { style: pageStyle, script: pageScript };
    return reply.page('studio/proposals/try-out', tryOutPage(request.language, proposal, form, assets));
  }

  app.get(
    `${proposalHref(':id')}/try-outs/new`,
    { schema: { params: WithId, querystring: As }, config: IN_FORUMS },
    async (request, reply) => {
      await viewerOf(request);
      const proposal = await desk.seen.find(request, request.params.id);
      const asking = await askingOf(proposal);
      const [usual = 'adult'] = levelsOfStages(asking.stages);
      const { level = usual, language } = request.query;
      const pupil = pupilOf(request, proposal, language);
      return show(request, reply, proposal, { level, pupil, ...asking, thought: '', hard: false, faults: [] });
    },
  );

  app.post(
    `${proposalHref(':id')}/try-outs`,
    { schema: { params: WithId, body: TryOut }, config: IN_FORUMS },
    async (request, reply) => {
      const viewer = await viewerOf(request);
      const proposal = await desk.seen.find(request, request.params.id);
      const { number, level, language, thought } = request.body;
      const hard = request.body.hard === 'yes';
      // What was tried is what is kept: a draft that this person may read, perhaps no longer the newest.
      if (!proposal.drafts.some((draft) => draft.number === number)) throw new Fault('not-found');
      if (proposal.state === 'ended' || proposal.state === 'published') throw new Fault('already-done');
      const asking = await askingOf(proposal);
      if (!levelsOfStages(asking.stages).includes(level) || !proposal.texts[language]) throw new Fault('bad-request');
      const fault = thoughtFault(request.language, thought, hard);
      if (fault) {
        const pupil = pupilOf(request, proposal, language);
        const form = { level, pupil, ...asking, thought, hard, faults: [fault] };
        return show(request, reply.code(422), proposal, form);
      }
      const said = thought.trim()
        ? newContribution(viewer, { words: thought, language: request.language.code }, clock())
        : null;
      const tryOut = { proposalId: proposal.id, number, level, language, hard };
      const thoughtId = await tryOuts.add({ ...tryOut, accountId: person(request).accountId, thought: said }, clock());
      const href = await afterDraft(contributions, proposal.id, thoughtId, clock());
      return reply.redirect(href, 303);
    },
  );
}

/** What is wrong with a thought; whoever only found it hard need not say why. */
function thoughtFault({ words: { proposals } }: Language, thought: string, hard: boolean): FieldFault | undefined {
  const fault = contributionFault(thought);
  if (fault === 'empty') return hard ? undefined : { field: 'thought', message: proposals.thinkEmpty };
  return fault === 'too-long' ? { field: 'thought', message: proposals.thinkTooLong } : undefined;
}
