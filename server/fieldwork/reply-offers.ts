import { schoolsAt } from '../core/fieldwork/reply-wave.ts';
import type { MembershipRow } from '../core/places/formats.ts';
import { DEFAULT_BANDS } from '../core/survey/stage.ts';
import type { Database } from '../storage/database.ts';
import { createPlaces, type Place, type RollTotal, type School } from '../storage/places.ts';
import { createReplies, type PublishedReply } from '../storage/replies.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Offered } from './setup-pages.ts';
import type { WaveFacts } from './wave-facts.ts';

/*
 * What the reply of a wave suggests for its setup: the ages and the schools that it is about. It fills forms that nobody
 * has saved yet, and decides nothing.
 */

/** Replies that a wave may ask about, and the places that they can be about. */
export interface ReplyChoices {
  replies: readonly PublishedReply[];
  /** Clusters and localities of the authority, with the ids that releases give them. */
  places: readonly (Place & { node: string })[];
  memberships: readonly MembershipRow[];
  rolls: readonly RollTotal[];
}

export async function replyChoices(database: Database, authorityId: string): Promise<ReplyChoices> {
  const places = createPlaces(database);
  const [clusters, localities] = await Promise.all([places.clusters(authorityId), places.localities(authorityId)]);
  const { memberships } = await places.rows(authorityId, []);
  const rolls = await places.rollTotals(authorityId);
  const replies = await createReplies(database).published(authorityId);
  const named = (kind: 'cluster' | 'locality', list: readonly Place[]) =>
    list.map((place) => ({ ...place, node: `${kind}:${place.code}` }));
  return { replies, memberships, rolls, places: [...named('cluster', clusters), ...named('locality', localities)] };
}

/** The name of the place that a reply is about. */
export function placeOfReply({ finding }: PublishedReply, { authority }: WaveFacts, { places }: ReplyChoices): string {
  return places.find(({ node }) => node === finding.place.node)?.name ?? authority.name;
}

/** The age band of the reply's finding, where no stages are saved. */
export function offeredBands(language: Language, facts: WaveFacts, choices?: ReplyChoices): Offered | undefined {
  const { reply, wave } = facts;
  if (!reply || !choices || wave.bands.length > 0) return undefined;
  return { chosen: [reply.finding.place.band], words: offeredWords(language, facts, reply, choices) };
}

/** The schools of the reply's place that have pupils of the ages, where none are saved. */
export function offeredSchools(
  language: Language,
  facts: WaveFacts,
  choices: ReplyChoices | undefined,
  all: readonly School[],
): Offered | undefined {
  const { reply, wave, schools, today } = facts;
  if (!reply || !choices || schools.length > 0) return undefined;
  const bands = wave.bands.length > 0 ? wave.bands : DEFAULT_BANDS.filter(({ id }) => id === reply.finding.place.band);
  const stages = bands.flatMap((band) => band.stages);
  const withPupils = new Set(
    choices.rolls.filter(({ stage, pupils }) => stages.includes(stage) && pupils > 0).map(({ schoolId }) => schoolId),
  );
  const there = schoolsAt(reply.finding.place.node, all, choices.memberships, today);
  const chosen = there.filter(({ id }) => withPupils.has(id));
  return { chosen: chosen.map(({ id }) => id), words: offeredWords(language, facts, reply, choices) };
}

function offeredWords(language: Language, facts: WaveFacts, reply: PublishedReply, choices: ReplyChoices): string {
  return language.say('feedback', 'offered', { place: isolated(language, placeOfReply(reply, facts, choices)) });
}
