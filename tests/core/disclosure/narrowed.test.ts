import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { AUTHORITY } from '../../../server/core/disclosure/lattice.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import { nodesWithin } from '../../../server/core/disclosure/narrowed-cube.ts';
import { Release, type CubeTable } from '../../../server/core/disclosure/release.ts';
import type { ReleaseInput } from '../../../server/core/disclosure/release-input.ts';
import { sameSchools } from '../../../server/core/statistics/waves.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { encodeAnswers, layoutOf } from '../../../server/core/survey/slots.ts';
import { toColumns } from '../../../server/core/tally/columns.ts';
import { oneChoice, sha256 } from '../../support/counted-wave.ts';

/* What somebody who is bound to an area sees of a release, against the whole of it. */
const solver = await loadSolver();

const SURVEY: SurveyDefinition = {
  id: 'short',
  family: 'pupils',
  stages: ['P6', 'S2'],
  reached: 'roll',
  items: [oneChoice('happy', ['yes', 'no']), oneChoice('safe', ['always', 'sometimes', 'never'])],
  indicators: [{ id: 'is-safe', question: 'safe', anyOf: ['always'], domain: 'about-you' }],
} as unknown as SurveyDefinition;
const BANDS = [
  { id: 'p', stages: ['P6' as const] },
  { id: 's', stages: ['S2' as const] },
];
/** Four schools in East, three in West; `moor` feeds two clusters, `dale` is the only secondary of its own. */
const SCHOOLS = ['ash', 'birch', 'cedar', 'dale', 'elm', 'fir', 'moor'];
const LOCALITIES = [
  { code: 'east', name: 'East', schools: ['ash', 'birch', 'cedar', 'dale'] },
  { code: 'west', name: 'West', schools: ['elm', 'fir', 'moor'] },
];
const CLUSTERS = [
  { code: 'north', name: 'North', schools: ['ash', 'birch'] },
  { code: 'middle', name: 'Middle', schools: ['cedar', 'dale', 'moor'] },
  { code: 'south', name: 'South', schools: ['elm', 'fir', 'moor'] },
];
const SEXES = ['female', 'male'] as const;
const way = { textAllowed: false, topics: [] };

/** A release of so many answers by school, girls and boys in turn, each a little different. */
function released(answered: readonly number[], localities = LOCALITIES): Release {
  const cells = SCHOOLS.flatMap((_, school) =>
    BANDS.flatMap((_, band) => SEXES.map((sex) => ({ school, band, groups: { sex } }))),
  );
  const rows = answered.flatMap((count, school) =>
    Array.from({ length: count }, (_, number) => {
      const band = SCHOOLS[school] === 'dale' || number % 3 === 2 ? 1 : 0;
      const said = {
        happy: { state: 'answered' as const, value: (number + school) % 3 === 0 ? 'no' : 'yes' },
        safe: {
          state: 'answered' as const,
          value: ['always', 'sometimes', 'always', 'never'][(number * 5 + school) % 4]!,
        },
      };
      const path = walk(SURVEY, { ...way, stage: BANDS[band]!.stages[0]! }, said);
      const cell = (school * BANDS.length + band) * SEXES.length + (number % 2);
      return { cell, answers: encodeAnswers(SURVEY, path, said) };
    }),
  );
  const input: ReleaseInput = {
    authority: { id: 'strathlorn', name: 'Strathlorn' },
    wave: { id: 'spring', name: 'Spring', startsOn: '', endsOn: '' },
    reached: 'roll',
    bands: BANDS,
    schools: SCHOOLS.map((code) => ({ code, agreedToBeShown: code === 'dale' })),
    clusters: CLUSTERS,
    localities,
    cells,
    dimensions: { sex: 'code' },
    roll: SCHOOLS.flatMap(() => [120, 90]),
    way,
    versions: [{ id: 'version', survey: SURVEY, columns: toColumns(layoutOf(SURVEY), rows), unlinked: {} }],
  };
  return makeRelease(input, sha256, solver);
}

const EARLY = released([44, 38, 52, 61, 47, 33, 29]);
const PLACES = [...LOCALITIES.map(({ code }) => `locality:${code}`), ...CLUSTERS.map(({ code }) => `cluster:${code}`)];
const anyArea = fc.subarray(PLACES, { minLength: 1 });
const ids = (release: Release) => release.nodes.map(({ id }) => id);

/** Everything that a release answers of a place. */
function answersOf(release: Release, node: string) {
  return release.bands.map((band) => ({
    rate: release.rate(node, band.id),
    groups: release.groups(node, band.id),
    items: release.items.map((item) =>
      ['', 'sex=female', 'sex=male', 'quintile=1'].map((group) => ({
        table: release.table(node, band.id, item.id, group),
        cells: [...item.options, 'toString'].map((option) => release.cell(node, band.id, item.id, option, group)),
        shown: release.shownOptions({ node, band: band.id, item: item.id, group, options: item.options }),
      })),
    ),
  }));
}

