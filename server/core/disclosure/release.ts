import type { Area } from '../people/area.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import type { Band } from '../survey/stage.ts';
import { AUTHORITY, type LatticeNode, type NodeKind } from './lattice.ts';
import type { Cube, CubeFigures, CubeItem, CubeRate, CubeTable, CubeUnit, NamedFact, Sha256 } from './cube.ts';
import { narrowCube, type NarrowedCube } from './narrowed-cube.ts';
import { remainderOf, type ProtectedCount } from './protection.ts';
import { cautionOf, LEAST_BASE, mayShowNumerator } from './rules.ts';
import { EVERYBODY } from './units.ts';

/*
 * A release: the tables of a wave that have been made safe. Everything that anybody sees is a function
 * of it alone. Hidden figures are null, whatever the reason, and look like empty ones.
 */

export { variableIdOf } from './cube.ts';
export type {
  Cube,
  CubeFigures,
  CubeItem,
  CubeRate,
  CubeTable,
  CubeUnit,
  GroupSource,
  NamedFact,
  Sha256,
} from './cube.ts';

/** What a share is worked out from. */
export interface ReleasedCell {
  count: ProtectedCount;
  base: ProtectedCount;
  table: CubeTable;
}

export class Release {
  readonly #cube: Cube | NarrowedCube;
  /** Positions of units within their band, by place, band and group. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #unitsOf: ReadonlyMap<string, readonly CubeUnit[]>;
  readonly #figures: ReadonlyMap<string, CubeFigures>;
  readonly #groups = new Map<NodeKind, string[]>();
  readonly #rates: ReadonlyMap<string, CubeRate>;
  #text: string | undefined;
  /** That of the sealed release, by which it is cited, also where an area sees some of it. */
  readonly sha256: string;

  private constructor(cube: Cube | NarrowedCube, sha256: string, text?: string) {
    this.sha256 = sha256;
    this.#cube = cube;
    this.#text = text;
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
    return new Release(JSON.parse(text) as Cube, sha256(text), text);
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
    return new Release(JSON.parse(text) as Cube, found, text);
  }

  /**
   * Opens what an area sees of a release, as `text` wrote it for another thread.
   * @param sha256 that of the sealed release
   * @throws if it is the text of a whole release, which `read` checks
   */
  static readNarrowed(text: string, sha256: string): Release {
    const cube = JSON.parse(text) as Cube | NarrowedCube;
    if (!('narrowed' in cube)) throw new Error('Found a whole release, expected what an area sees: open it by `read`.');
    return new Release(cube, sha256, text);
  }

  /**
   * What somebody bound to an area sees: the authority's own figures and those of places in the area. Every other place
   * is as one that the release never had.
   * @param area ids of places; null for all, which gives the release itself
   */
  within(area: Area, sha256: Sha256): Release {
    if (area === null) return this;
    const groups = Object.fromEntries(this.kinds.map((kind) => [kind, this.#groupsOf(kind)]));
    return new Release(narrowCube(this.#cube, area, groups, sha256), this.sha256);
  }

  /** The cube as it is stored, or what an area sees of it. */
  get text(): string {
    return (this.#text ??= JSON.stringify(this.#cube));
  }
  /** Whether an area sees it, so that it lacks places. */
  get isNarrowed(): boolean {
    return 'narrowed' in this.#cube;
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
  /** The kinds of places that the whole release has, also where an area sees none of a kind. */
  get kinds(): readonly NodeKind[] {
    return 'narrowed' in this.#cube
      ? (Object.keys(this.#cube.narrowed.groups) as NodeKind[])
      : [...new Set(this.nodes.map(({ kind }) => kind))];
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
    const known = this.#groups.get(kind) ?? ('narrowed' in this.#cube ? this.#cube.narrowed.groups[kind] : undefined);
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
