import { CODE_ALPHABET } from '../../core/fieldwork/code.ts';
import type { Random } from '../../core/seeded-random.ts';

/* How a code is typed wrongly: the slips that are made most, in about the shares in which they are made. */

type Slip = (code: string, random: Random) => string;

const wrongCharacter: Slip = (code, random) => {
  const place = random.below(code.length);
  const others = [...CODE_ALPHABET].filter((character) => character !== code[place]);
  return code.slice(0, place) + others[random.below(others.length)]! + code.slice(place + 1);
};

const exchanged: Slip = (code, random) => {
  const place = random.below(code.length - 1);
  return code.slice(0, place) + code[place + 1]! + code[place]! + code.slice(place + 2);
};

const leftOut: Slip = (code, random) => {
  const place = random.below(code.length);
  return code.slice(0, place) + code.slice(place + 1);
};

const twice: Slip = (code, random) => {
  const place = random.below(code.length);
  return code.slice(0, place) + code[place]! + code.slice(place);
};

/** Two slips in one code: these alone can end in a code that is well formed. */
const twoWrong: Slip = (code, random) => wrongCharacter(wrongCharacter(code, random), random);

const SLIPS: { slip: Slip; weight: number }[] = [
  { slip: wrongCharacter, weight: 0.6 },
  { slip: exchanged, weight: 0.12 },
  { slip: leftOut, weight: 0.1 },
  { slip: twice, weight: 0.06 },
  { slip: twoWrong, weight: 0.12 },
];

/** A code as somebody types it who makes a mistake; now and then, where two of a kind stand side by side, it is right. */
export function mistyped(code: string, random: Random): string {
  const { slip } = SLIPS[random.weighted(SLIPS.map(({ weight }) => weight))]!;
  return slip(code, random);
}
