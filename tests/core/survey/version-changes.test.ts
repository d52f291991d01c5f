import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import type { OneChoiceQuestion } from '../../../server/core/survey/kinds/one-choice.ts';
import { contentFaults, nextVersion } from '../../../server/core/survey/next-version.ts';
import type { ItemText } from '../../../server/core/survey/text.ts';
import { undeclaredFacts, type Replacement, type VersionContent } from '../../../server/core/survey/version-changes.ts';
import { anySurvey, EVERY_KIND, SHIPPED, wordsFor } from '../../support/arbitrary-surveys.ts';

const content: VersionContent = {
  definition: EVERY_KIND,
  texts: [wordsFor(EVERY_KIND, 'en'), wordsFor(EVERY_KIND, 'ar')],
};
const NOTE = 'A comma was missing.';

const itemOf = (id: string, { definition }: VersionContent = content): SurveyItem =>
  definition.items.find((item) => item.id === id)!;
const textsOf = (id: string, { texts }: VersionContent = content): Record<string, ItemText> =>
  Object.fromEntries(texts.map((text) => [text.language, text.items[id]!]));

/** The same item in other words in English. */
function reworded(id: string, declared: Replacement['declared'], from: VersionContent = content): Replacement {
  const { en, ...others } = textsOf(id, from);
  return { item: itemOf(id, from), texts: { ...others, en: { ...en!, text: `${en!.text}!` } }, declared, note: NOTE };
}

describe('a question in other words', () => {
  it.each(['same', 'reworded'] as const)('declared %s keeps its id, its place and every other question', (declared) => {
    const next = nextVersion(content, { replacements: [reworded('smile', declared)] });
    expect(next.faults).toEqual([]);
    expect(contentFaults(next.content)).toEqual([]);
    expect(next.content.definition.items.map(({ id }) => id)).toEqual(EVERY_KIND.items.map(({ id }) => id));
    expect(next.content.texts[0]!.items['smile']!.text).toBe('en smile!');
    expect(next.content.texts[1]!.items['smile']!.text).toBe('ar smile');
    expect(
      next.facts.items.filter(({ comparability }) => comparability !== 'same' || declared === 'same'),
    ).toContainEqual({ id: 'smile', comparability: declared, note: NOTE, replaces: null });
    expect(next.facts.withdrawn).toEqual([]);
    expect(next.content.texts.map(({ status }) => status)).toEqual(['drafted', 'drafted']);
  });

  it('declared new is withdrawn and takes an id that nothing had, with what is called after it', () => {
    const next = nextVersion(content, { replacements: [reworded('smile', 'new')] }, ['smile-2']);
    expect(next.faults).toEqual([]);
    const ids = next.content.definition.items.map(({ id }) => id);
    expect(ids[EVERY_KIND.items.findIndex(({ id }) => id === 'smile')]).toBe('smile-3');
    expect(ids).not.toContain('smile');
    expect(next.facts.withdrawn).toEqual([{ id: 'smile', reason: NOTE, replacedBy: 'smile-3' }]);
    expect(next.facts.items).toContainEqual({ id: 'smile-3', comparability: 'new', note: NOTE, replaces: 'smile' });
    expect(contentFaults(next.content)).toEqual([]);
  });

  it('is refused where nothing was changed, where the question is gone, and where two changes are of one', () => {
    const nothing = { ...reworded('smile', 'same'), texts: textsOf('smile') };
    const gone = { ...reworded('smile', 'same'), item: { ...itemOf('smile'), id: 'gone' } };
    const codes = (replacements: Replacement[], withdrawn: string[] = []) =>
      nextVersion(content, {
        replacements,
        withdrawals: withdrawn.map((id) => ({ id, reason: 'Nobody uses it.' })),
      }).faults.map(({ code, item }) => `${code} ${item}`);
    expect(codes([nothing])).toEqual(['unchanged smile']);
    expect(codes([gone])).toEqual(['not-there gone']);
    expect(codes([reworded('smile', 'same'), reworded('smile', 'new')])).toContain('twice smile');
    expect(codes([reworded('smile', 'same')], ['smile'])).toContain('twice smile');
  });
});

