import { Type, type Static } from 'typebox';
import { ASPECTS, STANDINGS, type Aspect, type AspectAnswer, type Check } from '../../core/loop/engagement/check.ts';
import { tidy, Typed } from '../shapes.ts';
import { BasedOn } from './access.ts';

/* The form of the guided check: its shape, and what was typed as a check. */

export const checkField = (aspect: Aspect, field: keyof AspectAnswer) => `${aspect}-${field}` as const;

const standing = Type.Optional(Type.Enum(['', ...STANDINGS]));
const fields = Object.fromEntries(
  ASPECTS.flatMap((aspect) => [
    [checkField(aspect, 'standing'), standing],
    [checkField(aspect, 'evidence'), Typed],
    [checkField(aspect, 'nextStep'), Typed],
  ]),
) as Record<`${Aspect}-standing`, typeof standing> & Record<`${Aspect}-${'evidence' | 'nextStep'}`, typeof Typed>;

export const CheckForm = Type.Object(
  { ...fields, confirmed: Type.Optional(Type.String({ maxLength: 64 })), basedOn: BasedOn },
  { additionalProperties: false },
);

export function readCheck(form: Static<typeof CheckForm>): Check {
  const answers = ASPECTS.map((aspect): [Aspect, AspectAnswer] => [
    aspect,
    {
      standing: form[`${aspect}-standing`] ?? '',
      evidence: tidy(form[`${aspect}-evidence`]),
      nextStep: tidy(form[`${aspect}-nextStep`]),
    },
  ]);
  return Object.fromEntries(answers) as Check;
}

/** All that is written freely in a check, to be looked through for names. */
export function checkTexts(check: Check): string[] {
  return ASPECTS.flatMap((aspect) => [check[aspect].evidence, check[aspect].nextStep]);
}
