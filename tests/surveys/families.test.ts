import { describe, expect, it } from 'vitest';
import { isQuestion, unlinkedSectionOf, type Question } from '../../server/core/survey/definition.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { KINDS } from '../../server/core/survey/kinds.ts';
import { WELLBEING_OLDER, WELLBEING_YOUNGER } from '../../server/core/survey/scales/own.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import { questionsOf } from '../../server/core/survey/validate.ts';
import {
  asked,
  choicesOf,
  GATES,
  ids,
  journeysOf,
  length,
  OFF,
  positionOf,
  questionsOn,
  readJson,
  SENSITIVE,
  shippedAs,
  symbolsOf,
  type Shipped,
} from './shipped.ts';

/* What the surveys that ship with Heard promise together: the pupil surveys, their lengths, their family. */

const DOMAINS = ['physical-health', 'mental-wellbeing', 'family', 'friends', 'learning', 'local-area'];

const PUPILS = ['primary', 'secondary', 'easy-read'].map(shippedAs);

describe.each(PUPILS)('the pupil survey in surveys/$folder', ({ survey }) => {
  const questions = questionsOf(survey);

  it('asks pupils on a roll, as part of one family', () => {
    expect(survey).toMatchObject({ family: 'pupils', reached: 'roll' });
  });

  it('touches all six domains', () => {
    expect(new Set(questions.map((question) => question.tags.domain))).toEqual(new Set([...DOMAINS, 'about-you']));
  });

  it('asks gender as described by the pupil, once, in the last third', () => {
    const gender = questions.find((question) => question.id === 'gender')!;
    expect(gender.tags.domain).toBe('about-you');
    expect(choicesOf(gender).map(({ code }) => code)).toEqual(['girl', 'boy', 'in-another-way']);
    for (const { path } of journeysOf(survey)) {
      expect(positionOf(path, 'gender')).toBeGreaterThanOrEqual((length(path) * 2) / 3);
    }
  });

  it('asks what its figures come from in the first half, so that a short lesson still counts', () => {
    for (const { path } of journeysOf(survey)) {
      for (const { question } of survey.indicators) {
        const id = question.split('.')[0]!;
        if (!SENSITIVE.includes(id)) expect(positionOf(path, id), id).toBeLessThan(length(path) / 2);
      }
    }
  });
});

describe.each(PUPILS.filter(({ survey }) => !survey.easyRead))('the whole survey in surveys/$folder', (whole) => {
  const { survey } = whole;

  it('has a question for some stages only, and one that an earlier answer opens', () => {
    const byStage = survey.stages.map((stage) => ids(walk(survey, { stage, textAllowed: false, topics: [] }, {})));
    expect(new Set(byStage.map((path) => path.join())).size).toBeGreaterThan(1);
    const routed = survey.items.filter((item) => item.when);
    expect(routed.length).toBeGreaterThan(0);
    const oldest = { stage: survey.stages.at(-1)!, textAllowed: false, topics: OFF };
    for (const item of routed) {
      const { question, anyOf } = item.when!;
      for (const value of anyOf) {
        const earlier = survey.items.slice(0, survey.items.indexOf(item)).find(({ id }) => id === question)!;
        expect(['one-choice', 'faces'], 'a route opened by one code').toContain(earlier.kind);
        const opened = walk(survey, oldest, { [question]: { state: 'answered', value } });
        expect(ids(opened), item.id).toContain(item.id);
      }
      expect(ids(walk(survey, oldest, {})), item.id).not.toContain(item.id);
    }
  });
});

describe('how long the surveys are', () => {
  const usual = ({ survey }: Shipped, stage: Stage | null) =>
    walk(survey, { stage, textAllowed: false, topics: OFF }, {});

  it.each(['P5', 'P6', 'P7'] as const)('about 35 questions for %s', (stage) => {
    expect(Math.abs(length(usual(shippedAs('primary'), stage)) - 35)).toBeLessThanOrEqual(3);
  });

  it('about 50 questions for S4 with all topics switched on', () => {
    expect(Math.abs(length(usual(shippedAs('secondary'), 'S4')) - 50)).toBeLessThanOrEqual(5);
  });

  it('at most 25 in the easy-read survey, and each on a page of its own', () => {
    for (const { path } of journeysOf(shippedAs('easy-read').survey)) {
      expect(length(path)).toBeLessThanOrEqual(25);
      for (const step of path) expect(step.parts.length).toBeLessThanOrEqual(1);
    }
  });

  it.each(['age-0-2', 'age-3-5', 'age-6-8'])('about 25 questions about a child of %s', (value) => {
    const { survey } = shippedAs('parents');
    const traveller = { stage: null, textAllowed: false, topics: [] };
    const path = walk(survey, traveller, { 'child-age': { state: 'answered', value } });
    expect(Math.abs(questionsOn(path).length - 25)).toBeLessThanOrEqual(5);
  });
});

