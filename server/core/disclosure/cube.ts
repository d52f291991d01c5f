import type { AskedState } from '../survey/answer.ts';
import type { Band } from '../survey/stage.ts';
import type { LatticeNode } from './lattice.ts';
import type { ProtectedCount } from './protection.ts';
import type { Caution } from './rules.ts';
import type { Dimension } from './units.ts';

/* What a release holds, as it is sealed and stored. */

export interface CubeItem {
  /** The id of a variable (`question`, `grid.row`, `ranking.option`), of an indicator or of something worked out. */
  id: string;
  /** 'outcomes': how many poor outcomes come together; 'scale': a score, of which sums are shown. */
  kind: 'question' | 'indicator' | 'outcomes' | 'scale';
  /** The question of the survey that it reads. */
  question: string;
  /** Which of its rows or ranked options it reads; null where the question is one variable. */
  part: string | null;
  /** Codes of a variable; the single code 'yes' of an indicator. */
  options: string[];
  /** Whether persons may count under several options. */
  several: boolean;
  domain: string;
  /** Whether pupils of one school are likely to answer alike, which widens intervals. */
  schoolClimate: boolean;
  /** Asked in a section whose records hold no school: there are tables of the whole authority alone. */
  unlinked: boolean;
  /** Bands that were asked, each with the survey version whose words it read. */
  versions: Record<string, string>;
  /** Of a scale, its lowest and highest score. */
  range?: { lowest: number; highest: number };
}

/** The id of the variable that an item reads: its own, or the one that an indicator is worked out from. */
export function variableIdOf({ question, part }: Pick<CubeItem, 'question' | 'part'>): string {
  return part ? `${question}.${part}` : question;
}

/** The response of a place and band: the first thing to read. */
export interface CubeRate {
  node: string;
  band: string;
  /** Pupils on the roll; 0 of a survey that is open to whoever comes. */
  roll: number;
  /** Schools with pupils of the band on the roll. */
  schools: number;
  /** Their rolls, for the design effect. */
  schoolSizes: number[];
  responses: ProtectedCount | null;
}

/** One item at one place for one band and group. */
export interface CubeTable {
  node: string;
  band: string;
  /** '' for everybody: see units.ts. */
  group: string;
  item: string;
  /** Persons asked; null hides the whole table. */
  base: ProtectedCount | null;
  /** By option; null where hidden. */
  counts: Record<string, ProtectedCount | null>;
  /** Don't know, prefer not to say, skipped: rows of the same base. */
  states: Partial<Record<AskedState, ProtectedCount | null>>;
  /** Results of a single school: for signed-in planners, never public. */
  oneSchool: boolean;
  caution: Caution;
  /** Protected figures that each of these is made of: 1, or more where it is a difference of others. */
  roundings: number;
  /** Of a scale: points above its lowest score, added up; null where hidden. The base then is those with a score. */
  points?: ProtectedCount | null;
}

/** A place, band and group that tables are made for. */
export interface CubeUnit {
  node: string;
  band: string;
  group: string;
  roundings: number;
}

/** The figures of an item in a band, unit by unit in the order of the band's units; the units after the last have none. */
export interface CubeFigures {
  item: string;
  band: string;
  base: (ProtectedCount | null)[];
  counts: Record<string, (ProtectedCount | null)[]>;
  states: Partial<Record<AskedState, (ProtectedCount | null)[]>>;
  /** Of a scale alone. */
  points?: (ProtectedCount | null)[];
  /** Positions of the units that show a single school. */
  oneSchool: number[];
  /** Positions of the units whose counts are sums of two protected figures. */
  sums: number[];
  /** How many protected figures each base is the sum of; 1 unless told. */
  baseRoundings?: number;
}

/**
 * What needs whole answers, worked out for the whole authority when the release was made, and rounded: the alpha of a
 * scale, girls less boys in standard deviations (both to two decimals), an indicator weighted to the roll (per cent).
 */
export interface NamedFact {
  kind: 'alpha' | 'difference' | 'weighted';
  item: string;
  band: string;
  value: number;
  /** Ends of its 95% interval. */
  low: number;
  high: number;
}

/** What a group of children is known by: the school's roll by way of the code, or their own answer. */
export type GroupSource = 'code' | 'asked';

export interface Cube {
  format: 3;
  lattice: string;
  protection: string;
  /** The attack that it withstood. */
  attack: string;
  authority: { id: string; name: string };
  wave: { id: string; name: string; startsOn: string; endsOn: string };
  /** 'roll': everybody on a roll was asked; 'open': whoever came answered. */
  reached: 'roll' | 'open';
  /** The dimensions that the wave holds, with their source. */
  dimensions: Partial<Record<Dimension, GroupSource>>;
  bands: Band[];
  nodes: LatticeNode[];
  /** Without the rests of the authority, whose figures are differences of others. */
  units: CubeUnit[];
  items: CubeItem[];
  rates: CubeRate[];
  figures: CubeFigures[];
  /** Not in releases that were made before there were any. */
  facts?: NamedFact[];
}

/** Hashes text with SHA-256 as lower-case hexadecimal digits; handed in, since core has no packages. */
export type Sha256 = (text: string) => string;
