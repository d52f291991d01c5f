import { TEXT_LENGTH, textProblem, type FieldProblem } from '../fields.ts';

/*
 * The guided check of an entry: the seven National Standards for Community Engagement (Scotland, 2016) and the four parts of
 * the model of child participation by Laura Lundy (2007), which is about article 12 of the UNCRC. Each is answered apart. There
 * is no sum: seven standards half met are not the same as three and a half that are met.
 */

export const NATIONAL_STANDARDS = [
  'inclusion',
  'support',
  'planning',
  'working-together',
  'methods',
  'communication',
  'impact',
] as const;
export const LUNDY = ['space', 'voice', 'audience', 'influence'] as const;

/** What is asked about, in the order of the page. */
export const ASPECTS = [...NATIONAL_STANDARDS, ...LUNDY] as const;
export type Aspect = (typeof ASPECTS)[number];

export const STANDINGS = ['met', 'partly', 'not'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What somebody says of one; '' until somebody does. */
export interface AspectAnswer {
  standing: Standing | '';
  /** What shows it, in a sentence. */
  evidence: string;
  /** What will be done, where it is not met. */
  nextStep: string;
}

export type Check = Readonly<Record<Aspect, AspectAnswer>>;

export const NO_ANSWER: AspectAnswer = { standing: '', evidence: '', nextStep: '' };
export const EMPTY_CHECK = Object.fromEntries(ASPECTS.map((aspect) => [aspect, NO_ANSWER])) as Check;

/** Characters of each sentence. */
export const CHECK_LENGTH = 500;

export interface CheckFault {
  aspect: Aspect;
  field: 'standing' | 'evidence' | 'nextStep';
  problem: FieldProblem;
}

/** What is wrong with what was answered. What nobody has answered yet is no fault: a check may be kept unfinished. */
export function checkFaults(check: Check): CheckFault[] {
  return ASPECTS.flatMap((aspect) => answerFaults(aspect, check[aspect]));
}

function answerFaults(aspect: Aspect, { standing, evidence, nextStep }: AspectAnswer): CheckFault[] {
  const found: [CheckFault['field'], FieldProblem | undefined][] = [
    // Words without an answer would be in no summary.
    ['standing', standing === '' && (evidence !== '' || nextStep !== '') ? 'missing' : undefined],
    ['evidence', sentenceProblem(evidence, standing === 'met' || standing === 'partly')],
    ['nextStep', sentenceProblem(nextStep, standing === 'partly' || standing === 'not')],
  ];
  return found.flatMap(([field, problem]) => (problem ? [{ aspect, field, problem }] : []));
}

function sentenceProblem(text: string, isNeeded: boolean): FieldProblem | undefined {
  const problem = textProblem(text, Math.min(CHECK_LENGTH, TEXT_LENGTH));
  return problem === 'missing' && !isNeeded ? undefined : problem;
}

/** Those that nobody has answered, in the order of the page. */
export function unanswered(check: Check): Aspect[] {
  return ASPECTS.filter((aspect) => check[aspect].standing === '');
}
