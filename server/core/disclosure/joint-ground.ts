import { groundOf } from './attack/knowledge.ts';
import type { Difference } from './attack/joint.ts';
import { sumOf } from './attack/problem.ts';
import type { FigurePlan, ItemCounts } from './figures.ts';
import type { ReleaseInput } from './release-input.ts';
import type { Unit } from './units.ts';
import { ofNobody, responsesOf, type BandGround } from './wave-ground.ts';

/*
 * A band as several releases of its wave count it: all of them over the same base cells, so that a cell which only one
 * of them counts (a school left out, say) is an unknown of the others too.
 */

/** A way of counting a band: its input, and the band opened by it. */
export interface CountedBand {
  input: ReleaseInput;
  band: BandGround;
}

export interface JointGround {
  /** Each band over the joint cells, the newest release first. */
  bands: BandGround[];
  differences: Difference[];
}

/** @param counted the newest release first; the cells of all inputs are the same */
export function jointGround(counted: readonly CountedBand[]): JointGround {
  const joint = Int32Array.from(new Set(counted.flatMap(({ band }) => [...band.cellOf]))).sort();
  const placed = counted.map(({ band }) => placedOn(joint, band));
  const told = placed.flatMap(({ plan }) => plan.units);
  const [{ input }] = counted as [CountedBand];
  const nobody = ofNobody(
    input,
    Array.from(joint, (cell) => input.cells[cell]!),
  );
  const bands = placed.map(({ band, plan, at, rolls }) => ({
    ...band,
    cellOf: joint,
    ground: groundOf(plan, joint.length, (unit) => rolls.get(unit)!, { ofNobody: nobody, told }),
    schoolsOf: (asked: Int32Array) => band.schoolsOf(picked(at, asked)),
  }));
  const { groupOf } = bands[0]!.ground;
  const somebody = (cells: readonly number[]) => cells.filter((cell) => !nobody.has(cell));
  const apart = differencesOf(placed.map(({ plan }) => plan.units)).map((one) => ({
    ...one,
    cells: somebody(one.cells),
  }));
  const schools = new SchoolsOfCells(counted, joint);
  return {
    bands,
    differences: [
      ...apart.flatMap(({ id, cells, isWhole }) =>
        cells.length === 0 ? [] : [{ id, cells, roll: isWhole ? schools.roll(cells) : Infinity }],
      ),
      ...schools
        .alone(apart.flatMap(({ cells }) => cells))
        .map((school) => ({ ...school, cells: somebody(school.cells) }))
        .filter(({ cells }) => isApart(cells, groupOf)),
    ],
  };
}

/** A band's plan with its cells at their places among the joint ones. */
function placedOn(joint: Int32Array, band: BandGround) {
  const places = new Map(Array.from(joint, (cell, place) => [cell, place]));
  const at = band.cellOf.map((cell) => places.get(cell)!);
  const own = band.ground.plan;
  const units = own.units.map((unit): Unit => ({ ...unit, cells: picked(unit.cells, at) }));
  const ofBand = (item: ItemCounts): ItemCounts => ({
    ...item,
    counts: item.counts.map((counts) => picked(at, counts)),
    askedBefore: item.askedBefore && picked(at, item.askedBefore),
  });
  const plan: FigurePlan = { ...own, units, leastBases: (item) => own.leastBases(ofBand(item)) };
  const rolls = new Map(units.map((unit, index) => [unit, band.ground.rollOf(own.units[index]!)]));
  return { band, plan, at, rolls };
}

function picked(positions: Int32Array, values: Int32Array): Int32Array {
  return positions.map((position) => values[position]!);
}

/** What units of the same place, band and filter leave of one another. */
function differencesOf(releases: readonly (readonly Unit[])[]): { id: string; cells: number[]; isWhole: boolean }[] {
  const byId = releases.map((units) => new Map(units.map((unit) => [unit.id, unit])));
  return releases.flatMap((units, one) =>
    units.flatMap((unit) =>
      byId.flatMap((others, other) => {
        const without = new Set(others.get(unit.id)?.cells);
        const cells = one === other ? [] : [...unit.cells].filter((cell) => !without.has(cell));
        // Where the other release has no such place at all, the difference is the unit itself.
        if (cells.length === 0 || without.size === 0) return [];
        return [{ id: `${unit.id} less another release`, cells, isWhole: Object.keys(unit.filter).length === 0 }];
      }),
    ),
  );
}

/** Whether nobody else lies in the groups of some cells. */
function isApart(cells: readonly number[], groupOf: Int32Array): boolean {
  const groups = new Set(cells.map((cell) => groupOf[cell]));
  return groupOf.reduce((sum, group) => sum + (groups.has(group) ? 1 : 0), 0) === cells.length;
}

/** Schools of joint cells with what is known of their size. */
class SchoolsOfCells {
  readonly #schools: readonly number[];
  readonly #responses: Int32Array;
  readonly #rolls: ReadonlyMap<number, number>;

  constructor(counted: readonly CountedBand[], joint: Int32Array) {
    const [{ input, band }] = counted as [CountedBand];
    const index = input.bands.findIndex(({ id }) => id === band.band.id);
    this.#responses = picked(joint, responsesOf(input));
    this.#schools = Array.from(joint, (cell) => input.cells[cell]!.school);
    // A school that one release leaves out stands on the roll of another.
    const rollOf = (school: number) =>
      Math.max(...counted.map(({ input: { roll, bands } }) => roll[school * bands.length + index]!));
    this.#rolls = new Map([...new Set(this.#schools)].map((school) => [school, rollOf(school)]));
  }

  /** Pupils on the roll of the schools of cells; Infinity where more answered, and so nobody can go by it. */
  roll(cells: readonly number[]): number {
    const schools = new Set(cells.map((cell) => this.#schools[cell]!));
    const pupils = [...schools].reduce((sum, school) => sum + this.#rolls.get(school)!, 0);
    return sumOf(this.#responses, cells) <= pupils ? pupils : Infinity;
  }

  /** Each school of some cells, all of its own. */
  alone(cells: readonly number[]): Difference[] {
    const schools = new Set(cells.map((cell) => this.#schools[cell]!));
    return [...schools].map((school) => {
      const own = this.#schools.flatMap((of, cell) => (of === school ? [cell] : []));
      return { id: `school ${school}`, cells: own, roll: this.roll(own) };
    });
  }
}
