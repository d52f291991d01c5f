import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checklist, mayPublish, type Checked } from '../../../../server/core/loop/annual/checklist.ts';
import {
  contentText,
  figuresOf,
  makeContent,
  readContent,
  type ReportContent,
} from '../../../../server/core/loop/annual/content.ts';
import { drawReport, figureKeys, MOST_FOR_CHILDREN } from '../../../../server/core/loop/annual/draw.ts';
import type { AnnualFacts } from '../../../../server/core/loop/annual/facts.ts';
import { offeredPeriods, periodFaults } from '../../../../server/core/loop/annual/period.ts';
import {
  piecesOf,
  placeholder,
  placeholderFaults,
  quotedIn,
  typedNumbers,
} from '../../../../server/core/loop/annual/placeholders.ts';
import { SECTIONS, type SectionId } from '../../../../server/core/loop/annual/sections.ts';
import {
  everyText,
  textFaults,
  unreadTexts,
  type SectionTexts,
  type TextVersion,
} from '../../../../server/core/loop/annual/texts.ts';
import { AIMS } from '../../../../server/core/loop/plan/words.ts';
import { ACTION, anyFacts, ENTRY, FACTS, FEEDBACK, FINDING, PLAIN_WORDS, WAVE } from './facts.ts';

const LANGUAGES = ['en', 'ar'];
const HEAD = {
  authority: { id: 'glen', name: 'Glen', isDemonstration: false },
  period: FACTS.period,
  drawnOn: FACTS.today,
  languages: LANGUAGES,
  unread: [],
};

function contentOf(facts: AnnualFacts): ReportContent {
  const drawn = drawReport(facts);
  const numbers = new Map(figureKeys(drawn).map((key, index) => [key, index + 1]));
  return makeContent(HEAD, drawn, { numbers, texts: new Map() }, PLAIN_WORDS);
}

/** Every text that there is a place for. */
function fullTexts(words = 'We listened and we changed things.'): Map<SectionId, SectionTexts> {
  const inAll = Object.fromEntries(LANGUAGES.map((code) => [code, words]));
  return new Map(SECTIONS.map(({ id }) => [id, { adult: inAll, child: inAll }]));
}

const COMPLETE: Checked = {
  facts: {
    ...FACTS,
    findings: [{ ...FINDING, isAnswered: true }],
    actions: [{ ...ACTION, aims: [...AIMS] }],
    involvement: [ENTRY],
    feedback: [FEEDBACK],
  },
  texts: fullTexts(),
  languages: LANGUAGES,
  figures: new Set([1, 2]),
  unread: [],
  knownNames: [],
  isDemonstration: false,
};

