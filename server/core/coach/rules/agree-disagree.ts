import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { anyOf } from '../phrases.ts';

/** Answers that agree or disagree, in any variant: one can ask the thing itself. To agree to something is another thing. */
export function agreeDisagree({ lists, text, options }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  if (anyOf(lists.notAgreement).test(text)) return 'kept';
  const agreement = anyOf(lists.agreement);
  const agreeing = options.filter((option) => agreement.test(option));
  if (agreeing.length >= 2) return { reason: { why: 'agree-disagree', values: {} } };
  if (anyOf(lists.agreeInText).test(text)) return { reason: { why: 'agree-in-text', values: {} } };
  return 'kept';
}
