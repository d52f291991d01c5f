import { attackOn, type Ground, type ItemAttack } from './attack/knowledge.ts';
import { joinAttacks } from './attack/joint.ts';
import type { CountedItem } from './counted-items.ts';
import type { ItemCounts, RoutedBases } from './figures.ts';
import { figuresShown, NotComparable, type Shown } from './figures-shown.ts';
import { jointGround, type JointGround } from './joint-ground.ts';
import { LATTICE } from './lattice.ts';
import { PROTECTION, type ProtectedCount } from './protection.ts';
import type { ReleaseInput } from './release-input.ts';
import type { Cube, CubeFigures } from './release.ts';
import { attacksOn } from './variable-attacks.ts';
import { openWaveGround, type BandGround, type WaveGround } from './wave-ground.ts';

/*
 * Earlier releases of the same wave, of which a new one is a correction: everything they showed is known already, so
 * each part of the new release is attacked together with the same part of theirs.
 */

/** A published release, and what it was made from. */
export interface EarlierRelease {
  /** The answers of the new release, counted as this one counted them. */
  input: ReleaseInput;
  text: string;
  sha256: string;
}

/** What the new release is attacked together with. */
export interface EarlierReleases {
  /** Rows that are withheld of a band that is counted as before; undefined where it is counted otherwise. */
  sameRows(band: BandGround, items: readonly string[], asked: ItemCounts, isEverybody: boolean): number[] | undefined;
  /** The figures of a variable in a band that is counted as before: they are known, and were attacked then. */
  sameFigures(band: BandGround, variable: readonly CountedItem[], isRouted: boolean): CubeFigures[] | undefined;
  /** The band of some rows of those asked. @param items variables whose tables have these for their base */
  forRows(band: BandGround, items: readonly string[], isEverybody: boolean): BandGround;
  /** The band of a variable with its indicators. */
  forVariable(band: BandGround, variable: readonly CountedItem[]): BandGround;
  /** Hashes, the first release first. */
  hashes: string[];
}

interface Opened {
  input: ReleaseInput;
  wave: WaveGround;
  cube: Cube;
}

/** A band of an earlier release over the joint cells. */
interface EarlierBand {
  band: BandGround;
  cube: Cube;
}

/** @throws NotComparable if a release was made by another method */
export function openEarlierReleases(
  input: ReleaseInput,
  wave: WaveGround,
  earlier: readonly EarlierRelease[],
): EarlierReleases {
  const opened = earlier.map(({ input: own, text }): Opened => {
    const cube = JSON.parse(text) as Cube;
    demandSameMethod(cube);
    return { input: own, wave: openWaveGround(own), cube };
  });
  const joints = new Map<BandGround, { own: BandGround; others: EarlierBand[]; joint: JointGround }>();

  function jointOf(band: BandGround) {
    const known = joints.get(band);
    if (known) return known;
    const key = wave.withoutSchools.includes(band) ? 'withoutSchools' : 'bands';
    const index = wave[key].indexOf(band);
    const same = opened.flatMap((one) => {
      const other = one.wave[key][index];
      return other ? [{ ...one, band: other }] : [];
    });
    const joint = jointGround([{ input, band }, ...same]);
    const [own, ...others] = joint.bands as [BandGround, ...BandGround[]];
    const found = { own, others: others.map((other, at) => ({ band: other, cube: same[at]!.cube })), joint };
    joints.set(band, found);
    return found;
  }

  function joined(band: BandGround, shownOf: (other: EarlierBand, item: ItemCounts) => Shown): BandGround {
    const { own, others, joint } = jointOf(band);
    const known = new Map<string, ItemAttack[]>();
    const earlierAttacks = (item: ItemCounts) => {
      const before = known.get(item.id);
      if (before) return before;
      const attacks = others.map((other) => {
        const { ground, stored } = other.band;
        const shown = shownOf(other, item);
        const as = item.routed ? { ...item, routed: { ...item.routed, ...knownBases(shown, stored) } } : item;
        return attackOn(ground, as, figuresShown(as, ground.plan, stored, shown));
      });
      known.set(item.id, attacks);
      return attacks;
    };
    const ground: Ground = {
      ...own.ground,
      joined: (attack, item) =>
        joinAttacks(attack, earlierAttacks(item), item, { ground: own.ground, differences: joint.differences }),
    };
    return { ...own, ground };
  }

  const last = opened.at(-1);

  /** The newest earlier release in a band that it counts as the new one does. */
  function sameBand(band: BandGround): EarlierBand | undefined {
    const index = input.bands.findIndex(({ id }) => id === band.band.id);
    return last && countsAlike(input, last.input, index) ? { band, cube: last.cube } : undefined;
  }

  return {
    sameRows(band, items, asked, isEverybody) {
      const other = sameBand(band);
      if (!other) return undefined;
      const { bases } = figuresShown(asked, band.ground.plan, band.stored, rowsShown(other, items, isEverybody));
      return band.stored.filter((unit) => bases[unit]!.standing === 'withheld');
    },
    sameFigures(band, variable, isRouted) {
      const other = sameBand(band);
      if (!other) return undefined;
      // Sums of scores are no counts that could be made again here: those of the same answers are the same.
      if (variable[0]?.scores) return variable.flatMap(({ item }) => tableOf(other, item.id) ?? []);
      const { base, baseRoundings: roundings = 1 } = tableOf(other, variable[0]!.item.id) ?? {};
      const routed = isRouted && base ? { ...knownBases({ base }, band.stored), roundings } : undefined;
      const attacks = attacksOn(variable, (counts) => band.cellOf.map((cell) => counts?.[cell] ?? 0), routed);
      for (const { item, places } of attacks)
        figuresShown(item, band.ground.plan, band.stored, variableShown(other, places, variable[0]!.item.id));
      return variable.flatMap(({ item }) => tableOf(other, item.id) ?? []);
    },
    hashes: earlier.map(({ sha256 }) => sha256),
    forRows: (band, items, isEverybody) =>
      earlier.length === 0 ? band : joined(band, (other) => rowsShown(other, items, isEverybody)),
    forVariable(band, variable) {
      if (earlier.length === 0) return band;
      const { cellOf } = jointOf(band).own;
      const attacks = attacksOn(variable, (counts) => cellOf.map((cell) => counts?.[cell] ?? 0));
      const placesOf = new Map(attacks.map(({ item, places }) => [item.id, places]));
      return joined(band, (other, item) => variableShown(other, placesOf.get(item.id)!, variable[0]!.item.id));
    },
  };
}

