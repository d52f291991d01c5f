import { eventState, EVENT_KINDS, linkableKinds, type EventKind } from '../../core/boards/events.ts';
import { STARS_EACH } from '../../core/boards/cards.ts';
import { isNew, seenVersion, waitingChanges, type Looked } from '../../core/boards/looking.ts';
import type { HeadingVersion } from '../../storage/board-cards.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { shownContribution } from '../forum/contribution-words.ts';
import { pauseOf } from '../forum/forum-access.ts';
import { written, type Choice, type Written } from '../words.ts';
import { boardHref, eventHref, headingHref } from './addresses.ts';
import type { BoardContents, ReadCard, ReadHeading } from './board-reading.ts';
import { linkChoices, shownCard, type CardFacts, type ShownCard, type SignedWords } from './card-words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/boards/event': {
      title: string;
      faults: FieldFault[];
      board: Written;
      boardHref: string;
      href: string;
      intro: string;
      state: string;
      /** Events of the board, this one marked. */
      events: { href: string; words: string; current: boolean }[];
      /** Why nothing can be moved by this person just now; empty if it can. */
      paused: string;
      /** What others did since this person looked; empty if nothing. */
      changes: string;
      starsLeft: string;
      /** How ideas come before adults; empty where that is not asked. */
      consentHint: string;
      groups: CardGroup[];
      /** Null where nothing can be added. */
      adding: AddingForm | null;
    };
    'studio/boards/card': { card: ShownCard };
    'studio/boards/adding': { adding: AddingForm };
    'studio/boards/heading-change': { change: HeadingForm };
    'studio/boards/signed': { signed: SignedWords[] };
  }
}

/** Cards under one heading. */
export interface CardGroup {
  id: string;
  text: Written;
  /** Why others do not see the heading; empty if they do. */
  note: string;
  isNew: boolean;
  count: string;
  reportHref: string;
  /** How a youth worker changes the heading; null where it can not be changed by this person. */
  change: HeadingForm | null;
  cards: ShownCard[];
}

/** Other words for a heading, or none of it. */
export interface HeadingForm {
  id: string;
  /** Where the new words go; `removal` takes an empty one off. */
  action: string;
  removal: string;
  version: string;
  words: string;
}

/** A heading with the version that somebody sees. */
interface SeenHeading extends ReadHeading {
  version: HeadingVersion;
}

/** What can be added to an event: a card by a member, lines by a youth worker, headings by both. */
export interface AddingForm {
  action: string;
  isRoom: boolean;
  typed: AddingWords;
  headings: Choice[];
  links: Choice[];
  linkLabel: string;
  cardLabel: string;
  headingAction: string;
}

export interface AddingWords {
  words: string;
  heading: string;
  linked: string;
  newHeading: string;
}

/** What was typed into a form of an event, and what is wrong with it. */
export interface EventForms {
  faults: FieldFault[];
  typed: Partial<AddingWords>;
}

/** An event as somebody may read it now, and what they have seen of it. */
export interface EventFacts extends CardFacts {
  kind: EventKind;
  looked: Looked;
}

export function eventPage(language: Language, facts: EventFacts, forms: EventForms): Views['studio/boards/event'] {
  const { read, contents, kind, looked } = facts;
  const { board, viewer } = read;
  const { boards } = language.words;
  const state = eventState(board.events, kind);
  const ofEvent = eventPieces(contents, kind);
  const pieces = [...ofEvent.cards.map(({ card }) => card), ...ofEvent.headings.map(({ heading }) => heading)];
  const changes = waitingChanges(pieces, viewer.accountId, looked);
  const given = ofEvent.cards.filter(({ card }) => card.starredBy.includes(viewer.accountId)).length;
  const pause = pauseOf(viewer);
  const starsLeft = { left: language.number(Math.max(0, STARS_EACH - given)), all: language.number(STARS_EACH) };
  return {
    title: boards[`event-${kind}`],
    faults: forms.faults,
    board: written(board.title, board.language),
    boardHref: boardHref(board.id),
    href: eventHref(board.id, kind),
    intro: boards[`intro-${kind}`],
    state: boards[`state-${state}`],
    events: EVENT_KINDS.filter((one) => eventState(board.events, one) !== 'to-come').map((one) => ({
      href: eventHref(board.id, one),
      words: boards[`event-${one}`],
      current: one === kind,
    })),
    paused: pause && state === 'open' ? language.say('boards', 'paused', { reason: pause.reason }) : '',
    changes: changes > 0 ? language.say('boards', 'changes', { count: changes }) : '',
    starsLeft: state === 'open' && viewer.member ? language.say('boards', 'starsLeft', starsLeft) : '',
    consentHint: kind === 'ideas' && viewer.member ? boards.consentHint : '',
    groups: groupsOf(language, facts, ofEvent),
    adding: state === 'open' ? addingForm(language, facts, forms.typed) : null,
  };
}

