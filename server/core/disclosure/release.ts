import type { AskedState } from '../survey/answer.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import type { Band } from '../survey/stage.ts';
import type { LatticeNode } from './lattice.ts';
import type { ProtectedCount } from './protection.ts';
import type { Caution } from './rules.ts';

/*
 * A release: the tables of a wave that have been made safe. Everything that anybody sees is a function
 * of it alone. Hidden figures are null, whatever the reason, and look like empty ones.
 */

export interface CubeItem {
  /** The id of a variable (`question`, `grid.row`, `ranking.option`) or of an indicator. */
  id: string;
  kind: 'question' | 'indicator';
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
}

/** The id of the variable that an item reads: its own, or the one that an indicator is worked out from. */
export function variableIdOf({ question, part }: Pick<CubeItem, 'question' | 'part'>): string {
  // Releases of format 1 do not know parts at all.
  return part ? `${question}.${part}` : question;
}

/** The response of a place and band: the first thing to read. */
export interface CubeRate {
  node: string;
  band: string;
  /** Pupils on the roll. */
  roll: number;
  /** Schools with pupils of the band on the roll. */
  schools: number;
  /** Their rolls, for the design effect. */
  schoolSizes: number[];
  responses: ProtectedCount | null;
}

/** One item at one place for one band. */
export interface CubeTable {
  node: string;
  band: string;
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
}

export interface Cube {
  format: 2;
  lattice: string;
  protection: string;
  /** The attack that it withstood; releases made before there was one do not have it. */
  attack?: string;
  authority: { id: string; name: string };
  wave: { id: string; name: string; startsOn: string; endsOn: string };
  bands: Band[];
  nodes: LatticeNode[];
  items: CubeItem[];
  rates: CubeRate[];
  tables: CubeTable[];
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
  readonly #tables: ReadonlyMap<string, CubeTable>;
  readonly #rates: ReadonlyMap<string, CubeRate>;
  /** The cube as it is stored. */
  readonly text: string;
  readonly sha256: string;

  private constructor(text: string, sha256: string) {
    this.text = text;
    this.sha256 = sha256;
    this.#cube = JSON.parse(text) as Cube;
    this.#tables = new Map(this.#cube.tables.map((table) => [tableKey(table.node, table.band, table.item), table]));
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
  get tables(): readonly CubeTable[] {
    return this.#cube.tables;
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
  /** The table of an item at a place for a band; undefined where the lattice has none. */
  table(node: string, band: string, item: string): CubeTable | undefined {
    return this.#tables.get(tableKey(node, band, item));
  }
  /** A shown figure; undefined where it is hidden or there is none, which nobody can tell apart. */
  cell(node: string, band: string, item: string, option: string): ReleasedCell | undefined {
    const table = this.table(node, band, item);
    // Any text may come from an address: only the item's own options name a count.
    const count = table && Object.hasOwn(table.counts, option) ? table.counts[option] : undefined;
    if (!table || table.base === null || count === null || count === undefined) return undefined;
    return { count, base: table.base, table };
  }
  /** Cells (place × band × item × option, states left out) that are shown and hidden. */
  cellCounts(): { shown: number; hidden: number } {
    const counts = this.#cube.tables.flatMap((table) => Object.values(table.counts));
    const shown = counts.filter((count) => count !== null).length;
    return { shown, hidden: counts.length - shown };
  }
}

function tableKey(node: string, band: string, item: string): string {
  return `${node}|${band}|${item}`;
}

/** Surveys of a wave, by version id: what a release is made over. */
export interface AskedVersion {
  id: string;
  survey: SurveyDefinition;
}