/** Whether two inputs count the same pupils of a band in the same places. */
function countsAlike(one: ReleaseInput, other: ReleaseInput, band: number): boolean {
  const counting = ({ roll, bands, schools, clusters, localities }: ReleaseInput) =>
    JSON.stringify([
      schools.map(({ code, agreedToBeShown }, school) => [code, agreedToBeShown, roll[school * bands.length + band]]),
      ...[clusters, localities].map((places) => places.map(({ code, schools: own }) => [code, own.toSorted()])),
    ]);
  return counting(one) === counting(other);
}

function demandSameMethod({ lattice, protection }: Cube): void {
  if (lattice === LATTICE && protection === PROTECTION) return;
  throw new NotComparable(
    `An earlier release was made by ${lattice} and ${protection}: expected ${LATTICE} and ${PROTECTION}. Correct it with the version of Heard that made it.`,
  );
}

/** The bases of a routed question as a release showed them, by unit. */
function knownBases({ base }: Pick<Shown, 'base'>, stored: readonly number[]): Pick<RoutedBases, 'values'> {
  const values: (number | null)[] = [];
  stored.forEach((unit, at) => (values[unit] = base[at] ?? null));
  return { values };
}

function tableOf({ cube, band }: EarlierBand, item: string): CubeFigures | undefined {
  return cube.figures.find((figures) => figures.item === item && figures.band === band.band.id);
}

/** What an earlier release shows of those asked something: the bases of its tables, and response rates. */
function rowsShown(other: EarlierBand, items: readonly string[], isEverybody: boolean): Shown {
  const { band, cube } = other;
  const { units } = band.ground.plan;
  const tables = items.flatMap((item) => tableOf(other, item) ?? []);
  const rateOf = (unit: number): ProtectedCount | null => {
    const { place, filter } = units[unit]!;
    if (!isEverybody || Object.keys(filter).length > 0) return null;
    const own = cube.rates.find((rate) => rate.node === place.id && rate.band === band.band.id);
    return own?.responses ?? null;
  };
  // What one table hides another may show: several outcomes have no base but that of large places.
  const baseAt = (at: number) => tables.map(({ base }) => base[at] ?? null).find((base) => base !== null);
  return { base: band.stored.map((unit, at) => baseAt(at) ?? rateOf(unit)), readings: new Map() };
}

/** @param id of the variable itself, for what its table shows of those asked */
function variableShown(other: EarlierBand, places: ReturnType<typeof attacksOn>[number]['places'], id: string): Shown {
  const nothing = other.band.stored.map(() => null);
  const readings = [...places].map(([reading, place]) => {
    const table = tableOf(other, place.item);
    const column = 'option' in place ? table?.counts[place.option] : table?.states[place.state];
    return [reading, column ?? nothing] as const;
  });
  return { base: tableOf(other, id)?.base ?? nothing, readings: new Map(readings) };
}
