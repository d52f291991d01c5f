import { describe, expect, it } from 'vitest';
import { namesHarm } from '../../../server/core/forum/harm-words.ts';
import { holdReason } from '../../../server/core/forum/screening.ts';

const never = () => false;
const always = () => true;

describe('words of harm', () => {
  it.each([
    'I want to die',
    'sometimes i dont want to be here anymore',
    'My dad hits me.',
    'She CUTS HERSELF, you know',
    'is self-harm talked about?',
    'I’m scared to go home',
    'أريد أن أموت',
    'ابي يضربني',
    'أُؤذِي نفسي',
  ])('are found however they are written: %s', (words) => {
    expect(namesHarm(words)).toBe(true);
  });

  it.each([
    'How often do you eat breakfast?',
    'I hit my head on the door',
    'Therapists, skills and rapeseed',
    'The best way to cut costs',
    'هل تشعر بالأمان في المدرسة؟',
    '',
  ])('are not found in %j', (words) => {
    expect(namesHarm(words)).toBe(false);
  });
});

describe('what is kept back', () => {
  it('says the gravest reason', () => {
    expect(holdReason('ring me on 07700 900123, he hits me', always)).toBe('harm');
    expect(holdReason('ring me on 07700 900123', always)).toBe('contact');
    expect(holdReason('whatever', always)).toBe('unkind');
    expect(holdReason('whatever', never)).toBeNull();
  });

  it.each(['add me @otter_77', 'me@example.org', 'www.example.org/me', '12 Mill Street', 'ML1 1AA'])(
    'holds what somebody can be found by: %s',
    (words) => {
      expect(holdReason(words, never)).toBe('contact');
    },
  );

  it('lets ages, classes and numbers of friends pass', () => {
    expect(holdReason('People in S2 have about 3 good friends, I think', never)).toBeNull();
  });
});
