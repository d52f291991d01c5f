import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import {
  answersOnPath,
  firstUnseen,
  isReachable,
  isSeen,
  numberOf,
  progress,
  stepAfter,
  stepBefore,
  stepNumbered,
  walk,
  wayOf,
  type Step,
  type Traveller,
  type Way,
} from '../../../server/core/survey/journey.ts';
import { answerKindOf, asksForWords, KINDS, partsOf } from '../../../server/core/survey/kinds.ts';
import { isTopicOpen, TOPICS } from '../../../server/core/survey/topics.ts';
import { definitionFaults } from '../../../server/core/survey/validate.ts';
import {
  allAnswers,
  anySurvey,
  EVERY_KIND,
  journey,
  shipped,
  someAnswers,
  travellerOf,
} from '../../support/arbitrary-surveys.ts';

const ids = (path: readonly { id: string }[]) => path.map((step) => step.id);
const itemsOf = (path: readonly Step[]) => [...new Set(path.map((step) => step.item.id))];
const answered = (value: string | string[] | number) => ({ state: 'answered', value }) as const;

/** Whether an item may be asked of somebody at all, whatever was answered. */
const isFor = (item: SurveyItem, { stage, topics, textAllowed }: Traveller) =>
  (!item.stages || (stage !== null && item.stages.includes(stage))) &&
  (!item.topic || isTopicOpen(item.topic, stage, topics)) &&
  (textAllowed || !asksForWords(item));

describe('the way through a survey', () => {
  it('is tried on a sound survey with every kind', () => {
    expect(definitionFaults(EVERY_KIND)).toEqual([]);
    expect(new Set(EVERY_KIND.items.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  });

  it('depends only on the answers that lie on it', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const path = walk(survey, who, answers);
        expect(ids(walk(survey, who, answersOnPath(path, answers)))).toEqual(ids(path));
      }),
    );
  });

  it('keeps the order of the survey, holds nothing twice and nothing that this person is not asked', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const path = walk(survey, who, answers);
        const items = itemsOf(path);
        expect(survey.items.map(({ id }) => id).filter((id) => items.includes(id))).toEqual(items);
        expect(new Set(ids(path)).size).toBe(path.length);
        for (const { item } of path) expect(isFor(item, who), item.id).toBe(true);
      }),
    );
  });

  it('keeps everything up to a page whatever is answered on that page', () => {
    const cases = anySurvey.chain((survey) =>
      fc.record({
        survey: fc.constant(survey),
        who: travellerOf(survey),
        answers: someAnswers(survey),
        others: allAnswers(survey),
        number: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(cases, ({ survey, who, answers, others, number }) => {
        const path = walk(survey, who, answers);
        const step = path[number % path.length];
        if (!step) return;
        const changed = { ...answers, ...answersOnPath([step], others) };
        const end = path.indexOf(step) + 1;
        expect(ids(walk(survey, who, changed)).slice(0, end)).toEqual(ids(path).slice(0, end));
      }),
    );
  });

  it('opens a route exactly while its question is on the way with one of the answers that lead there', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const onPath = itemsOf(walk(survey, who, answers));
        for (const item of survey.items) {
          const { when } = item;
          if (!when || !isFor(item, who)) continue;
          const [part] = partsOf(survey.items.find(({ id }) => id === when.question)!);
          const given = answers[when.question];
          const holds = given?.state === 'answered' ? answerKindOf(part!).holds(part!, given.value) : [];
          const opens = onPath.includes(when.question) && holds.some((code) => when.anyOf.includes(code));
          expect(onPath.includes(item.id), item.id).toBe(opens);
        }
      }),
    );
  });

  it('is the same whether it is worked out anew or from the way before', () => {
    const cases = anySurvey.chain((survey) =>
      fc.record({
        survey: fc.constant(survey),
        who: travellerOf(survey),
        changes: fc.array(someAnswers(survey), { minLength: 1, maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ survey, who, changes }) => {
        const answers: Answers = {};
        let way: Way | undefined;
        for (const change of changes) {
          Object.assign(answers, change);
          way = wayOf(survey, who, answers, way);
          const path = walk(survey, who, answers);
          expect(ids(way.path)).toEqual(ids(path));
          expect(way.unseen).toBe(firstUnseen(path, answers));
        }
      }),
    );
  });

  it('ends: whoever answers page after page comes to the end and has seen all of it', () => {
    const cases = anySurvey.chain((survey) =>
      fc.record({ survey: fc.constant(survey), who: travellerOf(survey), all: allAnswers(survey) }),
    );
    fc.assert(
      fc.property(cases, ({ survey, who, all }) => {
        const answers: Answers = {};
        for (let page = 0; page <= Object.keys(all).length; page += 1) {
          const path = walk(survey, who, answers);
          const unseen = firstUnseen(path, answers);
          const next = path[unseen];
          if (!next) break;
          expect(isReachable(path, unseen, next)).toBe(true);
          Object.assign(answers, answersOnPath([next], all));
          expect(isSeen(next, answers)).toBe(true);
        }
        const path = walk(survey, who, answers);
        expect(firstUnseen(path, answers)).toBe(path.length);
        for (const step of path) expect(isReachable(path, path.length, step)).toBe(true);
      }),
    );
  });
});