describe('what each stage is asked in surveys/secondary', () => {
  const { survey } = shippedAs('secondary');
  const topicsOf = (stage: Stage) => {
    const path = walk(survey, { stage, textAllowed: true, topics: OFF }, {});
    return [...new Set(path.map((step) => step.item.topic).filter((topic) => topic !== undefined))].sort();
  };
  const fromS1 = ['body-image', 'caring', 'hunger'];
  const fromS2 = [...fromS1, 'alcohol', 'mental-health-scale', 'tobacco'].sort();

  it.each<[Stage, string[]]>([
    ['S1', fromS1],
    ['S2', fromS2],
    ['S3', fromS2],
    ['S4', Object.keys(GATES).sort()],
    ['S6', Object.keys(GATES).sort()],
  ])('%s: no topic too early, none left out', (stage, topics) => {
    expect(topicsOf(stage)).toEqual(topics);
  });

  it('S1: nothing that is kept apart', () => {
    const path = walk(survey, { stage: 'S1', textAllowed: true, topics: OFF }, {});
    expect(path.filter((step) => unlinkedSectionOf(survey, step.item) !== null)).toEqual([]);
    expect(ids(path)).not.toContain('kept-apart');
  });
});

describe('surveys of one family', () => {
  const pairs = asked.flatMap((one, index) =>
    asked
      .slice(index + 1)
      .filter((other) => other.survey.family === one.survey.family)
      .map((other) => ({ one, other, pair: `${one.folder} and ${other.folder}` })),
  );

  /** What an answer to a question means: everything but who is asked and what is drawn. */
  const meaning = (question: Question) =>
    JSON.stringify(question, (key, value: unknown) => (['symbol', 'stages', 'when'].includes(key) ? undefined : value));

  it('there are, in three pairs', () => {
    expect(pairs.length).toBe(3);
  });

  it.each(pairs)('$pair mean the same by the same question id', ({ one, other }) => {
    const twins = questionsOf(one.survey).flatMap((question) => {
      const twin = other.survey.items.filter(isQuestion).find(({ id }) => id === question.id);
      return twin ? [{ question, twin }] : [];
    });
    expect(twins.length).toBeGreaterThan(0);
    for (const { question, twin } of twins)
      expect(JSON.parse(meaning(twin)), question.id).toEqual(JSON.parse(meaning(question)));
  });

  it.each(pairs)('$pair label the same option and the same row in the same words', ({ one, other }) => {
    for (const [language, text] of Object.entries(one.texts)) {
      for (const [id, words] of Object.entries(text.items)) {
        const twin = other.texts[language]?.items[id];
        if (!twin) continue;
        for (const piece of ['options', 'rows', 'low', 'high', 'unit'] as const)
          expect(twin[piece], `${id} (${language})`).toEqual(words[piece]);
      }
    }
  });

  it.each(pairs)('$pair count the same by the same indicator id', ({ one, other }) => {
    for (const indicator of one.survey.indicators) {
      const twin = other.survey.indicators.find(({ id }) => id === indicator.id);
      if (!twin) continue;
      expect(twin).toEqual(indicator);
      for (const [language, text] of Object.entries(one.texts)) {
        expect(other.texts[language]?.indicators[indicator.id]).toEqual(text.indicators[indicator.id]);
      }
    }
  });
});

describe('all surveys together', () => {
  const kindsOf = (some: readonly Shipped[]) =>
    new Set(some.flatMap(({ survey }) => survey.items.map((item) => item.kind as string)));

  it('use every kind of item', () => {
    expect([...kindsOf(asked)].sort()).toEqual(Object.keys(KINDS).sort());
  });

  it('have an example of every kind, with an answer and a fault for each question', () => {
    const { survey } = shippedAs('examples');
    expect([...kindsOf([shippedAs('examples')])].sort()).toEqual(Object.keys(KINDS).sort());
    const states = readJson<Record<string, object>>('examples', 'states.json');
    expect(Object.keys(states)).toEqual(ids(questionsOf(survey)));
    for (const state of Object.values(states)) expect(Object.keys(state)).toEqual(['answered', 'fault']);
  });

  it('score wellbeing by the rules that Heard keeps', () => {
    expect(shippedAs('primary').survey.scales).toEqual([WELLBEING_YOUNGER]);
    expect(shippedAs('secondary').survey.scales).toEqual([WELLBEING_OLDER]);
  });

  it('put a picture beside everything in the easy-read survey', () => {
    for (const item of shippedAs('easy-read').survey.items) expect(symbolsOf(item), item.id).not.toContain(undefined);
  });
});
