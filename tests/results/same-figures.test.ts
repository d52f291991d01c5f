import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../locales/en/files.json' with { type: 'json' };
import { COLUMNS } from '../../server/results/files/columns.ts';
import { csvRows } from './file-reading.ts';
import {
  answersOf,
  codebookFigures,
  disagreements,
  factsOf,
  keyOf,
  reportIndicatorOf,
  reportQuestionOf,
  sharesOf,
  spssRows,
  workbookRows,
  type Source,
} from './printed-figures.ts';
import { openReportHouse, type ReportHouse } from './report-house.ts';

/* One release through the app: whatever is printed twice, on pages, in reports and in files, is the same. */

const BAND = 'p5-p7';
const PLACES = new Map([
  ['Strathlorn, whole authority', 'authority'],
  ['=Dunmore', 'cluster:dun'],
  ['Alder', 'cluster:ald'],
  ['Birchwood', 'cluster:bir'],
  ['Calder', 'cluster:cal'],
]);
const BANDS = new Map([
  ['P5–P7', 'p5-p7'],
  ['S1–S2', 's1-s2'],
]);
const INDICATOR = { item: 'feels-safe', name: 'Feels safe in the local area' };
const QUESTION = { item: 'feel-safe', question: 'Do you feel safe where you live?' };
const ANSWERS = new Map([
  ['Always', 'always'],
  ['Mostly', 'mostly'],
  ['Sometimes', 'sometimes'],
  ['Never', 'never'],
  ['Said “I don’t know”', 'dont-know'],
  ['Preferred not to say', 'prefer-not-to-say'],
  ['Skipped the question, or stopped before it', 'skipped'],
]);

/** All that is read, as it came over the wire. */
interface Wire {
  indicator: string;
  question: string;
  ofAuthority: string;
  ofCluster: string;
  csv: string;
  groups: string;
  itemCsv: string;
  spss: string;
  json: string;
  xlsx: Buffer;
  codebook: string;
}

let reports: ReportHouse;
let wire: Wire;
beforeAll(async () => {
  reports = await openReportHouse();
  const at = (rest: string) => reports.page(`/results/${reports.current}${rest}`);
  const xlsx = await reports.house.app.inject({
    url: `/results/${reports.current}/files/xlsx`,
    headers: await reports.house.as('planner', 'en'),
  });
  wire = {
    indicator: await at(`/items/${INDICATOR.item}?band=${BAND}`),
    question: await at(`/items/${QUESTION.item}?band=${BAND}&option=mostly`),
    ofAuthority: await reports.report('authority', 'adults'),
    ofCluster: await reports.report('cluster:ald', 'adults'),
    csv: await at('/files/csv'),
    groups: await at('/files/groups'),
    itemCsv: await at(`/items/${QUESTION.item}/file.csv?band=${BAND}`),
    spss: await at('/files/spss'),
    json: await at('/files/json'),
    xlsx: xlsx.rawPayload,
    codebook: await at('/files/codebook'),
  };
}, 60_000);
afterAll(() => reports.house.close());

/** The name of a column by its heading in the workbook. */
function columnOf(heading: string): string {
  const words: Record<string, string> = english;
  return COLUMNS.find(({ name }) => words[`label-${name}`] === heading)?.name ?? '';
}

function sourcesOf(read: Wire): Map<string, Source> {
  const ofReport = (body: string, place: string): [string, Source][] => [
    [`the indicator in the report of ${place}`, reportIndicatorOf(body, { ...INDICATOR, place }, BANDS)],
    [`the question in the report of ${place}`, reportQuestionOf(body, { ...QUESTION, place, band: BAND }, ANSWERS)],
  ];
  return new Map([
    [
      'the page of the indicator',
      sharesOf(read.indicator, { item: INDICATOR.item, answer: 'yes', band: BAND }, PLACES),
    ],
    [
      'the page of the question',
      sharesOf(read.question, { item: QUESTION.item, answer: 'mostly', band: BAND }, PLACES),
    ],
    [
      'the table of all answers',
      answersOf(read.question, { item: QUESTION.item, place: 'authority', band: BAND }, ANSWERS),
    ],
    ...ofReport(read.ofAuthority, 'authority'),
    ...ofReport(read.ofCluster, 'cluster:ald'),
    ['the CSV', factsOf(csvRows(read.csv))],
    ['the CSV of groups', factsOf(csvRows(read.groups).filter((row) => row['group'] === ''))],
    ['the CSV of the question', factsOf(csvRows(read.itemCsv))],
    ['SPSS', factsOf(spssRows(read.spss, read.csv))],
    ['the JSON', factsOf((JSON.parse(read.json) as { facts: Record<string, string | number | null>[] }).facts)],
    ['the workbook', factsOf(workbookRows(read.xlsx, columnOf))],
  ]);
}

