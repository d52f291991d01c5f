import { describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '../../../server/core/survey/stage.ts';
import { isTopicOpen, SWITCHED_TOPICS, TOPICS, type TopicId } from '../../../server/core/survey/topics.ts';

const ids = Object.keys(TOPICS) as TopicId[];
const stagesOf = (topic: TopicId, switchedOn: TopicId[]) =>
  STAGES.filter((stage) => isTopicOpen(topic, stage, switchedOn));

describe('a topic', () => {
  it.each<[TopicId, Stage]>([
    ['body-image', 'P7'],
    ['hunger', 'P7'],
    ['caring', 'P7'],
    ['mental-health-scale', 'S2'],
    ['alcohol', 'S2'],
    ['tobacco', 'S2'],
    ['drugs', 'S4'],
    ['sexual-health', 'S4'],
  ])('like %s is asked of nobody before %s', (topic, first) => {
    expect(stagesOf(topic, ids)[0]).toBe(first);
    expect(stagesOf(topic, ids)).toEqual(STAGES.slice(STAGES.indexOf(first)));
  });

  it('about substances, sexual health or self-harm is off until somebody switches it on, each by itself', () => {
    expect(SWITCHED_TOPICS).toEqual(['alcohol', 'tobacco', 'drugs', 'sexual-health', 'self-harm']);
    for (const topic of SWITCHED_TOPICS) {
      const others = ids.filter((id) => id !== topic);
      expect(stagesOf(topic, others), topic).toEqual([]);
      expect(stagesOf(topic, [topic]).length, topic).toBeGreaterThan(0);
    }
  });

  it('is never asked of somebody without a stage', () => {
    for (const topic of ids) expect(isTopicOpen(topic, null, ids)).toBe(false);
  });
});