describe('what a report draws', () => {
  it('never states anything without a source, and so no digit', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { sections, sources } = contentOf(facts);
        const lines = sections.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
        const said = lines.filter((line) => /\d/.test(JSON.stringify([line.words, line.typed, line.figures])));
        expect(lines.length).toBeGreaterThanOrEqual(said.length);
        for (const line of lines) {
          expect(line.sources.length).toBeGreaterThan(0);
          for (const source of line.sources) expect(sources[source]).toBeDefined();
        }
        // A heading may hold a number; what stands under it says where it is from.
        for (const { blocks } of sections)
          for (const { lines: under } of blocks) expect(under.length).toBeGreaterThan(0);
      }),
    );
  });

  it('gives every figure a number of its own, and each number one figure', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const keys = figureKeys(drawReport(facts));
        expect(figuresOf(contentOf(facts)).size).toBe(keys.length);
      }),
    );
  });

  it('says that there is nothing where there is nothing', () => {
    const empty = { ...FACTS, waves: [], findings: [], actions: [], replies: [], priorities: { all: 0, answered: 0 } };
    const drawn = drawReport(empty);
    const kinds = (id: SectionId) => drawn[id].flatMap(({ statements }) => statements.map(({ said }) => said.is));
    for (const id of ['asked', 'said', 'aim-wellbeing', 'replies', 'answers', 'involved'] as const)
      expect(kinds(id)).toEqual(['none']);
  });

  it('names a wave without a release nowhere', () => {
    const drawn = drawReport({ ...FACTS, waves: [{ ...WAVE, release: null }] });
    expect(drawn.asked.map(({ heading }) => heading)).toEqual(['']);
  });

  it('counts as young people’s part what pupils, a forum or young people were in, and nothing of adults alone', () => {
    const adults = { ...ENTRY, id: 'e2', groups: ['parents', 'practitioners', 'other'] as const };
    const said = (involvement: AnnualFacts['involvement']) =>
      drawReport({ ...FACTS, involvement }).involved.map(({ statements }) => statements[0]!.said);
    expect(said([ENTRY, adults])).toMatchObject([{ is: 'involved', entries: 1, changed: 1 }, { is: 'entry' }, { is: 'entry' }]); // prettier-ignore
    expect(said([adults])).toMatchObject([{ is: 'none', of: 'involved' }, { is: 'entry' }]);
  });

  it('is short for children: no actions, no intervals, few findings', () => {
    const findings = Array.from({ length: 9 }, (_, index) => ({ ...FINDING, id: `f${index}` }));
    const content = contentOf({ ...FACTS, findings });
    const lines = content.sections.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
    const forChildren = lines.filter(({ words }) => words.child).map(({ kind }) => kind);
    expect(forChildren.filter((kind) => kind === 'finding')).toHaveLength(MOST_FOR_CHILDREN);
    expect(forChildren).toContain('more-findings');
    for (const kind of ['colour', 'progress', 'measure', 'change', 'promises', 'aim'])
      expect(forChildren).not.toContain(kind);
    expect(lines.filter(({ words, kind }) => words.adult && kind === 'finding')).toHaveLength(9);
  });

  it('shows an action under each aim that it serves, with one number for each of its figures', () => {
    const both = { ...ACTION, aims: ['wellbeing', 'resources'] as const };
    const drawn = drawReport({ ...FACTS, actions: [both] });
    expect(drawn['aim-wellbeing']).toHaveLength(2);
    expect(drawn['aim-resources']).toHaveLength(2);
    expect(figureKeys(drawn).filter((key) => key.startsWith('measure/'))).toEqual([
      'measure/m1/baseline',
      'measure/m1/latest',
      'measure/m1/target',
    ]);
  });

  it('is kept as text with a hash, and refuses a text that was changed', () => {
    const sha256 = (text: string) => hash('sha256', text, 'hex');
    const text = contentText(contentOf(FACTS));
    expect(readContent(text, sha256(text), sha256)).toEqual(contentOf(FACTS));
    expect(() => readContent(text.replace('84', '85'), sha256(text), sha256)).toThrow('it was changed');
  });
});

describe('figures that a text quotes', () => {
  it('are found in English and in Arabic, whatever stands around them', () => {
    expect(quotedIn('Now {figure 3} and {Figure 12}.')).toEqual([3, 12]);
    expect(quotedIn('الآن {رقم ٣} و{الرقم 12}.')).toEqual([3, 12]);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat(999).map(placeholder))), (parts) => {
        const joined = piecesOf(parts.join('')).map((piece) =>
          piece.kind === 'words' ? piece.words : placeholder(piece.number),
        );
        // Nothing is lost: what is no placeholder stays as it was typed.
        expect(joined.join('').replace(/\s/g, '')).toBe(parts.join('').replace(/\s/g, ''));
      }),
    );
  });

  it('are refused where there is no such figure, and so is anything else in braces', () => {
    const known = new Set([1, 2]);
    expect(placeholderFaults('{figure 1} {figure 9} {fig 2} {', known)).toEqual([
      { problem: 'unknown-figure', found: '{figure 9}' },
      { problem: 'not-a-placeholder', found: '{fig 2}' },
      { problem: 'open-brace', found: '{' },
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9999 }), fc.string(), (number, around) => {
        const text = `${around.replace(/[{}]/g, '')}${placeholder(number)}`;
        expect(placeholderFaults(text, known)).toEqual([{ problem: 'unknown-figure', found: placeholder(number) }]);
      }),
    );
  });

  it('are told apart from numbers that somebody typed', () => {
    expect(typedNumbers('In 2026, {figure 3} of 1,200 and ٤٠; 2026 again.')).toEqual(['2026', '1,200', '٤٠']);
    expect(typedNumbers('Nothing but {figure 3}.')).toEqual([]);
  });

  it('say at which text they are wrong, which may be too long besides', () => {
    const texts = { adult: { en: '{figure 9}', ar: '' }, child: { en: 'x'.repeat(3001), ar: '' } };
    expect(textFaults('opening', texts, LANGUAGES, new Set([1]))).toEqual([
      { reader: 'adult', language: 'en', problem: 'unknown-figure', found: '{figure 9}' },
      { reader: 'child', language: 'en', problem: 'too-long', found: '' },
    ]);
  });
});

