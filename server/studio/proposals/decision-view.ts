import { decisionRefusal } from '../../core/drafts/progress.ts';
import { countStances, STANCES, type Stance } from '../../core/drafts/support.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import type { Choice, WordsField } from '../words.ts';
import { proposalHref } from './addresses.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** What the forum thinks of a draft, and what it decides. */
export interface DecisionView {
  /** How many have said what they think; empty while the question is not the forum's to decide. */
  counted: string;
  /** Where a member says it; empty for whoever has no say. */
  stanceHref: string;
  stances: Choice[];
  /** Where a youth worker records the decision; empty for everybody else. */
  decideHref: string;
  outcomes: Choice[];
  places: Choice[];
  figures: WordsField[];
  reason: WordsField;
  faults: Record<'stance' | 'outcome' | 'counted', string>;
  number: number;
}

/** The form of a decision as it arrived; numbers are text. */
export interface DecisionForm {
  outcome: string;
  counted: string;
  inFavour: string;
  against: string;
  unsure: string;
  reason: string;
}

export const NO_DECISION: DecisionForm = {
  outcome: '',
  counted: '',
  inFavour: '',
  against: '',
  unsure: '',
  reason: '',
};

export function decisionView(
  language: Language,
  person: SignedIn,
  proposal: SeenProposal,
  facts: {
    stances: ReadonlyMap<string, Stance>;
    hasSay: boolean;
    isItsWorker: boolean;
    form: DecisionForm;
    faults: readonly FieldFault[];
  },
): DecisionView {
  const { proposals: words } = language.words;
  const { form, faults, stances } = facts;
  const isOpen = proposal.state === 'proposed' && !proposal.isKeptBack;
  const fault = (field: string) => faults.find((one) => one.field === field)?.message ?? '';
  const choice = (value: string, label: string, chosen: string): Choice => ({
    value,
    words: label,
    lang: language.code,
    chosen: value === chosen,
  });
  const count = countStances([...stances.values()]);
  const href = proposalHref(proposal.id);
  const mayDecide =
    isOpen &&
    person.roles.includes('youth-worker') &&
    facts.isItsWorker &&
    !decisionRefusal(proposal, person.accountId);
  const own = stances.get(person.accountId) ?? '';
  return {
    counted: isOpen ? language.say('proposals', 'supportCount', { count: stances.size, ...count }) : '',
    stanceHref: isOpen && facts.hasSay ? `${href}/stances` : '',
    stances: STANCES.map((stance) => choice(stance, words[`stance-${stance}`], own)),
    decideHref: mayDecide ? `${href}/decisions` : '',
    outcomes: (['agreed', 'not-agreed'] as const).map((one) => choice(one, words[`outcome-${one}`], form.outcome)),
    places: (['here', 'in-the-room'] as const).map((one) => choice(one, words[`counted-${one}-choice`], form.counted)),
    figures: (['inFavour', 'against', 'unsure'] as const).map((field) =>
      wordsField(field, words[field], { value: form[field], fault: fault(field), dir: 'ltr' }),
    ),
    reason: wordsField('decision-reason', words.decisionReason, {
      name: 'reason',
      hint: words.decisionReasonHint,
      value: form.reason,
      fault: fault('decision-reason'),
      long: true,
    }),
    faults: { stance: fault('stance'), outcome: fault('outcome'), counted: fault('counted') },
    number: proposal.number,
  };
}
