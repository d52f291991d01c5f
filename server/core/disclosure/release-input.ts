import type { Band } from '../survey/stage.ts';
import type { CountedVersion, WaveWay } from './counted-items.ts';
import type { Membership } from './lattice.ts';
import type { GroupSource } from './release.ts';
import type { BaseCell, Dimension } from './units.ts';

/** Everything that a release is made from. Exact answers: they never leave the release job. */
export interface ReleaseInput {
  authority: { id: string; name: string };
  wave: { id: string; name: string; startsOn: string; endsOn: string };
  /** 'roll': everybody on a roll was asked; 'open': whoever came answered, and localities stand for schools. */
  reached: 'roll' | 'open';
  bands: readonly Band[];
  /** In the order that cells count schools in. */
  schools: readonly ReleaseSchool[];
  clusters: readonly Membership[];
  localities: readonly Membership[];
  /** What responses are counted by. */
  cells: readonly BaseCell[];
  /** The dimensions that cells are told apart by, with their source. */
  dimensions: Partial<Record<Dimension, GroupSource>>;
  /** Pupils on the roll, at `school * bands + band`. */
  roll: ArrayLike<number>;
  /** By dimension and band, pupils on the roll by group; only where the roll holds it of everybody in the band. */
  rollByGroup?: Partial<Record<'sex' | 'quintile', (Record<string, number> | undefined)[]>> | undefined;
  way: WaveWay;
  versions: readonly CountedVersion[];
}

export interface ReleaseSchool {
  code: string;
  agreedToBeShown: boolean;
  /** Whether it has no stages: such schools are a place of their own. */
  special?: boolean;
}

/** A cell for each school and band, at `school * bands + band`: what counts are by where no group is held. */
export function cellsOfSchools(schools: number, bands: number): BaseCell[] {
  return Array.from({ length: schools * bands }, (_, cell) => ({
    school: Math.floor(cell / bands),
    band: cell % bands,
    groups: {},
  }));
}
