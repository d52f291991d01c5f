import {
  COACH_RULES,
  type CoachRule,
  type Coaching,
  type DraftQuestion,
  type Finding,
  type Limit,
  type Verdict,
} from './draft.ts';
import { SEVERITY } from './limits.ts';
import { isJudgedInFull } from './lists.ts';
import { lookAt, type LookedAt } from './looked-at.ts';
import { abstractWord } from './rules/abstract-word.ts';
import { agreeDisagree } from './rules/agree-disagree.ts';
import { doubleBarrelled } from './rules/double-barrelled.ts';
import { familyAssumed } from './rules/family-assumed.ts';
import { gridTooBig } from './rules/grid-too-big.ts';
import { leading } from './rules/leading.ts';
import { negative } from './rules/negative.ts';
import { overlappingOptions } from './rules/overlapping-options.ts';
import { presumes } from './rules/presumes.ts';
import { readingAge } from './rules/reading-age.ts';
import { recallTooLong } from './rules/recall-too-long.ts';
import { sensitiveTooEarly } from './rules/sensitive-too-early.ts';
import { tooLong } from './rules/too-long.ts';
import { tooManyOptions } from './rules/too-many-options.ts';
import { unbalancedOptions } from './rules/unbalanced-options.ts';
import { unlabelledOptions } from './rules/unlabelled-options.ts';

/*
 * The question coach: what is hard about a draft at the level it is meant for, and why. It gives keys and values,
 * whose words are in locales/<language>/coach.json (web/coach-words.ts puts them together); it never rewrites.
 */

export { coachSurvey } from './survey.ts';

const RULES: Record<CoachRule, (looked: LookedAt) => Verdict> = {
  'too-long': tooLong,
  'reading-age': readingAge,
  'double-barrelled': doubleBarrelled,
  negative,
  leading,
  'agree-disagree': agreeDisagree,
  'too-many-options': tooManyOptions,
  'unlabelled-options': unlabelledOptions,
  'unbalanced-options': unbalancedOptions,
  'overlapping-options': overlappingOptions,
  'recall-too-long': recallTooLong,
  'grid-too-big': gridTooBig,
  'sensitive-too-early': sensitiveTooEarly,
  'family-assumed': familyAssumed,
  'abstract-word': abstractWord,
  presumes,
};

/** What the coach says of one draft, in the order of the rules. The same draft always gets the same answer. */
export function coachQuestion(draft: DraftQuestion): Coaching {
  const looked = lookAt(draft);
  const findings: Finding[] = [];
  const notJudged: CoachRule[] = [];
  for (const rule of COACH_RULES) {
    const verdict = RULES[rule](looked);
    if (typeof verdict === 'object') {
      findings.push({ rule, severity: verdict.severity ?? SEVERITY[rule][draft.level], reason: verdict.reason });
    } else if (verdict === 'not-judged' || !isJudgedInFull(rule, draft.language)) notJudged.push(rule);
  }
  return { findings, notJudged, limits: limitsOf(looked, notJudged) };
}

/** How far the judgement goes and why. */
function limitsOf({ lists, isEnglish, draft }: LookedAt, notJudged: readonly CoachRule[]): Limit[] {
  const limits: Limit[] = [];
  if (!lists) limits.push('counts-only');
  else if (!isEnglish) limits.push('part-of-language');
  if (isEnglish && notJudged.includes('sensitive-too-early')) limits.push('stage-not-given');
  if (draft.kind === 'ladder' && notJudged.includes('unlabelled-options')) limits.push('ends-not-given');
  return limits;
}