/** What somebody may read of one event. */
export function eventPieces({ cards, headings }: BoardContents, kind: EventKind) {
  return {
    cards: [...cards.values()].filter(({ card }) => card.kind === kind),
    headings: [...headings.values()].filter(({ heading }) => heading.kind === kind),
  };
}

/** What is not sorted comes first: it is what there is to do. */
function groupsOf(
  language: Language,
  facts: EventFacts,
  ofEvent: { cards: ReadCard[]; headings: ReadHeading[] },
): CardGroup[] {
  const { read, looked, now } = facts;
  const { accountId } = read.viewer;
  const headings = seenHeadings(ofEvent.headings, accountId, looked);
  const seen = ofEvent.cards.flatMap((one) => {
    const version = seenVersion(one.card, accountId, looked);
    return version ? [{ ...one, version }] : [];
  });
  const placeOf = (headingId: string | null) =>
    headings.find(({ heading }) => heading.id === headingId)?.heading.id ?? '';
  const under = (id: string) =>
    seen
      .filter(({ version }) => placeOf(version.headingId) === id)
      .map(({ card, said, version }) => {
        const choices = headingChoices(language, headings, id);
        return shownCard(language, facts, { card, said }, { version, headings: choices, looked });
      });
  const group = (id: string, cards: ShownCard[]) => ({
    id: `heading-${id || 'none'}`,
    count: language.say('boards', 'cards', { count: cards.length }),
    cards,
  });
  const unsorted = {
    ...group('', under('')),
    ...{ text: written(language.words.boards.unsorted, language.code), note: '', isNew: false, reportHref: '' },
    change: null,
  };
  return [
    unsorted,
    ...headings.map((one) => {
      const { heading, said } = one;
      const { note, reportHref } = shownContribution(language, read.viewer, said, now);
      const cards = under(heading.id);
      return {
        ...group(heading.id, cards),
        text: headingText(language, one),
        note: said.isRemoved ? '' : note,
        reportHref,
        isNew: isNew(heading, accountId, looked),
        change: changeForm(facts, one),
      };
    }),
  ];
}

/** Headings as somebody saw them when they last looked, without those that were taken off. */
function seenHeadings(headings: readonly ReadHeading[], accountId: string, looked: Looked): SeenHeading[] {
  return headings.flatMap((one): SeenHeading[] => {
    const version = seenVersion(one.heading, accountId, looked);
    return version && !version.isRemoved ? [{ ...one, version }] : [];
  });
}

/** A heading's words as somebody sees it. */
export function headingText(language: Language, { said, version }: SeenHeading): Written {
  if (version.renamed) return written(version.renamed.words, version.renamed.language);
  // Whoever wrote it took their words away; cards still stand under it.
  if (said.isRemoved) return written(language.words.boards.headingEmpty, language.code);
  return written(said.words, said.language);
}

function changeForm({ read, kind }: EventFacts, { heading, said, version }: SeenHeading): HeadingForm | null {
  const { viewer, board } = read;
  if (!viewer.isWorker || eventState(board.events, kind) !== 'open') return null;
  const href = headingHref(board.id, kind, heading.id);
  return {
    id: `words-${heading.id}`,
    ...{ action: `${href}/names`, removal: `${href}/removal`, version: `${version.version}` },
    words: version.renamed?.words ?? said.words,
  };
}

/** Headings to stand under, "not sorted yet" among them. */
function headingChoices(language: Language, headings: readonly SeenHeading[], chosen: string): Choice[] {
  return [
    { value: '', words: language.words.boards.unsorted, lang: language.code, chosen: chosen === '' },
    ...headings.map((one) => {
      const { words, lang } = headingText(language, one);
      return { value: one.heading.id, words, lang, chosen: one.heading.id === chosen };
    }),
  ];
}

function addingForm(
  language: Language,
  { read: { viewer, board }, contents, kind, looked }: EventFacts,
  typed: Partial<AddingWords>,
): AddingForm {
  const { boards } = language.words;
  const href = eventHref(board.id, kind);
  const headings = seenHeadings(eventPieces(contents, kind).headings, viewer.accountId, looked);
  return {
    action: `${href}/${viewer.isWorker ? 'room-cards' : 'cards'}`,
    isRoom: viewer.isWorker,
    typed: { words: '', heading: '', linked: '', newHeading: '', ...typed },
    headings: headingChoices(language, headings, typed.heading ?? ''),
    links: linkableKinds(kind).length > 0 ? linkChoices(contents, kind, typed.linked ?? '') : [],
    linkLabel: kind === 'needs' ? '' : boards[`linkLabel-${kind}`],
    cardLabel: boards[`cardLabel-${kind}`],
    headingAction: `${href}/headings`,
  };
}
