import type { Highs } from 'highs';
import { variableAudit, type AuditReport } from './audit-report.ts';
import { countItems, type CountedItem } from './counted-items.ts';
import { openEarlierReleases, type EarlierRelease } from './earlier-releases.ts';
import { demandNoMoreThanGuessing } from './guessing.ts';
import { LATTICE, WITHOUT_LOCALITY, type LatticeNode } from './lattice.ts';
import type { PieceId, PieceOutcome } from './pieces.ts';
import { PROTECTION } from './protection.ts';
import type { ReleaseInput } from './release-input.ts';
import {
  Release,
  variableIdOf,
  type Cube,
  type CubeFigures,
  type CubeRate,
  type NamedFact,
  type Sha256,
} from './release.ts';
import { figuresOf as figuresOfItem } from './figures.ts';
import { routedBases, routeSource, type RouteSource } from './routed-bases.ts';
import { askedItem, ATTACK, safeRows, safeVariable } from './safe-tables.ts';
import { hiddenScale } from './safe-scale.ts';
import { GENDER_QUESTION, groupId } from './units.ts';
import type { AskedCounts } from './variable-attacks.ts';
import { openWaveGround, responsesOf, rollOf, type BandGround } from './wave-ground.ts';

/*
 * Makes a release out of exact counts: lattice, protection, rules, attack, seal. The work comes in pieces that depend
 * on nothing but the input, so that several threads share them and a job that was ended goes on: first the rows of
 * those asked, then each variable of each band. Exact counts live only in here; pieces hold what is shown.
 */

export interface ReleaseWork {
  /** To be done first, in any order. */
  rows: readonly PieceId[];
  /** To be done then, each after those that it needs. */
  variables: readonly PieceId[];
  /** The variables whose outcome a variable needs. */
  needs(piece: PieceId): readonly PieceId[];
  /**
   * Does a piece.
   * @param done outcomes of all rows and of what it needs, where it is a variable
   * @throws if something stays open to attack whatever is withheld
   */
  run(solver: Highs, piece: PieceId, done: ReadonlyMap<PieceId, PieceOutcome>): PieceOutcome;
  /**
   * Puts all pieces together.
   * @param factsOf named facts of what the release shows; none unless told
   * @throws if one is missing, or if hidden figures are guessed too well from what is shown
   */
  seal(done: ReadonlyMap<PieceId, PieceOutcome>, sha256: Sha256, factsOf?: (release: Release) => NamedFact[]): Release;
  /** What the attack came to, piece by piece. @throws if one is missing */
  audit(done: ReadonlyMap<PieceId, PieceOutcome>, release: Release): AuditReport;
}

interface Rows {
  band: BandGround;
  asked: AskedCounts;
  /** Variables that were asked of the same, and whose tables have these for their base. */
  items: string[];
}

interface VariableWork {
  id: string;
  band: BandGround;
  variable: readonly CountedItem[];
  /** The variable whose answers say who was asked, which is made safe first. */
  source: RouteSource | undefined;
}

