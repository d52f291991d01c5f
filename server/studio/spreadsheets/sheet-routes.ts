import type { JudgedDraft } from './judged-drafts.ts';
import type { SheetDraft } from './sheet-drafts.ts';

/* New questions of one spreadsheet that lead to each other. Each gets an id of its own, and routes follow it. */

/** A ticked draft whose leading question neither is ticked nor has a draft: both in words. */
export interface Led {
  item: string;
  question: string;
}

export interface SheetRoutes {
  led: Led[];
  /** The ids that new questions of the spreadsheet have as proposals, by their ids in it. */
  ids: Map<string, string>;
}

/** @param waiting the drafts that are to be made */
export function routesOf(
  {
    drafts,
    draftOf,
  }: { drafts: readonly JudgedDraft[]; draftOf: (draft: JudgedDraft) => { item: { id: string } } | undefined },
  waiting: readonly JudgedDraft[],
): SheetRoutes {
  const added = drafts.filter(({ purpose }) => purpose === 'new');
  const there = added.flatMap((draft): [string, string][] => {
    const proposal = draftOf(draft);
    return proposal ? [[draft.content.item.id, proposal.item.id]] : [];
  });
  const ids = new Map(there);
  const led = waiting.flatMap((draft): Led[] => {
    const question = added.find(({ content }) => content.item.id === draft.leadsFrom);
    if (!question || waiting.includes(question) || ids.has(draft.leadsFrom)) return [];
    return [{ item: wordsOf(draft), question: wordsOf(question) }];
  });
  return { led, ids };
}

const wordsOf = ({ content: { texts, language, item } }: SheetDraft) => texts[language]?.text ?? item.id;

/** The draft with its route under the id that the question got; undefined where that question did not become a proposal. */
export function withRoute(draft: JudgedDraft, ids: ReadonlyMap<string, string>): SheetDraft | undefined {
  const { item } = draft.content;
  if (draft.leadsFrom === '' || !item.when) return draft;
  const question = ids.get(draft.leadsFrom);
  if (question === undefined) return undefined;
  return { ...draft, content: { ...draft.content, item: { ...item, when: { ...item.when, question } } } };
}
