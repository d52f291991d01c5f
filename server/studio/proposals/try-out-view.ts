import { LEVELS } from '../../core/survey/stage.ts';
import type { Contribution } from '../../storage/contributions.ts';
import type { TryOut } from '../../storage/try-outs.ts';
import type { Language } from '../../web/language.ts';
import { mayRead, shownContribution, type ShownContribution } from '../forum/contribution-words.ts';
import type { InForum } from '../forum/forum-access.ts';
import { proposalHref } from './addresses.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** What became of a proposal when people tried it, draft by draft; the newest draft first. */
export interface TryOutsView {
  /** Where one tries it; empty for whoever is in no forum. */
  href: string;
  drafts: {
    title: string;
    /** For each level that it was tried at, how often, and how often it was hard. */
    counts: string[];
    thoughts: { level: string; hard: boolean; said: ShownContribution }[];
  }[];
}

export interface TryOutFacts {
  tryOuts: readonly TryOut[];
  /** What was thought aloud, by id. */
  thoughts: ReadonlyMap<string, Contribution>;
  viewers: readonly InForum[];
  now: string;
}

export function tryOutsView(language: Language, proposal: SeenProposal, facts: TryOutFacts): TryOutsView {
  const { viewers, tryOuts } = facts;
  const mayTry = viewers.length > 0 && proposal.state !== 'published' && proposal.state !== 'ended';
  const numbers = [...new Set(tryOuts.map(({ number }) => number))].toSorted((one, other) => other - one);
  return {
    href: mayTry ? `${proposalHref(proposal.id)}/try-outs/new` : '',
    drafts: numbers.map((number) => {
      const own = tryOuts.filter((tryOut) => tryOut.number === number);
      return {
        title: language.say('proposals', 'triedDraft', { number: language.number(number) }),
        counts: countsOf(language, own),
        thoughts: own.flatMap((tryOut) => thoughtOf(language, tryOut, facts) ?? []),
      };
    }),
  };
}

function countsOf(language: Language, tryOuts: readonly TryOut[]): string[] {
  return LEVELS.flatMap((level) => {
    const own = tryOuts.filter((tryOut) => tryOut.level === level);
    if (own.length === 0) return [];
    const hard = own.filter((tryOut) => tryOut.hard).length;
    const values = {
      level: language.words.questions[`level-${level}`],
      tried: language.number(own.length),
      hard: language.number(hard),
    };
    return [language.say('proposals', 'triedAt', values)];
  });
}

/** What somebody thought aloud, for whoever may read it. */
function thoughtOf(language: Language, { level, hard, contributionId }: TryOut, facts: TryOutFacts) {
  const said = facts.thoughts.get(contributionId ?? '');
  const viewer = said && facts.viewers.find(({ forum }) => forum.id === said.forumId);
  if (!said || !viewer || !mayRead(viewer, said, facts.now)) return null;
  const shown = shownContribution(language, viewer, said, facts.now);
  return { level: language.words.questions[`level-${level}`], hard, said: shown };
}
