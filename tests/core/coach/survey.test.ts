import { describe, expect, it } from 'vitest';
import { coachSurvey } from '../../../server/core/coach/coach.ts';
import type { SurveyQuestion } from '../../../server/core/coach/survey.ts';
import { draftOf } from './drafts.ts';

const OPTIONS = ['Always', 'Sometimes', 'Never', "Don't know"];

function question(id: string, text: string, given: Partial<SurveyQuestion> = {}): SurveyQuestion {
  return { ...draftOf({ id, text, level: 'p5-p7', options: OPTIONS }), ...given };
}

function survey(count: number): SurveyQuestion[] {
  return Array.from({ length: count }, (_question, at) => question(`q${at}`, 'Do you like your school?'));
}

const END = question('end', 'What are you proud of?', { kind: 'short-text', options: [] });
const rulesOf = (questions: SurveyQuestion[]) =>
  coachSurvey(questions, 'p5-p7').findings.map(({ rule, severity }) => `${rule} ${severity}`);

describe('the coach on a whole survey', () => {
  it('finds nothing to mend in a short one that ends well', () => {
    expect(coachSurvey([...survey(10), END], 'p5-p7')).toEqual({
      minutes: 4,
      questions: 11,
      findings: [],
      notJudged: [],
    });
  });

  it('counts reading and answering: 10 words at 86 a minute and 10 seconds for a choice', () => {
    // 5 words of the question and 5 of its answers: 60 × 10 / 86 + 10 = 17 seconds, 20 of them 5.7 minutes.
    expect(coachSurvey(survey(20), 'p5-p7').minutes).toBe(6);
    expect(coachSurvey(survey(20), 's4-s6').minutes).toBe(5);
  });

  it('warns over the aim, refuses over the most and over the number of questions', () => {
    const long = { text: 'Think of your school. Do you like it there?' };
    const slow = (count: number) => survey(count).map((one) => ({ ...one, ...long, kind: 'tick-all' as const }));
    expect(rulesOf([...slow(38), END])).toEqual(['survey-too-long warn']);
    expect(rulesOf([...slow(39), question('more', 'word '.repeat(900)), END])).toContain('survey-too-long block');
    expect(rulesOf([...survey(40), END])).toEqual(['too-many-questions block']);
  });

  it('does not count pages to read as questions, but their words', () => {
    const page = question('page', 'word '.repeat(86), { kind: 'information', options: [] });
    const withPage = coachSurvey([page, ...survey(10), END], 'p5-p7');
    expect(withPage.questions).toBe(11);
    expect(withPage.minutes).toBe(5);
  });

  it('moves sensitive questions to the last third and lets none begin or end it', () => {
    const bullied = question('bullied', 'Were you bullied this week?');
    expect(coachSurvey([bullied, ...survey(5), END], 'p5-p7').findings).toEqual([
      expect.objectContaining({ rule: 'hard-beginning', questions: ['bullied'] }),
      expect.objectContaining({ rule: 'sensitive-too-early', questions: ['bullied'] }),
    ]);
    expect(rulesOf([...survey(6), bullied, END])).toEqual([]);
    expect(rulesOf([...survey(6), bullied])).toEqual(['hard-ending warn']);
  });

  it('asks for an ending that is open or about something good', () => {
    expect(rulesOf(survey(3))).toEqual([]);
    expect(rulesOf([...survey(3), question('bus', 'Is the bus late?')])).toEqual(['hard-ending warn']);
  });

  it('names the questions that offer other opt-outs than the rest', () => {
    const without = question('odd', 'Do you like your class?', { options: ['Yes', 'No'] });
    const { findings } = coachSurvey([...survey(3), without, END], 'p5-p7');
    expect(findings).toEqual([expect.objectContaining({ rule: 'opt-outs-differ', questions: ['odd'] })]);
  });

  it('says what it cannot judge in another language', () => {
    const polish = survey(2).map((one) => ({ ...one, language: 'pl' }));
    expect(coachSurvey(polish, 'p5-p7').notJudged).toEqual([
      'hard-beginning',
      'sensitive-too-early',
      'hard-ending',
      'opt-outs-differ',
    ]);
  });

  it('finds nothing in a survey without questions', () => {
    expect(coachSurvey([], 's1-s3')).toEqual({ minutes: 0, questions: 0, findings: [], notJudged: [] });
  });
});
