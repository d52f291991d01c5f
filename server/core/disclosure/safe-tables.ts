import type { Highs } from 'highs';
import { ASKED_STATES } from '../survey/answer.ts';
import type { Chance } from './attack/attack.ts';
import { groundOf, type Ground } from './attack/knowledge.ts';
import type { CountedItem } from './counted-items.ts';
import { readingsOf, standingOf, sumIn, type Figure, type ItemCounts, type ItemFigures } from './figures.ts';
import { BASE_5, protect } from './protection.ts';
import { variableIdOf, type CubeRate, type CubeTable } from './release.ts';
import { LEAST_BASE } from './rules.ts';
import { auditItem, withholdFrom, type WithheldFigure } from './safe-item.ts';
import { unitsOf, type BaseCell, type Place } from './units.ts';

/*
 * The tables of a release under attack: each variable with its indicators, at every place and band at once. What would
 * give something away is hidden as if a rule had hidden it.
 */

/** Named in every release. */
export const ATTACK = 'linear-programmes-1';

/** Tables as protection and rules made them, with the exact counts behind them. */
export interface DraftTables {
  places: readonly Place[];
  bands: readonly string[];
  /** Cells of counts that any place holds: `school * bands + band`; of records without schools, bands alone. */
  cells: readonly number[];
  /** Pupils on the roll by cell. */
  roll: ArrayLike<number>;
  /** All who answered anything, by cell. */
  responses: Int32Array;
  counted: readonly CountedItem[];
  rates: readonly CubeRate[];
  tables: readonly CubeTable[];
}

/**
 * Hides what gives something away, in the tables themselves.
 * @throws if something stays open to attack whatever is hidden
 */
export function makeTablesSafe(solver: Highs, draft: DraftTables, chance: Chance): void {
  for (const unlinked of [false, true]) {
    const counted = draft.counted.filter(({ item }) => item.unlinked === unlinked);
    if (counted.length === 0) continue;
    const attacked = openTables(solver, draft, unlinked, chance);
    for (const sameBase of groupsBy(counted, ({ counts }) => counts.asked.join())) attacked.safeRows(sameBase);
    for (const variable of groupsBy(counted, ({ item }) => variableIdOf(item))) attacked.safeVariable(variable);
  }
}

interface AttackedTables {
  /** Hides rows of items that were asked of the same persons. */
  safeRows(sameBase: readonly CountedItem[]): void;
  /** Hides figures of a variable and of the indicators worked out from it. */
  safeVariable(variable: readonly CountedItem[]): void;
}

/** A figure of a table: a count of an option or state, or null where it is hidden. */
interface TableFigure {
  item: string;
  read(table: CubeTable): number | null | undefined;
  hide(table: CubeTable): void;
}

