import { coachQuestion } from '../core/coach/coach.ts';
import { COACH_LEVELS, type CoachLevel } from '../core/coach/draft.ts';
import { draftOfItem } from '../core/coach/item-draft.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { levelsOfStages, type Stage } from '../core/survey/stage.ts';
import type { ItemText } from '../core/survey/text.ts';
import { findingInWords, limitInWords } from '../web/coach-words.ts';
import type { Language } from '../web/language.ts';

/** What the coach says of a question at one level, in words. */
export interface Advice {
  level: string;
  findings: { severity: string; words: string }[];
  /** How far the coach can judge, where it cannot in full. */
  limits: string[];
}

/** @param written the language of the words, which may be another one than that of the page */
export function adviceOn(
  language: Language,
  item: SurveyItem,
  text: ItemText,
  written: string,
  levels: readonly CoachLevel[] = COACH_LEVELS,
): Advice[] {
  const { questions } = language.words;
  return levels.map((level) => {
    const { findings, limits } = coachQuestion(draftOfItem(item, text, { level, language: written }));
    return {
      level: questions[`level-${level}`],
      findings: findings.map((finding) => ({
        severity: questions[`coachSeverity-${finding.severity}`],
        words: findingInWords(language, finding),
      })),
      limits: limits.map((limit) => limitInWords(language, limit)),
    };
  });
}

/** The levels of the stages that a survey asks; grown-ups have none that the coach knows. */
export function coachLevelsOf(stages: readonly Stage[]): CoachLevel[] {
  const levels = levelsOfStages(stages);
  return COACH_LEVELS.filter((level) => levels.includes(level));
}
