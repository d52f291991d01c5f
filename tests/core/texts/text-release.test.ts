import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import {
  makeTextRelease,
  openTextRelease,
  sealTextRelease,
  type ApprovedQuote,
  type CodedText,
} from '../../../server/core/texts/text-release.ts';
import { themeFigures } from '../../../server/core/texts/theme-figures.ts';
import { inputOf, PLACES, people, sha256, SMALL, type Person } from '../../support/counted-wave.ts';

/* 451 pupils of P5–P7 of whom 300 wrote, 246 of S1–S2 of whom 64 wrote, 203 of S3–S6, all of one school. */

const SURVEY: SurveyDefinition = {
  ...SMALL,
  items: [
    ...SMALL.items,
    {
      id: 'wish',
      kind: 'short-text',
      tags: { domain: 'local-area', shanarri: ['included'], uncrc: [12] },
      optOuts: [],
      maxLength: 200,
    },
  ],
};
const WRITTEN = { wish: { state: 'answered', value: 'words' } } as const;
const NOTHING = { wish: { state: 'skipped' } } as const;

const places = {
  schools: [...PLACES.schools, { code: 'elm', agreed: true, roll: { 's1-s2': 200 } }],
  clusters: [...PLACES.clusters, { code: 'east', name: 'East', schools: ['elm'] }],
};
const asked: Person[] = [
  ...people(161, 'ash', 'P6', WRITTEN),
  ...people(139, 'birch', 'P6', WRITTEN),
  ...people(151, 'cedar', 'P6', NOTHING),
  ...people(31, 'dale', 'S1', WRITTEN),
  ...people(110, 'dale', 'S1', NOTHING),
  ...people(33, 'elm', 'S1', WRITTEN),
  ...people(72, 'elm', 'S1', NOTHING),
  ...people(91, 'dale', 'S4', WRITTEN),
  ...people(112, 'dale', 'S4', NOTHING),
];
const release = makeRelease(
  inputOf({ ...places, surveys: [SURVEY], people: asked, way: { textAllowed: true, topics: [] } }),
  sha256,
  await loadSolver(),
);

const THEMES = [
  { id: 'parks', question: 'wish', title: { en: 'Parks', ar: 'حدائق' } },
  { id: 'buses', question: 'wish', title: { en: 'Buses', ar: 'حافلات' } },
];

/** So many texts of a band with these themes. */
const texts = (count: number, band: string, ...themes: string[]): CodedText[] =>
  Array.from({ length: count }, () => ({ question: 'wish', band, themes }));

const quote = (more: Partial<ApprovedQuote> = {}): ApprovedQuote => ({
  theme: 'parks',
  band: 'p5-p7',
  language: 'en',
  words: 'More […] benches',
  ...more,
});

const make = (coded: CodedText[], quotes: ApprovedQuote[] = []) =>
  makeTextRelease({ release, themes: THEMES, coded, quotes });
const themesOf = (content: ReturnType<typeof make>) => content.questions[0]?.themes ?? [];
const counts = (coded: CodedText[]) => themesOf(make(coded)).map((theme) => [theme.title.en, theme.counts]);

describe('the themes of a text release', () => {
  it('are counted by band and rounded to five; a text may have several', () => {
    const coded = [
      ...texts(42, 'p5-p7', 'parks'),
      ...texts(21, 'p5-p7', 'parks', 'buses'),
      ...texts(12, 's1-s2', 'buses'),
    ];
    expect(counts(coded)).toEqual([
      ['Parks', { 'p5-p7': 65, 's1-s2': null, 's3-s6': null }],
      ['Buses', { 'p5-p7': 20, 's1-s2': 10, 's3-s6': null }],
    ]);
  });

  it.each<[string, CodedText[]]>([
    ['nobody raised', []],
    ['two raised', texts(2, 'p5-p7', 'parks')],
    ['only one school raised', texts(40, 's3-s6', 'parks')],
    ['all but one raised who wrote', texts(63, 's1-s2', 'parks')],
    ['belong to a question that was not asked', [{ question: 'other', band: 'p5-p7', themes: ['parks'] }]],
    ['belong to a band that the wave does not have', texts(40, 'none', 'parks')],
  ])('that %s are not even named', (_what, coded) => {
    expect(make(coded).questions).toEqual([]);
  });

  it('that few raised in one band look there like those that nobody raised', () => {
    const shown = texts(20, 'p5-p7', 'parks');
    expect(make([...shown, ...texts(2, 's1-s2', 'parks')])).toEqual(make(shown));
    expect(make([...shown, ...texts(63, 's1-s2', 'parks')])).toEqual(make(shown));
    expect(make([...shown, ...texts(1, 'p5-p7', 'buses')])).toEqual(make(shown));
  });

  it('carry no exact count: any that round alike give the same text release', () => {
    const spread = fc.record({ parks: fc.integer({ min: 18, max: 22 }), buses: fc.integer({ min: 0, max: 2 }) });
    const one = make(texts(20, 'p5-p7', 'parks'));
    fc.assert(
      fc.property(spread, ({ parks, buses }) => {
        expect(make([...texts(parks, 'p5-p7', 'parks'), ...texts(buses, 's1-s2', 'buses')])).toEqual(one);
      }),
    );
  });

  it('are always multiples of five, of ten or more asked, and leave five on either side', () => {
    const coded = fc.array(fc.constantFrom('p5-p7', 's1-s2', 's3-s6'), { maxLength: 100 });
    fc.assert(
      fc.property(coded, (bands) => {
        const content = make(bands.flatMap((band) => texts(1, band, 'parks')));
        for (const count of themesOf(content).flatMap((theme) => Object.values(theme.counts))) {
          if (count === null) continue;
          expect(count % 5).toBe(0);
          expect(count).toBeGreaterThanOrEqual(5);
        }
      }),
    );
  });
});

