import type { LoopFault } from '../core/loop/fields.ts';
import { TEXT_LENGTH } from '../core/loop/fields.ts';
import { isFoundClear, isOverdue, nextDue } from '../core/loop/promises.ts';
import { replyFaults } from '../core/loop/reply.ts';
import type { UpdateWords } from '../core/loop/update.ts';
import { newFeedbackWaveHref } from '../web/feedback-addresses.ts';
import { LANGUAGES, type Language, type LanguageCode } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { answeredBackView, type AnsweredBackView } from './answered-back-page.ts';
import { subjectOf } from './chain-pages.ts';
import { involvedView, type InvolvedView } from './engagement/involved.ts';
import { faultOf, faultWords, type TextField } from './fields.ts';
import { promiseViews, type PromiseView } from './promise-words.ts';
import { addressesOf } from './public-addresses.ts';
import type { Desk } from './reply-desk.ts';
import { CODES, replyFaultWords, replyForm, type ReplyFormView } from './reply-form.ts';
import { deskHref, titleOf } from './reply-words.ts';
import { trailView, type StationView } from './trail.ts';

/** Things that somebody has just done here. */
export const DESK_DONE = ['asked', 'read', 'updated', 'changed'] as const;

/** What the page is asked for besides the reply. */
export interface DeskShown {
  done: (typeof DESK_DONE)[number] | '';
  faults: readonly LoopFault[];
  updateFaults: readonly LoopFault[];
  update?: UpdateWords;
  /** Set where a publication was refused. */
  refused?: boolean;
}

interface UpdateFormView {
  href: string;
  fields: TextField[];
  isLast: boolean;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/desk': {
      title: string;
      wide: boolean;
      lang: string;
      faults: FieldFault[];
      done: string;
      state: string;
      trail: StationView[];
      /** Null once it is published. */
      waiting: {
        /** What it still lacks, each with the field. */
        missing: FieldFault[];
        publishHref: string;
        askHref: string;
        gate: string;
        languages: { words: string; code: string; reviewHref: string; review: string }[];
        ownWords: boolean;
        /** Which words were read: those written at this time. */
        wordsAt: string;
        form: ReplyFormView;
      } | null;
      check: string[];
      foundClear: boolean;
      comments: { words: string; lang: string }[];
      involved: InvolvedView;
      /** Null while it waits. */
      published: {
        links: { href: string; words: string }[];
        promises: PromiseView[];
        answeredBack: AnsweredBackView;
        /** Where a wave about it is made; empty for whoever may not. */
        askHref: string;
        askWords: string;
        presses: string;
        updates: { id: string; date: string; words: string; lang: string }[];
        next: string;
        overdue: boolean;
        form: UpdateFormView;
      } | null;
    };
    'replies/promises': { promises: PromiseView[]; intro: string };
    'replies/updates': {
      updates: { id: string; date: string; words: string; lang: string }[];
      next: string;
      overdue: boolean;
    };
  }
}

/** A reply with all that is known of it, and what may be done with it now. */
export function deskPage(language: Language, desk: Desk, shown: DeskShown): Views['replies/desk'] {
  const { loop, replies } = language.words;
  const { reply, chain } = desk;
  const updateFaults = updateFaultWords(language, shown.updateFaults);
  const { publishedAt } = reply;
  return {
    ...titleOf(language, reply),
    wide: true,
    faults: [
      ...replyFaultWords(language, shown.faults),
      ...(shown.refused ? unreadWords(language, desk) : []),
      ...updateFaults,
    ],
    done: shown.done ? loop[`done-${shown.done}`] : '',
    state:
      publishedAt === null
        ? replies.waiting
        : language.say('replies', 'publishedOn', { date: language.date(publishedAt) }),
    trail: trailView(language, chain.trail, 'reply', deskHref(reply.id)),
    waiting: publishedAt === null ? waitingView(language, desk, shown) : null,
    check: checkWords(language, desk),
    foundClear: desk.check !== undefined && isFoundClear(desk.check),
    comments: desk.comments.map(({ words, language: lang }) => ({ words, lang })),
    involved: involvedView(language, chain.involved, { kind: 'reply', id: reply.id }),
    published: publishedAt === null ? null : publishedView(language, desk, shown, updateFaults),
  };
}

function waitingView(language: Language, desk: Desk, shown: DeskShown): Views['replies/desk']['waiting'] {
  const { loop, replies } = language.words;
  const { reply, chain, action, read } = desk;
  const here = deskHref(reply.id);
  const missing = replyFaultWords(language, replyFaults(reply, CODES, desk.today));
  return {
    missing: [...missing, ...unreadWords(language, desk)],
    publishHref: chain.obstacle ? '' : `${here}/publication`,
    askHref: desk.check ? '' : `${here}/checks`,
    gate: desk.authority.kind === 'demonstration' ? loop.demonstrationGate : '',
    languages: CODES.map((code) => {
      const values = { language: replies[`language-${code}`] };
      const isRead = read.includes(code);
      return {
        words: language.say('loop', isRead ? 'languageRead' : 'languageDrafted', values),
        code,
        reviewHref: isRead || !desk.mayRead ? '' : `${here}/reviews`,
        review: language.say('loop', 'readIt', values),
      };
    }),
    ownWords: !desk.mayRead,
    wordsAt: reply.madeAt,
    form: replyForm(language, subjectOf(chain, action), { faults: shown.faults }),
  };
}

