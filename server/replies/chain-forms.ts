import { LINE_LENGTH, TEXT_LENGTH, type LoopFault } from '../core/loop/fields.ts';
import { waitingReply } from '../core/loop/chain.ts';
import {
  DECISIONS,
  PART_LENGTHS,
  REPLY_PARTS,
  type Decision,
  type ReplyPart,
  type ReplyWords,
} from '../core/loop/reply.ts';
import type { ActionWords } from '../core/loop/action.ts';
import type { Action } from '../storage/actions.ts';
import type { Reply } from '../storage/replies.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';
import { faultOf, faultWords, type TextField } from './fields.ts';

export interface ActionFormView {
  href: string;
  faults: FieldFault[];
  fields: TextField[];
}

export interface ReplyFormView {
  href: string;
  heading: string;
  faults: FieldFault[];
  decisions: { value: Decision; words: string; checked: boolean }[];
  decisionFault: string;
  texts: { legend: string; fields: TextField[] }[];
  fields: TextField[];
}

/** The form for an action, with what was typed and what is wrong with it. */
export function actionForm(
  language: Language,
  findingHref: string,
  typed: { action?: ActionWords; faults: readonly LoopFault[] },
): ActionFormView {
  const words = language.words.replies;
  const labels = { task: words.task, lead: words.lead, dueOn: words.due };
  const faults = faultWords(language, typed.faults, labels, (field) => (field === 'task' ? TEXT_LENGTH : LINE_LENGTH));
  const field = fieldMaker(faults);
  return {
    href: `${findingHref}/actions`,
    faults,
    fields: [
      field('task', labels.task, words.taskHint, typed.action?.task ?? '', 'lines'),
      field('lead', labels.lead, words.roleHint, typed.action?.lead ?? '', 'line'),
      field('dueOn', labels.dueOn, words.dateHint, typed.action?.dueOn ?? '', 'date'),
    ],
  };
}

/** The form for a reply: what was typed, else the reply that waits, else empty but for the owner. */
export function replyForm(
  language: Language,
  action: Action & { replies: readonly Reply[] },
  typed: { reply?: ReplyWords; faults: readonly LoopFault[] },
): ReplyFormView {
  const words = language.words.replies;
  const waiting = waitingReply(action.replies);
  const blank: ReplyWords = { decision: undefined, owner: action.lead, nextUpdateOn: '', texts: {} };
  const reply = typed.reply ?? waiting ?? blank;
  const labels = replyLabels(language);
  const faults = faultWords(
    language,
    typed.faults,
    labels,
    (field) => PART_LENGTHS[field.split('-')[0] as ReplyPart] ?? LINE_LENGTH,
  );
  const field = fieldMaker(faults);
  return {
    href: `/replies/actions/${action.id}/replies`,
    heading: waiting ? words.changeReplyTitle : words.newReplyTitle,
    faults,
    decisions: DECISIONS.map((value) => ({
      value,
      words: words[`decision-${value}`],
      checked: value === reply.decision,
    })),
    decisionFault: faultOf(faults, 'decision'),
    texts: LANGUAGES.map(({ code, direction }) => ({
      legend: words[`language-${code}`],
      fields: REPLY_PARTS.map((part) => ({
        ...field(
          `${part}-${code}`,
          words[`part-${part}`],
          words[`hint-${part}`],
          reply.texts[code]?.[part] ?? '',
          part === 'title' ? 'line' : 'lines',
        ),
        lang: code,
        direction,
      })),
    })),
    fields: [
      field('owner', labels['owner'] ?? '', words.roleHint, reply.owner, 'line'),
      field('nextUpdateOn', labels['nextUpdateOn'] ?? '', words.nextUpdateHint, reply.nextUpdateOn, 'date'),
    ],
  };
}

/** What each field is called where it stands alone, in the summary of faults: "And why (Arabic)". */
function replyLabels(language: Language): Record<string, string> {
  const words = language.words.replies;
  const parts = LANGUAGES.flatMap(({ code }) =>
    REPLY_PARTS.map((part) => [`${part}-${code}`, `${words[`part-${part}`]} (${words[`language-${code}`]})`] as const),
  );
  return {
    decision: words.decision,
    owner: words.owner,
    nextUpdateOn: words.nextUpdate,
    ...Object.fromEntries(parts),
  };
}

function fieldMaker(faults: readonly FieldFault[]) {
  return (name: string, label: string, hint: string, value: string, kind: TextField['kind']): TextField => ({
    name,
    label,
    hint,
    value,
    kind,
    longest: String(kind === 'lines' ? TEXT_LENGTH : LINE_LENGTH),
    fault: faultOf(faults, name),
    lang: '',
    direction: kind === 'date' ? 'ltr' : 'auto',
  });
}
