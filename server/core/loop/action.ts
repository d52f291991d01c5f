import { faultsAmong, futureDateProblem, LINE_LENGTH, TEXT_LENGTH, textProblem, type LoopFault } from './fields.ts';

/** What is being done about a finding. The lead is a role, never a person's name. */
export interface ActionWords {
  task: string;
  lead: string;
  /** A civil date. */
  dueOn: string;
}

/** What an action still lacks on a day. */
export function actionFaults(action: ActionWords, today: string): LoopFault<keyof ActionWords>[] {
  return faultsAmong([
    ['task', textProblem(action.task, TEXT_LENGTH)],
    ['lead', textProblem(action.lead, LINE_LENGTH)],
    ['dueOn', futureDateProblem(action.dueOn, today)],
  ]);
}
