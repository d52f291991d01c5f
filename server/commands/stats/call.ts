import { Type, type Static, type TSchema } from 'typebox';

/* What a call of `npm run stats` is: the shape of its arguments and how it is answered. */

export interface Call {
  /** The shape that its arguments have, by which they are checked before it is answered. */
  args: TSchema;
  answer: (args: unknown) => object | Promise<object>;
}

/** Keeps shape and answer of a call together, so that the compiler holds one against the other. */
export function call<Shape extends TSchema>(
  args: Shape,
  answer: (args: Static<Shape>) => object | Promise<object>,
): Call {
  return { args, answer: (checked) => answer(checked as Static<Shape>) };
}

/** Arguments by name and no others, so that a misspelt one is not passed over. */
export const closed = { additionalProperties: false };

export const Numbers = Type.Array(Type.Number());
export const Level = Type.Optional(Type.Number());
export const Labels = Type.Array(Type.Union([Type.String(), Type.Number()]));
export const Positions = Type.Array(Type.Integer({ minimum: 0 }));

/** How a sample was drawn, as far as it is known. */
export const drawn = {
  strata: Type.Optional(Labels),
  psu: Type.Optional(Labels),
  populationPsus: Type.Optional(Numbers),
};

/** The same in the words of the statistics. */
export function designOf(
  weights: readonly number[],
  args: { strata?: (string | number)[]; psu?: (string | number)[]; populationPsus?: number[] },
) {
  return { weights, strata: args.strata, primaryUnits: args.psu, populationUnits: args.populationPsus };
}
