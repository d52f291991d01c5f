/*
 * How the questions that ship with Heard are answered in the demonstration: invented shares of a pupil in
 * the middle of the model, by option. They come from no real survey. Questions that are not here get
 * shares derived from their own id.
 */
export interface StatedQuestion {
  /** By option code. Of a choice they add up to about 1; of tick-all each stands alone. */
  shares: Readonly<Record<string, number>>;
  /** Shares of those whose sex the school recorded so, where it makes all the difference. */
  bySex?: Readonly<Record<'female' | 'male', Readonly<Record<string, number>>>>;
  /** Ticks of this question name troubles: they are more where life is harder. */
  troubles?: true;
}

const HOW_OFTEN = { always: 0.42, mostly: 0.37, sometimes: 0.16, never: 0.05 };
const SMILES = {
  'not-so-happy': 0.05,
  'a-little-happy': 0.1,
  happy: 0.29,
  'very-happy': 0.31,
  'as-happy-as-can-be': 0.25,
};

export const STATED: Readonly<Record<string, StatedQuestion>> = {
  'feel-place': { shares: SMILES },
  'feel-school': { shares: { ...SMILES, 'not-so-happy': 0.09, 'a-little-happy': 0.16, 'as-happy-as-can-be': 0.15 } },
  'feel-safe': { shares: { always: 0.47, mostly: 0.36, sometimes: 0.13, never: 0.04 } },
  'listened-to-school': { shares: { always: 0.3, mostly: 0.36, sometimes: 0.26, never: 0.08 } },
  'listened-to-home': { shares: HOW_OFTEN },
  'friend-count-on': { shares: { 'more-than-one': 0.71, one: 0.2, no: 0.09 } },
  'things-going': {
    shares: {
      0: 0.01,
      1: 0.01,
      2: 0.02,
      3: 0.04,
      4: 0.06,
      5: 0.12,
      6: 0.12,
      7: 0.19,
      8: 0.21,
      9: 0.13,
      10: 0.09,
    },
  },
  sleep: { shares: { 'very-well': 0.28, well: 0.41, 'not-so-well': 0.23, badly: 0.08 } },
  club: { shares: { 'every-week': 0.54, sometimes: 0.2, no: 0.26 } },
  'club-barriers': { shares: { cost: 0.3, travel: 0.27, choice: 0.38, shy: 0.26, none: 0.17 }, troubles: true },
  'talk-to': { shares: { carer: 0.72, friend: 0.55, 'school-adult': 0.34, 'other-adult': 0.3, nobody: 0.06 } },
  'next-step': { shares: { 'more-than-one': 0.48, one: 0.33, no: 0.19 } },
  bullied: { shares: { no: 0.79, once: 0.12, 'more-than-once': 0.09 } },
  caring: { shares: { no: 0.8, sometimes: 0.13, 'most-days': 0.07 } },
  gender: {
    shares: { girl: 0.48, boy: 0.49, 'in-another-way': 0.03 },
    bySex: {
      female: { girl: 0.955, boy: 0.01, 'in-another-way': 0.035 },
      male: { girl: 0.01, boy: 0.965, 'in-another-way': 0.025 },
    },
  },
  'reply-heard': { shares: { 'a-lot': 0.07, 'a-little': 0.31, 'nothing-yet': 0.62 } },
  'reply-meant': { shares: { yes: 0.48, partly: 0.3, no: 0.12, 'not-seen': 0.1 } },
  'reply-easy': { shares: { yes: 0.6, partly: 0.25, no: 0.06, 'not-seen': 0.09 } },
  'reply-why': { shares: { yes: 0.52, partly: 0.28, no: 0.1, 'not-seen': 0.1 } },
  'reply-soon': { shares: { 'soon-enough': 0.33, 'a-bit-late': 0.44, 'much-too-late': 0.23 } },
  'listened-to': { shares: { yes: 0.41, partly: 0.42, no: 0.17 } },
  'taken-seriously': { shares: { very: 0.18, quite: 0.37, 'a-little': 0.33, 'not-at-all': 0.12 } },
  'change-seen': { shares: { 'a-lot': 0.08, 'a-little': 0.3, 'not-yet': 0.62 } },
  'feel-good': { shares: { friends: 0.68, home: 0.57, active: 0.55, creative: 0.43, none: 0.04 } },
};