describe('the checklist', () => {
  const lacks = (changed: Partial<Checked>) => checklist({ ...COMPLETE, ...changed });
  const names = (changed: Partial<Checked>) => lacks(changed).map(({ what }) => what.lack);

  it('has nothing to say of a report that lacks nothing', () => {
    expect(lacks({})).toEqual([]);
    expect(mayPublish(lacks({}))).toBe(true);
  });

  it('tells of what looks like a name in every word that is typed and printed, and of no other', () => {
    const named = 'With Callum Reid.';
    const measures = ACTION.measures.map((one) => ({ ...one, words: { ...one.words, name: named } }));
    const inActions: Partial<typeof ACTION>[] = [
      { task: named },
      { lead: named },
      { progress: [{ on: '2026-05-01', words: named }] },
      { judgement: { colour: 'amber', reason: named } },
      { measures },
    ];
    const withAction = (change: Partial<typeof ACTION>) =>
      lacks({ facts: { ...COMPLETE.facts, actions: [{ ...ACTION, aims: [...AIMS], ...change }] } });
    const hit = { lack: 'personal', where: { in: 'action', id: 'a1', reference: '2.3' }, found: ['Callum Reid'] };
    for (const change of inActions) expect(withAction(change)).toEqual([{ what: hit, blocks: false }]);
    // It serves no aim, so it is not printed.
    expect(withAction({ task: named, aims: [] }).some(({ what }) => what.lack === 'personal')).toBe(false);
    for (const part of ['title', 'said', 'change'] as const) {
      const involvement = [{ ...ENTRY, [part]: named }];
      const where = { in: 'entry', id: 'e1', title: involvement[0]!.title };
      const what = { lack: 'personal', where, found: ['Callum Reid'] };
      expect(lacks({ facts: { ...COMPLETE.facts, involvement } })).toEqual([{ what, blocks: false }]);
      expect(lacks({ facts: { ...COMPLETE.facts, involvement }, knownNames: ['Callum Reid'] })).toEqual([]);
    }
  });

  it('names every text that is empty, by section, reader and language', () => {
    const empty = lacks({ texts: new Map() }).flatMap(({ what, blocks }) =>
      what.lack === 'empty' ? [{ place: `${what.section} ${what.reader} ${what.language}`, blocks }] : [],
    );
    const places = everyText(
      SECTIONS.map(({ id }) => id),
      LANGUAGES,
    );
    expect(empty).toHaveLength(places.length);
    expect(new Set(empty.map(({ place }) => place)).size).toBe(places.length);
    const needed = SECTIONS.flatMap((section) => section.needed).length * LANGUAGES.length;
    expect(empty.filter(({ blocks }) => blocks)).toHaveLength(needed);
  });

  it('holds a report back for a needed text, a lost figure, a period that runs and words nobody read twice', () => {
    const unread = [{ section: 'opening' as const, language: 'ar', number: 1, writtenBy: 'me' }];
    const cases: [Partial<Checked>, string][] = [
      [{ texts: new Map([...fullTexts()].filter(([id]) => id !== 'next')) }, 'empty'],
      [{ texts: fullTexts('See {figure 7}.') }, 'gone'],
      [{ facts: { ...COMPLETE.facts, today: '2026-07-31' } }, 'period-runs'],
      [{ unread }, 'unread'],
    ];
    for (const [changed, lack] of cases) {
      expect(names(changed), lack).toContain(lack);
      expect(mayPublish(lacks(changed)), lack).toBe(false);
      expect(lacks(changed)[0]!.blocks).toBe(true);
    }
    expect(mayPublish(lacks({ unread, isDemonstration: true }))).toBe(true);
    expect(names({ unread, isDemonstration: true })).toContain('unread');
  });

  it('tells what is open in the year itself', () => {
    const { facts } = COMPLETE;
    const noValue = { ...ACTION.measures[0]!, state: { ...ACTION.measures[0]!.state, latest: undefined } };
    const cases: [Partial<AnnualFacts>, string][] = [
      [{ waves: [] }, 'nothing-asked'],
      [{ findings: [FINDING] }, 'priority-without-reply'],
      [{ findings: [{ ...FINDING, isAnswered: true, before: { share: 50 } }] }, 'corrected'],
      [{ actions: [ACTION] }, 'aim-without-action'],
      [{ actions: [{ ...facts.actions[0]!, progress: [] }] }, 'no-progress'],
      [{ actions: [...facts.actions, { ...ACTION, id: 'a2', aims: [] }] }, 'no-aim'],
      [{ actions: [{ ...facts.actions[0]!, measures: [noValue] }] }, 'no-value'],
      [{ involvement: [] }, 'no-involvement'],
      [
        { leftOut: [{ why: 'entry-unfinished', id: 'e2', title: 'Half', missing: ['change', 'told'] }] },
        'nothing-changed',
      ],
      [{ feedback: [] }, 'no-feedback'],
      [{ leftOut: [{ why: 'finding-not-public', id: 'f9' }] }, 'left-out'],
    ];
    for (const [changed, lack] of cases) {
      const found = lacks({ facts: { ...facts, ...changed } });
      expect(
        found.map(({ what }) => what.lack),
        lack,
      ).toContain(lack);
      expect(mayPublish(found), lack).toBe(true);
    }
  });

  it('points out numbers without a source, and words too hard for children', () => {
    expect(lacks({ texts: fullTexts('In 2026 we did it.') })[0]!.what).toMatchObject({
      lack: 'without-source',
      found: ['2026'],
    });
    const hard =
      'Notwithstanding considerable organisational complexity, multidisciplinary partnership arrangements were comprehensively restructured. '.repeat(
        4,
      );
    const found = lacks({ texts: fullTexts(hard) }).flatMap(({ what }) => (what.lack === 'too-hard' ? [what] : []));
    expect(found.map(({ language }) => language)).toEqual(['en']);
  });
});

