import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import {
  answersOnPath,
  firstUnseen,
  isReachable,
  itemAfter,
  itemBefore,
  progress,
  walk,
} from '../../../server/core/survey/journey.ts';
import { answerTo, anySurvey, shipped, someAnswers, stageOf, traveller } from '../../support/arbitrary-surveys.ts';

const ids = (path: readonly { id: string }[]) => path.map((item) => item.id);
const answered = (value: string | string[]) => ({ state: 'answered', value }) as const;

describe('the way through a survey', () => {
  it('depends only on the answers that lie on it', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = walk(survey, who, answers);
        expect(ids(walk(survey, who, answersOnPath(path, answers)))).toEqual(ids(path));
      }),
    );
  });

  it('keeps the order of the survey, holds nothing twice and nothing for another stage', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = walk(survey, who, answers);
        expect(survey.items.filter((item) => path.includes(item))).toEqual(path);
        for (const item of path) expect(item.stages ?? [who.stage]).toContain(who.stage);
      }),
    );
  });

  it('keeps everything up to a page whatever is answered on that page', () => {
    const cases = traveller.chain((journey) =>
      fc.tuple(fc.constant(journey), fc.nat(), fc.tuple(...journey.survey.items.map(answerTo))),
    );
    fc.assert(
      fc.property(cases, ([{ survey, answers, ...who }, number, others]) => {
        const path = walk(survey, who, answers);
        const item = path[number % path.length];
        if (!item) return;
        const changed = { ...answers, [item.id]: others[survey.items.indexOf(item)]! };
        const end = path.indexOf(item) + 1;
        expect(ids(walk(survey, who, changed)).slice(0, end)).toEqual(ids(path).slice(0, end));
      }),
    );
  });

  it('opens a route exactly while its question is on the way with one of the answers that lead there', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = ids(walk(survey, who, answers));
        for (const item of survey.items) {
          if (!item.when || (item.stages && !item.stages.includes(who.stage)) || item.kind === 'short-text') continue;
          const given = answers[item.when.question];
          const values = given?.state === 'answered' ? [given.value].flat().map(String) : [];
          const opens = path.includes(item.when.question) && values.some((value) => item.when?.anyOf.includes(value));
          expect(path.includes(item.id), item.id).toBe(opens);
        }
      }),
    );
  });

  it('ends: whoever answers page after page comes to the end and has seen all of it', () => {
    const cases = anySurvey.chain((survey) =>
      fc.record({ survey: fc.constant(survey), stage: stageOf(survey), all: fc.tuple(...survey.items.map(answerTo)) }),
    );
    fc.assert(
      fc.property(cases, ({ survey, stage, all }) => {
        const who = { stage, textAllowed: false };
        const answers: Answers = {};
        for (let page = 0; page <= survey.items.length; page += 1) {
          const path = walk(survey, who, answers);
          const next = firstUnseen(path, answers);
          if (!next) break;
          expect(isReachable(path, answers, next.id)).toBe(true);
          answers[next.id] = all[survey.items.indexOf(next)]!;
        }
        const path = walk(survey, who, answers);
        expect(firstUnseen(path, answers)).toBeUndefined();
        for (const item of path) expect(isReachable(path, answers, item.id)).toBe(true);
      }),
    );
  });
});

describe('pages of the way', () => {
  it('can be looked at exactly as far as the first one that was not seen', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = walk(survey, who, answers);
        const unseen = firstUnseen(path, answers);
        const end = unseen ? path.indexOf(unseen) : path.length - 1;
        path.forEach((item, index) => expect(isReachable(path, answers, item.id)).toBe(index <= end));
        for (const item of survey.items.filter((one) => !path.includes(one))) {
          expect(isReachable(path, answers, item.id)).toBe(false);
        }
      }),
    );
  });

  it('lie in one line: what comes after and what comes before agree', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = walk(survey, who, answers);
        path.forEach((item, index) => {
          expect(itemAfter(path, item.id)).toBe(path[index + 1]);
          expect(itemBefore(path, item.id)).toBe(path[index - 1]);
        });
        expect(itemAfter(path, 'not-there')).toBeUndefined();
        expect(itemBefore(path, 'not-there')).toBeUndefined();
      }),
    );
  });

  it('say in words how far they are, never going backwards', () => {
    const order = ['start', 'early', 'some', 'half', 'most', 'nearly', 'last'];
    const survey = shipped('primary');
    const path = walk(survey, { stage: 'P7', textAllowed: false }, {});
    const words = path.map((item) => progress(path, item.id).words);
    expect(words[0]).toBe('start');
    expect(words.at(-1)).toBe('last');
    expect(words.map((word) => order.indexOf(word))).toEqual(words.map((word) => order.indexOf(word)).toSorted());
    expect(new Set(words).size).toBe(order.length);
    expect(progress(path, path[3]!.id)).toMatchObject({ done: 3, of: path.length });
  });
});

describe('the branches of the primary survey', () => {
  const survey: SurveyDefinition = shipped('primary');
  const p6 = { stage: 'P6', textAllowed: false } as const;
  const atClub = { club: answered('no'), 'club-barriers': answered(['cost']) };

  it('ask what keeps from a club only of those who go to none', () => {
    expect(ids(walk(survey, p6, { club: answered('no') }))).toContain('club-barriers');
    expect(ids(walk(survey, p6, { club: answered('every-week') }))).not.toContain('club-barriers');
    expect(ids(walk(survey, p6, { club: { state: 'skipped' } }))).not.toContain('club-barriers');
    expect(ids(walk(survey, p6, {}))).not.toContain('club-barriers');
  });

  it('send nothing from a branch that was left, and still have it on coming back', () => {
    const left: Answers = { ...atClub, club: answered('every-week') };
    const sent = answersOnPath(walk(survey, p6, left), left);
    expect(sent).toEqual({ club: answered('every-week') });
    const back: Answers = { ...left, club: answered('no') };
    expect(answersOnPath(walk(survey, p6, back), back)).toEqual(atClub);
  });

  it('are never opened by an answer that itself lies on a branch that was left', () => {
    const chain: SurveyDefinition = {
      ...survey,
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
    expect(ids(walk(chain, p6, answers))).toEqual(['q0']);
    expect(ids(walk(chain, p6, { ...answers, q0: answered('yes') }))).toEqual(['q0', 'q1', 'q2']);
  });

  it('ask about caring from P7 only', () => {
    expect(ids(walk(survey, { ...p6, stage: 'P7' }, {}))).toContain('caring');
    expect(ids(walk(survey, p6, {}))).not.toContain('caring');
  });

  it('ask for own words only where the wave names readers', () => {
    expect(ids(walk(survey, p6, {}))).not.toContain('one-thing-better');
    expect(ids(walk(survey, { ...p6, textAllowed: true }, {}))).toContain('one-thing-better');
  });

  it('send exactly the answers of the way, whatever else the draft holds', () => {
    fc.assert(
      fc.property(someAnswers(survey), (answers) => {
        const path = walk(survey, p6, answers);
        const sent = answersOnPath(path, answers);
        const expected = Object.entries(answers).filter(([id]) => ids(path).includes(id));
        expect(sent).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
