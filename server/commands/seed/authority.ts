import { stringify } from 'csv-stringify/sync';
import { FORMATS, FORMAT_NAMES, type FormatName, type PlaceRows, type RollRow } from '../../core/places/formats.ts';
import type { Stage } from '../../core/survey/stage.ts';
import { LOCALITIES, TOWNS, VILLAGES } from './names.ts';
import { seededRandom, type Random } from '../../core/seeded-random.ts';
import { shareOut } from './shares.ts';

/*
 * The demonstration authority: places and rolls of believable, unequal sizes, the same for the same seed.
 * Every name is invented; the sizes add up to those of a real council's fieldwork.
 */

/** An authority that exists nowhere, as rows of the import formats. */
export interface SeededAuthority extends PlaceRows {
  id: string;
  name: string;
  kind: 'demonstration';
}

/** What the demonstration is the size of: North Lanarkshire's fieldwork of 2017. */
export const FIELDWORK = {
  primary: { stages: ['P5', 'P6', 'P7'], pupils: 11_709, answers: 9_601 },
  secondary: { stages: ['S1', 'S2', 'S3', 'S4'], pupils: 14_842, answers: 11_577 },
} as const;

/** The day of every roll. */
export const ROLL_DAY = '2025-09-17';

const CLUSTERS = 24;
const PRIMARIES = 121;
/** Primaries that feed a second cluster. */
const SHARED = 6;

/** Sizes of one cluster: pupils of its secondary in S1–S4, and of each of its primaries in P5–P7. */
interface ClusterPlan {
  secondary: number;
  primaries: number[];
}

interface AuthorityPlan {
  id: string;
  name: string;
  localities: readonly { code: string; name: string }[];
  clusters: ClusterPlan[];
  shared: number;
  seed: string;
}

/**
 * Strathlorn: 24 clusters, 121 primary and 24 secondary schools, 26,551 pupils in P5–P7 and S1–S4.
 * Six primaries feed two clusters; one left its earlier cluster in 2020.
 */
export function demonstrationAuthority(seed: string): SeededAuthority {
  const random = seededRandom(`${seed}/sizes`);
  return build({
    id: 'strathlorn',
    name: 'Strathlorn',
    localities: LOCALITIES,
    clusters: demonstrationSizes(random),
    shared: SHARED,
    seed,
  });
}

/**
 * A small authority for trials: 6 clusters, 6 secondary and 14 primary schools, 1,205 pupils in P5–S4.
 * One primary feeds two clusters; the first cluster is so small that its results are hidden.
 */
export function smallAuthority(seed: string): SeededAuthority {
  const clusters = [
    { secondary: 31, primaries: [7, 5] },
    { secondary: 165, primaries: [62, 38, 24] },
    { secondary: 140, primaries: [58, 41] },
    { secondary: 128, primaries: [66, 30] },
    { secondary: 112, primaries: [54, 35, 20] },
    { secondary: 96, primaries: [49, 44] },
  ];
  return build({ id: 'lornside', name: 'Lornside', localities: LOCALITIES.slice(0, 2), clusters, shared: 1, seed });
}

/** The five files of an authority as CSV text, ready to be imported. */
export function asCsv(authority: PlaceRows): Record<FormatName, string> {
  const files = FORMAT_NAMES.map((format) => {
    const columns = Object.keys(FORMATS[format]);
    return [format, stringify(authority[format], { header: true, columns })];
  });
  return Object.fromEntries(files) as Record<FormatName, string>;
}

/** Towns have few large primaries, country clusters many small ones. */
function demonstrationSizes(random: Random): ClusterPlan[] {
  const country = Array.from({ length: CLUSTERS }, () => random.next());
  const secondaries = shareOut(
    FIELDWORK.secondary.pupils,
    country.map((share) => ({ weight: 1.15 - 0.35 * share + 0.15 * random.normal(), least: 350, most: 950 })),
  );
  const counts = shareOut(
    PRIMARIES,
    country.map((share, index) => ({ weight: (0.6 + share) * secondaries[index]!, least: 3, most: 9 })),
  );
  const weights = counts.flatMap((count, index) => {
    const spread = 0.4 + 0.65 * country[index]!;
    const within = Array.from({ length: count }, () => Math.exp(spread * random.normal()));
    const whole = within.reduce((sum, weight) => sum + weight, 0);
    // The largest comes first: it is the town's own school.
    const largestFirst = within.toSorted((a, b) => b - a);
    return largestFirst.map((weight) => (weight / whole) * secondaries[index]! * random.between(0.9, 1.1));
  });
  const sizes = shareOut(
    FIELDWORK.primary.pupils,
    weights.map((weight) => ({ weight, least: 8, most: 240 })),
  );
  return counts.map((count, index) => ({ secondary: secondaries[index]!, primaries: sizes.splice(0, count) }));
}

/** A school with what its roll is made from. */
interface PlannedSchool {
  code: string;
  name: string;
  sector: 'primary' | 'secondary';
  locality: string;
  cluster: number;
  pupils: number;
}

