import type { ActionWords } from '../core/loop/action.ts';
import { findingState, nextStep, waitingReply } from '../core/loop/chain.ts';
import type { LoopFault } from '../core/loop/fields.ts';
import type { PublicObstacle } from '../core/loop/finding.ts';
import type { ReplyWords } from '../core/loop/reply.ts';
import type { Action } from '../storage/actions.ts';
import type { EngagementEntry } from '../storage/engagement.ts';
import type { Finding } from '../storage/findings.ts';
import type { Reply } from '../storage/replies.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { actionForm, type ActionFormView } from './chain-forms.ts';
import { involvedView, type InvolvedView } from './engagement/involved.ts';
import { marksView, type Correction, type Marked, type MarksView } from './finding-marks.ts';
import { figureView, type FigureView } from './finding-pages.ts';
import type { Quoted } from './released.ts';
import { replyForm, type FormSubject, type ReplyFormView } from './reply-form.ts';
import { dateWords, deskHref, titleOf } from './reply-words.ts';
import { figureName } from './sentences.ts';
import { trailView, type StationView, type Trail } from './trail.ts';

/** Things that a planner has just done, said once on the page that follows. */
export const DONE = ['finding', 'action', 'reply', 'publication', 'priority', 'priority-removed', 'group'] as const;
export type Done = (typeof DONE)[number];

/** A finding with what has followed from it. */
export interface Chain {
  finding: Finding;
  quoted: Quoted;
  /** What keeps its reply from being public. */
  obstacle: PublicObstacle | undefined;
  /** Whether the same figure is shown for the whole authority and may be answered there. */
  answerableForAll: boolean;
  actions: (Action & { replies: Reply[] })[];
  marked: Marked;
  correction: Correction;
  /** Who was involved in it, as the engagement record has it. */
  involved: EngagementEntry[];
  /** How it came about, as far as whoever reads may follow it. */
  trail: Trail;
}

/** What the page is asked for besides the chain: a form to show, what was just typed, what is wrong. */
export interface Shown {
  /** 'action', or the id of the action to reply to; empty for whatever comes next. */
  next: string;
  done: Done | '';
  faults: readonly LoopFault[];
  action?: ActionWords;
  reply?: ReplyWords;
  /** Set where a publication was refused. */
  refused?: boolean;
}

interface ReplyView {
  id: string;
  title: string;
  lang: string;
  decision: string;
  owner: string;
  nextUpdate: string;
  state: string;
  /** Address of its public page, empty while it waits. */
  publicHref: string;
  /** Empty where it cannot be published. */
  publishHref: string;
  changeHref: string;
  /** Where it is looked over, published and followed up. */
  deskHref: string;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/finding': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      done: string;
      name: string;
      state: string;
      figure: FigureView;
      why: string;
      marks: MarksView;
      trail: StationView[];
      /** Why its reply is never public, empty where it may be. */
      notPublic: string;
      /** Where to make the same finding for the whole authority, empty where that is hidden. */
      wholeAreaHref: string;
      actions: { id: string; task: string; lead: string; due: string; replies: ReplyView[]; replyHref: string }[];
      anotherActionHref: string;
      actionForm: ActionFormView | null;
      replyForm: ReplyFormView | null;
      involved: InvolvedView;
    };
    'replies/reply-form': { form: ReplyFormView };
  }
}

