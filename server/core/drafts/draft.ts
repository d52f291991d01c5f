import type { SurveyItem } from '../survey/definition.ts';
import type { ItemText } from '../survey/text.ts';

/*
 * A draft: one state of a proposed change to a survey. What is proposed keeps all its drafts; the last one counts, and
 * whatever was decided about an earlier one does not hold for it.
 */

/** What a draft would do: add an item, put another wording or shape in the place of one, or take one out. */
export const PURPOSES = ['new', 'change', 'withdrawal'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The content of a draft, whose item is sound as an item (its schema holds); whether it fits its survey is asked apart. */
export interface DraftContent {
  /** For a withdrawal the item as it stands in the survey. */
  item: SurveyItem;
  /** The language that it was written in. */
  language: string;
  /** Its words by language, the one that it was written in among them; others may be missing or incomplete. */
  texts: Readonly<Record<string, ItemText>>;
  /** Why it should be asked, or taken out, in its own language. */
  whyAsk: string;
  /** The item that a new one comes after; null: it comes first; undefined: nobody has said. */
  after?: string | null;
}
