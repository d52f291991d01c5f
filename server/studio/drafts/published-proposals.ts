import type { FastifyReply, FastifyRequest } from 'fastify';
import { changesOfDraft } from '../../core/drafts/compare-drafts.ts';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { contentOf } from '../../core/drafts/draft-of-form.ts';
import type { DraftForm } from '../../core/drafts/draft-form.ts';
import { fault, type FormFault } from '../../core/drafts/form-fault.ts';
import { whyFaults } from '../../core/drafts/form-faults.ts';
import { formOf } from '../../core/drafts/form-of-draft.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createSurveys } from '../../storage/surveys.ts';
import type { Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { createSeenProposals } from '../proposals/seen-proposals.ts';
import { newestSurveys } from '../surveys.ts';
import type { ReadBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import type { DraftDesk } from './draft-desk.ts';
import { faultWords } from './fault-words.ts';
import { draftOfItem, isOfQuestion, type ItemWish, type PublishedItem } from './published-item.ts';
import { underWayPage, withdrawalPage } from './withdrawal-page.ts';
import { NO_LOOK } from './draft-context.ts';

/** What is to be kept, or the page that says why it cannot be. */
export type ReadProposal = { content: DraftContent; said: DraftContent } | { reply: FastifyReply };

/** Proposing to change a question of a survey, or to take it out. */
export interface PublishedProposals {
  /** @throws Fault 'not-found' where the newest version of the survey does not have the question */
  find(request: FastifyRequest, wish: ItemWish): Promise<PublishedItem>;
  /** The empty form, or that the same is under way. */
  open(request: FastifyRequest, reply: FastifyReply, published: PublishedItem): FastifyReply;
  read(request: FastifyRequest, reply: FastifyReply, published: PublishedItem, body: ReadBody): ReadProposal;
  /** The form as it was typed, with the word that the same is under way. */
  refuse(request: FastifyRequest, reply: FastifyReply, published: PublishedItem, body: ReadBody): FastifyReply;
}

export function createPublishedProposals(services: Services, access: ForumAccess, desk: DraftDesk): PublishedProposals {
  const surveys = createSurveys(services.database);
  const seen = createSeenProposals(services, access);

  async function underWayOf(request: FastifyRequest, { purpose, survey, item }: ItemWish) {
    const found = (await seen.list(request)).find(
      (one) =>
        one.purpose === purpose &&
        one.surveyId === survey &&
        one.item.id === item &&
        one.state !== 'published' &&
        one.state !== 'ended',
    );
    return { is: found !== undefined, href: found ? proposalHref(found.id) : '' };
  }

  function showWithdrawal(
    request: FastifyRequest,
    reply: FastifyReply,
    published: PublishedItem,
    why: string,
    [wrong]: readonly FormFault[],
  ): FastifyReply {
    const words = wrong ? faultWords(request.language, published.survey, wrong) : '';
    return reply.page('studio/drafts/withdrawal', withdrawalPage(request.language, published, { why, fault: words }));
  }

  function readWithdrawal(
    request: FastifyRequest,
    reply: FastifyReply,
    published: PublishedItem,
    { form }: ReadBody,
  ): ReadProposal {
    const faults = whyFaults(form);
    if (faults.length > 0) return { reply: showWithdrawal(request, reply.code(422), published, form.why, faults) };
    const content = { ...published.content, whyAsk: tidy(form.why) };
    // Only the reason is new: what the survey asks already was said by nobody here.
    return { content, said: { ...content, texts: {} } };
  }

  function readChange(
    request: FastifyRequest,
    reply: FastifyReply,
    published: PublishedItem,
    { form: typed, look, isLook }: ReadBody,
  ): ReadProposal {
    const { content: before } = published;
    const context = changeContext(request, published);
    const form = settled(typed, published);
    if (isLook) return { reply: desk.show(request, reply, context, { form, look, faults: [] }) };
    const faults = desk.faults(context, form);
    if (faults.length > 0) return { reply: desk.show(request, reply.code(422), context, { form, look, faults }) };
    const content = contentOf(form, before.item.id, before.item);
    if (changesOfDraft(before, content).some(isOfQuestion)) return { content, said: content };
    const unchanged = [fault('question', 'unchanged')];
    return { reply: desk.show(request, reply.code(422), context, { form, look, faults: unchanged }) };
  }

  return {
    async find(request, wish) {
      const newest = await newestSurveys(surveys);
      const survey = newest.find(({ version }) => version.surveyId === wish.survey);
      const content = survey && draftOfItem(survey, wish.item ?? '', request.language.code);
      if (!content) throw new Fault('not-found', 'There is no such question in the newest version of that survey.');
      const { id, surveyId } = survey.version;
      return {
        purpose: wish.purpose,
        survey,
        content,
        backHref: `/studio/versions/${id}#asked-${content.item.id}`,
        carried: { purpose: wish.purpose, survey: surveyId, item: content.item.id },
        underWay: await underWayOf(request, wish),
      };
    },
    open(request, reply, published) {
      if (published.underWay.is)
        return reply.page('studio/drafts/under-way', underWayPage(request.language, published));
      if (published.purpose === 'withdrawal') return showWithdrawal(request, reply, published, '', []);
      const form = formOf(published.content, published.survey.version.surveyId);
      return desk.show(request, reply, changeContext(request, published), { form, faults: [], look: NO_LOOK });
    },
    read: (request, reply, published, body) =>
      published.purpose === 'withdrawal'
        ? readWithdrawal(request, reply, published, body)
        : readChange(request, reply, published, body),
    refuse(request, reply, published, { form, look }) {
      reply.code(422);
      if (published.purpose === 'withdrawal')
        return showWithdrawal(request, reply, published, form.why, [fault('why', 'withdrawal-under-way')]);
      const faults = [fault('question', 'change-under-way')];
      const state = { form: settled(form, published), look, faults };
      return desk.show(request, reply, changeContext(request, published), state);
    },
  };
}

/** A change stays in its survey and at its place. */
function settled(form: DraftForm, { survey }: PublishedItem): DraftForm {
  return { ...form, survey: survey.version.surveyId, after: '' };
}

function changeContext({ language: { words } }: FastifyRequest, published: PublishedItem): DraftContext {
  const { survey, content, backHref, carried, underWay } = published;
  const { drafts } = words;
  const { purpose = '', item = '' } = carried;
  return {
    surveys: [survey],
    isSettled: true,
    before: content.item,
    itemId: content.item.id,
    idea: null,
    underWayHref: underWay.href,
    action: '/studio/proposals',
    backHref,
    back: drafts.toVersion,
    title: drafts.changeTitle,
    intro: drafts.changeIntro,
    send: drafts.send,
    // The form of a draft carries its survey by itself.
    carried: { purpose, item },
  };
}
