import { ENGLISH } from './lists.ts';
import { anyOf, english } from './phrases.ts';

const SOFT = anyOf(ENGLISH.softDrinks);
/** "How often do you drink?", "when did you last drink with friends?": nothing is said to be drunk. */
const DRINKS = english(
  '(?:how (?:often|much|many)|when|where|why|who|whom|what) .{0,30}?you(?: and your \\p{L}+)? (?:\\p{L}+ ){0,2}?(?:drink|drank|drinking)(?=\\s*(?:[?.,]|$|at|with|on|in|during|each|every|per|a|when|after|to)(?!\\p{L}))|how many drinks',
);

/** Whether a question asks about drinking and means alcohol, since it names no other drink. */
export function drinksAlcohol(text: string): boolean {
  return DRINKS.test(text) && !SOFT.test(text);
}