describe('a question of another shape', () => {
  const mood = itemOf('wishes-more') as OneChoiceQuestion;
  const words = Object.fromEntries(
    Object.entries(textsOf('wishes-more')).map(([language, text]) => [
      language,
      { ...text, options: { ...text.options, maybe: `${language} maybe` } },
    ]),
  );
  const change = (item: SurveyItem, declared: Replacement['declared']): Replacement => ({
    item,
    texts: words,
    declared,
    note: 'Some wanted to say maybe.',
  });
  const wider: SurveyItem = { ...mood, options: [...mood.options, { code: 'maybe' }] };

  const { id, kind, tags, optOuts, options } = mood;
  const freeOfRoute: SurveyItem = { id, kind, tags, optOuts, options };

  it.each<[string, SurveyItem]>([
    ['another answer', wider],
    ['other stages', { ...mood, stages: ['P7'] }],
    ['another kind', { ...mood, kind: 'faces', options: [...mood.options, { code: 'maybe' }] }],
    ['no route', freeOfRoute],
    ['no way to opt out', { ...mood, optOuts: [] }],
  ])('(%s) can be declared nothing but new', (_what, item) => {
    for (const declared of ['same', 'reworded'] as const) {
      const { faults } = nextVersion(content, { replacements: [change(item, declared)] });
      expect(faults).toEqual([{ code: 'must-be-new', item: 'wishes-more', by: '', options: [] }]);
    }
  });

  it('becomes a question of its own', () => {
    const next = nextVersion(content, { replacements: [change(wider, 'new')] });
    expect(next.faults).toEqual([]);
    expect(contentFaults(next.content)).toEqual([]);
    expect(itemOf('wishes-more-2', next.content)).toEqual({ ...wider, id: 'wishes-more-2' });
  });

  it('may have another row or symbol, since rows are answered one by one', () => {
    const grid = itemOf('school') as Extract<SurveyItem, { kind: 'grid' }>;
    const rows = [...grid.rows, { code: 'food' }];
    const texts = Object.fromEntries(
      Object.entries(textsOf('school')).map(([language, text]) => [
        language,
        { ...text, rows: { ...text.rows, food: `${language} food` } },
      ]),
    );
    const next = nextVersion(content, {
      replacements: [{ item: { ...grid, rows, symbol: 'school' }, texts, declared: 'same', note: NOTE }],
    });
    expect(next.faults).toEqual([]);
    expect(contentFaults(next.content)).toEqual([]);
  });

  it('is the same by itself where only its tags are others', () => {
    const tagged = { ...mood, tags: { ...mood.tags, domain: 'family' as const } };
    const before = nextVersion(content, {
      replacements: [{ item: tagged, texts: textsOf(mood.id), declared: 'same', note: NOTE }],
    });
    expect(before.faults).toEqual([]);
    expect(undeclaredFacts(content, before.content).items.every(({ comparability }) => comparability === 'same')).toBe(
      true,
    );
  });
});

