import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASPECTS,
  checkFaults,
  EMPTY_CHECK,
  LUNDY,
  NATIONAL_STANDARDS,
  STANDINGS,
  unanswered,
  type AspectAnswer,
  type Check,
} from '../../../../server/core/loop/engagement/check.ts';
import {
  emptyEntry,
  entryFaults,
  FEW,
  isInPeriod,
  isPeople,
  missingParts,
  readPeople,
  type EntryWords,
  type MissingPart,
} from '../../../../server/core/loop/engagement/entry.ts';
import { merge } from '../../../../server/core/loop/engagement/merge.ts';
import { personalWords } from '../../../../server/core/loop/engagement/personal-words.ts';
import { summarise } from '../../../../server/core/loop/engagement/summary.ts';

const TODAY = '2026-11-23';
const PLACES = new Set(['authority', 'locality:east']);
const WHOLE: EntryWords = {
  ...emptyEntry('authority'),
  title: 'Later buses',
  from: '2026-09-01',
  to: '2026-09-30',
  links: [{ kind: 'action', id: 'a1' }],
  groups: [{ kind: 'pupils', words: 'P5–P7', people: '40' }],
  missing: 'Nobody from the special school: the bus was late.',
  methods: ['workshop'],
  said: 'The last bus goes too early.',
  outcome: 'changed',
  change: 'It goes at seven now.',
  told: 'In class, and on a poster.',
};
const faultsOf = (change: Partial<EntryWords>) =>
  entryFaults({ ...WHOLE, ...change }, PLACES, TODAY).map(({ field, problem }) => `${field} ${problem}`);

