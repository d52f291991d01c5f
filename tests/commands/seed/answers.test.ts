import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSurvey, type AnsweringPupil } from '../../../server/commands/seed/answers.ts';
import { demonstrationAuthority, FIELDWORK } from '../../../server/commands/seed/authority.ts';
import { seededRandom } from '../../../server/commands/seed/random.ts';
import { respondents, type SeededPupil } from '../../../server/commands/seed/respondents.ts';
import { STATED } from '../../../server/commands/seed/stated-shares.ts';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { kindOf } from '../../../server/core/survey/kinds.ts';
import { ANSWER_FIELD } from '../../../server/core/survey/kinds/kind.ts';
import { encodeAnswers, layoutOf } from '../../../server/core/survey/slots.ts';
import { definitionFaults } from '../../../server/core/survey/validate.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';

const surveys = new Map(readSurveyFolders().map(({ definition }) => [definition.id, definition]));
const secondary = surveys.get('secondary')!;
const authority = demonstrationAuthority('1');

const pupil: AnsweringPupil = {
  schoolCode: 's01',
  clusterCode: 'c',
  stage: 'S4',
  sex: 'female',
  quintile: 3,
  asn: null,
};

/** All that must hold of one person's answers, whatever the definition. */
function expectSound(definition: SurveyDefinition, who: AnsweringPupil, answers: Answers, textAllowed: boolean): void {
  const path = walk(definition, { stage: who.stage, textAllowed }, answers);
  expect(Object.keys(answers)).toEqual(path.map((item) => item.id));
  for (const item of path) {
    const answer = answers[item.id]!;
    if (item.kind === 'information') expect(answer.state).toBe('skipped');
    else if (answer.state === 'answered') expect(readBack(item, answer.value)).toEqual({ value: answer.value });
    else if (answer.state !== 'skipped') expect(item.optOuts).toContain(answer.state);
  }
  expect(encodeAnswers(definition, path, answers)).toHaveLength(layoutOf(definition).length);
}

/** What the form of a page would make of the same answer. */
function readBack(item: SurveyItem, value: string | string[] | number) {
  const fields = (Array.isArray(value) ? value : [value]).map(String);
  return kindOf(item).read(item, { [ANSWER_FIELD]: fields });
}

const tags = { domain: 'learning', shanarri: [], uncrc: [] } as const;
const optOuts = fc.subarray(['dont-know', 'prefer-not-to-say'] as const);
const options = fc.integer({ min: 3, max: 5 }).map((count) => ['a', 'b', 'c', 'd', 'e'].slice(0, count));
const anyItem = fc
  .record({
    kind: fc.constantFrom('one-choice', 'tick-all', 'faces', 'ladder', 'short-text', 'information'),
    options,
    optOuts,
    gated: fc.boolean(),
    routed: fc.boolean(),
    exclusive: fc.boolean(),
  })
  .map(({ kind, options: codes, optOuts: offered, gated, routed, exclusive }) => ({
    kind,
    codes,
    offered,
    gated,
    routed,
    exclusive,
  }));

/** Any sound definition: all kinds, gates, and routes that hang on the first question or on each other. */
const anySurvey = fc.array(anyItem, { minLength: 1, maxLength: 12 }).map((drawn): SurveyDefinition => {
  const choices: string[] = ['q0'];
  const items: unknown[] = [
    { id: 'q0', kind: 'one-choice', tags, optOuts: [], options: [{ code: 'a' }, { code: 'b' }] },
  ];
  drawn.forEach(({ kind, codes, offered, gated, routed, exclusive }, index) => {
    const id = `q${index + 1}`;
    const way = {
      ...(gated ? { stages: ['S4'] } : {}),
      ...(routed ? { when: { question: choices.at(-1)!, anyOf: ['a'] } } : {}),
    };
    if (kind === 'information') return items.push({ id, kind, ...way });
    const asked = { id, kind, ...way, tags, optOuts: offered };
    if (kind === 'ladder') return items.push(asked);
    if (kind === 'short-text') return items.push({ ...asked, maxLength: 20 });
    choices.push(id);
    const last = codes.length - 1;
    return items.push({
      ...asked,
      options: codes.map((code, place) =>
        kind === 'tick-all' && exclusive && place === last ? { code, exclusive: true } : { code },
      ),
    });
  });
  return { id: 'any', family: 'any', stages: ['S3', 'S4'], reached: 'roll', items, indicators: [] } as SurveyDefinition;
});

describe('answers of one pupil', () => {
  it('lie on the path, are read back by their kinds and encode, for any sound definition', () => {
    fc.assert(
      fc.property(
        anySurvey,
        fc.string(),
        fc.boolean(),
        fc.constantFrom('S3', 'S4'),
        (definition, seed, textAllowed, stage) => {
          fc.pre(definitionFaults(definition).length === 0);
          const who = { ...pupil, stage };
          expectSound(definition, who, answerSurvey(definition, who, seededRandom(seed), { textAllowed }), textAllowed);
        },
      ),
    );
  });

  it('are the same for the same seed', () => {
    const answer = (seed: string) => answerSurvey(secondary, pupil, seededRandom(seed), { textAllowed: false });
    expect(answer('a')).toEqual(answer('a'));
    expect(answer('a')).not.toEqual(answer('b'));
  });

  it('hold no words unless the wave allows them', () => {
    const random = seededRandom('words');
    const all = (textAllowed: boolean) =>
      Array.from({ length: 60 }, () => answerSurvey(secondary, pupil, random, { textAllowed })['one-thing-better']);
    expect(all(false).every((answer) => answer === undefined)).toBe(true);
    expect(all(true).some((answer) => answer?.state === 'answered')).toBe(true);
  });
});

