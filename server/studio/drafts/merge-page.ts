import { changesOfDraft } from '../../core/drafts/compare-drafts.ts';
import type { LineShape, PlainField } from '../../core/drafts/draft-fields.ts';
import { fieldsOf } from '../../core/drafts/form-fields.ts';
import type { DraftForm } from '../../core/drafts/draft-form.ts';
import type { Conflict, Merge, Side } from '../../core/drafts/merge-drafts.ts';
import type { ProposalDraft } from '../../storage/proposal-rows.ts';
import type { Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { apart, directionOf, type WordedVersion, type Written } from '../words.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { draftsHref } from './addresses.ts';
import { changeViews, pieceWords, plainWords, type ChangeView, type Naming } from './change-words.ts';
import { CHOICES } from './draft-body.ts';
import { NO_BASE } from './readable-draft.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/merge': {
      title: string;
      intro: string;
      /** Two proposals that become one; empty where one proposal was written twice. */
      pair: { label: string; href: string; text: Written }[];
      /** What somebody else changed meanwhile; without a title where nobody did. */
      theirsTitle: string;
      changes: ChangeView[];
      choose: string;
      conflicts: { name: string; legend: string; sides: SideView[] }[];
      hidden: { name: string; value: string }[];
      action: string;
      backHref: string;
    };
  }
}

interface SideView {
  value: Side;
  label: string;
  words: string;
  lang: string;
  dir: string;
  chosen: boolean;
}

/** How a page names the two sides that are put together, and what one of them does not have. */
export interface SideWords extends Record<Side, string> {
  gone: string;
}

/** What two people wrote, put side by side. */
export interface MergeFacts {
  form: DraftForm;
  /** The draft that both began from; undefined where this person cannot read it any more. */
  base: ProposalDraft | undefined;
  theirs: ProposalDraft;
  merge: Merge;
}

/** What somebody else kept meanwhile, and the choices where both changed the same thing. */
export function mergePage(
  language: Language,
  proposal: SeenProposal,
  survey: WordedVersion | undefined,
  facts: MergeFacts,
): Views['studio/drafts/merge'] {
  const { form, base, theirs } = facts;
  return {
    ...meanwhileView(language, survey, facts),
    hidden: [
      ...hiddenForm(form),
      { name: 'based-on', value: String(base?.number ?? NO_BASE) },
      { name: 'theirs', value: String(theirs.number) },
    ],
    action: `${draftsHref(proposal.id)}/merges`,
    backHref: proposalHref(proposal.id),
  };
}

/** What somebody else kept while one was writing. */
export function meanwhileView(
  language: Language,
  survey: WordedVersion | undefined,
  { base, theirs, merge }: Omit<MergeFacts, 'form'>,
): Omit<Views['studio/drafts/merge'], 'hidden' | 'action' | 'backHref'> {
  const { drafts } = language.words;
  const name = apart(theirs.writtenByName);
  const naming = { survey, written: theirs.language };
  const other = language.say('drafts', 'mergeOther', { name });
  return {
    title: drafts.mergeTitle,
    intro: language.say('drafts', base ? 'mergeIntro' : 'mergeIntroApart', { name }),
    pair: [],
    theirsTitle: base ? language.say('drafts', 'mergeTheirs', { name }) : '',
    changes: base ? changeViews(language, changesOfDraft(base, theirs), naming) : [],
    choose: base ? drafts.mergeChoose : drafts.mergeChooseApart,
    conflicts: conflictViews(language, merge, naming, {
      mine: drafts.mergeMine,
      theirs: other,
      gone: base ? drafts.mergeGone : drafts.mergerNotThere,
    }),
  };
}

/** A form that goes along unseen. */
export function hiddenForm(form: DraftForm): { name: string; value: string }[] {
  return Object.entries(fieldsOf(form)).flatMap(([name, values]) => values.map((value) => ({ name, value })));
}

/** The choices that a merge leaves to a person, each with both sides in words. */
export function conflictViews(
  language: Language,
  { conflicts }: Merge,
  naming: Naming,
  words: SideWords,
): Views['studio/drafts/merge']['conflicts'] {
  return conflicts.slice(0, CHOICES.length).map((conflict, index) => ({
    name: CHOICES[index] ?? '',
    legend: legendOf(language, conflict, naming.written),
    sides: (['mine', 'theirs'] as const).map((side) => sideView(language, conflict, naming, side, words)),
  }));
}

function legendOf(language: Language, { kind, part, language: of, name }: Conflict, written: string): string {
  const { drafts } = language.words;
  if (kind === 'words') return pieceWords(language, part, of, written);
  if (kind === 'plain') return drafts[`field-${part as PlainField}`];
  if (kind === 'order') return drafts.order;
  return drafts[name.startsWith('row:') ? 'piece-row' : 'piece-option'];
}

function sideView(language: Language, conflict: Conflict, naming: Naming, side: Side, words: SideWords): SideView {
  const { written } = naming;
  const lang = conflict.kind === 'words' ? conflict.language : conflict.kind === 'plain' ? language.code : written;
  return {
    value: side,
    label: words[side],
    words: valueWords(language, conflict, conflict[side], naming, words.gone),
    lang,
    dir: directionOf(lang),
    chosen: side === 'mine',
  };
}

/** A value of one side in words. */
function valueWords(
  language: Language,
  { kind, part }: Conflict,
  value: unknown,
  { survey, written }: Naming,
  gone: string,
): string {
  const { drafts } = language.words;
  if (kind === 'plain') return plainWords(language, part as PlainField, value, survey);
  if (kind === 'order') return (value as string[]).join(', ');
  if (kind === 'words') return String(value) || drafts.mergeNothing;
  if (value === undefined) return gone;
  const line = value as { words?: Record<string, string> } & Partial<LineShape>;
  const inWords = line.words?.[written] || Object.values(line.words ?? {}).find((words) => words !== '');
  return inWords ?? [line.from, line.to, line.symbol].filter(Boolean).join(' ');
}
