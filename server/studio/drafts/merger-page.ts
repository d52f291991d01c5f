import type { Merge } from '../../core/drafts/merge-drafts.ts';
import type { Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { proposalHref } from '../proposals/addresses.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';
import { written, type WordedVersion } from '../words.ts';
import { mergersHref } from './addresses.ts';
import { conflictViews, hiddenForm, meanwhileView, type MergeFacts } from './merge-page.ts';
import { NO_BASE } from './readable-draft.ts';

/** A proposal that goes into another one, and the other one. */
export interface Pair {
  from: SeenProposal;
  into: SeenProposal;
}

/** The drafts that they are put together from. */
export interface PairNumbers {
  from: number;
  into: number;
}

/** Two proposals side by side: where they differ, somebody chooses what stays. */
export function mergerPage(
  language: Language,
  { from, into }: Pair,
  survey: WordedVersion | undefined,
  merge: Merge,
): Views['studio/drafts/merge'] {
  const { drafts } = language.words;
  const words = { mine: drafts.mergerStays, theirs: drafts.mergerGoes, gone: drafts.mergerNotThere };
  const sides = [
    { label: words.mine, proposal: into },
    { label: words.theirs, proposal: from },
  ];
  return {
    title: drafts.mergerTitle,
    intro: drafts.mergerIntro,
    pair: sides.map(({ label, proposal: { id, text, language: lang } }) => ({
      label,
      href: proposalHref(id),
      text: written(text.text, lang),
    })),
    theirsTitle: '',
    changes: [],
    choose: drafts.mergerChoose,
    conflicts: conflictViews(language, merge, { survey, written: into.language }, words),
    hidden: hiddenPair(into.id, { from: from.number, into: into.number }),
    action: `${mergersHref(from.id)}/choices`,
    backHref: proposalHref(from.id),
  };
}

/** One of the two got another draft while they were put together. @param of which one */
export function mergerMeanwhilePage(
  language: Language,
  { from, into }: Pair,
  survey: WordedVersion | undefined,
  numbers: PairNumbers,
  of: keyof Pair,
  facts: MergeFacts,
): Views['studio/drafts/merge'] {
  return {
    ...meanwhileView(language, survey, facts),
    hidden: [
      ...hiddenForm(facts.form),
      ...hiddenPair(into.id, { ...numbers, [of]: facts.base?.number ?? NO_BASE }),
      { name: 'theirs', value: String(facts.theirs.number) },
      { name: 'theirs-of', value: of },
    ],
    action: `${mergersHref(from.id)}/choices`,
    backHref: proposalHref(from.id),
  };
}

function hiddenPair(intoId: string, numbers: PairNumbers): { name: string; value: string }[] {
  return Object.entries(carriedPair(intoId, numbers)).map(([name, value]) => ({ name, value }));
}

/** What a form of two proposals carries along. */
export function carriedPair(intoId: string, { from, into }: PairNumbers): Record<string, string> {
  return { into: intoId, from: String(from), 'based-on': String(into) };
}
