import type { AskedState } from '../survey/answer.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import type { Band } from '../survey/stage.ts';
import { AUTHORITY, type LatticeNode, type NodeKind } from './lattice.ts';
import { remainderOf, type ProtectedCount } from './protection.ts';
import { cautionOf, LEAST_BASE, mayShowNumerator, type Caution } from './rules.ts';
import { EVERYBODY, type Dimension } from './units.ts';

/*
 * A release: the tables of a wave that have been made safe. Everything that anybody sees is a function
 * of it alone. Hidden figures are null, whatever the reason, and look like empty ones.
 */

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

/** What a share is worked out from. */
export interface ReleasedCell {
  count: ProtectedCount;
  base: ProtectedCount;
  table: CubeTable;
}

/** Hashes text with SHA-256 as lower-case hexadecimal digits; handed in, since core has no packages. */
export type Sha256 = (text: string) => string;

export class Release {
  readonly #cube: Cube;
  /** Positions of units within their band, by place, band and group. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #unitsOf: ReadonlyMap<string, readonly CubeUnit[]>;
  readonly #figures: ReadonlyMap<string, CubeFigures>;
  readonly #groups = new Map<NodeKind, string[]>();
  readonly #rates: ReadonlyMap<string, CubeRate>;
  /** The cube as it is stored. */
  readonly text: string;
  readonly sha256: string;

  private constructor(text: string, sha256: string) {
    this.text = text;
    this.sha256 = sha256;
    this.#cube = JSON.parse(text) as Cube;
    this.#unitsOf = Map.groupBy(this.#cube.units, ({ band }) => band);
    this.#places = new Map(
      [...this.#unitsOf.values()].flatMap((units) =>
        units.map(({ node, band, group }, place): [string, number] => [unitKey(node, band, group), place]),
      ),
    );
    this.#figures = new Map(this.#cube.figures.map((figures) => [`${figures.band}|${figures.item}`, figures]));
    this.#rates = new Map(this.#cube.rates.map((rate) => [`${rate.node}|${rate.band}`, rate]));
  }

  /** Seals a protected cube. Only make-release.ts calls this; a test holds the code to it. */
  static seal(cube: Cube, sha256: Sha256): Release {
    const text = JSON.stringify(cube);
    return new Release(text, sha256(text));
  }

  /**
   * Opens a stored release.
   * @throws if the text is not the one that was sealed
   */
  static read(text: string, expected: string, sha256: Sha256): Release {
    const found = sha256(text);
    if (found !== expected) {
      throw new Error(
        `A stored release has the hash ${found}, expected ${expected}: it was changed. Restore it from a backup.`,
      );
    }
    return new Release(text, found);
  }

  get authority(): Cube['authority'] {
    return this.#cube.authority;
  }
  get wave(): Cube['wave'] {
    return this.#cube.wave;
  }
  get bands(): readonly Band[] {
    return this.#cube.bands;
  }
  get nodes(): readonly LatticeNode[] {
    return this.#cube.nodes;
  }
  get items(): readonly CubeItem[] {
    return this.#cube.items;
  }
  get reached(): Cube['reached'] {
    return this.#cube.reached;
  }
  get facts(): readonly NamedFact[] {
    return this.#cube.facts ?? [];
  }
  get dimensions(): Cube['dimensions'] {
    return this.#cube.dimensions;
  }

  band(id: string): Band | undefined {
    return this.#cube.bands.find((band) => band.id === id);
  }
  node(id: string): LatticeNode | undefined {
    return this.#cube.nodes.find((node) => node.id === id);
  }
  item(id: string): CubeItem | undefined {
    return this.#cube.items.find((item) => item.id === id);
  }
  rate(node: string, band: string): CubeRate | undefined {
    return this.#rates.get(`${node}|${band}`);
  }
  /**
   * The groups that a place may be looked at by, everybody first: all that any place like it has in any band, so that
   * no row tells by being there, or by not being there, whether anybody is in it.
   */
  groups(node: string, band: string): string[] {
    const stored = this.node(this.#partOf(node) ?? node);
    const own = (this.#unitsOf.get(band) ?? []).some((unit) => unit.node === stored?.id);
    return stored && own ? this.#groupsOf(stored.kind) : [];
  }

  #groupsOf(kind: NodeKind): string[] {
    const known = this.#groups.get(kind);
    if (known) return known;
    const alike = LARGE.includes(kind) ? LARGE : [kind];
    const nodes = new Set(this.nodes.filter((node) => alike.includes(node.kind)).map(({ id }) => id));
    const own = new Set(this.#cube.units.filter((unit) => nodes.has(unit.node)).map(({ group }) => group));
    const groups = [...own].toSorted((one, other) => dimensionsIn(one) - dimensionsIn(other) || (one < other ? -1 : 1));
    this.#groups.set(kind, groups);
    return groups;
  }
  /** The table of an item at a place for a band and group; undefined where the lattice has none. */
  table(node: string, band: string, item: string, group = EVERYBODY): CubeTable | undefined {
    const part = this.#partOf(node);
    if (part !== undefined)
      return this.#rest(node, this.table(AUTHORITY, band, item, group), this.table(part, band, item, group));
    const place = this.#places.get(unitKey(node, band, group));
    const figures = this.#figures.get(`${band}|${item}`);
    if (!figures) return undefined;
    // Nobody is in this group here, which looks like too few.
    if (place === undefined && group !== EVERYBODY && this.groups(node, band).includes(group))
      return tableAt(figures, { node, band, group, roundings: 1 }, figures.base.length);
    if (place === undefined || place >= figures.base.length) return undefined;
    return tableAt(figures, this.#unitsOf.get(band)![place]!, place);
  }

  /** The place that leaves a rest of the authority; undefined of any other place. */
  #partOf(id: string): string | undefined {
    const node = this.node(id);
    return node?.kind === 'rest' ? node.of : undefined;
  }

  /** What a place leaves of the authority is worked out from what is shown of both, and stored nowhere. */
  #rest(node: string, whole: CubeTable | undefined, part: CubeTable | undefined): CubeTable | undefined {
    if (!whole || !part) return undefined;
    const rate = this.rate(node, whole.band);
    const mayShow = this.reached === 'open' || (rate !== undefined && rate.responses !== null);
    return restTable(node, whole, part, mayShow);
  }

  /** All tables, item by item. */
  *tables(): Generator<CubeTable> {
    for (const figures of this.#cube.figures) {
      const units = this.#unitsOf.get(figures.band) ?? [];
      for (let place = 0; place < figures.base.length; place += 1) yield tableAt(figures, units[place]!, place);
    }
  }
  /** A shown figure; undefined where it is hidden or there is none, which nobody can tell apart. */
  cell(node: string, band: string, item: string, option: string, group = EVERYBODY): ReleasedCell | undefined {
    const table = this.table(node, band, item, group);
    // Any text may come from an address: only the item's own options name a count.
    const count = table && Object.hasOwn(table.counts, option) ? table.counts[option] : undefined;
    if (!table || table.base === null || count === null || count === undefined) return undefined;
    return { count, base: table.base, table };
  }
  /** How many of some options an item shows at a place for a band and group. */
  shownOptions(at: { node: string; band: string; item: string; group: string; options: readonly string[] }): number {
    const { node, band, item, group, options } = at;
    if (this.#partOf(node) !== undefined) {
      return options.filter((option) => this.cell(node, band, item, option, group) !== undefined).length;
    }
    // Whoever counts all figures asks for hundreds of thousands: too many to make tables of.
    const place = this.#places.get(unitKey(node, band, group));
    const figures = this.#figures.get(`${band}|${item}`);
    if (place === undefined || typeof figures?.base[place] !== 'number') return 0;
    return options.filter((option) => typeof figures.counts[option]?.[place] === 'number').length;
  }
  /** Cells (place × band × group × item × option, states left out) of a band or all bands that are shown and hidden. */
  cellCounts(band?: string): { shown: number; hidden: number } {
    return this.#cellCounts((unit) => band === undefined || unit.band === band);
  }
  /** The same of all bands without their groups, most of which are too small in a small place. */
  cellCountsOfEverybody(): { shown: number; hidden: number } {
    return this.#cellCounts(({ group }) => group === EVERYBODY);
  }

  #cellCounts(isMeant: (unit: CubeUnit) => boolean): { shown: number; hidden: number } {
    const total = { shown: 0, hidden: 0 };
    for (const { band, counts } of this.#cube.figures) {
      const meant = (this.#unitsOf.get(band) ?? []).map(isMeant);
      for (const own of Object.values(counts)) {
        own.forEach((count, place) => {
          if (meant[place]) total[count === null ? 'hidden' : 'shown'] += 1;
        });
      }
    }
    return total;
  }
}

