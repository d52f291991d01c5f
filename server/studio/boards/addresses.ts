import type { EventKind } from '../../core/boards/events.ts';

/* Where the pages of boards are. */

export const BOARDS_HREF = '/studio/boards';
export const boardHref = (boardId: string) => `${BOARDS_HREF}/${boardId}`;
export const eventHref = (boardId: string, kind: EventKind | ':kind') => `${boardHref(boardId)}/events/${kind}`;
export const headingHref = (boardId: string, kind: EventKind | ':kind', headingId: string) =>
  `${eventHref(boardId, kind)}/headings/${headingId}`;
export const cardHref = (boardId: string, cardId: string) => `${boardHref(boardId)}/cards/${cardId}`;
export const undertakingsHref = (boardId: string) => `${boardHref(boardId)}/undertakings`;