/** @param earlier published releases of the same wave that this one corrects, the first one first */
export function planRelease(input: ReleaseInput, earlier: readonly EarlierRelease[] = []): ReleaseWork {
  const wave = openWaveGround(input);
  const before = openEarlierReleases(input, wave, earlier);
  // Where gender tells groups apart, their rows are its answers: counted twice, each would give the other away.
  const isGroup = ({ item }: CountedItem) => item.question === GENDER_QUESTION && input.dimensions.gender !== undefined;
  const counted = countItems(input.versions, input).filter((one) => !isGroup(one));
  const rows = new Map<PieceId, Rows>();
  const variables = new Map<PieceId, VariableWork>();
  const responses = { asked: responsesOf(input), askedBefore: undefined };
  input.bands.forEach(({ id }, index) => {
    const namesByAsked = new Map<string, PieceId>();
    const rowsFor = (band: BandGround, asked: AskedCounts, unlinked: boolean): PieceId => {
      const key = `${unlinked} ${asked.asked.join()} ${asked.askedBefore?.join() ?? ''}`;
      const piece = namesByAsked.get(key) ?? `rows/${id}/${namesByAsked.size}`;
      namesByAsked.set(key, piece);
      rows.set(piece, { band, asked, items: rows.get(piece)?.items ?? [] });
      return piece;
    };
    const linked = wave.bands[index];
    // Everybody who answered anything comes first: response rates are their numbers.
    if (linked) rowsFor(linked, responses, false);
    const asked = counted.filter(({ item }) => item.versions[id] !== undefined);
    for (const [name, variable] of Map.groupBy(asked, ({ item }) => variableIdOf(item))) {
      const question = variable.find(({ item }) => item.kind !== 'indicator') ?? variable[0]!;
      const band = question.item.unlinked ? wave.withoutSchools[index] : linked;
      if (!band) continue;
      const { counts, askedBefore, item } = question;
      const source = routeSource(question, asked, id, band.cellOf);
      variables.set(`variable/${id}/${name}`, { id: name, band, variable, source });
      if (source) continue;
      const own = rowsFor(band, { asked: counts.asked, askedBefore }, item.unlinked);
      // The base of a scale's table is those with a score, and says nothing of those asked.
      if (!question.scores) rows.get(own)!.items.push(item.id);
    }
  });

  const sourcesOf = (piece: PieceId): RouteSource[] => [variables.get(piece)?.source ?? []].flat();
  const stepsTo = (piece: PieceId): number => sourcesOf(piece).reduce((_, source) => 1 + stepsTo(source.piece), 0);

  /**
   * Units whose row is withheld for any question of a band. Those asked are mostly the same, whatever the question,
   * so a row that is hidden at one of them would come out by the others.
   */
  function withheldRows(done: ReadonlyMap<PieceId, PieceOutcome>, band: BandGround): number[] {
    const own = [...rows].filter(([, one]) => one.band === band);
    return [...new Set(own.flatMap(([piece]) => withheldOf(done, piece)))].toSorted((one, other) => one - other);
  }

  return {
    rows: [...rows.keys()],
    variables: [...variables.keys()].toSorted((one, other) => stepsTo(one) - stepsTo(other)),
    needs: (piece) => sourcesOf(piece).map((source) => source.piece),
    run(solver, piece, done) {
      const seed = `${input.wave.id} ${piece}`;
      const ofRows = rows.get(piece);
      if (ofRows) {
        const everybody = piece === everybodyIn(ofRows.band);
        const same = before.sameRows(ofRows.band, ofRows.items, askedItem(ofRows.band, ofRows.asked), everybody);
        if (same) return { kind: 'rows', withheld: same };
        const band = before.forRows(ofRows.band, ofRows.items, everybody);
        return { kind: 'rows', withheld: safeRows(solver, band, ofRows.asked, seed) };
      }
      const work = variables.get(piece);
      if (!work) throw new Error(`This release has no piece "${piece}": expected one of its own. Plan it anew.`);
      const same = before.sameFigures(work.band, work.variable, work.source !== undefined);
      if (same) return { kind: 'variable', figures: same, audits: [] };
      const [scale] = work.variable;
      if (scale?.scores && before.hashes.length > 0)
        return { kind: 'variable', figures: [hiddenScale(work.band, scale)], audits: [] };
      const band = before.forVariable(work.band, work.variable);
      const [routed] = sourcesOf(piece).map((source) =>
        routedBases(source, variableOf(done, source.piece).figures, work.band.stored),
      );
      const safe = safeVariable(solver, band, work.variable, withheldRows(done, work.band), seed, routed);
      return { kind: 'variable', ...safe };
    },
    seal(done, sha256, factsOf = () => []) {
      demandNoMoreThanGuessing([...variables.keys()].flatMap((piece) => variableOf(done, piece).audits));
      const figures = [...variables.keys()].flatMap((piece) => variableOf(done, piece).figures);
      const rates = wave.bands.flatMap((band, index) =>
        band ? ratesOf(input, band, index, withheldRows(done, band)) : [],
      );
      const cube = cubeOf(input, wave.nodes, wave.bands, { counted, rates, figures });
      const facts = factsOf(Release.seal(cube, sha256));
      return Release.seal({ ...cube, facts }, sha256);
    },
    audit: (done, { sha256: release }) => ({
      format: 2,
      release,
      lattice: LATTICE,
      protection: PROTECTION,
      attack: ATTACK,
      ...(before.hashes.length > 0 && { auditedWith: before.hashes }),
      variables: [...variables].map(([piece, { id, band }]) =>
        variableAudit(band.band.id, id, variableOf(done, piece).audits),
      ),
    }),
  };
}

