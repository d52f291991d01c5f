import {
  CHECK_LENGTH,
  STANDINGS,
  unanswered,
  type Aspect,
  type Check,
  type CheckFault,
} from '../../core/loop/engagement/check.ts';
import type { EngagementEntry } from '../../storage/engagement.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { formField, type PlanFormField } from '../plan/form-fields.ts';
import { checkHref, entryHref } from './addresses.ts';
import { checkField } from './check-form.ts';
import { meanwhileLines, type Meanwhile } from './entry-form-page.ts';
import { aspectGroups } from './entry-page.ts';
import { answerText, aspectName, checkText, listed } from './entry-words.ts';
import { personalFaults, personalView, type PersonalView } from './personal.ts';

interface AspectForm {
  id: string;
  name: string;
  describe: string;
  question: string;
  fields: PlanFormField[];
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/check': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      href: string;
      backHref: string;
      basedOn: string;
      meanwhile: string[];
      personal: PersonalView | null;
      state: string;
      open: string;
      aspectGroups: { legend: string; aspects: AspectForm[] }[];
    };
  }
}

/** What was typed for a check. */
export interface TypedCheck {
  check: Check;
  basedOn: number;
  faults: readonly CheckFault[];
  personal: readonly string[];
  meanwhile?: Meanwhile<Aspect>;
}

export function checkPage(
  language: Language,
  { id, words }: Pick<EngagementEntry, 'id' | 'words'>,
  typed: TypedCheck,
): Views['replies/engagement/check'] {
  const { engagement } = language.words;
  const faults = typed.faults.map((fault) => faultWords(language, fault));
  const open = unanswered(typed.check).map((aspect) => aspectName(language, aspect));
  return {
    title: `${engagement.check}: ${isolated(language, words.title)}`,
    wide: true,
    faults: [...faults, ...personalFaults(language, typed.personal)],
    href: checkHref(id),
    backHref: entryHref(id),
    basedOn: String(typed.basedOn),
    meanwhile: typed.meanwhile
      ? meanwhileLines(language, typed.meanwhile, (aspect) => aspectName(language, aspect))
      : [],
    personal: personalView(language, typed.personal),
    state: checkText(language, typed.check),
    open: open.length === 0 ? '' : language.say('engagement', 'checkOpenParts', { parts: listed(language, open) }),
    aspectGroups: aspectGroups(language, (aspect) => aspectForm(language, aspect, typed.check, faults)),
  };
}

/** What both changed, as the other one has it. */
export function othersAnswers(
  language: Language,
  aspects: readonly Aspect[],
  theirs: Check,
): Meanwhile<Aspect>['both'] {
  return aspects.map((aspect) => ({ part: aspect, words: answerText(language, theirs[aspect]) }));
}

function aspectForm(language: Language, aspect: Aspect, check: Check, faults: readonly FieldFault[]): AspectForm {
  const { engagement } = language.words;
  const answer = check[aspect];
  const sentence = (name: 'evidence' | 'nextStep') =>
    formField(
      {
        name: checkField(aspect, name),
        label: engagement[name],
        hint: engagement[`hint-${name}`],
        kind: 'lines',
        value: answer[name],
        longest: String(CHECK_LENGTH),
      },
      faults,
    );
  const choices = (['', ...STANDINGS] as const).map((one) => ({
    value: one,
    words: engagement[`standing-${one === '' ? 'none' : one}`],
    chosen: one === answer.standing,
  }));
  const name = checkField(aspect, 'standing');
  return {
    id: aspect,
    name: aspectName(language, aspect),
    describe: engagement[`describe-${aspect}`],
    question: engagement[`question-${aspect}`],
    fields: [
      formField({ name, label: engagement.standing, kind: 'choice', choices }, faults),
      sentence('evidence'),
      sentence('nextStep'),
    ],
  };
}

function faultWords(language: Language, { aspect, field, problem }: CheckFault): FieldFault {
  const label = `${aspectName(language, aspect)}, ${language.words.engagement[field]}`;
  const values = { label, longest: language.number(CHECK_LENGTH) };
  return { field: checkField(aspect, field), message: language.say('engagement', `fault-${problem}`, values) };
}