function build(plan: AuthorityPlan): SeededAuthority {
  const random = seededRandom(`${plan.seed}/places`);
  const towns = random.shuffled(TOWNS).slice(0, plan.clusters.length);
  const schools = schoolsOf(plan, towns, random);
  // From −1 (few pupils in deprived areas) to 1 (many), spread evenly over the clusters.
  const last = Math.max(plan.clusters.length - 1, 1);
  const deprivation = random.shuffled(plan.clusters.map((_, index) => (2 * index) / last - 1));
  const clusters = towns.map((town) => ({ code: town.toLowerCase(), name: town }));
  const codes = clusters.map(({ code }) => code);
  return {
    id: plan.id,
    name: plan.name,
    kind: 'demonstration',
    localities: plan.localities.map((locality) => ({ ...locality })),
    schools: schools.map(({ code, name, sector, locality }) => ({ code, name, sector, locality })),
    clusters,
    memberships: membershipsOf(schools, codes, plan.shared),
    rolls: schools.flatMap((school) => rollOf(school, deprivation[school.cluster]!, plan.seed)),
  };
}

function schoolsOf(plan: AuthorityPlan, towns: readonly string[], random: Random): PlannedSchool[] {
  const villages = random.shuffled(VILLAGES);
  const localityOf = (cluster: number) =>
    plan.localities[Math.floor((cluster * plan.localities.length) / plan.clusters.length)]!.code;
  const secondaries = plan.clusters.map(({ secondary }, cluster): PlannedSchool => {
    const name = `${towns[cluster]!} ${random.chance(0.6) ? 'Academy' : 'High School'}`;
    const code = `s${String(cluster + 1).padStart(2, '0')}`;
    return { code, name, sector: 'secondary', locality: localityOf(cluster), cluster, pupils: secondary };
  });
  const primaries = plan.clusters.flatMap(({ primaries: sizes }, cluster) =>
    sizes.map((pupils, index) => {
      const place = index === 0 ? towns[cluster]! : villages.pop()!;
      return { name: `${place} Primary School`, locality: localityOf(cluster), cluster, pupils };
    }),
  );
  const numbered = primaries.map((school, index): PlannedSchool => ({
    ...school,
    code: `p${String(index + 1).padStart(3, '0')}`,
    sector: 'primary',
  }));
  return [...secondaries, ...numbered];
}

const FOUNDED = '2012-08-13';

/**
 * Every school in its own cluster; some primaries also feed the next one, and one moved from the next one.
 * They are taken from clusters spread over the authority, never from the first, which may be a tiny one.
 */
function membershipsOf(schools: PlannedSchool[], codes: string[], shared: number): PlaceRows['memberships'] {
  const memberships = schools.map(({ code, cluster }) => ({
    cluster: codes[cluster]!,
    school: code,
    from: FOUNDED,
    to: null as string | null,
  }));
  const step = Math.max(1, Math.floor((codes.length - 2) / (shared + 1)));
  for (let turn = 0; turn <= shared; turn += 1) {
    const home = 1 + turn * step;
    const next = codes[home + 1]!;
    // The second primary of its cluster: not the town's own school.
    const school = schools.filter(({ sector, cluster }) => sector === 'primary' && cluster === home)[1]!.code;
    if (turn < shared) memberships.push({ cluster: next, school, from: FOUNDED, to: null });
    else {
      memberships.find((membership) => membership.school === school)!.from = '2020-08-12';
      memberships.push({ cluster: next, school, from: FOUNDED, to: '2020-06-26' });
    }
  }
  return memberships;
}

/** Pupils by stage, class, sex and quintile. Whether they have additional support needs is not held. */
function rollOf(school: PlannedSchool, deprivation: number, seed: string): RollRow[] {
  const random = seededRandom(`${seed}/roll/${school.code}`);
  const stages: readonly Stage[] = FIELDWORK[school.sector].stages;
  const sizes = shareOut(
    school.pupils,
    stages.map(() => ({ weight: random.between(0.85, 1.15), least: 1, most: school.pupils })),
  );
  const lean = 0.2 + 0.5 * deprivation + 0.12 * random.normal();
  const quintiles = [1, 2, 3, 4, 5].map((quintile) => Math.exp(lean * (3 - quintile)));
  return stages.flatMap((stage, index) =>
    classSizes(sizes[index]!).flatMap((pupils, letter) => {
      const groups = new Map<number, number>();
      for (let pupil = 0; pupil < pupils; pupil += 1) {
        const group = random.weighted(quintiles) * 2 + (random.chance(0.49) ? 0 : 1);
        groups.set(group, (groups.get(group) ?? 0) + 1);
      }
      return [...groups.entries()]
        .toSorted(([a], [b]) => a - b)
        .map(([group, count]): RollRow => ({
          school: school.code,
          date: ROLL_DAY,
          stage,
          class: `${stage}${String.fromCharCode(65 + letter)}`,
          sex: group % 2 === 0 ? 'female' : 'male',
          quintile: Math.floor(group / 2) + 1,
          asn: null,
          pupils: count,
        }));
    }),
  );
}

/** Classes of at most thirty, as alike as can be. */
function classSizes(pupils: number): number[] {
  const classes = Math.max(1, Math.ceil(pupils / 30));
  return shareOut(
    pupils,
    Array.from({ length: classes }, () => ({ weight: 1, least: 0, most: 30 })),
  );
}
