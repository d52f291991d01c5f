import { stepsOfDraft } from '../../core/drafts/progress.ts';
import type { ProposalDraft, ProposalStep } from '../../storage/proposal-rows.ts';
import type { Language } from '../../web/language.ts';
import { draftHref } from '../drafts/addresses.ts';
import { apart } from '../words.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** Something that happened to a proposal, or is still to come. */
export interface HistoryEvent {
  done: boolean;
  title: string;
  when: string;
  reason: string;
  /** Further facts, each a phrase: a count, a legal basis. */
  facts: string[];
  /** To the draft that was written then, and to what changed in it. */
  links: { href: string; words: string }[];
}

/** What has happened, in order, and what comes next. */
export function historyOf(language: Language, proposal: SeenProposal): HistoryEvent[] {
  const { words } = language;
  const onBy = (at: string, name: string) =>
    language.say('studio', 'onBy', { date: language.date(at), name: apart(name || words.proposals.formerMember) });
  const plain = { done: true, reason: '', facts: [], links: [] };
  const dated = [
    ...proposal.drafts.map((draft) => ({
      ...plain,
      at: draft.writtenAt,
      title:
        draft.number === 1
          ? words.proposals.eventProposed
          : language.say('proposals', 'eventDraft', { number: language.number(draft.number) }),
      when: onBy(draft.writtenAt, draft.writtenByName),
      links: linksOf(language, proposal, draft),
    })),
    ...proposal.steps.map((step) => ({
      done: true,
      at: step.at,
      title: words.proposals[`event-${step.step}`],
      when: onBy(step.at, step.name),
      reason: step.reason,
      facts: factsOf(language, step),
      links: [],
    })),
    ...endingEvents(language, proposal, onBy),
  ];
  const events = dated.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const past = events.map(({ title, when, reason, facts, links }) => ({
    done: true,
    title,
    when,
    reason,
    facts,
    links,
  }));
  return [...past, ...publicationOf(language, proposal), ...stillToCome(language, proposal)];
}

function linksOf(
  { words: { drafts } }: Language,
  { id }: SeenProposal,
  { number, basedOn }: ProposalDraft,
): HistoryEvent['links'] {
  const href = draftHref(id, number);
  const changes = { href: `${href}/changes`, words: drafts.seeChanges };
  return [{ href, words: drafts.seeDraft }, ...(basedOn === null ? [] : [changes])];
}

function factsOf(language: Language, { number, count, check }: ProposalStep): string[] {
  const { words } = language;
  const facts = [language.say('proposals', 'aboutDraft', { number: language.number(number) })];
  if (count) {
    const figures = { inFavour: count.inFavour, against: count.against, unsure: count.unsure };
    facts.push(language.say('proposals', `counted-${count.counted}`, figures));
  }
  if (check) {
    facts.push(words.proposals[`legalBasis-${check.legalBasis}`]);
    facts.push(words.proposals[`specialCondition-${check.specialCondition}`]);
    facts.push(words.proposals[`sensitivity-${check.sensitivity}`]);
    if (check.support) facts.push(language.say('proposals', 'factSupport', { words: apart(check.support) }));
    if (check.outsideAdvice) facts.push(language.say('proposals', 'factAdvice', { words: apart(check.outsideAdvice) }));
  }
  return facts;
}

function endingEvents(language: Language, { ending }: SeenProposal, onBy: (at: string, name: string) => string) {
  if (!ending) return [];
  const { at, name, how, reason } = ending;
  return [
    {
      done: true,
      at,
      title: language.words.proposals[`event-${how}`],
      when: onBy(at, name),
      reason,
      facts: [],
      links: [],
    },
  ];
}

function publicationOf(language: Language, { publication }: SeenProposal): HistoryEvent[] {
  if (!publication) return [];
  const when = language.say('studio', 'versionOf', {
    number: language.number(publication.number),
    date: language.date(publication.at),
  });
  return [{ done: true, title: language.words.studio.stepPublished, when, reason: '', facts: [], links: [] }];
}

function stillToCome({ words }: Language, proposal: SeenProposal): HistoryEvent[] {
  const { state } = proposal;
  if (state === 'published' || state === 'ended') return [];
  const reached = state === 'approved' ? 2 : state === 'agreed' ? 1 : 0;
  // After a draft that was not agreed, or sent back, another one may follow: nothing is promised.
  const isStopped = state === 'proposed' && stepsOfDraft(proposal).length > 0;
  if (isStopped) return [];
  const ahead = (['agreed', 'approved', 'published'] as const).slice(reached);
  return ahead.map((step) => ({
    done: false,
    title: words.proposals[`next-${step}`],
    when: words.studio.toCome,
    reason: '',
    facts: [],
    links: [],
  }));
}
