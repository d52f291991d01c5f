import { LONGEST, reasonFault, tidy } from '../survey/proposal.ts';

/*
 * The ethics check: what an adult who had no hand in a question says before it is asked of children. What is asked
 * here follows the United Kingdom's data protection law (UK GDPR, articles 6 and 9) and the ethics guidance of
 * Ethical Research Involving Children (ERIC, Childwatch International and UNICEF, 2013).
 */

/** What allows an authority to ask at all: article 6(1) of the UK GDPR. */
export const LEGAL_BASES = ['public-task', 'legal-obligation', 'consent'] as const;
/** What allows asking about health, faith, origin or sexuality: article 9(2); none where a question is about none of them. */
export const SPECIAL_CONDITIONS = [
  'none',
  'substantial-public-interest',
  'health-or-social-care',
  'statistics',
] as const;
export const SENSITIVITIES = ['low', 'some', 'high'] as const;

export interface EthicsFacts {
  legalBasis: (typeof LEGAL_BASES)[number];
  specialCondition: (typeof SPECIAL_CONDITIONS)[number];
  sensitivity: (typeof SENSITIVITIES)[number];
  /** Where help is for whoever is upset by it: lines, or links; empty for a question of low sensitivity. */
  support: string;
  /** Whose advice from outside was asked, by role, and what it was. */
  outsideAdvice: string;
}

/** The form as it arrives; what was not chosen is undefined. */
export interface EthicsForm {
  outcome: 'approved' | 'changes-asked' | undefined;
  reason: string;
  legalBasis: EthicsFacts['legalBasis'] | undefined;
  specialCondition: EthicsFacts['specialCondition'] | undefined;
  sensitivity: EthicsFacts['sensitivity'] | undefined;
  support: string;
  outsideAdvice: string;
}

export interface EthicsFault {
  field: 'outcome' | 'reason' | 'legalBasis' | 'specialCondition' | 'sensitivity' | 'support' | 'outsideAdvice';
  code:
    | 'outcome-missing'
    | 'reason-missing'
    | 'reason-too-long'
    | 'choice-missing'
    | 'support-missing'
    | 'advice-missing'
    | 'words-too-long';
}

/** Everything that keeps a check from being recorded, in the order of the form. Who asks for changes needs only say which. */
export function ethicsFaults(form: EthicsForm): EthicsFault[] {
  const faults: EthicsFault[] = [];
  if (form.outcome === undefined) faults.push({ field: 'outcome', code: 'outcome-missing' });
  const reason = reasonFault(form.reason);
  if (reason) faults.push({ field: 'reason', code: reason });
  if (form.outcome === 'approved') faults.push(...factFaults(form));
  for (const field of ['support', 'outsideAdvice'] as const) {
    if ([...tidy(form[field])].length > LONGEST.reason) faults.push({ field, code: 'words-too-long' });
  }
  return faults;
}

function factFaults(form: EthicsForm): EthicsFault[] {
  const faults: EthicsFault[] = [];
  for (const field of ['legalBasis', 'specialCondition', 'sensitivity'] as const) {
    if (form[field] === undefined) faults.push({ field, code: 'choice-missing' });
  }
  const isSensitive = form.sensitivity === 'some' || form.sensitivity === 'high';
  if (isSensitive && tidy(form.support) === '') faults.push({ field: 'support', code: 'support-missing' });
  if (form.sensitivity === 'high' && tidy(form.outsideAdvice) === '')
    faults.push({ field: 'outsideAdvice', code: 'advice-missing' });
  return faults;
}

/** What is kept of a form without faults; null where changes are asked for before anything could be judged. */
export function ethicsFactsOf({ legalBasis, specialCondition, sensitivity, ...form }: EthicsForm): EthicsFacts | null {
  if (!legalBasis || !specialCondition || !sensitivity) return null;
  return {
    legalBasis,
    specialCondition,
    sensitivity,
    support: tidy(form.support),
    outsideAdvice: tidy(form.outsideAdvice),
  };
}
