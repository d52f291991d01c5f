import { withPlaces } from '../support/more-places.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Release, type Cube } from '../../server/core/disclosure/release.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { createQuestionnaire, type AskedByBand } from '../../server/results/asked.ts';
import { fileItems, tidy, type FileContent, type FileItem } from '../../server/results/files/content.ts';
import { factsOf } from '../../server/results/files/facts.ts';
import { makeFiles } from '../../server/results/files/formats.ts';
import { valueLabels } from '../../server/results/files/values.ts';
import { sha256 } from '../../server/storage/releases.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { createVersionChanges } from '../../server/storage/version-changes.ts';
import type { Language } from '../../server/web/language.ts';
import { csvRows, readWorkbook } from './file-reading.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { readXml } from './xml-reading.ts';

/* What files are written from: items in words, wordings apart, whatever places and items a release has. */

let files: FilesHouse;
let asked: ReadonlyMap<string, AskedByBand>;
let english: Language;
beforeAll(async () => {
  files = await openFilesHouse();
  const { database } = files.house.services;
  asked = await createQuestionnaire(createSurveys(database), createVersionChanges(database)).ofRelease(files.release);
  english = files.house.services.languages.get('en')!;
});
afterAll(() => files.house.close());

const itemsOf = (of = asked, language = english) => fileItems(language, files.release, of, sha256);
const itemIn = (items: readonly FileItem[], id: string) => items.find(({ item }) => item.id === id)!;

/** The same with an item's words changed, in one language and for some bands. */
function reworded(id: string, code: string, change: (text: ItemText) => ItemText, bands?: string[]) {
  const ofItem = [...asked.get(id)!].map(([band, one]) => {
    if (bands && !bands.includes(band)) return [band, one] as const;
    return [band, { ...one, words: new Map(one.words).set(code, change(one.words.get(code)!)) }] as const;
  });
  return new Map(asked).set(id, new Map(ofItem));
}

const contentOf = (release: Release, language = english, of = asked): FileContent => ({
  language,
  entry: { id: 'some-release', approvedAt: null, madeAt: '2026-05-02T09:00:00.000Z' },
  release,
  items: fileItems(language, release, of, sha256),
});

describe('wordings', () => {
  it('are one where two bands were asked the same, and apart where not', () => {
    const items = itemsOf();
    for (const { item, wordings } of items) {
      const bands = wordings.flatMap((wording) => wording.bands.map(({ id }) => id));
      expect(bands.toSorted(), item.id).toEqual(Object.keys(item.versions).toSorted());
    }
    const same = items.filter(({ wordings }) => wordings.length === 1 && wordings[0]!.bands.length === 2);
    const apart = items.filter(({ wordings }) => wordings.length === 2);
    expect(same.length).toBeGreaterThan(0);
    expect(apart.length).toBeGreaterThan(0);
    for (const { wordings } of apart) expect(JSON.stringify(wordings[0])).not.toBe(JSON.stringify(wordings[1]));
  });

  it('keep their names as long as nothing changes, whatever else is asked', () => {
    const alone = fileItems(english, files.release, new Map([['club', asked.get('club')!]]), sha256);
    expect(alone.map(({ item }) => item.id)).toEqual(['club']);
    expect(alone[0]).toEqual(itemIn(itemsOf(), 'club'));
  });

  it('get another name with other words, help or answers, and leave the variable its own', () => {
    const before = itemIn(itemsOf(), 'club');
    const changes: ((text: ItemText) => ItemText)[] = [
      (text) => ({ ...text, text: 'Are you in a club?' }),
      (text) => ({ ...text, hint: 'Any club' }),
      (text) => ({ ...text, options: { ...text.options, weekly: 'Each week' } }),
    ];
    const names = changes.map((change) => {
      const after = itemIn(itemsOf(reworded('club', 'en', change)), 'club');
      expect(after.variable).toBe(before.variable);
      return after.wordings[0]!.name;
    });
    expect(new Set([before.wordings[0]!.name, ...names]).size).toBe(4);
  });

  it('are listed apart where one band was asked in other words', () => {
    const both = itemIn(itemsOf(reworded('club', 'en', (text) => ({ ...text, text: 'A club?' }), ['p5-p7'])), 'club');
    const of = (band: string) => both.wordings.find(({ bands }) => bands.some(({ id }) => id === band))!;
    expect(of('p5-p7').name).not.toBe(of('s1-s2').name);
    expect(of('p5-p7').question).toBe('A club?');
  });

  it('stay the same when a translation gets better', () => {
    const after = itemsOf(reworded('club', 'ar', (text) => ({ ...text, text: 'نادٍ؟' })));
    expect(itemIn(after, 'club')).toEqual(itemIn(itemsOf(), 'club'));
    const arabic = files.house.services.languages.get('ar')!;
    expect(itemIn(itemsOf(asked, arabic), 'club').wordings[0]!.name).toBe(itemIn(itemsOf(), 'club').wordings[0]!.name);
  });
});