export function chainPage(language: Language, chain: Chain, shown: Shown): Views['replies/finding'] {
  const words = language.words.replies;
  const here = `/replies/findings/${chain.finding.id}`;
  const form = formFor(chain, shown.next);
  const answered = chain.actions.find((action) => action.id === form);
  const actionView = form === 'action' ? actionForm(language, here, shown) : null;
  const replyView = answered ? replyForm(language, subjectOf(chain, answered), shown) : null;
  const notPublic = chain.obstacle ? words[`obstacle-${chain.obstacle}`] : '';
  return {
    title: words.chainTitle,
    wide: true,
    faults: [...refusal(shown, notPublic), ...(actionView ?? replyView ?? { faults: [] }).faults],
    done: shown.done ? words[`done-${shown.done}`] : '',
    name: figureName(language, chain.quoted),
    state: words[`state-${findingState(countsOf(chain))}`],
    figure: figureView(language, chain.quoted),
    why: chain.finding.whyItMatters,
    marks: marksView(language, chain.finding, chain.quoted, chain.marked, chain.correction),
    trail: trailView(language, chain.trail, 'finding', here),
    notPublic,
    wholeAreaHref: chain.obstacle && chain.answerableForAll ? wholeAreaHref(chain.finding) : '',
    actions: chain.actions.map((action) => actionOf(language, chain, action, here, form)),
    anotherActionHref: chain.actions.length > 0 && !actionView ? `${here}?next=action#action-form` : '',
    actionForm: actionView,
    replyForm: replyView,
    involved: involvedView(language, chain.involved, { kind: 'finding', id: chain.finding.id }),
  };
}

/** A publication that can never be leads to the place on the page that says why. */
function refusal(shown: Shown, notPublic: string): { field: string; message: string }[] {
  return shown.refused && notPublic ? [{ field: 'not-public', message: notPublic }] : [];
}

/** Which form is shown: the one asked for, else the one for the next step, else none. */
function formFor(chain: Chain, asked: string): string {
  if (asked === 'action' || chain.actions.some((action) => action.id === asked)) return asked;
  const step = nextStep(chain.actions, !chain.obstacle);
  if (step.step === 'action') return 'action';
  return step.step === 'reply' ? step.actionId : '';
}

function actionOf(language: Language, chain: Chain, action: Chain['actions'][number], here: string, form: string) {
  // A reply that waits has its own way to be changed, and a form that is open needs no way to it.
  const canBegin = !waitingReply(action.replies) && action.id !== form;
  return {
    id: action.id,
    task: action.task,
    lead: action.lead,
    due: language.date(action.dueOn),
    replies: action.replies.map((reply) => replyOf(language, chain, reply, here)),
    replyHref: canBegin ? `${here}?next=${action.id}#reply-form` : '',
  };
}

function countsOf(chain: Chain) {
  const replies = chain.actions.flatMap((action) => action.replies);
  const published = replies.filter((reply) => reply.publishedAt !== null).length;
  return { actions: chain.actions.length, replies: replies.length, published };
}

function replyOf(language: Language, chain: Chain, reply: Reply, here: string): ReplyView {
  const words = language.words.replies;
  const published = reply.publishedAt !== null;
  return {
    id: reply.id,
    ...titleOf(language, reply),
    decision: words[`decision-${reply.decision}`],
    owner: reply.owner,
    nextUpdate: dateWords(language, reply.nextUpdateOn),
    state: reply.publishedAt
      ? language.say('replies', 'publishedOn', { date: language.date(reply.publishedAt) })
      : words.waiting,
    publicHref: published && !chain.obstacle ? `/replies/${chain.finding.authorityId}/${reply.id}` : '',
    publishHref: published || chain.obstacle ? '' : `/replies/replies/${reply.id}/publication`,
    changeHref: published ? '' : `${here}?next=${reply.actionId}#reply-form`,
    deskHref: deskHref(reply.id),
  };
}

/** What the form of a reply to an action is about. */
export function subjectOf({ quoted }: Pick<Chain, 'quoted'>, action: Chain['actions'][number]): FormSubject {
  const { id, lead, replies } = action;
  return { actionId: id, lead, band: quoted.figure.band, waiting: waitingReply(replies) };
}

function wholeAreaHref({ releaseId, place }: Finding): string {
  const { band, item, option } = place;
  const query = new URLSearchParams({ release: releaseId, node: 'authority', band, item, option });
  return `/replies/findings/new?${query.toString()}`;
}
