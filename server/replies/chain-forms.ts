import { LINE_LENGTH, TEXT_LENGTH, type LoopFault } from '../core/loop/fields.ts';
import type { ActionWords } from '../core/loop/action.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';
import { faultOf, faultWords, type TextField } from './fields.ts';

export interface ActionFormView {
  href: string;
  faults: FieldFault[];
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
