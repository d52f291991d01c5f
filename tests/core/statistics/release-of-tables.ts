import { createHash } from 'node:crypto';
import type { ProtectedCount } from '../../../server/core/disclosure/protection.ts';
import { Release, type CubeItem } from '../../../server/core/disclosure/release.ts';

/** One item of the whole authority in one band. */
export interface TestTable {
  item: string;
  base: ProtectedCount | null;
  counts?: Record<string, ProtectedCount | null>;
  points?: ProtectedCount | null;
  range?: CubeItem['range'];
  /** Of the whole release: that of the first table counts. */
  roundings?: number;
}

/** A release of the authority alone with these tables, the same in each group: what statistics read. */
export function releaseOfTables(tables: readonly TestTable[], groups: readonly string[] = ['']): Release {
  const column = <Value>(value: Value) => groups.map(() => value);
  return Release.seal(
    {
      format: 3,
      lattice: 'test',
      protection: 'base-5',
      attack: 'test',
      reached: 'roll',
      dimensions: {},
      units: groups.map((group) => ({
        node: 'authority',
        band: 'p5-p7',
        group,
        roundings: tables[0]?.roundings ?? 1,
      })),
      authority: { id: 'a', name: 'A' },
      wave: { id: 'w', name: 'W', startsOn: '2026-03-01', endsOn: '2026-03-28' },
      bands: [{ id: 'p5-p7', stages: ['P5', 'P6', 'P7'] }],
      nodes: [{ id: 'authority', kind: 'authority', code: 'a', name: 'A', schools: [] }],
      items: tables.map(({ item, counts, range }) => ({
        id: item,
        kind: range ? 'scale' : 'question',
        question: item,
        part: null,
        options: Object.keys(counts ?? {}),
        several: false,
        domain: 'friends',
        schoolClimate: false,
        unlinked: false,
        versions: { 'p5-p7': 'v' },
        ...(range && { range }),
      })),
      rates: [],
      figures: tables.map(({ item, base, counts, points }) => ({
        item,
        band: 'p5-p7',
        base: column(base),
        counts: Object.fromEntries(Object.entries(counts ?? {}).map(([code, count]) => [code, column(count)])),
        states: {},
        ...(points !== undefined && { points: column(points) }),
        oneSchool: [],
        sums: [],
      })),
    },
    (text) => createHash('sha256').update(text).digest('hex'),
  );
}