describe('a question that goes', () => {
  const withdraw = (from: VersionContent, ...ids: string[]) =>
    nextVersion(from, { withdrawals: ids.map((id) => ({ id, reason: 'Nobody uses the answers.' })) });

  it('goes with its words and its indicator, and says why', () => {
    const next = withdraw(content, 'school');
    expect(next.faults).toEqual([]);
    expect(contentFaults(next.content)).toEqual([]);
    expect(next.facts.withdrawn).toEqual([{ id: 'school', reason: 'Nobody uses the answers.', replacedBy: null }]);
    expect(next.facts.indicatorsGone).toEqual(['lessons-often']);
    expect(next.content.texts.every(({ items, indicators }) => !items['school'] && !indicators['lessons-often'])).toBe(
      true,
    );
  });

  it('leaves words that were reviewed as they were', () => {
    const reviewed = { ...content, texts: content.texts.map((one) => ({ ...one, status: 'reviewed' as const })) };
    expect(withdraw(reviewed, 'school').content.texts.map(({ status }) => status)).toEqual(['reviewed', 'reviewed']);
  });

  it('is refused while another is asked only after it; both together may go', () => {
    expect(withdraw(content, 'minutes').faults).toEqual([
      { code: 'route', item: 'minutes', by: 'minutes-more', options: [] },
    ]);
    const both = withdraw(content, 'minutes', 'minutes-more');
    expect(both.faults).toEqual([]);
    expect(contentFaults(both.content)).toEqual([]);
  });

  it('is refused while a scale, a count of poor outcomes or the bands need it', () => {
    const scale = {
      id: 'mood-scale',
      validated: false,
      method: 'sum' as const,
      missing: { rule: 'all' as const },
      codes: { good: 1, bad: 0, low: 0, middle: 1, high: 2 },
      items: [{ question: 'mood' }, { question: 'smile' }],
    };
    const definition: SurveyDefinition = {
      ...EVERY_KIND,
      bandQuestion: 'alone',
      scales: [scale],
      poorOutcomes: ['good-mood', 'a', 'b'],
    };
    expect(withdraw({ ...content, definition }, 'mood', 'things', 'alone').faults).toEqual([
      { code: 'scale', item: 'mood', by: 'mood-scale', options: [] },
      { code: 'poor-outcome', item: 'mood', by: 'good-mood', options: [] },
      { code: 'bands', item: 'alone', by: 'alone', options: [] },
    ]);
  });

  it('is followed by a question that hangs on it and changes with it, under the new id', () => {
    const minutes: Replacement = { ...reworded('minutes', 'new') };
    const alone = nextVersion(content, { replacements: [minutes] });
    expect(alone.faults).toEqual([{ code: 'route', item: 'minutes', by: 'minutes-more', options: [] }]);
    const kept = nextVersion(content, { replacements: [minutes, reworded('minutes-more', 'reworded')] });
    expect(kept.faults).toEqual([{ code: 'must-be-new', item: 'minutes-more', by: '', options: [] }]);
    const both = nextVersion(content, { replacements: [minutes, reworded('minutes-more', 'new')] });
    expect(both.faults).toEqual([]);
    expect(itemOf('minutes-more-2', both.content).when).toEqual({ question: 'minutes-2', anyOf: ['many'] });
    expect(contentFaults(both.content)).toEqual([]);
  });

  it('names the answers that a route still needs', () => {
    const minutes = itemOf('minutes') as Extract<SurveyItem, { kind: 'number' }>;
    const groups = [
      { code: 'none', from: 0, to: 0 },
      { code: 'some', from: 1, to: 1000 },
    ];
    const { faults } = nextVersion(content, {
      replacements: [{ ...reworded('minutes', 'new'), item: { ...minutes, groups } }, reworded('minutes-more', 'new')],
    });
    expect(faults).toEqual([{ code: 'route-option', item: 'minutes-2', by: 'minutes-more-2', options: ['many'] }]);
  });
});

describe('whatever is changed in whatever survey', () => {
  /** Some items of a survey, each with what is to become of it. */
  const plan = fc.oneof(anySurvey, fc.constantFrom(...SHIPPED)).chain((survey) =>
    fc.record({
      survey: fc.constant(survey),
      fates: fc.array(fc.constantFrom('stays', 'stays', 'same', 'reworded', 'new', 'goes'), {
        minLength: survey.items.length,
        maxLength: survey.items.length,
      }),
    }),
  );

  it('untouched items stay byte for byte, and what is not refused is sound', () => {
    let sound = 0;
    fc.assert(
      fc.property(plan, ({ survey, fates }) => {
        const from = { definition: survey, texts: ['en', 'ar'].map((code) => wordsFor(survey, code)) };
        const ofFate = (...wanted: string[]) => survey.items.filter((_, index) => wanted.includes(fates[index]!));
        const next = nextVersion(from, {
          replacements: ofFate('same', 'reworded', 'new').map(({ id }) =>
            reworded(id, fates[survey.items.findIndex((item) => item.id === id)] as Replacement['declared'], from),
          ),
          withdrawals: ofFate('goes').map(({ id }) => ({ id, reason: 'It is not needed.' })),
        });
        const { items } = next.content.definition;
        for (const item of ofFate('stays')) {
          expect(items).toContain(item);
          for (const [place, text] of next.content.texts.entries())
            expect(text.items[item.id]).toBe(from.texts[place]!.items[item.id]);
        }
        expect(next.facts.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
        expect(next.facts.withdrawn.map(({ id }) => id).toSorted()).toEqual(
          ofFate('goes', 'new')
            .map(({ id }) => id)
            .toSorted(),
        );
        for (const { id, comparability, replaces } of next.facts.items) {
          expect(comparability === 'new').toBe(replaces !== null);
          expect(survey.items.some((item) => item.id === id)).toBe(replaces === null);
        }
        if (next.faults.length > 0 || items.length === 0) return;
        sound += 1;
        const faults = contentFaults(next.content).filter((fault) => !fault.includes('which is worked out'));
        expect(faults).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(sound).toBeGreaterThan(20);
  });
});