function openTables(solver: Highs, draft: DraftTables, unlinked: boolean, chance: Chance): AttackedTables {
  const { ground, cellOf } = groundOfTables(draft, unlinked);
  const { units } = ground.plan;
  const tables = new Map(draft.tables.map((table) => [`${table.node}|${table.band}|${table.item}`, table]));
  const tableOf = (unit: number, item: string) => {
    const { place, band } = units[unit]!;
    return tables.get(`${place.id}|${draft.bands[band]}|${item}`);
  };
  const own = (counts: Int32Array | undefined) => cellOf.map((cell) => counts?.[cell] ?? 0);
  const askedItem = (asked: Int32Array): ItemCounts => ({
    id: 'asked',
    categories: ['asked'],
    counts: [own(asked)],
    shown: [],
  });

  function baseFigures(item: ItemCounts, ids: readonly string[]): Figure[] {
    const everybody = item.counts.map((_, category) => category);
    return units.map((unit, index) => {
      const value = protect(sumIn(unit, item.counts, everybody));
      if (ids.some((id) => (tableOf(index, id)?.base ?? null) !== null)) return { value, standing: 'shown' };
      return { value, standing: value < LEAST_BASE ? 'small-base' : 'place' };
    });
  }

  function figures(item: ItemCounts, shown: ReadonlyMap<number, TableFigure>, ids: readonly string[]): ItemFigures {
    const bases = baseFigures(item, ids);
    const counts = readingsOf(item).map(({ categories }, reading) =>
      units.map((unit, index): Figure => {
        const value = protect(sumIn(unit, item.counts, categories));
        const figure = shown.get(reading);
        const table = figure && tableOf(index, figure.item);
        if (table && (figure.read(table) ?? null) !== null) return { value, standing: 'shown' };
        const byRule = standingOf(value, bases[index]!);
        return { value, standing: byRule === 'shown' ? 'withheld' : byRule };
      }),
    );
    return { bases, counts };
  }

  function hideRow(unit: number, id: string): void {
    const table = tableOf(unit, id);
    if (!table) return;
    table.base = null;
    table.caution = 'none';
    for (const option of Object.keys(table.counts)) table.counts[option] = null;
    for (const state of ASKED_STATES) table.states[state] = null;
  }

  function hide({ unit, category }: WithheldFigure, shown: ReadonlyMap<number, TableFigure>): void {
    const figure = shown.get(category!);
    const table = figure && tableOf(unit, figure.item);
    if (table) figure.hide(table);
  }

  function safeReadings(item: ItemCounts, shown: ReadonlyMap<number, TableFigure>, ids: readonly string[]): void {
    const { withheld, stuck } = withholdFrom(solver, ground, item, figures(item, shown, ids), chance);
    if (withheld.length === 0 && stuck.length === 0) return;
    for (const figure of withheld) hide(figure, shown);
    if (stuck.length > 0) {
      // Coarser: what cannot be mended by single figures is shown for the whole authority only.
      units.forEach(({ place }, unit) => {
        if (place.kind !== 'authority') for (const category of item.shown) hide({ unit, category }, shown);
      });
    }
    const audit = auditItem(solver, ground, item, figures(item, shown, ids), chance);
    if (audit.failing.length > 0) {
      const names = audit.failing.slice(0, 5).map(({ target }) => target);
      throw new Error(
        `${item.id} stays open to attack: ${names.join('; ')}. Expected three whole numbers left of each; release this wave without it.`,
      );
    }
  }

  return {
    safeRows(sameBase) {
      const ids = sameBase.map(({ item }) => item.id);
      const asked = askedItem(sameBase[0]!.counts.asked);
      const rows = {
        bases: baseFigures(asked, ids),
        counts: [units.map((): Figure => ({ value: 0, standing: 'place' }))],
      };
      const { withheld, stuck } = withholdFrom(solver, ground, asked, rows, chance);
      if (stuck.length > 0) {
        throw new Error(
          `Numbers of those asked stay open to attack whatever is withheld: ${stuck.slice(0, 5).join('; ')}. Release fewer places.`,
        );
      }
      const isEverybody = own(draft.responses).join() === asked.counts[0]!.join();
      for (const { unit } of withheld) {
        for (const id of ids) hideRow(unit, id);
        const { place, band } = units[unit]!;
        const rate = draft.rates.find(({ node, band: of }) => node === place.id && of === draft.bands[band]);
        if (rate && isEverybody) rate.responses = null;
      }
    },
    safeVariable(variable) {
      const ids = variable.map(({ item }) => item.id);
      for (const { item, shown } of attacksOn(variable, own)) safeReadings(item, shown, ids);
    },
  };
}