describe('words that have to be read twice', () => {
  const version = (number: number, en: string, ar: string, writtenBy: string): TextVersion => ({
    section: 'opening',
    number,
    texts: { adult: { en, ar }, child: { en: '', ar: '' } },
    writtenAt: '2026-08-01T09:00:00.000Z',
    writtenBy,
  });
  const read = (language: string, number: number, by: string) => ({
    section: 'opening' as const,
    language,
    number,
    by,
  });
  const unread = (...[versions, readings]: [TextVersion[], ReturnType<typeof read>[]]) =>
    unreadTexts(versions, readings, LANGUAGES).map(({ language }) => language);

  it('are so until somebody else than who wrote them read them', () => {
    const versions = [version(1, 'A', 'ا', 'ann')];
    expect(unread(versions, [])).toEqual(['en', 'ar']);
    expect(unread(versions, [read('en', 1, 'ann'), read('ar', 1, 'ben')])).toEqual(['en']);
  });

  it('stay read while another language is rewritten, and are not when they are', () => {
    const readings = [read('en', 1, 'ben'), read('ar', 1, 'ben')];
    expect(unread([version(1, 'A', 'ا', 'ann'), version(2, 'A', 'ب', 'ann')], readings)).toEqual(['ar']);
    const back = [version(1, 'A', 'ا', 'ann'), version(2, 'B', 'ا', 'ann'), version(3, 'A', 'ا', 'ann')];
    expect(unread(back, readings)).toEqual(['en']);
  });

  it('are other words where a part went from one text to the other', () => {
    const [first, second] = [
      ['A,B', ''],
      ['A', 'B,'],
    ].map(([adult, child], index) => ({
      ...version(index + 1, '', '', 'ann'),
      texts: { adult: { en: adult!, ar: '' }, child: { en: child!, ar: '' } },
    }));
    expect(unread([first!, second!], [read('en', 1, 'ben')])).toEqual(['en']);
  });

  it('are nothing where nothing is written', () => {
    expect(unread([version(1, 'A', '', 'ann')], [])).toEqual(['en']);
    expect(unread([], [])).toEqual([]);
  });
});

describe('the period of a report', () => {
  it('is two days that there are, in order, and three years at most', () => {
    const problem = (from: string, to: string) => periodFaults({ from, to }).map((fault) => fault.problem);
    expect(problem('2025-08-01', '2026-07-31')).toEqual([]);
    expect(problem('2023-04-01', '2026-03-31')).toEqual([]);
    expect(problem('', '2026-02-30')).toEqual(['missing', 'not-a-date']);
    expect(problem('2026-08-01', '2026-07-31')).toEqual(['before-start']);
    expect(problem('2023-04-01', '2026-04-01')).toEqual(['over-three-years']);
    expect(problem('0026-08-01', '2027-07-31')).toEqual(['not-a-date']);
    expect(problem('1999-08-01', '2000-07-31')).toEqual(['not-a-date']);
    expect(problem('2000-01-01', '2000-12-31')).toEqual([]);
  });

  it('is offered as school and financial years, those that are over first', () => {
    expect(offeredPeriods('2026-11-23').map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2025-08-01 2026-07-31',
      '2026-08-01 2027-07-31',
      '2025-04-01 2026-03-31',
      '2026-04-01 2027-03-31',
    ]);
    expect(offeredPeriods('2026-02-01').map(({ from }) => from)).toEqual(['2024-08-01', '2025-08-01', '2024-04-01', '2025-04-01']); // prettier-ignore
    for (const offered of offeredPeriods('2026-02-01')) expect(periodFaults(offered)).toEqual([]);
  });
});
