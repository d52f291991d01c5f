import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coachQuestion } from '../../../server/core/coach/coach.ts';
import { COACH_LEVELS, COACH_RULES, type DraftQuestion } from '../../../server/core/coach/draft.ts';
import { ITEM_KINDS } from '../../../server/core/survey/item-kinds.ts';
import { isJudgedInFull } from '../../../server/core/coach/lists.ts';
import { STAGES } from '../../../server/core/survey/stage.ts';
import { draftOf } from './drafts.ts';
import fresh1 from './questions/fresh-1.json' with { type: 'json' };
import fresh2 from './questions/fresh-2.json' with { type: 'json' };
import fresh3 from './questions/fresh-3.json' with { type: 'json' };
import fresh4 from './questions/fresh-4.json' with { type: 'json' };
import fresh5 from './questions/fresh-5.json' with { type: 'json' };
import own from './questions/own.json' with { type: 'json' };
import { score, type Labelled } from './score.ts';

const SETS: [string, Labelled[]][] = [
  ['own', own as Labelled[]],
  ['fresh-1', fresh1 as Labelled[]],
  ['fresh-2', fresh2 as Labelled[]],
  ['fresh-3', fresh3 as Labelled[]],
  ['fresh-4', fresh4 as Labelled[]],
  ['fresh-5', fresh5 as Labelled[]],
];

describe.each(SETS)('the questions of %s', (_name, drafts) => {
  const { precision, recall, wrong, missed } = score(drafts);

  it('have nine in ten of what the coach says said of them by their writer', () => {
    expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('have nine in ten of their faults found', () => {
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});

describe('the questions that are our own', () => {
  it.each(COACH_RULES)('break %s at least three times', (rule) => {
    expect(own.filter(({ expected }) => (expected as string[]).includes(rule)).length).toBeGreaterThanOrEqual(3);
  });

  it('have at least twenty with nothing to mend', () => {
    expect(own.filter(({ expected }) => expected.length === 0).length).toBeGreaterThanOrEqual(20);
  });
});

const PIECES = [
  ...[
    'do',
    'you',
    'and',
    'or',
    'not',
    'never',
    'how often',
    'in the last',
    '2',
    'weeks',
    'your',
    'mum',
    'smoke',
    '?',
    '.',
  ],
  ...[
    'agree',
    'happy',
    'very',
    'well-being',
    "don't",
    'wellbeing',
    '(',
    ')',
    ',',
    '/',
    'هل',
    'لا',
    'و',
    '🙂',
    '1–2',
    '3 or more',
  ],
];
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' ')),
);
const anyDraft: fc.Arbitrary<DraftQuestion> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 5 }),
    level: fc.constantFrom(...COACH_LEVELS),
    stage: fc.option(fc.constantFrom(...STAGES), { nil: undefined }),
    language: fc.constantFrom('en', 'en-GB', 'ar', 'pl', 'zh-Hans'),
    kind: fc.constantFrom(...ITEM_KINDS),
    text: anyText,
    options: fc.array(anyText, { maxLength: 12 }),
    rows: fc.array(anyText, { maxLength: 9 }),
    topic: anyText,
    position: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map(({ stage, position, ...draft }) => ({
    ...draft,
    ...(stage === undefined ? {} : { stage }),
    ...(position === undefined ? {} : { position }),
  }));

describe('the coach', () => {
  it('answers every draft, each rule once at most, and never calls found what it did not judge', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const { findings, notJudged } = coachQuestion(draft);
        const found = findings.map(({ rule }) => rule);
        expect(new Set(found).size).toBe(found.length);
        for (const rule of notJudged) expect(found).not.toContain(rule);
      }),
    );
  });

  it('says the same of the same draft', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(coachQuestion(structuredClone(draft))).toEqual(coachQuestion(draft));
      }),
    );
  });

  it('does not mind spaces around the words', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const spaced = {
          ...draft,
          text: ` ${draft.text}  `,
          options: draft.options.map((option) => `${option} `),
          rows: draft.rows.map((row) => ` ${row}`),
        };
        expect(coachQuestion(spaced)).toEqual(coachQuestion(draft));
      }),
    );
  });

  it('is as hard on fewer words as on more: no option added takes away a finding of too many', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const more = { ...draft, options: [...draft.options, 'one more thing', 'and yet another thing'] };
        const has = (one: DraftQuestion) => coachQuestion(one).findings.some(({ rule }) => rule === 'too-many-options');
        fc.pre(draft.kind !== 'ladder' && draft.options.length !== 11);
        if (has(draft) && draft.options.length > 7) expect(has(more)).toBe(true);
      }),
    );
  });

  // A pattern that goes back over what it read would not end within the test's time.
  it.each(['and ', 'a', 'do you ', 'your ', 'in the last ', '1 to '])(
    'answers ten thousand letters of "%s"',
    (piece) => {
      const text = piece.repeat(10_000 / piece.length);
      const { notJudged } = coachQuestion(draftOf({ text, options: [text], rows: [text] }));
      expect(notJudged).toEqual([]);
    },
  );
});

describe('a language', () => {
  it('that the coach does not read is counted, and the rest is not called kept', () => {
    const { findings, notJudged, limits } = coachQuestion(
      draftOf({ language: 'pl', level: 'p5-p7', text: 'Czy '.repeat(16), options: ['1', '2', '1'] }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['too-long', 'overlapping-options']);
    expect(notJudged).toContain('reading-age');
    expect(notJudged).toContain('negative');
    expect(limits).toEqual(['counts-only']);
  });

  it('that the coach knows some words of gets what was found, and is not called kept for the rest', () => {
    const { findings, notJudged, limits } = coachQuestion(
      draftOf({ language: 'ar', text: 'ألا تعتقد أن والديك يستمعان إليك؟' }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['leading', 'family-assumed']);
    for (const rule of COACH_RULES.filter((one) => !isJudgedInFull(one, 'ar'))) {
      expect([...notJudged, ...findings.map((finding) => finding.rule)]).toContain(rule);
    }
    expect(limits).toEqual(['part-of-language']);
  });

  it('English is judged in full', () => {
    expect(coachQuestion(draftOf({ text: 'Do you like school?', options: ['Yes', 'No'] }))).toEqual({
      findings: [],
      notJudged: [],
      limits: [],
    });
  });
});

describe('a draft that does not say enough', () => {
  it('is not called kept: smoking at a level where some stages may be asked', () => {
    const { notJudged, limits } = coachQuestion(draftOf({ text: 'Do you smoke?' }));
    expect(notJudged).toEqual(['sensitive-too-early']);
    expect(limits).toEqual(['stage-not-given']);
  });

  it('is not called kept: a ladder whose ends are named elsewhere', () => {
    const { notJudged, limits } = coachQuestion(draftOf({ kind: 'ladder', text: 'How is life?' }));
    expect(notJudged).toEqual(['unlabelled-options']);
    expect(limits).toEqual(['ends-not-given']);
  });
});
