/*
 * What somebody sees of a board: it stays as it was when they last looked, except for what they do themselves. Nothing
 * jumps while they read, and they say when they want to see what others did.
 */

/** A card or a heading as it was after a change, counted from 1. */
export interface PieceVersion {
  version: number;
  /** The account that made this change. */
  changedBy: string;
}

export interface Piece<Version extends PieceVersion = PieceVersion> {
  id: string;
  /** In their order; the last is how it is. */
  versions: readonly Version[];
}

/** What somebody saw of one piece: which version, and at which of their looks. */
export interface Sight {
  version: number;
  look: number;
}

/** What somebody saw of an event of a board. */
export interface Looked {
  /** How often they looked; the first is 1. */
  look: number;
  /** By piece. */
  sights: ReadonlyMap<string, Sight>;
}

/** A piece as somebody sees it; undefined for what others added since they looked. */
export function seenVersion<Version extends PieceVersion>(
  piece: Piece<Version>,
  accountId: string,
  { sights }: Looked,
): Version | undefined {
  const looked = sights.get(piece.id)?.version ?? 0;
  return piece.versions.findLast(({ version, changedBy }) => version <= looked || changedBy === accountId);
}

/** How many pieces others added or changed since somebody looked. */
export function waitingChanges(pieces: readonly Piece[], accountId: string, looked: Looked): number {
  return pieces.filter((piece) => seenVersion(piece, accountId, looked) !== piece.versions.at(-1)).length;
}

/** Whether somebody saw a piece as it is for the first time when they last looked; nothing is new at the first look. */
export function isNew(piece: Piece, accountId: string, { look, sights }: Looked): boolean {
  const sight = sights.get(piece.id);
  const isOwn = piece.versions.at(-1)?.changedBy === accountId;
  return look > 1 && !isOwn && sight?.look === look;
}