describe('a release within an area', () => {
  it('has the authority, the area, the clusters inside it, and what these leave or count once', () => {
    expect(ids(EARLY.within(['locality:east'], sha256))).toEqual([
      'authority',
      'locality:east',
      'cluster:north',
      'rest:locality:east',
      'rest:cluster:north',
    ]);
    // West has the schools of South and no others, so whoever sees one sees the other.
    expect(ids(EARLY.within(['cluster:south', 'cluster:north'], sha256))).toEqual([
      'authority',
      'locality:west',
      'cluster:north',
      'cluster:south',
      'rest:locality:west',
      'rest:cluster:north',
      'rest:cluster:south',
      'once:south',
    ]);
    // Middle lies in both localities, so it is inside of both together alone.
    expect(ids(EARLY.within(['locality:east', 'locality:west'], sha256))).toEqual(ids(EARLY));
    expect(ids(EARLY.within(['locality:gone'], sha256))).toEqual([AUTHORITY]);
    expect(EARLY.within(null, sha256)).toBe(EARLY);
  });

  it('answers of its places as the whole does, and of all others as of places that there never were', () => {
    fc.assert(
      fc.property(
        anyArea,
        fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 7, maxLength: 7 }),
        (area, counts) => {
          const whole = released(counts);
          const narrow = whole.within(area, sha256);
          const kept = nodesWithin(whole.nodes, area);
          const nowhere = answersOf(whole, 'cluster:nowhere');
          for (const { id } of whole.nodes) {
            expect(answersOf(narrow, id), id).toEqual(kept.has(id) ? answersOf(whole, id) : nowhere);
            expect(narrow.node(id) === undefined, id).toBe(!kept.has(id));
          }
          const tablesOf = (release: Release, isKept: (table: CubeTable) => boolean) =>
            [...release.tables()].filter(isKept);
          expect(tablesOf(narrow, () => true)).toEqual(tablesOf(whole, ({ node }) => kept.has(node)));
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('counts the figures of its own places', () => {
    fc.assert(
      fc.property(anyArea, (area) => {
        const narrow = EARLY.within(area, sha256);
        const total = { shown: 0, hidden: 0 };
        for (const { counts } of narrow.tables())
          for (const count of Object.values(counts)) total[count === null ? 'hidden' : 'shown'] += 1;
        expect(narrow.cellCounts()).toEqual(total);
        if (!nodesWithin(EARLY.nodes, area).has('cluster:middle'))
          expect(narrow.cellCounts().shown).toBeLessThan(EARLY.cellCounts().shown);
      }),
    );
  });

  it('is cited as the release that it is part of, and its text names nothing outside', () => {
    fc.assert(
      fc.property(anyArea, (area) => {
        const narrow = EARLY.within(area, sha256);
        expect(narrow.sha256).toBe(EARLY.sha256);
        expect(narrow.isNarrowed).toBe(true);
        const kept = nodesWithin(EARLY.nodes, area);
        for (const { id, name } of EARLY.nodes.filter((node) => !kept.has(node.id))) {
          expect(narrow.text).not.toContain(`"${id}"`);
          if (name !== 'Strathlorn') expect(narrow.text).not.toContain(`"${name}"`);
        }
        const schools = new Set(narrow.nodes.filter(({ id }) => area.includes(id)).flatMap((node) => node.schools));
        for (const code of SCHOOLS.filter((school) => !schools.has(school)))
          expect(narrow.text).not.toContain(`"${code}"`);
        // A mistake in the check would show here: the whole names them all.
        for (const code of SCHOOLS) expect(EARLY.text).toContain(`"${code}"`);
      }),
    );
  });

  it('is the same in another thread, and narrowed again', () => {
    const narrow = EARLY.within(['locality:east'], sha256);
    const there = Release.readNarrowed(narrow.text, narrow.sha256);
    const again = EARLY.within(['locality:east', 'cluster:south'], sha256).within(['locality:east'], sha256);
    for (const other of [there, again]) {
      expect(ids(other)).toEqual(ids(narrow));
      for (const id of ids(EARLY)) expect(answersOf(other, id)).toEqual(answersOf(narrow, id));
      expect([other.kinds, other.facts]).toEqual([EARLY.kinds, EARLY.facts]);
    }
    expect(() => Release.readNarrowed(EARLY.text, EARLY.sha256)).toThrow(/expected what an area sees/);
    expect(() => Release.read(narrow.text, narrow.sha256, sha256)).toThrow(/it was changed/);
  });

  it('still tells whether a place held the same schools in an earlier wave', () => {
    const moved = LOCALITIES.map(({ schools, ...place }) => ({
      ...place,
      schools: place.code === 'east' ? ['ash', 'birch', 'cedar'] : ['dale', ...schools],
    }));
    const then = released([44, 38, 52, 61, 47, 33, 29], moved);
    for (const area of [['locality:east'], ['locality:west'], ['cluster:north']]) {
      const [now, before] = [EARLY.within(area, sha256), then.within(area, sha256)];
      for (const node of now.nodes) {
        const inWhole = sameSchools(EARLY.node(node.id)!, then.node(node.id));
        expect(sameSchools(node, before.node(node.id)), node.id).toBe(inWhole);
      }
    }
  });
});