function unreadWords(language: Language, { unread }: Desk): FieldFault[] {
  const name = (code: string) => language.words.replies[`language-${code as LanguageCode}`];
  return unread.map((code) => ({
    field: 'languages',
    message: language.say('loop', 'fault-unread', { language: name(code) }),
  }));
}

function checkWords(language: Language, { check }: Desk): string[] {
  if (!check) return [language.words.loop.checkNotAsked];
  const values = { clear: language.number(check.clear), notClear: language.number(check.notClear) };
  return [
    language.say('loop', 'askedOn', { date: language.date(check.askedAt) }),
    language.say('loop', 'verdicts', values),
  ];
}

function publishedView(
  language: Language,
  desk: Desk,
  shown: DeskShown,
  faults: readonly FieldFault[],
): Views['replies/desk']['published'] {
  const { loop } = language.words;
  const { reply, authority, presses } = desk;
  const at = addressesOf(authority.id, reply.id);
  const due = nextDue({ nextUpdateOn: reply.nextUpdateOn, updates: desk.updates });
  const overdue = isOverdue({ nextUpdateOn: reply.nextUpdateOn, updates: desk.updates }, desk.today);
  const links = [
    { href: at.page, words: loop.publicPage },
    { href: at.poster, words: loop.poster },
    { href: at.slide, words: loop.slide },
    { href: at.embed, words: loop.embed },
  ];
  return {
    links: desk.chain.obstacle ? [] : links,
    promises: desk.promises ? promiseViews(language, desk.promises) : [],
    answeredBack: answeredBackView(language, desk.answeredBack, 'planners'),
    askHref: desk.mayAsk ? newFeedbackWaveHref(reply.id) : '',
    askWords: desk.mayAsk ? askWords(language, desk) : language.words.feedback.askWords,
    presses: language.say('loop', 'pressesCount', {
      clear: language.number(presses.clear),
      notClear: language.number(presses['not-clear']),
    }),
    updates: updateViews(language, desk.updates),
    next: nextWords(language, due, overdue),
    overdue,
    form: updateForm(language, desk, shown.update, faults),
  };
}

function askWords({ words: { feedback } }: Language, { answeredBack }: Desk): string {
  return answeredBack.length > 0 ? feedback.askAgain : feedback.ask;
}

/** Each update with its date, in the language of the page or in one that it has. */
export function updateViews(language: Language, updates: Desk['updates']) {
  return updates.map(({ id, madeAt, words }) => {
    const lang = words[language.code] === undefined ? (Object.keys(words)[0] ?? language.code) : language.code;
    return { id, date: language.date(madeAt), words: words[lang] ?? '', lang };
  });
}

/** When the next news is due, that it is late, or that none is. */
export function nextWords(language: Language, due: string | null, overdue: boolean): string {
  if (due === null) return language.words.loop.lastNews;
  return language.say('loop', overdue ? 'overdueSince' : 'nextNewsOn', { date: language.date(due) });
}

function updateLabels(language: Language): Record<string, string> {
  const { loop, replies } = language.words;
  const fields = LANGUAGES.map(({ code }) => {
    const label = language.say('loop', 'updateWordsIn', { language: replies[`language-${code}`] });
    return [`words-${code}`, label] as const;
  });
  return { ...Object.fromEntries(fields), nextUpdateOn: loop.updateNext };
}

function updateFaultWords(language: Language, faults: readonly LoopFault[]): FieldFault[] {
  return faultWords(language, faults, updateLabels(language), () => TEXT_LENGTH).map((fault) =>
    fault.field === 'nextUpdateOn' ? { ...fault, message: language.words.loop.updateLastFault } : fault,
  );
}

function updateForm(
  language: Language,
  { reply }: Desk,
  typed: UpdateWords | undefined,
  faults: readonly FieldFault[],
): UpdateFormView {
  const { loop } = language.words;
  const labels = updateLabels(language);
  const longest = String(TEXT_LENGTH);
  const words = LANGUAGES.map(({ code, direction }): TextField => {
    const name = `words-${code}`;
    const value = typed?.words[code] ?? '';
    const about = { name, label: labels[name] ?? '', hint: loop.updateWordsHint, value, fault: faultOf(faults, name) };
    return { ...about, kind: 'lines', longest, lang: code, direction };
  });
  const next: TextField = {
    ...{ name: 'nextUpdateOn', label: loop.updateNext, hint: language.words.replies.nextUpdateHint },
    ...{ value: typed?.nextUpdateOn ?? '', fault: faultOf(faults, 'nextUpdateOn'), kind: 'date', longest, lang: '' },
    ...{ direction: 'ltr', isOptional: true },
  };
  return { href: `${deskHref(reply.id)}/updates`, fields: [...words, next], isLast: typed?.nextUpdateOn === null };
}
