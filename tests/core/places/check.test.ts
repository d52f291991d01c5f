import { describe, expect, it } from 'vitest';
import { crossFaults, type Readings } from '../../../server/core/places/check.ts';
import { FORMATS, noPlaces, type FormatName, type PlaceRows } from '../../../server/core/places/formats.ts';
import { readRows } from '../../../server/core/places/read.ts';

const TODAY = '2026-05-01';

/** Files given as their lines without the header. */
function read(files: { [F in FormatName]?: string[] }): Readings {
  const readings: Record<string, unknown> = {};
  for (const [format, lines] of Object.entries(files)) {
    const header = { line: 1, cells: Object.keys(FORMATS[format as FormatName]) };
    const rows = lines.map((text, index) => ({ line: index + 2, cells: text.split(',') }));
    readings[format] = readRows(format as FormatName, { file: `${format}.csv`, header, lines: rows });
  }
  return readings;
}

const stored: PlaceRows = {
  ...noPlaces(),
  localities: [{ code: 'north', name: 'North' }],
  schools: [
    { code: 'p1', name: 'One', sector: 'primary', locality: 'north' },
    { code: 's1', name: 'Big', sector: 'secondary', locality: null },
    { code: 'x1', name: 'Hill', sector: 'special', locality: null },
  ],
  clusters: [{ code: 'c1', name: 'Cluster' }],
};

const faults = (files: { [F in FormatName]?: string[] }, before = stored) =>
  crossFaults(read(files), before, TODAY).map(({ file, line, column, value }) => [file, line, column, value]);

describe('faults between rows', () => {
  it('finds none in files that fit together, whether stored or new', () => {
    const files = {
      localities: ['south,South'],
      schools: ['p2,Two,primary,south', 'p1,One renamed,primary,north'],
      clusters: ['c2,Other'],
      memberships: ['c1,p1,2012-08-13,2020-06-26', 'c1,p1,2020-06-27,', 'c2,p1,2012-08-13,', 'c2,p2,2012-08-13,'],
      rolls: ['p2,2026-05-01,P5,A,female,1,,3', 'p2,2026-05-01,P5,A,male,1,,3', 's1,2026-05-01,S4,,,,,90'],
    };
    expect(faults(files)).toEqual([]);
  });

  it('names codes that stand twice or differ from a stored one in capitals alone', () => {
    expect(faults({ localities: ['a,A', 'A,A again', 'North,North'] })).toEqual([
      ['localities.csv', 3, 'code', 'A'],
      ['localities.csv', 4, 'code', 'North'],
    ]);
  });

  it('names unknown localities, clusters and schools', () => {
    expect(
      faults({
        schools: ['p2,Two,primary,nowhere'],
        memberships: ['nocluster,p2,2012-08-13,', 'c1,noschool,2012-08-13,'],
        rolls: ['noschool,2026-05-01,P5,,,,,3'],
      }),
    ).toEqual([
      ['schools.csv', 2, 'locality', 'nowhere'],
      ['memberships.csv', 2, 'cluster', 'nocluster'],
      ['memberships.csv', 3, 'school', 'noschool'],
      ['rolls.csv', 2, 'school', 'noschool'],
    ]);
  });

  it('does not blame a roll for a fault in the row of its school', () => {
    expect(faults({ schools: ['p9,Nine,primry,'], rolls: ['p9,2026-05-01,P5,,,,,3'] })).toEqual([]);
  });

  it('says nothing between files while the columns of one are wrong', () => {
    const readings = read({ rolls: ['p9,2026-05-01,P5,,,,,3'] });
    const schools = readRows('schools', { file: 'schools.csv', header: { line: 1, cells: ['id'] }, lines: [] });
    expect(crossFaults({ ...readings, schools }, stored, TODAY)).toEqual([]);
  });

  it('refuses a new sector for a stored school', () => {
    expect(faults({ schools: ['p1,One,special,'] })).toEqual([['schools.csv', 2, 'sector', 'special']]);
  });

  it('refuses a stage that the sector cannot have, by the sector in the file or the stored one', () => {
    expect(
      faults({
        schools: ['s2,Two,secondary,'],
        rolls: ['p1,2026-05-01,S1,,,,,3', 's2,2026-05-01,P7,,,,,3', 'x1,2026-05-01,P7,,,,,3', 'x1,2026-05-01,S1,,,,,3'],
      }),
    ).toEqual([
      ['rolls.csv', 2, 'stage', 'S1'],
      ['rolls.csv', 3, 'stage', 'P7'],
    ]);
  });

  it('refuses special schools in clusters and memberships that end before they begin', () => {
    expect(faults({ memberships: ['c1,x1,2012-08-13,', 'c1,p1,2020-01-02,2020-01-01'] })).toEqual([
      ['memberships.csv', 2, 'school', 'x1'],
      ['memberships.csv', 3, 'to', '2020-01-01'],
    ]);
  });

  it.each([
    ['the same day', ['c1,p1,2012-08-13,', 'c1,p1,2012-08-13,'], 3],
    ['the last day of another', ['c1,p1,2012-08-13,2020-06-26', 'c1,p1,2020-06-26,'], 3],
    ['one without an end', ['c1,p1,2012-08-13,', 'c1,p1,2020-06-26,2021-01-01'], 3],
    [
      'one that lies around it, with a shorter one between',
      ['c1,p1,2010-01-01,2020-01-01', 'c1,p1,2011-01-01,2011-02-01', 'c1,p1,2012-01-01,'],
      4,
    ],
    ['one further down the file', ['c1,p1,2020-06-26,', 'c1,p1,2012-08-13,'], 2],
  ])('refuses a membership that overlaps %s', (_what, memberships, line) => {
    expect(faults({ memberships }).map((fault) => fault[1])).toContain(line);
  });

  it('refuses a roll from the future and a group that is counted twice', () => {
    expect(
      faults({
        rolls: ['p1,2026-05-02,P5,A,female,1,,3', 'p1,2026-05-01,P5,A,,,,3', 'p1,2026-05-01,P5,A,,,,4'],
      }),
    ).toEqual([
      ['rolls.csv', 2, 'date', '2026-05-02'],
      ['rolls.csv', 4, null, 'p1,2026-05-01,P5,A,,,'],
    ]);
  });
});