describe('every figure of a release', () => {
  it('is the same wherever it is printed', () => {
    const sources = sourcesOf(wire);
    expect(disagreements(sources)).toEqual([]);
    for (const [name, source] of sources) {
      const shown = [...source.values()].filter(({ share }) => share !== '');
      expect(shown.length, name).toBeGreaterThan(1);
    }
  });

  it('is held against the others from every page and file', () => {
    const sources = sourcesOf(wire);
    const saying = (item: string, answer: string, place: string) =>
      [...sources].flatMap(([name, source]) => (source.has(keyOf(item, answer, place, BAND)) ? [name] : []));
    expect(saying(INDICATOR.item, 'yes', 'authority')).toHaveLength(7);
    expect(saying(QUESTION.item, 'mostly', 'authority')).toHaveLength(9);
    expect(saying(QUESTION.item, 'mostly', 'cluster:ald')).toHaveLength(8);
    expect(saying(QUESTION.item, 'skipped', 'authority').length).toBeGreaterThan(6);
  });

  it('has as many rows, and as many hidden, as the codebook says', () => {
    const rows = csvRows(wire.csv);
    const hidden = rows.filter((row) => row['share_percent'] === '').length;
    expect(codebookFigures(wire.codebook)).toEqual({ rows: rows.length, hidden });
    expect(hidden).toBeGreaterThan(10);
  });
});

/** Changes the first match; nothing to change is a mistake of the test. */
function planted(text: string, pattern: RegExp, by: string): string {
  const changed = text.replace(pattern, by);
  if (changed === text) throw new Error(`${String(pattern)} is not there to be changed.`);
  return changed;
}

describe('a difference', () => {
  const ROW = /(>Alder<\/th><td>)\d+(%<\/td><td>)/;
  it.each<[string, string, (read: Wire) => Partial<Wire>]>([
    ['a share', 'the page of the indicator', (read) => ({ indicator: planted(read.indicator, ROW, '$11$2') })],
    [
      'a base',
      'the page of the question',
      (read) => ({ question: planted(read.question, /(>Alder<\/th><td>\d+%<\/td><td>[^<]*<\/td><td>)\d+/, '$11000') }),
    ],
    [
      'an end of a range',
      'the table of all answers',
      (read) => ({ question: planted(read.question, /(<bdi>Sometimes<\/bdi><\/th>\s*<td>\d+%<\/td><td>)\d+/, '$11') }),
    ],
    [
      'a figure that is shown only once',
      'the page of the indicator',
      (read) => ({
        indicator: planted(
          read.indicator,
          /(>Calder<\/th>)<td class="hidden-figure"[\s\S]*?<\/td>/,
          '$1<td>50%</td><td>40% to 60%</td><td>40</td>',
        ),
      }),
    ],
    [
      'a base',
      'the indicator in the report of cluster:ald',
      (read) => ({
        ofCluster: planted(
          read.ofCluster,
          new RegExp(`(>${INDICATOR.name}</h3>[^]*?P5–P7</th><td>\\d+%</td><td>[^<]*</td><td>)\\d+`),
          '$11000',
        ),
      }),
    ],
    ['a count', 'the JSON', (read) => ({ json: planted(read.json, /"count": ?130\b/, '"count":135') })],
    ['a count', 'the CSV of groups', (read) => ({ groups: planted(read.groups, /72,130,205/, '72,135,205') })],
    [
      'the order of columns',
      'SPSS',
      (read) => ({ spss: planted(read.spss, /(count F8\.0)(\r\n\s*)(base F8\.0)/, '$3$2$1') }),
    ],
  ])('is found: %s of %s', (_, source, change) => {
    const found = disagreements(sourcesOf({ ...wire, ...change(wire) }));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one).toContain(source);
  });
});
