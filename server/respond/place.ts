import type { Answer, Answers } from '../core/survey/answer.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { firstUnseen, isReachable, itemAfter, walk } from '../core/survey/journey.ts';
import type { TimeRunsOut } from '../storage/draft-body.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { VersionContent, WaveContent } from './wave-content.ts';

/** Where a person is: their version, stage, way and answers. */
export interface Place {
  content: VersionContent;
  unreal: boolean;
  stage: string;
  path: readonly SurveyItem[];
  answers: Answers;
  /** Whether the session that asks is the one that answered last, and what was answered before it. */
  sameSession: boolean;
  earlier: readonly string[];
  attempt: string;
  timeRunsOut: TimeRunsOut | null;
}

/** An answer that may be shown again: this session gave it. */
export function shownAnswer(place: Place, item: SurveyItem): Answer | undefined {
  return place.sameSession && !place.earlier.includes(item.id) ? place.answers[item.id] : undefined;
}

/** The address of an item: its place in the version, which says nothing of its topic. */
export function itemHref(content: VersionContent, item: SurveyItem): string {
  return `/respond/pages/${content.version.definition.items.indexOf(item) + 1}`;
}

/** Where a draft's person is, worked out anew from its answers. @throws if the wave does not ask its version */
export function placeIn(content: WaveContent, { versionId, stage, session, body }: HeldDraft): Place {
  const version = content.versions.get(versionId);
  if (!version)
    throw new Error(`Draft of version ${versionId}, which its wave does not ask: the wave's versions changed.`);
  return {
    content: version,
    unreal: content.demonstration,
    stage,
    path: walk(version.version.definition, { stage, textAllowed: false }, body.answers),
    answers: body.answers,
    sameSession: body.session === session,
    earlier: body.earlier,
    attempt: body.attempt,
    timeRunsOut: body.timeRunsOut,
  };
}

/** The page that this person should see next: the choice, the first unseen page, or the check. */
export function nextHref(place: Place): string {
  if (!place.timeRunsOut) return '/respond/assent';
  const unseen = firstUnseen(place.path, place.answers);
  return unseen ? itemHref(place.content, unseen) : '/respond/check';
}

/** The page after an item that was just answered. */
export function hrefAfter(place: Place, item: SurveyItem): string {
  const after = itemAfter(place.path, item.id);
  return after && isReachable(place.path, place.answers, after.id) ? itemHref(place.content, after) : nextHref(place);
}
