import type { FastifyRequest } from 'fastify';
import { sightOf } from '../../core/forum/sight.ts';
import { Fault } from '../../errors.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposalComments } from '../../storage/proposal-comments.ts';
import type { Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { contributionFault, newContribution } from './contribute.ts';
import { contributionHref, mayRead, shownContribution, type ShownContribution } from './contribution-words.ts';
import type { ForumAccess } from './forum-access.ts';

/** Comments on one proposal, as somebody in a forum reads them. */
export interface CommentsView {
  list: ShownContribution[];
  /** Where to comment; empty for whoever is in no forum. */
  href: string;
  typed: string;
}

export interface Comments {
  /** What this person may read about a proposal: what is said in their own forums. */
  view(request: FastifyRequest, proposalId: string, typed?: string): Promise<CommentsView>;
  /**
   * Adds a comment of this person.
   * @returns where to go on: to the comment, or to what became of it where others do not see it yet
   * @throws Fault 'not-found' for whoever is in no forum, 'house-rules' for whoever has to agree to them first
   */
  add(request: FastifyRequest, proposalId: string, words: string): Promise<{ href: string } | { fault: FieldFault }>;
}

export function createComments({ database, clock }: Services, access: ForumAccess): Comments {
  const comments = createProposalComments(database);
  const contributions = createContributions(database);

  return {
    async view(request, proposalId, typed = '') {
      const viewers = await access.ofPerson(request);
      const now = clock();
      const all = viewers.length > 0 ? await contributions.many(await comments.of(proposalId)) : [];
      const list = all.flatMap((comment) => {
        const viewer = viewers.find(({ forum }) => forum.id === comment.forumId);
        return viewer && mayRead(viewer, comment, now)
          ? [shownContribution(request.language, viewer, comment, now)]
          : [];
      });
      return {
        list,
        href: viewers.some(({ forum }) => !forum.ending) ? `/studio/proposals/${proposalId}/comments` : '',
        typed,
      };
    },
    async add(request, proposalId, words) {
      const viewer = await access.toWriteIn(request);
      if (!viewer) throw new Fault('not-found', 'Only people in a forum comment.');
      const fault = contributionFault(words);
      if (fault) return { fault: { field: 'words', message: request.language.words.forum[`comment-${fault}`] } };
      const comment = newContribution(viewer, { words, language: request.language.code }, clock());
      const id = await comments.add(proposalId, comment, clock());
      const found = (await contributions.find(id))!;
      const isSeen = sightOf(found, clock()) === 'shown';
      return { href: isSeen ? `/studio/proposals/${proposalId}#said-${id}` : contributionHref(id) };
    },
  };
}
