import type { FastifyRequest } from 'fastify';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { sightOf } from '../../core/forum/sight.ts';
import { wordsOfText } from '../../core/survey/text.ts';
import type { Contributions, NewContribution } from '../../storage/contributions.ts';
import { newContribution } from '../forum/contribute.ts';
import { contributionHref } from '../forum/contribution-words.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { proposalHref } from './addresses.ts';

/**
 * A draft as words said in its writer's forum, so that whatever keeps a forum safe keeps drafts safe: opening hours,
 * words that are looked at first, reports, hiding.
 * @returns null for a writer who is in no forum
 * @throws Fault as `toWriteIn`
 */
export async function contributionOf(
  access: ForumAccess,
  request: FastifyRequest,
  { texts, language, whyAsk }: DraftContent,
  at: string,
): Promise<NewContribution | null> {
  const viewer = await access.toWriteIn(request);
  if (!viewer) return null;
  const words = [...Object.values(texts).flatMap(wordsOfText), whyAsk].join('\n');
  return newContribution(viewer, { words, language }, at);
}

/** Where somebody goes after writing a draft: to it, or to what became of it where others do not see it yet. */
export async function afterDraft(
  contributions: Contributions,
  proposalId: string,
  contributionId: string | null | undefined,
  now: string,
): Promise<string> {
  const said = contributionId ? await contributions.find(contributionId) : undefined;
  return said && sightOf(said, now) !== 'shown' ? contributionHref(said.id) : proposalHref(proposalId);
}
