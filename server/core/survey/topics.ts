import { STAGES, type Stage } from './stage.ts';

/*
 * Topics with a gate: the stage from which they may be asked at all. Some are off besides, until an adult who is
 * named switches them on for a wave and says why. The gate decides; wording levels and age bands are other lists.
 */
export interface Topic {
  from: Stage;
  /** Off in every wave until a named adult switches it on. */
  switchedOn: boolean;
}

export const TOPICS = {
  'body-image': { from: 'P7', switchedOn: false },
  hunger: { from: 'P7', switchedOn: false },
  caring: { from: 'P7', switchedOn: false },
  'mental-health-scale': { from: 'S2', switchedOn: false },
  alcohol: { from: 'S2', switchedOn: true },
  tobacco: { from: 'S2', switchedOn: true },
  drugs: { from: 'S4', switchedOn: true },
  'sexual-health': { from: 'S4', switchedOn: true },
  'self-harm': { from: 'S4', switchedOn: true },
} as const satisfies Record<string, Topic>;

export type TopicId = keyof typeof TOPICS;

/** Whether words that were sent name one of the topics; what every object has by itself is none. */
export function isTopic(id: string): id is TopicId {
  return Object.hasOwn(TOPICS, id);
}

/** Topics that a named adult can switch on. */
export const SWITCHED_TOPICS = (Object.keys(TOPICS) as TopicId[]).filter((id) => TOPICS[id].switchedOn);

/** Whether a topic may be asked of a stage in a wave. Nobody without a stage is asked about a topic with a gate. */
export function isTopicOpen(topic: TopicId, stage: Stage | null, switchedOn: readonly TopicId[]): boolean {
  if (stage === null || STAGES.indexOf(stage) < STAGES.indexOf(TOPICS[topic].from)) return false;
  return !TOPICS[topic].switchedOn || switchedOn.includes(topic);
}
