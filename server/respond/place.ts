import type { Answer, Answers } from '../core/survey/answer.ts';
import {
  firstUnseen,
  isReachable,
  numberOf,
  stepAfter,
  stepNumbered,
  wayOf,
  type Step,
  type Way,
} from '../core/survey/journey.ts';
import { levelOf, type Level, type Stage } from '../core/survey/stage.ts';
import type { DraftBody, ReadingHelp } from '../storage/draft-body.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { PageMark, VersionContent, WaveContent } from '../web/wave-content.ts';

/** Where a person is: their version, stage, way and answers. */
export interface Place {
  content: VersionContent;
  unreal: PageMark;
  /** The languages that the wave's pages offer: pages of one version differ where they differ. */
  offered: string;
  /** Where the privacy notices of the wave are; empty if it has none. */
  noticesHref: string;
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

/**
 * The way as far as it may be shown: a page that an answer led to tells that answer. Where the answer does not show,
 * because it was given in an earlier session, its page does not either; it counts as never reached.
 */
function shownWay(way: Way, { answers, earlier, session: answeredIn }: DraftBody, session: string): Way {
  const held = { answers, earlier, sameSession: answeredIn === session };
  if (held.sameSession && earlier.length === 0) return way;
  const isHidden = (id: string) => answers[id] !== undefined && shownAnswer(held, id) === undefined;
  const path = way.path.filter(({ item }) => !item.when || !isHidden(item.when.question));
  return { ...way, path, unseen: firstUnseen(path, answers) };
}

interface KnownPlace {
  body: Readonly<DraftBody>;
  place: Place;
  /** All of the way, shown or not. */
  way: Way;
}

/** Where the person of each draft in use was last: each change makes another body, so whoever has that knows. */
const knownPlaces = new WeakMap<HeldDraft, KnownPlace>();

/**
 * Where a draft's person is, by its answers.
 * @param body what the draft holds, if that is not what it held when it was found
 * @throws if the wave does not ask its version
 */
export function placeIn(content: WaveContent, draft: HeldDraft, body: Readonly<DraftBody> = draft.body): Place {
  const version = content.versions.get(draft.versionId);
  if (!version)
    throw new Error(`Draft of version ${draft.versionId}, which its wave does not ask: the wave's versions changed.`);
  const known = knownPlaces.get(draft);
  if (known?.body === body) return known.place;
  const way = wayOf(version.version.definition, content.travellerOf(draft.stage), body.answers, known?.way);
  const place = placeOn(shownWay(way, body, draft.session), content, version, draft, body);
  knownPlaces.set(draft, { body, place, way });
  return place;
}

function placeOn(
  { path, unseen }: Way,
  content: WaveContent,
  version: VersionContent,
  { stage, session, ownDevice }: HeldDraft,
  body: Readonly<DraftBody>,
): Place {
  return {
    content: version,
    path,
    unseen,
    unreal: content.mark,
    offered: content.offered,
    noticesHref: content.noticesHref,
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
