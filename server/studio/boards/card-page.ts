import { eventState } from '../../core/boards/events.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { pauseOf } from '../forum/forum-access.ts';
import type { Choice } from '../words.ts';
import { eventHref } from './addresses.ts';
import type { ReadCard } from './board-reading.ts';
import { linkChoices, shownCard, type CardFacts, type ShownCard } from './card-words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/boards/card-page': {
      title: string;
      faults: FieldFault[];
      card: ShownCard;
      backHref: string;
      eventWords: string;
      version: string;
      /** What it can be linked to; none where it can not be linked. */
      links: Choice[];
      linkLabel: string;
      linkAction: string;
      withdrawAction: string;
      /** Where to make a question of it; empty where that is not for this person. */
      proposeHref: string;
      /** Where the author of an idea says whether adults of the council may read it; empty for everybody else. */
      consentHref: string;
      mayBePublic: boolean;
      /** Where its author sees what became of it, and others ask a youth worker to look. */
      contributionHref: string;
      contributionWords: string;
    };
  }
}

/** A card by itself, as it is now. */
export function cardPage(
  language: Language,
  facts: CardFacts,
  found: ReadCard,
  faults: FieldFault[],
): Views['studio/boards/card-page'] {
  const { card } = found;
  const { board, viewer } = facts.read;
  const { boards, forum } = language.words;
  const version = card.versions.at(-1)!;
  const shown = shownCard(language, facts, found, { version, headings: [], looked: null });
  const isOpen = eventState(board.events, card.kind) === 'open' && !pauseOf(viewer);
  const isIdea = card.kind === 'ideas' && viewer.member !== null && shown.said.sight === 'shown';
  return {
    title: boards[`cardTitle-${card.kind}`],
    faults,
    card: { ...shown, move: null },
    backHref: `${eventHref(board.id, card.kind)}#said-${card.id}`,
    eventWords: boards[`event-${card.kind}`],
    version: `${version.version}`,
    links: isOpen ? linkChoices(facts.contents, card.kind, version.linkedId ?? '') : [],
    linkLabel: card.kind === 'needs' ? '' : boards[`linkLabel-${card.kind}`],
    linkAction: `${shown.href}/links`,
    withdrawAction: shown.said.own ? `${shown.href}/withdrawal` : '',
    proposeHref: isIdea ? `/studio/proposals/new?card=${card.id}` : '',
    consentHref: isIdea && shown.said.own ? `${shown.said.href}/consent` : '',
    mayBePublic: found.said.mayBePublic,
    contributionHref: shown.said.href,
    contributionWords: shown.said.own ? forum.ownLink : viewer.isWorker ? forum.look : forum.reportLink,
  };
}
