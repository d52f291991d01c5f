import { checkRefusal } from '../../core/drafts/progress.ts';
import {
  LEGAL_BASES,
  SENSITIVITIES,
  SPECIAL_CONDITIONS,
  type EthicsFault,
  type EthicsForm,
} from '../../core/drafts/ethics-check.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import type { Choice, WordsField } from '../words.ts';
import { proposalHref } from './addresses.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** The form of the ethics check; without an address for whoever may not check now. */
export interface CheckView {
  href: string;
  number: number;
  groups: { id: string; name: string; legend: string; fault: string; choices: Choice[] }[];
  fields: WordsField[];
}

export const NO_CHECK: EthicsForm = {
  outcome: undefined,
  reason: '',
  legalBasis: undefined,
  specialCondition: undefined,
  sensitivity: undefined,
  support: '',
  outsideAdvice: '',
};

/** Ids of its fields on the page, where other forms stand beside it. */
const idOf = (field: EthicsFault['field']) => `check-${field}`;

export function checkFaults({ words: { studio, proposals } }: Language, faults: readonly EthicsFault[]): FieldFault[] {
  return faults.map(({ field, code }) => ({
    field: idOf(field),
    message:
      code === 'reason-missing' || code === 'reason-too-long' ? studio[`fault-${code}`] : proposals[`fault-${code}`],
  }));
}

export function checkView(
  language: Language,
  person: SignedIn,
  proposal: SeenProposal,
  { form, faults }: { form: EthicsForm; faults: readonly FieldFault[] },
): CheckView {
  const { proposals: words } = language.words;
  const fault = (id: string) => faults.find((one) => one.field === id)?.message ?? '';
  const group = <Value extends string>(
    field: EthicsFault['field'],
    legend: string,
    values: readonly Value[],
    label: (value: Value) => string,
    chosen: string | undefined,
  ) => ({
    id: idOf(field),
    name: field,
    legend,
    fault: fault(idOf(field)),
    choices: values.map((value) => ({ value, words: label(value), lang: language.code, chosen: value === chosen })),
  });
  const field = (name: 'reason' | 'support' | 'outsideAdvice', label: string, hint: string) =>
    wordsField(idOf(name), label, { name, hint, value: form[name], fault: fault(idOf(name)), long: true });
  const mayCheck = person.roles.includes('approver') && !checkRefusal(proposal, person.accountId);
  return {
    href: mayCheck ? `${proposalHref(proposal.id)}/checks` : '',
    number: proposal.number,
    groups: [
      group(
        'outcome',
        words.checkOutcome,
        ['approved', 'changes-asked'] as const,
        (one) => words[`checkOutcome-${one}`],
        form.outcome,
      ),
      group('legalBasis', words.legalBasis, LEGAL_BASES, (one) => words[`legalBasis-${one}`], form.legalBasis),
      group(
        'specialCondition',
        words.specialCondition,
        SPECIAL_CONDITIONS,
        (one) => words[`specialCondition-${one}`],
        form.specialCondition,
      ),
      group('sensitivity', words.sensitivity, SENSITIVITIES, (one) => words[`sensitivity-${one}`], form.sensitivity),
    ],
    fields: [
      field('reason', words.checkReason, words.checkReasonHint),
      field('support', words.support, words.supportHint),
      field('outsideAdvice', words.outsideAdvice, words.outsideAdviceHint),
    ],
  };
}