/** All pieces one after the other, in this thread. @throws as the pieces do */
export function makeRelease(
  input: ReleaseInput,
  sha256: Sha256,
  solver: Highs,
  earlier: readonly EarlierRelease[] = [],
): Release {
  const work = planRelease(input, earlier);
  const done = new Map<PieceId, PieceOutcome>();
  for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
  return work.seal(done, sha256);
}

/** The rows of everybody who answered anything come first in each band. */
function everybodyIn({ band }: BandGround): PieceId {
  return `rows/${band.id}/0`;
}

function withheldOf(done: ReadonlyMap<PieceId, PieceOutcome>, piece: PieceId): number[] {
  const outcome = done.get(piece);
  if (outcome?.kind !== 'rows') throw missing(piece);
  return outcome.withheld;
}

function variableOf(done: ReadonlyMap<PieceId, PieceOutcome>, piece: PieceId) {
  const outcome = done.get(piece);
  if (outcome?.kind !== 'variable') throw missing(piece);
  return outcome;
}

function missing(piece: PieceId): Error {
  return new Error(`The piece "${piece}" of a release is missing: expected all of them. Run it first.`);
}

function cubeOf(
  input: ReleaseInput,
  nodes: LatticeNode[],
  bands: readonly (BandGround | undefined)[],
  { counted, rates, figures }: { counted: readonly CountedItem[]; rates: CubeRate[]; figures: CubeFigures[] },
): Cube {
  return {
    format: 3,
    lattice: LATTICE,
    protection: PROTECTION,
    attack: ATTACK,
    authority: input.authority,
    wave: input.wave,
    reached: input.reached,
    dimensions: input.dimensions,
    bands: [...input.bands],
    nodes,
    units: bands.flatMap((band) => (band ? unitsOf(band) : [])),
    items: counted.map(({ item }) => item),
    rates,
    figures,
  };
}

function unitsOf({ band, ground, stored, roundings }: BandGround): Cube['units'] {
  return stored.map((unit) => {
    const { place, filter } = ground.plan.units[unit]!;
    return { node: place.id, band: band.id, group: groupId(filter), roundings: roundings[unit]! };
  });
}

/** The response of every place of a band, rests included: hidden as the row of everybody is. */
function ratesOf(input: ReleaseInput, band: BandGround, index: number, withheld: readonly number[]): CubeRate[] {
  const { cellOf, ground } = band;
  const asked = responsesOf(input);
  const everybody = { id: 'asked', categories: ['asked'], counts: [cellOf.map((cell) => asked[cell]!)], shown: [] };
  const { bases } = figuresOfItem(everybody, ground.plan, { rows: new Set(withheld), cells: new Set() });
  return ground.plan.units.flatMap(({ place, filter }, unit) => {
    if (Object.keys(filter).length > 0 || place.id === WITHOUT_LOCALITY) return [];
    const { value, standing } = bases[unit]!;
    const schoolSizes = place.schools.map((school) => rollOf(input, [school], index)).filter((size) => size > 0);
    return [
      {
        node: place.id,
        band: band.band.id,
        roll: schoolSizes.reduce((sum, size) => sum + size, 0),
        schools: schoolSizes.length,
        schoolSizes,
        responses: standing === 'shown' ? (value as CubeRate['responses']) : null,
      },
    ];
  });
}