describe('pages of the way', () => {
  it('can be looked at exactly as far as the first one that was not seen', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const path = walk(survey, who, answers);
        const unseen = firstUnseen(path, answers);
        path.forEach((step, index) => {
          expect(isReachable(path, unseen, step)).toBe(index <= unseen);
          expect(isSeen(step, answers) || index >= unseen).toBe(true);
        });
        for (let number = 1; ; number += 1) {
          const step = stepNumbered(survey, number);
          if (!step) break;
          if (!path.includes(step)) expect(isReachable(path, unseen, step)).toBe(false);
        }
      }),
    );
  });

  it('lie in one line: what comes after and what comes before agree', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const path = walk(survey, who, answers);
        path.forEach((step, index) => {
          expect(stepAfter(path, step)).toBe(path[index + 1]);
          expect(stepBefore(path, step)).toBe(path[index - 1]);
        });
        const elsewhere = { ...path[0]!, id: 'not-there' };
        expect(stepAfter(path, elsewhere)).toBeUndefined();
        expect(stepBefore(path, elsewhere)).toBeUndefined();
      }),
    );
  });

  it('have numbers that only the survey decides, and that lead back to them', () => {
    const two = anySurvey.chain((survey) =>
      fc.record({
        survey: fc.constant(survey),
        people: fc.array(fc.tuple(travellerOf(survey), someAnswers(survey)), { minLength: 2, maxLength: 2 }),
      }),
    );
    fc.assert(
      fc.property(two, ({ survey, people }) => {
        const numbers = new Map<string, number>();
        for (const [who, answers] of people) {
          for (const step of walk(survey, who, answers)) {
            const number = numberOf(survey, step);
            expect(stepNumbered(survey, number)).toEqual(step);
            expect(numbers.get(step.id) ?? number).toBe(number);
            numbers.set(step.id, number);
          }
        }
        expect(new Set(numbers.values()).size).toBe(numbers.size);
        expect([stepNumbered(survey, 0), stepNumbered(survey, 10_000)]).toEqual([undefined, undefined]);
      }),
    );
  });

  it('say in words how far they are, never going backwards', () => {
    const order = ['start', 'early', 'some', 'half', 'most', 'nearly', 'last'];
    const path = walk(shipped('primary'), { stage: 'P7', textAllowed: false, topics: [] }, {});
    const words = path.map((step) => progress(path, step).words);
    expect(words[0]).toBe('start');
    expect(words.at(-1)).toBe('last');
    expect(words.map((word) => order.indexOf(word))).toEqual(
      words.map((word) => order.indexOf(word)).toSorted((a, b) => a - b),
    );
    expect(new Set(words).size).toBe(order.length);
    expect(progress(path, path[3]!)).toMatchObject({ done: 3, of: path.length });
  });
});

const P6: Traveller = { stage: 'P6', textAllowed: false, topics: [] };
const S4: Traveller = { ...P6, stage: 'S4' };

describe('a question in rows', () => {
  const stepsOf = (survey: SurveyDefinition, who: Traveller, id: string) =>
    walk(survey, who, {}).filter((step) => step.item.id === id);

  it('is one row a page for those up to P7, and one page from S1 on', () => {
    expect(ids(stepsOf(EVERY_KIND, P6, 'school'))).toEqual(['school.lessons', 'school.breaks']);
    expect(ids(stepsOf(EVERY_KIND, S4, 'school'))).toEqual(['school']);
    expect(stepsOf(EVERY_KIND, S4, 'school')[0]?.keys).toEqual(['school.lessons', 'school.breaks']);
    expect(ids(stepsOf(EVERY_KIND, P6, 'place'))).toEqual(['place.air', 'place.play', 'place.ways']);
  });

  it('is one row a page for everybody in an easy-read survey', () => {
    const easy = { ...EVERY_KIND, easyRead: true as const };
    expect(ids(stepsOf(easy, S4, 'school'))).toEqual(['school.lessons', 'school.breaks']);
  });

  it('is seen only when each of its rows is, and sends the rows on their own', () => {
    const survey = { ...EVERY_KIND, items: EVERY_KIND.items.filter(({ id }) => id === 'school') };
    const half: Answers = { 'school.lessons': answered('often') };
    const path = walk(survey, S4, half);
    expect(path[firstUnseen(path, half)]?.id).toBe('school');
    const both: Answers = { ...half, 'school.breaks': { state: 'skipped' }, 'school.gone': answered('often') };
    expect(firstUnseen(path, both)).toBe(path.length);
    expect(Object.keys(answersOnPath(path, both))).toEqual(['school.lessons', 'school.breaks']);
  });
});

