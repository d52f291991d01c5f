import { isQuestion, type SurveyDefinition, type SurveyItem } from '../survey/definition.ts';
import type { Stage } from '../survey/stage.ts';
import { isTopicOpen, SWITCHED_TOPICS, TOPICS, type TopicId } from '../survey/topics.ts';

/** Topics that somebody has to switch on. */
export type SwitchedTopicId = { [Id in TopicId]: (typeof TOPICS)[Id]['switchedOn'] extends true ? Id : never }[TopicId];

/** A topic that is off until somebody switches it on, as far as the surveys of a wave ask about it. */
export interface AskedTopic {
  topic: SwitchedTopicId;
  /** The stage from which it may be asked at all. */
  from: Stage;
  /** How many questions it is; a question in two surveys counts once. */
  questions: number;
}

/** The topics to decide on: those that at least one of these stages would really be asked about. */
export function askedTopics(definitions: readonly SurveyDefinition[], stages: readonly Stage[]): AskedTopic[] {
  return (SWITCHED_TOPICS as SwitchedTopicId[])
    .map((topic) => ({
      topic,
      from: TOPICS[topic].from,
      questions: new Set(
        definitions.flatMap((definition) => questionsAbout(topic, definition, stages).map((question) => question.id)),
      ).size,
    }))
    .filter(({ questions }) => questions > 0);
}

function questionsAbout(topic: TopicId, definition: SurveyDefinition, stages: readonly Stage[]): SurveyItem[] {
  const reached = stages.filter((stage) => definition.stages.includes(stage) && isTopicOpen(topic, stage, [topic]));
  return definition.items.filter(
    (item) =>
      isQuestion(item) &&
      item.topic === topic &&
      reached.some((stage) => item.stages === undefined || item.stages.includes(stage)),
  );
}
