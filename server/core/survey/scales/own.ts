import type { SurveyScale } from '../scales.ts';

/*
 * Heard's own two scales of wellbeing, in reach of everybody because no licence covers them. No study has
 * validated them, so they have no bands and must not be read as a measure of anybody's health.
 * Two thirds of the items have to be answered.
 */

/** For younger pupils: six questions, three options each; from 6 to 18, higher is better. */
export const WELLBEING_YOUNGER: SurveyScale = {
  id: 'wellbeing-younger',
  items: [
    { question: 'wb-cheerful' },
    { question: 'wb-calm' },
    { question: 'wb-proud' },
    { question: 'wb-fun' },
    { question: 'wb-sleep-easy' },
    { question: 'wb-worried', reverse: true },
  ],
  codes: { 'hardly-ever': 1, sometimes: 2, 'most-of-the-time': 3 },
  method: 'sum',
  missing: { rule: 'prorate', least: 4 },
  validated: false,
};

/** For older pupils: seven questions, five options each; from 7 to 35, higher is better. */
export const WELLBEING_OLDER: SurveyScale = {
  id: 'wellbeing-older',
  items: [
    { question: 'wbo-hopeful' },
    { question: 'wbo-useful' },
    { question: 'wbo-calm' },
    { question: 'wbo-coping' },
    { question: 'wbo-clear' },
    { question: 'wbo-close' },
    { question: 'wbo-low', reverse: true },
  ],
  codes: { 'none-of-the-time': 1, rarely: 2, 'some-of-the-time': 3, often: 4, 'all-of-the-time': 5 },
  method: 'sum',
  missing: { rule: 'prorate', least: 5 },
  validated: false,
};
