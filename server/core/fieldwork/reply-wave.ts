import { AUTHORITY } from '../disclosure/lattice.ts';
import type { MembershipRow } from '../places/formats.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import { isBegun, textFor, type Reader, type ReplyWords } from '../loop/reply.ts';

/*
 * Waves in which pupils say what they think of a reply. It stands on the page that opens the survey, so that everybody
 * is asked about the same words, whether or not they had come across them before.
 */

/** The family of surveys that ask about a reply. */
export const FEEDBACK_FAMILY = 'feedback-check';

export function asksAboutReply({ family }: { family: string }): boolean {
  return family === FEEDBACK_FAMILY;
}

/** How far a wave is with the reply that it asks about. */
export type ReplyChoice = 'none-needed' | 'missing' | 'lacks-words' | 'chosen';

/** @param languages those that the wave is asked in */
export function replyChoiceOf(
  wave: { family: string },
  reply: Pick<ReplyWords, 'texts'> | undefined,
  definitions: readonly SurveyDefinition[],
  languages: readonly string[],
): ReplyChoice {
  if (!asksAboutReply(wave)) return 'none-needed';
  if (!reply) return 'missing';
  const readers = [...new Set(definitions.map(readerOf))];
  const isComplete = readers.every((reader) => languages.every((code) => isBegun(textFor(reply, reader, code))));
  return isComplete ? 'chosen' : 'lacks-words';
}

/** Whose words of a reply stand in a survey. */
export function readerOf({ easyRead }: Pick<SurveyDefinition, 'easyRead'>): Reader {
  return easyRead === true ? 'easy-read' : 'child';
}

/**
 * The item on whose page the reply stands: the first that everybody reads and nobody answers, else the first of all.
 */
export function itemOfReply({ items }: Pick<SurveyDefinition, 'items'>): string | undefined {
  const introduction = items.find((item) => item.kind === 'information' && !item.when && !item.stages);
  return (introduction ?? items[0])?.id;
}

/**
 * The schools of a place on a day: those of a cluster or locality, or all of the authority.
 * @param node the id that releases give the place; any other kind of place has no schools of its own
 */
export function schoolsAt<School extends { code: string; locality: string | null }>(
  node: string,
  schools: readonly School[],
  memberships: readonly MembershipRow[],
  day: string,
): School[] {
  if (node === AUTHORITY) return [...schools];
  const [kind, code] = node.split(':');
  if (kind === 'locality') return schools.filter(({ locality }) => locality === code);
  if (kind !== 'cluster') return [];
  const members = memberships
    .filter(({ cluster, from, to }) => cluster === code && from <= day && (to === null || to >= day))
    .map(({ school }) => school);
  return schools.filter((school) => members.includes(school.code));
}
