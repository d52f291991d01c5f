import type { Answer, Answers } from '../core/survey/answer.ts';
import {
  firstUnseen,
  isReachable,
  numberOf,
  stepAfter,
  stepNumbered,
  walk,
  type Step,
  type Traveller,
} from '../core/survey/journey.ts';
import { levelOf, type Level, type Stage } from '../core/survey/stage.ts';
import type { DraftBody, ReadingHelp } from '../storage/draft-body.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { VersionContent, WaveContent } from './wave-content.ts';

/** Where a person is: their version, stage, way and answers. */
export interface Place {
  content: VersionContent;
  unreal: boolean;
  /** Null for grown-ups who answer about a child. */
  stage: Stage | null;
  level: Level;
  path: readonly Step[];
  /** Where on the path the first page is that has not been seen; the path's length when all have. */
  unseen: number;
  answers: Answers;
  /** Whether the session that asks is the one that answered last, and what was answered before it. */
  sameSession: boolean;
  earlier: readonly string[];
  attempt: string;
  timeRunsOut: DraftBody['timeRunsOut'];
  picture: string | null;
  supporter: boolean;
  reading: ReadingHelp;
  ownDevice: boolean;
  /** Whether words of one's own are asked for, because somebody reads them. */
  textAllowed: boolean;
}

/** An answer that may be shown again: this session gave it, or has shown the picture. */
export function shownAnswer(
  { sameSession, earlier, answers }: Pick<Place, 'sameSession' | 'earlier' | 'answers'>,
  key: string,
): Answer | undefined {
  return sameSession && !earlier.includes(key) ? answers[key] : undefined;
}

/** Whether there are answers that only the picture shows again. */
export function hasHiddenAnswers(place: Place): boolean {
  return Object.keys(place.answers).some((key) => shownAnswer(place, key) === undefined);
}

/** The address of a page: its number in the version, which says nothing of its topic. */
export function stepHref(content: VersionContent, step: Step): string {
  return `/respond/pages/${numberOf(content.version.definition, step)}`;
}

/** The page with a number; undefined if the version has none. */
export function stepAt(place: Place, number: number): Step | undefined {
  return stepNumbered(place.content.version.definition, number);
}

/** The page with this number, if this person may be there now. */
export function reachableStep(place: Place, number: number): Step | undefined {
  const step = stepAt(place, number);
  return step && hasBegun(place) && isReachable(place.path, place.unseen, step) ? step : undefined;
}

/** The way through one version's answers. Answers are never changed in place, so whoever holds them knows the way. */
interface Way {
  version: VersionContent;
  path: readonly Step[];
  unseen: number;
}

const ways = new WeakMap<Answers, Way>();

function wayThrough(version: VersionContent, traveller: Traveller, answers: Answers): Way {
  const known = ways.get(answers);
  if (known?.version === version) return known;
  const path = walk(version.version.definition, traveller, answers);
  const way = { version, path, unseen: firstUnseen(path, answers) };
  ways.set(answers, way);
  return way;
}

/**
 * The way as far as it may be shown: a page that an answer led to tells that answer. Where the answer does not show,
 * because it was given in an earlier session, its page does not either; it counts as never reached.
 */
function shownWay(way: Way, { body, session }: HeldDraft): Way {
  const { answers, earlier } = body;
  const held = { answers, earlier, sameSession: body.session === session };
  if (held.sameSession && earlier.length === 0) return way;
  const isHidden = (id: string) => answers[id] !== undefined && shownAnswer(held, id) === undefined;
  const path = way.path.filter(({ item }) => !item.when || !isHidden(item.when.question));
  return { ...way, path, unseen: firstUnseen(path, body.answers) };
}

/** Where a draft's person is, worked out anew from its answers. @throws if the wave does not ask its version */
export function placeIn(content: WaveContent, draft: HeldDraft): Place {
  const { versionId, stage, session, body, ownDevice } = draft;
  const version = content.versions.get(versionId);
  if (!version)
    throw new Error(`Draft of version ${versionId}, which its wave does not ask: the wave's versions changed.`);
  const { path, unseen } = shownWay(wayThrough(version, content.travellerOf(stage), body.answers), draft);
  return {
    content: version,
    path,
    unseen,
    unreal: content.demonstration,
    stage,
    level: levelOf(stage),
    answers: body.answers,
    sameSession: body.session === session,
    earlier: body.earlier,
    attempt: body.attempt,
    timeRunsOut: body.timeRunsOut,
    picture: body.picture,
    supporter: body.supporter,
    reading: body.reading,
    ownDevice,
    textAllowed: content.way.textAllowed,
  };
}

/** Whether the choices that come before the first question have been made. */
export function hasBegun(place: Place): boolean {
  return place.timeRunsOut !== null && place.picture !== null;
}

/** The page that this person should see next: a choice, the first unseen page, or the check. */
export function nextHref(place: Place): string {
  if (!place.timeRunsOut) return '/respond/assent';
  if (place.picture === null) return '/respond/picture-choice';
  const unseen = place.path[place.unseen];
  return unseen ? stepHref(place.content, unseen) : '/respond/check';
}

/** The page after one that was just answered. */
export function hrefAfter(place: Place, step: Step): string {
  const after = stepAfter(place.path, step);
  return after && isReachable(place.path, place.unseen, after) ? stepHref(place.content, after) : nextHref(place);
}