describe('the quotes of a text release', () => {
  const enough = texts(20, 'p5-p7', 'parks');
  const quotesOf = (coded: CodedText[], ...quotes: ApprovedQuote[]) =>
    themesOf(make(coded, quotes)).flatMap((theme) => theme.quotes);

  it('stand under their theme with band and language, and nothing else', () => {
    expect(quotesOf(enough, quote())).toEqual([{ band: 'p5-p7', language: 'en', words: 'More […] benches' }]);
  });

  it('need ten or more of their band who raised the theme, after rounding', () => {
    expect(quotesOf(texts(7, 'p5-p7', 'parks'), quote())).toEqual([]);
    expect(quotesOf(texts(8, 'p5-p7', 'parks'), quote())).toHaveLength(1);
    expect(quotesOf([...enough, ...texts(6, 's1-s2', 'parks')], quote({ band: 's1-s2' }))).toEqual([]);
    expect(quotesOf([...enough, ...texts(40, 's3-s6', 'parks')], quote({ band: 's3-s6' }))).toEqual([]);
    expect(quotesOf(enough, quote({ theme: 'buses' }))).toEqual([]);
  });

  it('stand by band and letters, whatever the order in which they came', () => {
    const coded = [...enough, ...texts(10, 's1-s2', 'parks')];
    const all = [quote({ words: 'b' }), quote({ words: 'a', band: 's1-s2' }), quote({ words: 'a' })];
    const words = (quotes: ApprovedQuote[]) => quotesOf(coded, ...quotes).map((one) => `${one.band} ${one.words}`);
    expect(words(all)).toEqual(['p5-p7 a', 'p5-p7 b', 's1-s2 a']);
    expect(words(all.toReversed())).toEqual(words(all));
  });
});

describe('a sealed text release', () => {
  const content = make(texts(20, 'p5-p7', 'parks'), [quote()]);

  it('opens as it was, and not at all after a change', () => {
    const sealed = sealTextRelease(content, sha256);
    expect(openTextRelease(sealed, sha256)).toEqual(content);
    const text = sealed.text.replace('"p5-p7":20', '"p5-p7":25');
    expect(text).not.toBe(sealed.text);
    expect(() => openTextRelease({ ...sealed, text }, sha256)).toThrow(/was changed/);
  });

  it('shows whole per cent of those asked, with a range, and hides the rest', () => {
    const [question] = themeFigures(release, content);
    expect(question!.bands.map(({ band, base }) => [band.id, base])).toEqual([
      ['p5-p7', 450],
      ['s1-s2', 245],
      ['s3-s6', 205],
    ]);
    const [parks] = question!.themes;
    expect(parks!.figures[0]).toMatchObject({ share: 4, base: 450 });
    expect(parks!.figures[0]!.low).toBeLessThan(4);
    expect(parks!.figures.slice(1)).toEqual([undefined, undefined]);
    expect(parks!.quotes.map(({ band }) => band.id)).toEqual(['p5-p7']);
  });

  it('is not read against another release', () => {
    expect(() => themeFigures(release, { ...content, release: 'other' })).toThrow(/was made of/);
  });
});
