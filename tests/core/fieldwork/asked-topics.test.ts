import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedTopics } from '../../../server/core/fieldwork/asked-topics.ts';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { STAGES } from '../../../server/core/survey/stage.ts';
import { SWITCHED_TOPICS, TOPICS, type TopicId } from '../../../server/core/survey/topics.ts';

const stages = fc.subarray([...STAGES]);
const anyItem = fc
  .record({
    topic: fc.option(fc.constantFrom(...(Object.keys(TOPICS) as TopicId[])), { nil: undefined }),
    stages: fc.option(stages, { nil: undefined }),
    information: fc.boolean(),
  })
  .map(({ topic, stages: only, information }): ((id: string) => SurveyItem) => (id) => {
    const common = { id, ...(topic && { topic }), ...(only && { stages: only }) };
    if (information) return { ...common, kind: 'information' };
    const tags = { domain: 'friends' as const, shanarri: [], uncrc: [] };
    return { ...common, kind: 'one-choice', tags, optOuts: [], options: [{ code: 'yes' }, { code: 'no' }] };
  });
const anySurvey = fc
  .record({ stages, items: fc.array(anyItem, { maxLength: 8 }) })
  .map(({ stages: asked, items }): SurveyDefinition => ({
    id: 'any',
    family: 'any',
    stages: asked,
    reached: 'roll',
    items: items.map((item, index) => item(`q${index}`)),
    indicators: [],
  }));

test('topics to decide on are exactly those with a question that somebody of the wave would then walk to', () => {
  fc.assert(
    fc.property(anySurvey, stages, (survey, inWave) => {
      const asked = askedTopics([survey], inWave);
      for (const topic of SWITCHED_TOPICS) {
        const reached = inWave
          .filter((stage) => survey.stages.includes(stage))
          .flatMap((stage) => walk(survey, { stage, textAllowed: true, topics: [topic] }, {}))
          .filter(({ item }) => item.topic === topic && item.kind !== 'information');
        const questions = new Set(reached.map(({ id }) => id)).size;
        const found = asked.find((one) => one.topic === topic);
        expect(found).toEqual(questions > 0 ? { topic, from: TOPICS[topic].from, questions } : undefined);
      }
    }),
  );
});

test('a question that two surveys of a family share counts once', () => {
  const tags = { domain: 'friends' as const, shanarri: [], uncrc: [] };
  const item: SurveyItem = { id: 'q', kind: 'one-choice', tags, optOuts: [], options: [], topic: 'alcohol' };
  const usual: SurveyDefinition = {
    id: 'usual',
    family: 'pupils',
    stages: ['S2'],
    reached: 'roll',
    items: [item],
    indicators: [],
  };
  const easy: SurveyDefinition = { ...usual, id: 'easy', easyRead: true };
  expect(askedTopics([usual, easy], ['S2'])).toEqual([{ topic: 'alcohol', from: 'S2', questions: 1 }]);
});

test('nobody without a stage is asked about a topic', () => {
  expect(askedTopics([], [])).toEqual([]);
});