describe('stated shares', () => {
  const questions = [...surveys.values()].flatMap(({ items }) => items);

  it.each(Object.keys(STATED))('name exactly the options of %s', (id) => {
    const found = questions.filter((item) => item.id === id);
    expect(found.length).toBeGreaterThan(0);
    const { shares, bySex } = STATED[id]!;
    for (const item of found) {
      for (const stated of [shares, ...Object.values(bySex ?? {})]) {
        expect(Object.keys(stated).toSorted()).toEqual(kindOf(item).codes(item).toSorted());
        const whole = Object.values(stated).reduce((sum, share) => sum + share, 0);
        if (item.kind !== 'tick-all') expect(whole).toBeCloseTo(1, 5);
      }
    }
  });
});

/** The demonstration's fieldwork, answered once. */
function fieldwork(sector: 'primary' | 'secondary', drift = 0) {
  const definition = surveys.get(sector)!;
  const { stages, answers } = FIELDWORK[sector];
  const pupils = respondents(authority, { stages, answers, seed: '1' });
  const random = seededRandom(`1/answers/${drift}`);
  const people = pupils.map((who) => ({
    who,
    answers: answerSurvey(definition, who, random, { drift, textAllowed: false }),
  }));
  return { definition, people };
}

type Fieldwork = ReturnType<typeof fieldwork>;

/** The share of an indicator, in percent of those asked. */
function share({ definition, people }: Fieldwork, id: string, of: (who: SeededPupil) => boolean = () => true): number {
  const indicator = definition.indicators.find((found) => found.id === id)!;
  const item = definition.items.find((found) => found.id === indicator.question)!;
  const asked = people.filter(({ who, answers }) => of(who) && answers[item.id]);
  const counted = asked.filter(({ answers }) => {
    const answer = answers[item.id]!;
    if (answer.state !== 'answered') return false;
    return kindOf(item)
      .holds(item, answer.value)
      .some((code) => indicator.anyOf.includes(code));
  });
  return (100 * counted.length) / asked.length;
}

describe('the answers of the whole authority', () => {
  const started = performance.now();
  const primary = fieldwork('primary');
  const older = fieldwork('secondary');
  const spent = performance.now() - started;

  it('are sound, all 21,178, and made in under two seconds', () => {
    expect(primary.people.length + older.people.length).toBe(21_178);
    for (const { definition, people } of [primary, older]) {
      for (const { who, answers } of people.slice(0, 300)) expectSound(definition, who, answers, false);
    }
    expect(spent).toBeLessThan(2000);
  });

  it('depend on deprivation, stage and cluster, and by believable amounts', () => {
    for (const { id } of older.definition.indicators) {
      const least = share(older, id, ({ quintile }) => quintile === 5);
      const most = share(older, id, ({ quintile }) => quintile === 1);
      expect(least - most, id).toBeGreaterThan(-1.5);
      expect(least - most, id).toBeLessThan(18);
    }
    const quintiles = [1, 5].map((wanted) => share(older, 'feels-safe', ({ quintile }) => quintile === wanted));
    expect(quintiles[1]! - quintiles[0]!).toBeGreaterThan(4);
    const stages = ['S1', 'S4'].map((wanted) => share(older, 'listened-to-at-school', ({ stage }) => stage === wanted));
    expect(stages[0]! - stages[1]!).toBeGreaterThan(1.5);
    const clusters = authority.clusters.map(({ code }) =>
      share(older, 'feels-safe', ({ clusterCode }) => clusterCode === code),
    );
    const whole = share(older, 'feels-safe');
    expect(Math.max(...clusters) - Math.min(...clusters)).toBeGreaterThan(6);
    // Ten points of place, and some of quintile and chance.
    for (const cluster of clusters) expect(Math.abs(cluster - whole)).toBeLessThan(16);
  });

  it('leave some questions not known, not said and blank, but few', () => {
    for (const item of older.definition.items.filter(({ kind }) => kind !== 'information')) {
      const asked = older.people.flatMap(({ answers }) => answers[item.id] ?? []);
      if (asked.length === 0) continue;
      const blank = asked.filter(({ state }) => state !== 'answered').length / asked.length;
      expect(blank, item.id).toBeGreaterThan(0.02);
      expect(blank, item.id).toBeLessThan(0.12);
    }
  });

  it('ask follow-up questions of those alone whom the route leads there', () => {
    const asked = older.people.filter(({ answers }) => answers['club-barriers']);
    expect(asked.length).toBeGreaterThan(1000);
    expect(asked.every(({ answers }) => answers.club?.state === 'answered' && answers.club.value === 'no')).toBe(true);
    expect(older.people.filter(({ who, answers }) => answers['next-step'] && who.stage !== 'S4')).toEqual([]);
  });

  it('differ a little with drift, some up and some down', () => {
    const earlier = fieldwork('secondary', 1);
    const changes = older.definition.indicators.map(({ id }) => share(earlier, id) - share(older, id));
    expect(Math.max(...changes)).toBeGreaterThan(1);
    expect(Math.min(...changes)).toBeLessThan(-1);
    for (const change of changes) expect(Math.abs(change)).toBeLessThan(9);
  });
});
