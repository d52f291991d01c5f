import { eventState, EVENT_KINDS, linkableKinds, type EventKind } from '../../core/boards/events.ts';
import { STARS_EACH } from '../../core/boards/cards.ts';
import { isNew, seenVersion, waitingChanges, type Looked } from '../../core/boards/looking.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { shownContribution } from '../forum/contribution-words.ts';
import { written, type Choice, type Written } from '../words.ts';
import { boardHref, eventHref } from './addresses.ts';
import type { BoardContents, ReadBoard, ReadCard, ReadHeading } from './board-reading.ts';
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
  cards: ShownCard[];
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
    changes: changes > 0 ? language.say('boards', 'changes', { count: changes }) : '',
    starsLeft: state === 'open' && viewer.member ? language.say('boards', 'starsLeft', starsLeft) : '',
    consentHint: kind === 'ideas' && viewer.member ? boards.consentHint : '',
    groups: groupsOf(language, facts, ofEvent),
    adding: state === 'open' ? addingForm(language, read, contents, kind, forms.typed) : null,
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
  const headings = ofEvent.headings.filter(({ heading }) => seenVersion(heading, accountId, looked));
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
  };
  return [
    unsorted,
    ...headings.map(({ heading, said }) => {
      const { text, note, reportHref } = shownContribution(language, read.viewer, said, now);
      return {
        ...group(heading.id, under(heading.id)),
        text,
        note,
        reportHref,
        isNew: isNew(heading, accountId, looked),
      };
    }),
  ];
}

/** Headings to stand under, "not sorted yet" among them. */
function headingChoices(language: Language, headings: readonly ReadHeading[], chosen: string): Choice[] {
  return [
    { value: '', words: language.words.boards.unsorted, lang: language.code, chosen: chosen === '' },
    ...headings.map(({ heading: { id }, said }) => ({
      value: id,
      words: said.words,
      lang: said.language,
      chosen: id === chosen,
    })),
  ];
}

function addingForm(
  language: Language,
  { viewer, board }: ReadBoard,
  contents: BoardContents,
  kind: EventKind,
  typed: Partial<AddingWords>,
): AddingForm {
  const { boards } = language.words;
  const href = eventHref(board.id, kind);
  const { headings } = eventPieces(contents, kind);
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