describe('words in cells', () => {
  it('stand on one line, without letters that a file may not hold', () => {
    expect(tidy(' one\r\n two\t\u0000three \uD800\uFFFE')).toBe('one two three \uFFFD');
  });

  it('come through every format as they are', async () => {
    const nasty = '=1+1 & "<b>", it\'s\n]]> ; ‘نعم’ 👩‍👧';
    const onOneLine = tidy(nasty);
    const made = await makeFiles(
      contentOf(
        files.release,
        english,
        reworded('club', 'en', (text) => ({ ...text, text: nasty })),
      ),
    );
    const [row] = csvRows(made.csv).filter(({ item }) => item === 'club');
    expect(row!['question']).toBe(`'${onOneLine}`);
    const cells = readWorkbook(made.xlsx).flatMap(({ rows }) => rows.flat());
    expect(cells).toContain(onOneLine);
    expect(JSON.stringify(readXml(made.codebook.toString('utf8')))).toContain(JSON.stringify(onOneLine).slice(1, -1));
    expect(made.json.toString('utf8')).toContain(JSON.stringify(onOneLine));
    expect(made.spss.toString('utf8')).toContain(`'${onOneLine.replaceAll("'", "''")}'`);
  });
});

describe('a release with more than is known today', () => {
  /** The release as a later version might make it: a locality, a special node, and an item of another kind. */
  function later(): Release {
    const { text } = withPlaces(files.release, 'cluster:ald', ['locality', 'ward'], 'east');
    const cube = JSON.parse(text) as Cube;
    (cube.items.find(({ id }) => id === 'club') as { kind: string }).kind = 'sum';
    const changed = JSON.stringify(cube);
    return Release.read(changed, sha256(changed), sha256);
  }

  it('has rows for every place, with the code of a kind that has no words yet', () => {
    const content = contentOf(later());
    const facts = [...factsOf(content)];
    for (const place of ['locality:east', 'ward:east']) {
      const rows = facts.filter((fact) => fact.place === place);
      const alder = facts.filter((fact) => fact.place === 'cluster:ald');
      expect(rows.map(({ count }) => count)).toEqual(alder.map(({ count }) => count));
      expect(rows.some(({ count }) => count !== null)).toBe(true);
    }
    const kinds = new Map(valueLabels(content, 'place_kind').map(({ value, label }) => [value, label]));
    expect(kinds.get('locality')).toBe('Locality');
    expect(kinds.get('ward')).toBe('ward');
    expect(valueLabels(content, 'item_kind').map(({ label }) => label)).toContain('sum');
  });

  it('is written in every format', async () => {
    const made = await makeFiles(contentOf(later()));
    expect(csvRows(made.csv).some((row) => row['place_kind'] === 'ward')).toBe(true);
    expect(() => readXml(made.codebook.toString('utf8'))).not.toThrow();
  });
});
