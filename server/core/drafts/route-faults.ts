import { unlinkedSectionOf, type SurveyDefinition, type SurveyItem } from '../survey/definition.ts';
import { isTopic } from '../survey/topics.ts';
import { putDraft } from './put-draft.ts';
import { fault, type FormFault } from './form-fault.ts';
import { dependsOn, reachOf, stagesOf } from './reach.ts';
import { answerCodes, brokenUses, usesOf, type BrokenUse } from './uses.ts';

/* What is wrong with who is asked: stages, routes, topics, and what the rest of the survey needs of the item. */

/** A draft in its survey, as an item that may not be sound yet. */
export interface Placed {
  survey: SurveyDefinition;
  item: SurveyItem;
  /** The item as it is in the survey; undefined for a new one. */
  before: SurveyItem | undefined;
  after: string | null | undefined;
}

/** The survey as it would be. */
function surveyWith({ survey, item, before, after }: Placed): SurveyDefinition {
  return putDraft(survey, before ? 'change' : 'new', { item, ...(after !== undefined && { after }) });
}

/** Faults of stages, route, topic and section, in the order of the form. */
export function askedFaults(placed: Placed): FormFault[] {
  const { survey, item } = placed;
  const strange = (item.stages ?? []).find((stage) => !survey.stages.includes(stage));
  const topicLeavesNobody = item.topic !== undefined && stagesOf(survey, item).length === 0;
  const isTopicUnknown = item.topic !== undefined && !isTopic(item.topic);
  const section = item.section;
  return [
    ...(strange === undefined ? [] : [fault('stage', 'stage-not-asked', { stage: strange })]),
    ...(item.when ? routeFaults(placed, item.when) : []),
    ...(isTopicUnknown ? [fault('topic', 'topic-unknown')] : []),
    ...(topicLeavesNobody ? [fault('topic', 'topic-nobody')] : []),
    ...(section !== undefined && !survey.sections?.some(({ id }) => id === section)
      ? [fault('section', 'section-unknown')]
      : []),
  ];
}

function routeFaults(placed: Placed, when: NonNullable<SurveyItem['when']>): FormFault[] {
  const { survey, item } = placed;
  const question = survey.items.find(({ id }) => id === when.question);
  if (when.question === item.id) return [fault('when', 'route-to-itself')];
  if (!question) return [fault('when', 'route-unknown')];
  const named = { item: question.id };
  if (dependsOn(survey, question.id, item.id)) return [fault('when', 'route-circular', named)];
  const items = surveyWith(placed).items;
  if (items.indexOf(question) > items.findIndex(({ id }) => id === item.id)) {
    return [fault('when', 'route-later', named)];
  }
  const codes = answerCodes(question, question.id);
  if (!codes) return [fault('when', 'route-in-rows', named)];
  if (unlinkedSectionOf(survey, question) !== unlinkedSectionOf(survey, item)) {
    return [fault('when', 'route-across', named)];
  }
  if (when.anyOf.length === 0) return [fault('when-answer', 'route-answers-missing', named)];
  if (!when.anyOf.every((code) => codes.includes(code))) return [fault('when-answer', 'route-answer-unknown', named)];
  return reachFaults(placed, question);
}

/** Whoever may be asked this never gets to the question that leads to it. */
function reachFaults(placed: Placed, question: SurveyItem): FormFault[] {
  const { survey, item } = placed;
  const reached = reachOf(surveyWith(placed)).get(item.id) ?? [];
  if (reached.length > 0 || stagesOf(survey, item).length === 0) return [];
  return [fault('when', 'route-unreachable', { item: question.id })];
}

/** What the rest of the survey would lose by a change, at the field where it can be put right. */
export function survivalFaults(placed: Placed): FormFault[] {
  const { survey, before, item } = placed;
  if (!before) return [];
  const broken = brokenUses(usesOf(survey, before.id), item).map((one) => brokenFault(one));
  const order = orderFaults(placed);
  // Where the order is wrong, nobody gets there for that reason.
  return [...broken, ...(order.length > 0 ? order : lostFaults(placed))];
}

function brokenFault({ use, missing }: BrokenUse): FormFault {
  const values = { by: use.by, id: use.id };
  if (missing === 'everything') return fault('kind', 'used-question-gone', values);
  const codes = missing.join(', ');
  return fault('options', use.by === 'scale' ? 'scale-new-answer' : 'used-answer-gone', { ...values, codes });
}

/** Questions that hang on this one have to come after it. */
function orderFaults(placed: Placed): FormFault[] {
  const { items } = surveyWith(placed);
  const own = items.findIndex(({ id }) => id === placed.item.id);
  return items
    .slice(0, own)
    .filter(({ when }) => when?.question === placed.item.id)
    .map(({ id }) => fault('after', 'comes-before-route', { item: id }));
}

/** Other items that nobody could reach any more. */
function lostFaults(placed: Placed): FormFault[] {
  const [now, then] = [reachOf(placed.survey), reachOf(surveyWith(placed))];
  return placed.survey.items
    .filter(({ id, when }) => when && id !== placed.item.id)
    .filter(({ id }) => dependsOn(placed.survey, id, placed.item.id))
    .filter(({ id }) => (now.get(id) ?? []).length > 0 && (then.get(id) ?? []).length === 0)
    .map(({ id }) => fault('stage', 'leaves-unreachable', { item: id }));
}
