import { changesOfDraft } from '../../core/drafts/compare-drafts.ts';
import type { LineShape, PlainField } from '../../core/drafts/draft-fields.ts';
import { fieldsOf } from '../../core/drafts/form-fields.ts';
import type { DraftForm } from '../../core/drafts/draft-form.ts';
import type { Conflict, Merge, Side } from '../../core/drafts/merge-drafts.ts';
import type { ProposalDraft } from '../../storage/proposal-rows.ts';
import type { Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { apart, directionOf, type WordedVersion } from '../words.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';
import { proposalHref } from '../proposals/addresses.ts';
import { draftsHref } from './addresses.ts';
import { changeViews, pieceWords, plainWords, type ChangeView } from './change-words.ts';
import { CHOICES } from './draft-body.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/merge': {
      title: string;
      intro: string;
      theirsTitle: string;
      changes: ChangeView[];
      conflicts: { name: string; legend: string; sides: SideView[] }[];
      hidden: { name: string; value: string }[];
      action: string;
      backHref: string;
    };
  }
}

/** What two people wrote, put side by side. */
export interface MergeFacts {
  form: DraftForm;
  base: ProposalDraft;
  theirs: ProposalDraft;
  merge: Merge;
}

interface SideView {
  value: Side;
  label: string;
  words: string;
  lang: string;
  dir: string;
  chosen: boolean;
}

/** What somebody else kept meanwhile, and the choices where both changed the same thing. */
export function mergePage(
  language: Language,
  proposal: SeenProposal,
  survey: WordedVersion | undefined,
  { form, base, theirs, merge }: MergeFacts,
): Views['studio/drafts/merge'] {
  const name = apart(theirs.writtenByName);
  const written = theirs.language;
  const fields = Object.entries(fieldsOf(form)).flatMap(([field, values]) =>
    values.map((value) => ({ name: field, value })),
  );
  return {
    title: language.words.drafts.mergeTitle,
    intro: language.say('drafts', 'mergeIntro', { name }),
    theirsTitle: language.say('drafts', 'mergeTheirs', { name }),
    changes: changeViews(language, changesOfDraft(base, theirs), { survey, written }),
    conflicts: merge.conflicts.slice(0, CHOICES.length).map((conflict, index) => ({
      name: CHOICES[index] ?? '',
      legend: legendOf(language, conflict, written),
      sides: sidesOf(language, conflict, survey, written, theirs.writtenByName),
    })),
    hidden: [
      ...fields,
      { name: 'based-on', value: String(base.number) },
      { name: 'theirs', value: String(theirs.number) },
    ],
    action: `${draftsHref(proposal.id)}/merges`,
    backHref: proposalHref(proposal.id),
  };
}

function legendOf(language: Language, { kind, part, language: of, name }: Conflict, written: string): string {
  const { drafts } = language.words;
  if (kind === 'words') return pieceWords(language, part, of, written);
  if (kind === 'plain') return drafts[`field-${part as PlainField}`];
  if (kind === 'order') return drafts.order;
  return drafts[name.startsWith('row:') ? 'piece-row' : 'piece-option'];
}

function sidesOf(
  language: Language,
  conflict: Conflict,
  survey: WordedVersion | undefined,
  written: string,
  other: string,
): SideView[] {
  const { drafts } = language.words;
  const lang = conflict.kind === 'words' ? conflict.language : conflict.kind === 'plain' ? language.code : written;
  const side = (value: Side, label: string): SideView => ({
    value,
    label,
    words: valueWords(language, conflict, conflict[value], survey, written),
    lang,
    dir: directionOf(lang),
    chosen: value === 'mine',
  });
  return [side('mine', drafts.mergeMine), side('theirs', language.say('drafts', 'mergeOther', { name: apart(other) }))];
}

/** A value of one side in words. */
function valueWords(
  language: Language,
  { kind, part }: Conflict,
  value: unknown,
  survey: WordedVersion | undefined,
  written: string,
): string {
  const { drafts } = language.words;
  if (kind === 'plain') return plainWords(language, part as PlainField, value, survey);
  if (kind === 'order') return (value as string[]).join(', ');
  if (kind === 'words') return String(value) || drafts.mergeNothing;
  if (value === undefined) return drafts.mergeGone;
  const line = value as { words?: Record<string, string> } & Partial<LineShape>;
  return line.words?.[written] ?? [line.from, line.to, line.symbol].filter(Boolean).join(' ');
}
