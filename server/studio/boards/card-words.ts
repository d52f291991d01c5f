import { eventState, linkableKinds, type EventKind } from '../../core/boards/events.ts';
import { isNew, type Looked } from '../../core/boards/looking.ts';
import type { CardVersion } from '../../storage/board-cards.ts';
import type { Undertaking } from '../../storage/board-undertakings.ts';
import type { PublishedQuestion } from '../../storage/question-origins.ts';
import type { Language } from '../../web/language.ts';
import { questionHref } from '../../web/released-questions.ts';
import { shownContribution, type ShownContribution } from '../forum/contribution-words.ts';
import { pauseOf } from '../forum/forum-access.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { apart, written, type Choice, type Written } from '../words.ts';
import { cardHref } from './addresses.ts';
import type { BoardContents, ReadBoard, ReadCard } from './board-reading.ts';

/** A card as one person sees it on the board. */
export interface ShownCard {
  said: ShownContribution;
  href: string;
  isNew: boolean;
  fromRoom: boolean;
  /** The card that it is linked to, and how. */
  link: { label: string; text: Written } | null;
  /** How many stars it has; empty until its event has ended. */
  stars: string;
  /** The star of this person; null where there is none to give. */
  star: { action: string; words: string } | null;
  /** Null where the card can not be moved. */
  move: { action: string; id: string; version: string; headings: Choice[] } | null;
  /** Proposals that it became, and where these are asked by now. */
  questions: { href: string; asked: { href: string; words: string } | null }[];
  signed: SignedWords[];
}

/** What an adult of the council took on. */
export interface SignedWords {
  text: Written;
  who: string;
}

/** What a board's cards are drawn from. */
export interface CardFacts {
  read: ReadBoard;
  contents: BoardContents;
  undertakings: readonly Undertaking[];
  /** Which proposals came from which cards. */
  proposals: readonly { proposalId: string; cardId: string }[];
  /** The questions that proposals became, by proposal. */
  published: ReadonlyMap<string, PublishedQuestion>;
  now: string;
}

/** @param version the card as this person sees it; @param headings to move it to, the chosen one marked */
export function shownCard(
  language: Language,
  facts: CardFacts,
  { card, said }: ReadCard,
  { version, headings, looked }: { version: CardVersion; headings: Choice[]; looked: Looked | null },
): ShownCard {
  const { read, contents, proposals, now } = facts;
  const { viewer, board } = read;
  const href = cardHref(board.id, card.id);
  const state = eventState(board.events, card.kind);
  const linked = version.linkedId === null ? undefined : contents.cards.get(version.linkedId);
  const hasStar = card.starredBy.includes(viewer.accountId);
  const isMember = viewer.member !== null;
  const isOpen = state === 'open' && !pauseOf(viewer);
  return {
    said: shownContribution(language, viewer, said, now),
    href,
    isNew: looked !== null && isNew(card, viewer.accountId, looked),
    fromRoom: card.fromRoom,
    link: linked
      ? {
          label: linkWords(language, card.kind, linked.card.kind),
          text: written(linked.said.words, linked.said.language),
        }
      : null,
    stars: state === 'ended' ? language.say('boards', 'stars', { count: card.starredBy.length }) : '',
    star:
      isOpen && isMember
        ? {
            action: `${href}/${hasStar ? 'star-removals' : 'stars'}`,
            words: language.words.boards[hasStar ? 'starBack' : 'starGive'],
          }
        : null,
    move: isOpen ? { action: `${href}/moves`, id: `move-${card.id}`, version: `${version.version}`, headings } : null,
    questions: proposals
      .filter(({ cardId }) => cardId === card.id)
      .map(({ proposalId }) => ({
        href: proposalHref(proposalId),
        asked: askedWords(language, facts.published.get(proposalId)),
      })),
    signed: signedWords(language, facts.undertakings, card.id),
  };
}

/** Where a proposal is asked by now; null while it is not. */
export function askedWords(
  language: Language,
  question: PublishedQuestion | undefined,
): { href: string; words: string } | null {
  if (!question) return null;
  const { versionId, itemId, number } = question;
  return {
    href: questionHref(versionId, itemId),
    words: language.say('trail', 'askedIn', { number: language.number(number) }),
  };
}

/** How a card is linked to one of an earlier event. */
export function linkWords({ words }: Language, kind: EventKind, to: EventKind): string {
  if (kind === 'obstacles') return words.boards.linkObstacleNeed;
  return to === 'needs' ? words.boards.linkIdeaNeed : words.boards.linkIdeaObstacle;
}

export function signedWords(language: Language, undertakings: readonly Undertaking[], cardId: string): SignedWords[] {
  return undertakings
    .filter((one) => one.cardId === cardId)
    .map(({ words, language: lang, signedAs, dueOn, signedAt }) => ({
      text: written(words, lang),
      who: language.say('boards', 'signedBy', {
        who: apart(signedAs),
        due: language.date(dueOn),
        date: language.date(signedAt),
      }),
    }));
}

/** Cards that one of an event may be linked to, the nearest event first. */
export function linkChoices({ cards }: BoardContents, kind: EventKind, chosen: string): Choice[] {
  const all = [...cards.values()];
  return linkableKinds(kind).flatMap((earlier) =>
    all
      .filter(({ card }) => card.kind === earlier)
      .map(({ card: { id }, said: { words, language } }) => ({
        value: id,
        words,
        lang: language,
        chosen: id === chosen,
      })),
  );
}
