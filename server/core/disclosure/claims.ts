import type { Cube } from './release.ts';

/*
 * What the figures of a release may be taken for. Where everybody on a roll was asked, those who answered stand for
 * those who did not, as well as their rate lets them. Whoever came to an open survey stands for nobody else: their
 * shares are told, and nothing is made of them that would speak of others.
 */
export type Claim =
  /** A range that a share lies in, as if chance had chosen who answered. */
  | 'range'
  /** A response rate. */
  | 'rate'
  /** Words for how far two groups or two waves lie apart. */
  | 'comparison'
  /** One answer by every group of the lattice. */
  | 'groups'
  /** Views that speak of all children of a place. */
  | 'village'
  | 'gaps'
  | 'wheel'
  | 'funnel'
  /** Who was on no roll: where nobody is, whoever came is told instead. */
  | 'not-asked'
  /** Themes of what pupils wrote. */
  | 'themes'
  /** The version of a report that goes back to the children who answered. */
  | 'children'
  /** A finding, which a reply says back to pupils. */
  | 'finding';

const OF_A_ROLL: readonly Claim[] = [
  'range',
  'rate',
  'comparison',
  'groups',
  'village',
  'gaps',
  'wheel',
  'funnel',
  'not-asked',
  'themes',
  'children',
  'finding',
];

const ALLOWED: Readonly<Record<Cube['reached'], readonly Claim[]>> = { roll: OF_A_ROLL, open: [] };

/** Whether a release may be taken for this. */
export function allows({ reached }: Pick<Cube, 'reached'>, claim: Claim): boolean {
  return ALLOWED[reached].includes(claim);
}
