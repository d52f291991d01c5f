import { describe, expect, it } from 'vitest';
import type { CoachRule, DraftQuestion } from '../../../server/core/coach/draft.ts';
import { findingOf, severityOf } from './drafts.ts';

/* Rules that read the question's own words: what is held against it, and what only looks like it. */

type Level = DraftQuestion['level'];

const BAD: Record<string, [level: Level, text: string][]> = {
  'too-long': [
    ['p5-p7', 'Of all the things that you did at school today, which one did you like the best?'],
    ['s1-s3', `How ${'very '.repeat(18)}good is it?`],
    ['s4-s6', `How ${'very '.repeat(23)}good is it?`],
  ],
  'reading-age': [
    ['p5-p7', 'How frequently do you read?'],
    ['s1-s3', 'Is there sufficient assistance at school?'],
    ['s4-s6', 'Does the curriculum facilitate interdisciplinary collaboration?'],
  ],
  'double-barrelled': [
    ['p5-p7', 'Are your teachers kind and fair?'],
    ['s1-s3', 'Do you get on with your class and your teacher?'],
    ['s4-s6', 'Do you feel lonely or angry at home?'],
    ['s1-s3', 'Do you like maths? Do you like art?'],
  ],
  negative: [
    ['p5-p7', 'Which food do you not like?'],
    ['s1-s3', 'Do you never feel calm?'],
    ['s4-s6', "Is it true that you can't be yourself here?"],
  ],
  leading: [
    ['p5-p7', "Isn't our school nice?"],
    ['s1-s3', 'Most young people enjoy sport. Do you?'],
    ['s4-s6', 'What do you think of the terrible bus service?'],
  ],
  'recall-too-long': [
    ['p5-p7', 'Did you move house in the last two weeks?'],
    ['s1-s3', 'Did you move house in the past month?'],
    ['s4-s6', 'Did you move house in the last three years?'],
  ],
  'sensitive-too-early': [
    ['p5-p7', 'Do you ever go to bed hungry?'],
    ['s1-s3', 'Have you ever used a condom?'],
    ['p5-p7', 'Has anyone you know tried alcohol?'],
  ],
  'family-assumed': [
    ['p5-p7', 'Does your mummy read to you?'],
    ['s1-s3', 'Do your parents know your friends?'],
    ['s4-s6', 'Do you get on with your dad?'],
  ],
  'abstract-word': [
    ['p5-p7', 'Do you have resilience?'],
    ['s1-s3', 'How is your wellbeing?'],
    ['s4-s6', 'Does your school give you a sense of agency?'],
  ],
  presumes: [
    ['p5-p7', 'What is the name of your dog?'],
    ['s1-s3', 'How often do you vape?'],
    ['s4-s6', 'When did you last get drunk?'],
  ],
};

