/*
 * The rows of the tables about boards; as in tables.ts.
 */

/** A board of a forum; title and subject are words of a youth worker. */
interface BoardsTable {
  id: string;
  forum_id: string;
  title: string;
  about: string;
  language: string;
  made_at: string;
  made_by: string;
}

/** An event of a board that was opened. */
interface BoardEventsTable {
  board_id: string;
  kind: string;
  opened_at: string;
  opened_by: string;
  ended_at: string | null;
  ended_by: string | null;
}

/** A heading that cards of an event stand under. */
interface BoardHeadingsTable {
  contribution_id: string;
  board_id: string;
  kind: string;
}

interface BoardCardsTable {
  contribution_id: string;
  board_id: string;
  kind: string;
  /** 1 if a youth worker typed it in for people in the room. */
  from_room: 0 | 1;
  withdrawn_at: string | null;
}

/** Where a card stood after a change; the greatest version is where it stands. */
interface BoardCardVersionsTable {
  card_id: string;
  version: number;
  /** Null while it is not sorted. */
  heading_id: string | null;
  /** A card of an earlier event. */
  linked_id: string | null;
  changed_by: string;
  changed_at: string;
}

/** That somebody looked at an event of a board. */
interface BoardLooksTable {
  board_id: string;
  kind: string;
  account_id: string;
  /** How often they looked. */
  look: number;
  looked_at: string;
}

/** Which version of a card or heading somebody saw. */
interface BoardSightsTable {
  piece_id: string;
  account_id: string;
  version: number;
  /** At which of their looks they first saw it so. */
  look: number;
}

interface BoardStarsTable {
  card_id: string;
  account_id: string;
  starred_at: string;
}

/** What an adult of the council takes on. */
interface BoardUndertakingsTable {
  id: string;
  card_id: string;
  account_id: string;
  /** As whom they sign: a role, never a name. */
  signed_as: string;
  words: string;
  language: string;
  /** A day. */
  due_on: string;
  signed_at: string;
}

/** The idea that a proposed question came from. */
interface ProposalCardsTable {
  proposal_id: string;
  card_id: string;
}

export interface BoardTables {
  boards: BoardsTable;
  board_events: BoardEventsTable;
  board_headings: BoardHeadingsTable;
  board_cards: BoardCardsTable;
  board_card_versions: BoardCardVersionsTable;
  board_looks: BoardLooksTable;
  board_sights: BoardSightsTable;
  board_stars: BoardStarsTable;
  board_undertakings: BoardUndertakingsTable;
  proposal_cards: ProposalCardsTable;
}