/** The places and bands as units, over the cells that any place holds. */
function groundOfTables(draft: DraftTables, unlinked: boolean): { ground: Ground; cellOf: Int32Array } {
  const { bands, cells, places, roll } = draft;
  // Records without schools lie in one cell a band, and count for the whole authority alone.
  const cellOf = Int32Array.from(unlinked ? bands.keys() : cells);
  const baseCells = Array.from(cellOf, (cell): BaseCell => ({
    school: unlinked ? 0 : Math.floor(cell / bands.length),
    band: cell % bands.length,
    groups: {},
  }));
  const whole: Place = { id: 'authority', kind: 'authority', schools: [0] };
  const units = unitsOf(unlinked ? [whole] : places, bands.length, baseCells, []);
  const plan = { units, remainders: units.map(() => undefined), protection: BASE_5, leastBase: () => LEAST_BASE };
  const rollOf = (unit: (typeof units)[number]) =>
    unlinked ? Infinity : unit.cells.reduce((sum, cell) => sum + roll[cellOf[cell]!]!, 0);
  return { ground: groundOf(plan, baseCells.length, rollOf), cellOf };
}

interface AttackedItem {
  item: ItemCounts;
  /** Which figure of the tables shows each category and union. */
  shown: ReadonlyMap<number, TableFigure>;
}

/** A variable with one answer is attacked whole, with its indicators; one with several answers for each of them. */
function attacksOn(
  variable: readonly CountedItem[],
  own: (counts: Int32Array | undefined) => Int32Array,
): AttackedItem[] {
  const question = variable.find(({ item }) => item.kind === 'question')!;
  const indicators = variable.filter((one) => one !== question);
  const { item, counts } = question;
  const states = ASKED_STATES.map((state) => ({
    name: state,
    counts: counts.states.get(state),
    figure: stateFigure(item.id, state),
  }));
  const options = item.options.map((option) => ({
    name: option,
    counts: counts.options.get(option),
    figure: optionFigure(item.id, option),
  }));
  if (!item.several) {
    const unions = indicators.map(({ item: { id }, anyOf = [] }) => ({
      id,
      categories: anyOf.map((code) => item.options.indexOf(code)).filter((index) => index >= 0),
    }));
    // Everybody asked is in one of these, and everybody knows that.
    const whole = partition(item.id, [...options, ...states], own(counts.asked), own, 'whole');
    const shown = new Map(whole.shown);
    unions.forEach(({ id }, index) => shown.set(whole.item.counts.length + index, optionFigure(id, 'yes')));
    return [{ item: { ...whole.item, unions, shown: [...shown.keys()] }, shown }];
  }
  return [
    partition(item.id, states, own(counts.asked), own),
    ...options.map((option) => partition(`${item.id} ${option.name}`, [option], own(counts.asked), own)),
    ...indicators.map((one) =>
      partition(
        one.item.id,
        [{ name: 'yes', counts: one.counts.options.get('yes'), figure: optionFigure(one.item.id, 'yes') }],
        own(one.counts.asked),
        own,
      ),
    ),
  ];
}

/** Some categories that no person is in twice, and everybody else where they are not the whole. */
function partition(
  id: string,
  parts: readonly { name: string; counts: Int32Array | undefined; figure: TableFigure }[],
  asked: Int32Array,
  own: (counts: Int32Array | undefined) => Int32Array,
  extent: 'whole' | 'some' = 'some',
): AttackedItem {
  const counts = parts.map((part) => own(part.counts));
  const rest = asked.map((total, cell) => total - counts.reduce((sum, of) => sum + of[cell]!, 0));
  const names = parts.map(({ name }) => name);
  const isAll = extent === 'whole' && rest.every((count) => count === 0);
  return {
    item: {
      id,
      categories: isAll ? names : [...names, 'everybody else'],
      counts: isAll ? counts : [...counts, rest],
      shown: parts.map((_, index) => index),
    },
    shown: new Map(parts.map(({ figure }, index) => [index, figure])),
  };
}

function optionFigure(item: string, option: string): TableFigure {
  return { item, read: (table) => table.counts[option], hide: (table) => void (table.counts[option] = null) };
}

function stateFigure(item: string, state: (typeof ASKED_STATES)[number]): TableFigure {
  return { item, read: (table) => table.states[state], hide: (table) => void (table.states[state] = null) };
}

function groupsBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[][] {
  return [...Map.groupBy(values, keyOf).values()];
}