const GOOD: Record<string, [level: Level, text: string][]> = {
  'too-long': [
    ['p5-p7', 'Did you play outside with somebody from your own class at break or at lunch?'],
    ['s4-s6', `How ${'very '.repeat(21)}good is it?`],
  ],
  'reading-age': [
    ['p5-p7', 'How often do you feel worried about school?'],
    ['s1-s3', 'How much do you exercise in a normal week?'],
    ['s4-s6', 'How confident do you feel about your future career?'],
  ],
  'double-barrelled': [
    ['p5-p7', 'Do you and your friends help each other?'],
    ['s1-s3', 'How often do you eat fruit and vegetables?'],
    ['s4-s6', 'Between Monday and Friday, how often do you walk or cycle?'],
    ['p5-p7', 'Do you like places such as parks and beaches?'],
  ],
  negative: [
    ['p5-p7', 'You do not have to answer. Do you feel safe at home?'],
    ['s1-s3', 'Who helps you when you are not well?'],
    ['s4-s6', 'Do you want to go to college or not?'],
    ['s1-s3', 'Do you ever feel unsafe?'],
  ],
  leading: [
    ['p5-p7', 'How good or bad is your playground?'],
    ['s1-s3', 'Do most of your friends like sport?'],
    ['s4-s6', 'Do you agree to take part?'],
  ],
  'recall-too-long': [
    ['p5-p7', 'Did you sleep well last night?'],
    ['s1-s3', 'In the last two weeks, did you feel calm?'],
    ['s4-s6', 'In the last 12 months, did you have a job?'],
    ['p5-p7', 'What would you like to learn next year?'],
  ],
  'sensitive-too-early': [
    ['p5-p7', 'Do the people who look after you listen to you?'],
    ['p5-p7', 'Have you drunk enough water today?'],
    ['s4-s6', 'Have you ever used a condom?'],
  ],
  'family-assumed': [
    ['p5-p7', 'Does your mum or dad, or whoever looks after you, read to you?'],
    ['s1-s3', 'Do your parents or carers know your friends?'],
    ['s4-s6', "Did somebody come with you to parents' evening?"],
  ],
  'abstract-word': [
    ['p5-p7', 'Do you know what resilience means?'],
    ['s1-s3', 'How is your mental health?'],
    ['s4-s6', 'How is your wellbeing?'],
  ],
  presumes: [
    ['p5-p7', 'Do you have a dog?'],
    ['s1-s3', 'How often do you eat breakfast?'],
    ['s4-s6', 'How often do you smoke, if at all?'],
    ['s4-s6', 'Who do you talk to when you feel sad?'],
  ],
};

describe.each(Object.entries(BAD))('%s', (rule, texts) => {
  it.each(texts)('is held against a question at %s: %s', (level, text) => {
    expect(severityOf(rule as CoachRule, { level, text })).not.toBe('none');
  });

  it.each(GOOD[rule]!)('is not held against a question at %s: %s', (level, text) => {
    expect(severityOf(rule as CoachRule, { level, text })).toBe('none');
  });
});

describe('how bad it is', () => {
  it('asking two things or asking with a not is refused in primary school and advised against later', () => {
    const two = 'Are your teachers kind and fair?';
    expect(severityOf('double-barrelled', { level: 'p5-p7', text: two })).toBe('block');
    expect(severityOf('double-barrelled', { level: 's4-s6', text: two })).toBe('warn');
    const not = 'Which food do you not like?';
    expect(severityOf('negative', { level: 'p5-p7', text: not })).toBe('block');
    expect(severityOf('negative', { level: 's1-s3', text: not })).toBe('warn');
  });

  it('names the words that it is about', () => {
    expect(findingOf('double-barrelled', { text: 'Do you like school and home?' })?.reason.values).toEqual({
      words: 'like school and home',
    });
    expect(findingOf('recall-too-long', { text: 'Were you ill in the last month?' })?.reason.values).toMatchObject({
      words: 'last month',
    });
    expect(findingOf('too-long', { level: 'p5-p7', text: 'word '.repeat(16) })?.reason.values).toEqual({
      count: 16,
      most: 15,
    });
  });
});

describe('a topic with a gate', () => {
  it.each([
    ['P6', 'block'],
    ['P7', 'none'],
  ] as const)('caring at %s: %s', (stage, severity) => {
    expect(severityOf('sensitive-too-early', { level: 'p5-p7', stage, topic: 'caring' })).toBe(severity);
  });

  it.each([
    ['S1', 'block'],
    ['S2', 'none'],
  ] as const)('smoking at %s: %s', (stage, severity) => {
    expect(severityOf('sensitive-too-early', { stage, text: 'Do you smoke?' })).toBe(severity);
  });

  it('that comes early in a survey is moved to the last third', () => {
    const text = 'Were you bullied this week?';
    expect(severityOf('sensitive-too-early', { level: 'p5-p7', text, position: 0.2 })).toBe('warn');
    expect(severityOf('sensitive-too-early', { level: 'p5-p7', text, position: 0.8 })).toBe('none');
    expect(severityOf('sensitive-too-early', { level: 'p5-p7', text })).toBe('none');
  });
});
