import { seededRandom, type Random } from '../../server/core/seeded-random.ts';

/*
 * The made-up wave that `bench:release` makes safe: two localities, eight clusters, each with one secondary and four
 * to seven primaries, four bands, three genders (the third about 3 %), five quintiles unevenly by cluster, about 6,300
 * respondents, 40 yes/no items. The same seed always gives the same children.
 */
export interface Child {
  school: number;
  cluster: number;
  band: number;
  gender: number;
  quintile: number;
  /** 1 for yes, by item. */
  answers: Uint8Array;
}

export interface EightClusters {
  children: Child[];
  /** Schools by cluster: the secondary first. */
  schools: { cluster: number; secondary: boolean }[];
  /** Pupils on the roll by `school * BANDS + band`. */
  roll: Int32Array;
}

export const BANDS = 4;
const QUINTILES = 5;
export const ITEMS = 40;
const CLUSTERS = 8;
const CLUSTERS_IN_A_LOCALITY = 4;

export const localityOf = (cluster: number) => Math.floor(cluster / CLUSTERS_IN_A_LOCALITY);

export function eightClusters(seed: string): EightClusters {
  const random = seededRandom(seed);
  const schools: EightClusters['schools'] = [];
  for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
    schools.push({ cluster, secondary: true });
    const primaries = 4 + random.below(4);
    for (let primary = 0; primary < primaries; primary += 1) schools.push({ cluster, secondary: false });
  }
  const quintileShares = Array.from({ length: CLUSTERS }, () => unevenWeights(random));
  const itemShares = Array.from({ length: ITEMS }, (_, item) => 0.03 + (0.67 * item) / (ITEMS - 1));
  const clusterShifts = Array.from({ length: CLUSTERS }, () => itemShares.map(() => random.between(-0.05, 0.05)));
  const children: Child[] = [];
  const roll = new Int32Array(schools.length * BANDS);
  schools.forEach(({ cluster, secondary }, school) => {
    for (let band = secondary ? 1 : 0; band < (secondary ? BANDS : 1); band += 1) {
      const answered = Math.round(secondary ? random.between(120, 200) : random.between(30, 80));
      roll[school * BANDS + band] = Math.ceil(answered * random.between(1.15, 1.25));
      for (let pupil = 0; pupil < answered; pupil += 1) {
        children.push({
          school,
          cluster,
          band,
          gender: random.weighted([0.485, 0.485, 0.03]),
          quintile: random.weighted(quintileShares[cluster]!),
          answers: Uint8Array.from(itemShares, (share, item) =>
            random.chance(Math.max(share + clusterShifts[cluster]![item]!, 0.01)) ? 1 : 0,
          ),
        });
      }
    }
  });
  return { children, schools, roll };
}

/** Five weights that differ: most children of a cluster live in two or three of the fifths. */
function unevenWeights(random: Random): number[] {
  return Array.from({ length: QUINTILES }, () => 0.15 + random.next() ** 2);
}