/** Kinds of places that have the same groups. */
const LARGE: readonly NodeKind[] = ['authority', 'locality'];

/** By how many things a group is told apart: `sex=female&quintile=1` by two. */
const dimensionsIn = (group: string) => (group === EVERYBODY ? 0 : group.split('&').length);

function tableAt(figures: CubeFigures, { node, band, group, roundings }: CubeUnit, place: number): CubeTable {
  const base = figures.base[place] ?? null;
  return {
    node,
    band,
    group,
    item: figures.item,
    base,
    counts: mapValues(figures.counts, (column) => column[place] ?? null),
    states: mapValues(figures.states, (column) => column[place] ?? null),
    oneSchool: figures.oneSchool.includes(place),
    caution: base === null ? 'none' : cautionOf(base),
    roundings: roundings * Math.max(figures.sums.includes(place) ? 2 : 1, figures.baseRoundings ?? 1),
    ...(figures.points && { points: figures.points[place] ?? null }),
  };
}

function restTable(node: string, whole: CubeTable, part: CubeTable, mayShow: boolean): CubeTable {
  const left = (one: ProtectedCount | null | undefined, other: ProtectedCount | null | undefined) =>
    one === null || one === undefined || other === null || other === undefined ? null : remainderOf(one, other);
  const difference = left(whole.base, part.base);
  const base = mayShow && difference !== null && difference >= LEAST_BASE ? difference : null;
  const leftOf = <Key extends string>(
    ofWhole: Partial<Record<Key, ProtectedCount | null>>,
    ofPart: Partial<Record<Key, ProtectedCount | null>>,
  ) =>
    mapValues(ofWhole, (count, key) => {
      const value = left(count, ofPart[key]);
      return base !== null && value !== null && mayShowNumerator(value, base) ? value : null;
    });
  return {
    ...whole,
    node,
    base,
    counts: leftOf(whole.counts, part.counts),
    states: leftOf(whole.states, part.states),
    oneSchool: false,
    caution: base === null ? 'none' : cautionOf(base),
    roundings: whole.roundings + part.roundings,
    ...(whole.points !== undefined && { points: base === null ? null : left(whole.points, part.points) }),
  };
}

function mapValues<Key extends string, From, To>(
  values: Partial<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries(values) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Key, To>;
}

function unitKey(node: string, band: string, group: string): string {
  return `${node}|${band}|${group}`;
}

/** Surveys of a wave, by version id: what a release is made over. */
export interface AskedVersion {
  id: string;
  survey: SurveyDefinition;
}
