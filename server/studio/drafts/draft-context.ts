import type { DraftForm } from '../../core/drafts/draft-form.ts';
import type { FormFault } from '../../core/drafts/form-fault.ts';
import type { SurveyDefinition, SurveyItem } from '../../core/survey/definition.ts';
import { LEVELS, levelsOfStages, type Level } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import type { ProposalIdea } from '../boards/proposal-ideas.ts';
import type { WordedVersion } from '../words.ts';
import { textFor } from '../words.ts';

/** What a page with the form of a draft knows besides the form: where it goes, and what it is for. */
export interface DraftContext {
  /** The surveys to choose from; the one that a draft is for where that is settled. */
  surveys: readonly WordedVersion[];
  isSettled: boolean;
  /** The item that is changed; undefined for a new one. */
  before: SurveyItem | undefined;
  /** The id that the item has already; undefined for one that nobody has proposed yet. */
  itemId: string | undefined;
  idea: ProposalIdea | null;
  /** A proposal that does the same already; empty where there is none to read. */
  underWayHref: string;
  action: string;
  backHref: string;
  /** What the link back says. */
  back: string;
  title: string;
  intro: string;
  send: string;
  /** Fields that the form carries besides its own. */
  carried: Readonly<Record<string, string>>;
}

/** What a form shows: what was typed, what is wrong with it, and how its preview is read. */
export interface DraftState {
  form: DraftForm;
  faults: readonly FormFault[];
  look: PreviewLook;
}

/** The level and language that somebody looks at the question in; empty for the first that there is. */
export interface PreviewLook {
  level: string;
  language: string;
}

/** Where nobody has asked for a level and a language. */
export const NO_LOOK: PreviewLook = { level: '', language: '' };

/** The survey that a form is for, with its words. */
export function surveyOf({ surveys }: Pick<DraftContext, 'surveys'>, form: DraftForm): WordedVersion | undefined {
  return surveys.find(({ version }) => version.surveyId === form.survey);
}

/** The levels at which a survey is read; all of those of pupils while nobody has chosen one. */
export function levelsOf(survey: SurveyDefinition | undefined): Level[] {
  if (!survey) return LEVELS.filter((level) => level !== 'adult');
  return levelsOfStages(survey.stages);
}

/** What an item, indicator or scale of a survey is called. */
export function nameIn(language: Language, survey: WordedVersion | undefined, id: string): string {
  const text = survey && textFor(language, survey.texts);
  return text?.items[id]?.text ?? text?.indicators[id]?.name ?? text?.derived?.[id]?.text ?? id;
}