describe('an entry of the engagement record', () => {
  it('may be kept with a title and a first day alone, and says all that it lacks', () => {
    const begun = { ...emptyEntry('authority'), title: 'Later buses', from: TODAY };
    expect(entryFaults(begun, PLACES, TODAY)).toEqual([]);
    const lacking: MissingPart[] = ['to', 'decision', 'groups', 'missing', 'methods', 'said', 'change', 'told'];
    expect(missingParts(begun, TODAY)).toEqual(lacking);
    expect(missingParts(WHOLE, TODAY)).toEqual([]);
  });

  it.each<[string, Partial<EntryWords>, string[]]>([
    ['no title', { title: ' ' }, ['title missing']],
    ['no first day', { from: '' }, ['from missing']],
    ['a day that there is not', { from: '2026-02-30', to: '' }, ['from not-a-date']],
    ['a first day to come', { from: '2026-11-24', to: '' }, ['from in-future']],
    ['an end before its beginning', { to: '2026-08-31' }, ['to before-start']],
    ['a place of somebody else', { place: 'locality:west' }, ['place unknown-place']],
    ['another method without its words', { methods: ['other'] }, ['methodWords missing']],
    ['nothing changed without why', { outcome: 'nothing', change: '' }, ['change missing']],
    ['words that are too long', { said: 'a'.repeat(1001) }, ['said too-long']],
    ['a group that nobody can read', { groups: [{ kind: 'other', words: '', people: 'many' }] }, ['groups missing', 'groups not-a-number']],
  ])('is not kept with %s', (_what, change, expected) => {
    expect(faultsOf(change)).toEqual(expected);
  }); // prettier-ignore

  it('is not finished before its last day, nor without what changed', () => {
    expect(missingParts({ ...WHOLE, to: '2026-11-24' }, TODAY)).toEqual(['ended']);
    expect(missingParts({ ...WHOLE, outcome: '', change: 'Something.' }, TODAY)).toEqual(['change']);
    expect(missingParts({ ...WHOLE, outcome: 'nothing', change: 'There was no money.' }, TODAY)).toEqual([]);
  });

  it('may be about a decision in words alone', () => {
    expect(missingParts({ ...WHOLE, links: [] }, TODAY)).toEqual(['decision']);
    expect(missingParts({ ...WHOLE, links: [], decision: 'Which bus to pay for' }, TODAY)).toEqual([]);
  });

  it.each([
    ['40', '40'],
    [' about 40 ', '40'],
    ['1,200', '1200'],
    ['4', FEW],
    ['1', FEW],
    ['fewer than 5', FEW],
    ['< 5', FEW],
    ['', ''],
    ['0', '0'],
    ['some', 'some'],
  ])('reads "%s" as how many', (typed, read) => {
    expect(readPeople(typed)).toBe(read);
  });

  it('never keeps a number below five, and reads what it keeps as the same again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer({ min: -10, max: 200_000 }).map(String)), (typed) => {
        const read = readPeople(typed);
        expect(readPeople(read)).toBe(read);
        if (isPeople(read) && read !== '' && read !== FEW) expect(Number(read)).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it('is of every period that a day of it lies in', () => {
    const march = { from: '2026-03-01', to: '2026-03-31' };
    expect(isInPeriod({ from: '2026-02-01', to: '2026-03-01' }, march)).toBe(true);
    expect(isInPeriod({ from: '2026-03-31', to: '2026-05-01' }, march)).toBe(true);
    expect(isInPeriod({ from: '2026-02-01', to: '' }, march)).toBe(false);
    expect(isInPeriod({ from: '2026-04-01', to: '' }, march)).toBe(false);
    expect(isInPeriod({ from: '2026-04-01', to: '' }, { from: '', to: '' })).toBe(true);
  });
});

const answer = (change: Partial<AspectAnswer>): AspectAnswer => ({ standing: '', evidence: '', nextStep: '', ...change }); // prettier-ignore
const arbitraryCheck = fc
  .array(fc.constantFrom('' as const, ...STANDINGS), { minLength: ASPECTS.length, maxLength: ASPECTS.length })
  .map(
    (standings) =>
      Object.fromEntries(ASPECTS.map((aspect, index) => [aspect, answer({ standing: standings[index]! })])) as Check,
  );

describe('the guided check', () => {
  it('asks about seven standards and four parts, each of which may stay open', () => {
    expect([NATIONAL_STANDARDS.length, LUNDY.length]).toEqual([7, 4]);
    expect(checkFaults(EMPTY_CHECK)).toEqual([]);
    expect(unanswered(EMPTY_CHECK)).toEqual([...ASPECTS]);
    expect(unanswered({ ...EMPTY_CHECK, voice: answer({ standing: 'not', nextStep: 'Ask.' }) })).not.toContain('voice');
  });

  it.each<[string, AspectAnswer, string[]]>([
    ['met without what shows it', answer({ standing: 'met' }), ['evidence missing']],
    ['partly without both', answer({ standing: 'partly' }), ['evidence missing', 'nextStep missing']],
    ['not, without a next step', answer({ standing: 'not' }), ['nextStep missing']],
    ['words without an answer', answer({ evidence: 'A list.' }), ['standing missing']],
    ['met with what shows it', answer({ standing: 'met', evidence: 'A list.' }), []],
    ['not, with a next step', answer({ standing: 'not', nextStep: 'Ask.' }), []],
    ['a long sentence', answer({ standing: 'met', evidence: 'a'.repeat(501) }), ['evidence too-long']],
  ])('says what is wrong with %s', (_what, given, expected) => {
    const faults = checkFaults({ ...EMPTY_CHECK, support: given });
    expect(faults.map(({ field, problem }) => `${field} ${problem}`)).toEqual(expected);
    expect(faults.every(({ aspect }) => aspect === 'support')).toBe(true);
  });
});

describe('two changes at once', () => {
  const part = fc.constantFrom('old', 'one', 'two');
  const whole = fc.record({ a: part, b: part, c: part });

  it('lose nothing: each part is mine or theirs, and where both changed it, it is told', () => {
    fc.assert(
      fc.property(whole, whole, whole, (base, mine, latest) => {
        const { merged, theirs, both } = merge(base, mine, latest);
        for (const key of ['a', 'b', 'c'] as const) {
          if (mine[key] !== base[key]) expect(merged[key]).toBe(mine[key]);
          else expect(merged[key]).toBe(latest[key]);
          const bothChanged = mine[key] !== base[key] && latest[key] !== base[key] && mine[key] !== latest[key];
          expect(both.includes(key)).toBe(bothChanged);
          expect(theirs.includes(key)).toBe(mine[key] === base[key] && latest[key] !== base[key]);
        }
      }),
    );
  });
});

describe('what looks personal', () => {
  it('is found, each once, and names of places that are known are left alone', () => {
    const texts = ['We met Zorbla, then Zorbla again, in Calder Glen.', 'Write to zorbla@example.org.'];
    expect(personalWords(texts, ['Calder Glen'])).toEqual(['Zorbla', 'zorbla@example.org']);
    expect(personalWords(['the pupils want a later bus'])).toEqual([]);
  });
});

describe('the record of a period in counts', () => {
  const entry = (change: Partial<EntryWords>, check: Check = EMPTY_CHECK) => ({
    words: { ...WHOLE, ...change },
    check,
  });

  it('names what does not say what changed, and counts each standard apart', () => {
    const met = { ...EMPTY_CHECK, inclusion: answer({ standing: 'met', evidence: 'A list.' }) };
    const open = entry({ outcome: '', change: '', links: [], decision: 'Buses' });
    const nothing = entry({ outcome: 'nothing', change: 'No money.' }, met);
    const summary = summarise([open, nothing, entry({}, met)], TODAY);
    expect(summary).toMatchObject({ entries: 3, finished: 2, withoutChange: [open], nothingChanged: [nothing] });
    expect(summary.aspects[0]).toEqual({ aspect: 'inclusion', counts: { met: 2, partly: 0, not: 0, unanswered: 1 } });
    expect(summary.about).toEqual({ finding: 0, action: 2, reply: 0, words: 1 });
    expect(summary.methods).toMatchObject({ workshop: 3, forum: 0 });
  });

  it('counts every entry once for each standard', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCheck, { maxLength: 8 }), (checks) => {
        for (const { counts } of summarise(checks.map((check) => entry({}, check)), TODAY).aspects)
          expect(counts.met + counts.partly + counts.not + counts.unanswered).toBe(checks.length);
      }),
    ); // prettier-ignore
  });
});
