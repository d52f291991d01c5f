import { contentOf } from '../../core/drafts/draft-of-form.ts';
import type { FormFault } from '../../core/drafts/form-fault.ts';
import { formOf } from '../../core/drafts/form-of-draft.ts';
import { putDraft } from '../../core/drafts/put-draft.ts';
import type { SurveyDefinition, SurveyItem } from '../../core/survey/definition.ts';
import type { DraftDesk } from '../drafts/draft-desk.ts';
import type { WordedVersion } from '../words.ts';
import { placeOf, type SheetDraft } from './sheet-drafts.ts';

/** A draft of a spreadsheet with what keeps it from becoming one; empty when it can. */
export interface JudgedDraft extends SheetDraft {
  faults: FormFault[];
  /** The new question of the same spreadsheet that leads to it; empty where none does. */
  leadsFrom: string;
}

/** The reason is asked for once for all drafts and judged there; nothing else hangs on it. */
const REASON_ASKED_LATER = '-';

/**
 * Holds each draft against what the form of a draft demands. New questions count as asked for those after them, so that one
 * may lead to another.
 * @param inSheet all items of the spreadsheet in its order
 */
export function judgeDrafts(
  desk: DraftDesk,
  drafts: readonly SheetDraft[],
  inSheet: readonly SurveyItem[],
  worded: WordedVersion,
): JudgedDraft[] {
  const { items } = worded.version.definition;
  const added = new Set(drafts.filter(({ purpose }) => purpose === 'new').map(({ content }) => content.item.id));
  let definition = worded.version.definition;
  return drafts.map((draft): JudgedDraft => {
    const { item } = draft.content;
    const question = item.when?.question ?? '';
    const leadsFrom = draft.purpose !== 'withdrawal' && added.has(question) ? question : '';
    // What is taken out is as the survey has it: there is nothing in it to judge.
    if (draft.purpose === 'withdrawal') return { ...draft, faults: [], leadsFrom };
    const before = draft.purpose === 'change' ? items.find(({ id }) => id === item.id) : undefined;
    const after = draft.purpose === 'new' ? { after: placeOf(item.id, inSheet, definition.items) } : {};
    const form = formOf({ ...draft.content, ...after, whyAsk: REASON_ASKED_LATER }, worded.version.surveyId);
    const surveys = [withDefinition(worded, definition)];
    const found = desk.faults({ surveys, before, itemId: item.id }, form);
    if (found.length > 0) return { ...draft, faults: found, leadsFrom };
    // As the form keeps it, with tidy words; the reason is put in when the draft is made.
    const content = contentOf(form, item.id, before);
    if (draft.purpose === 'new') definition = putDraft(definition, 'new', content);
    return { ...draft, content: { ...content, ...placeGiven(draft) }, faults: [], leadsFrom };
  });
}

function withDefinition(worded: WordedVersion, definition: SurveyDefinition): WordedVersion {
  return { ...worded, version: { ...worded.version, definition } };
}

/** The place in the survey as it is asked now. */
function placeGiven({ content: { after } }: SheetDraft): { after?: string | null } {
  return after === undefined ? {} : { after };
}