describe('routes', () => {
  it('open from a number by its group and from a ranking by what has a place', () => {
    const from = (answers: Answers) => ids(walk(EVERY_KIND, S4, answers));
    expect(from({ minutes: answered(250) })).toContain('minutes-more');
    expect(from({ minutes: answered(249) })).not.toContain('minutes-more');
    expect(from({ wishes: answered(['bus', 'swing']) })).toContain('wishes-more');
    expect(from({ wishes: answered(['bus']) })).not.toContain('wishes-more');
  });

  it('are never opened by an answer that itself lies on a branch that was left', () => {
    const chain: SurveyDefinition = {
      ...EVERY_KIND,
      indicators: [],
      items: ['q0', 'q1', 'q2'].map((id, index) => ({
        id,
        kind: 'one-choice',
        tags: { domain: 'friends', shanarri: [], uncrc: [] },
        optOuts: [],
        options: [{ code: 'yes' }, { code: 'no' }],
        ...(index > 0 && { when: { question: `q${index - 1}`, anyOf: ['yes'] } }),
      })),
    };
    const answers = { q0: answered('no'), q1: answered('yes') };
    expect(ids(walk(chain, P6, answers))).toEqual(['q0']);
    expect(ids(walk(chain, P6, { ...answers, q0: answered('yes') }))).toEqual(['q0', 'q1', 'q2']);
  });
});

describe('topics with a gate', () => {
  it('are asked from their stage on', () => {
    expect(ids(walk(EVERY_KIND, P6, {}))).not.toContain('hungry');
    expect(ids(walk(EVERY_KIND, { ...P6, stage: 'P7' }, {}))).toContain('hungry');
  });

  it('that are off come up for nobody until an adult switches them on, and then only for the stages of the gate', () => {
    expect(ids(walk(EVERY_KIND, S4, {}))).not.toContain('drink');
    expect(ids(walk(EVERY_KIND, { ...S4, topics: ['alcohol'] }, {}))).toContain('drink');
    expect(ids(walk(EVERY_KIND, { ...P6, topics: ['alcohol'] }, {}))).not.toContain('drink');
    expect(ids(walk(EVERY_KIND, { ...S4, topics: ['drugs'] }, {}))).not.toContain('drink');
  });

  it('are never asked of somebody without a stage', () => {
    fc.assert(
      fc.property(someAnswers(EVERY_KIND), (answers) => {
        const path = walk(EVERY_KIND, { stage: null, textAllowed: true, topics: ['alcohol'] }, answers);
        expect(path.filter(({ item }) => item.topic)).toEqual([]);
      }),
    );
  });

  it('lie behind their gate in every shipped survey', () => {
    for (const id of ['primary', 'secondary', 'easy-read']) {
      const survey = shipped(id);
      const offered = survey.items.flatMap(({ topic }) => (topic && TOPICS[topic].switchedOn ? [topic] : []));
      for (const stage of survey.stages) {
        const path = walk(survey, { stage, textAllowed: true, topics: [] }, {});
        expect(path.filter(({ item }) => item.topic && offered.includes(item.topic))).toEqual([]);
      }
    }
  });
});

describe('the branches of the primary survey', () => {
  const survey: SurveyDefinition = shipped('primary');
  const atClub = { club: answered('no'), 'club-barriers': answered(['cost']) };

  it('ask what keeps from a club only of those who go to none', () => {
    expect(ids(walk(survey, P6, { club: answered('no') }))).toContain('club-barriers');
    expect(ids(walk(survey, P6, { club: answered('every-week') }))).not.toContain('club-barriers');
    expect(ids(walk(survey, P6, { club: { state: 'skipped' } }))).not.toContain('club-barriers');
    expect(ids(walk(survey, P6, {}))).not.toContain('club-barriers');
  });

  it('send nothing from a branch that was left, and still have it on coming back', () => {
    const left: Answers = { ...atClub, club: answered('every-week') };
    const sent = answersOnPath(walk(survey, P6, left), left);
    expect(sent).toEqual({ club: answered('every-week') });
    const back: Answers = { ...left, club: answered('no') };
    expect(answersOnPath(walk(survey, P6, back), back)).toEqual(atClub);
  });

  it('ask about caring from P7 only', () => {
    expect(ids(walk(survey, { ...P6, stage: 'P7' }, {}))).toContain('caring');
    expect(ids(walk(survey, P6, {}))).not.toContain('caring');
  });

  it('ask for own words only where the wave names readers', () => {
    expect(ids(walk(survey, P6, {}))).not.toContain('one-thing-better');
    expect(ids(walk(survey, { ...P6, textAllowed: true }, {}))).toContain('one-thing-better');
  });

  it('send exactly the answers of the way, whatever else the draft holds', () => {
    fc.assert(
      fc.property(someAnswers(survey), (answers) => {
        const path = walk(survey, P6, answers);
        const keys = path.flatMap((step) => step.keys);
        const expected = Object.entries(answers).filter(([key]) => keys.includes(key));
        expect(answersOnPath(path, answers)).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
