import type { CubeFigures } from './release.ts';
import type { ItemAudit } from './safe-item.ts';

/** A piece of the work, by name: `rows/p5-p7/0`, `variable/p5-p7/feel-safe`. */
export type PieceId = string;

/** What a piece leaves: nothing in it is more than what the release shows. */
export type PieceOutcome =
  | { kind: 'rows'; /** Units whose row is withheld. */ withheld: number[] }
  | { kind: 'variable'; figures: CubeFigures[]; audits: ItemAudit[] };
