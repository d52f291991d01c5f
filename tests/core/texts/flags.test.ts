import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlagKind } from '../../../server/core/texts/flag.ts';
import { flagsOf, markedLines } from '../../../server/core/texts/flags.ts';

const SCHOOLS = ['Burnside Primary', "St Mungo's RC Primary School", 'The Park School'];

/** What is flagged, as it stands in the text. */
const flagged = (text: string) => flagsOf(text, SCHOOLS).map(({ start, end, kind }) => [kind, text.slice(start, end)]);

/** Whether every letter of these words is flagged wherever they stand in the text. */
function isWhollyFlagged(text: string, words: string, start = text.indexOf(words)): boolean {
  const flags = flagsOf(text, SCHOOLS);
  return Array.from(words).every((letter, index) => {
    const at = start + index;
    return !/[\p{L}\p{N}]/u.test(letter) || flags.some((flag) => at >= flag.start && at < flag.end);
  });
}

describe('what is flagged', () => {
  it.each<[FlagKind, string, string]>([
    // Names of persons.
    ['name', 'I sit beside Zorbla in maths', 'Zorbla'],
    ['name', 'emma hits me', 'emma'],
    ['name', 'Emma hits me', 'Emma'],
    ['name', 'my teacher tibbles shouts', 'tibbles'],
    ['name', 'My friend is called fenwick', 'fenwick'],
    ['name', 'her name is quill', 'quill'],
    ['name', 'Mr Brown shouts', 'Brown'],
    ['name', 'mrs. green shouts', 'green'],
    ['name', 'Miss Plum is kind', 'Plum'],
    ['name', 'I am scared of Will', 'Will'],
    ['name', 'It was Emma Brown', 'Emma Brown'],
    ['name', 'ask Anne-Marie or Zoë', 'Anne-Marie'],
    ['name', 'ask Anne-Marie or Zoë', 'Zoë'],
    ['name', 'Я не люблю Оксану', 'Оксану'],
    ['name', 'معلمتي هند تصرخ', 'هند'],
    ['name', 'اسمي زهير', 'زهير'],
    ['name', 'ضربني أحمد', 'أحمد'],
    ['name', 'يضربني وأحمَد', 'وأحمَد'],
    ['name', 'صديقي علي لطيف', 'علي'],
    ['name', 'الأستاذ سعيد', 'سعيد'],
    // Numbers and ways to reach somebody.
    ['phone', 'ring 0131 496 0000', '0131 496 0000'],
    ['phone', 'ring +44 (0)131-496-0000', '+44 (0)131-496-0000'],
    ['phone', 'الرقم ٠١٣١٤٩٦٠٠٠٠', '٠١٣١٤٩٦٠٠٠٠'],
    ['email', 'write to someone.else@example.org', 'someone.else@example.org'],
    ['email', 'someone at example dot com', 'someone at example dot com'],
    ['web', 'see https://example.org/me?x=1', 'https://example.org/me?x=1'],
    ['web', 'look on example.co.uk', 'example.co.uk'],
    ['web', 'find me (@cool.kid)', '@cool.kid'],
    ['web', 'my snap is wobblefish', 'wobblefish'],
    ['web', 'insta: wobblefish', 'wobblefish'],
    ['web', 'سناب: wobblefish', 'wobblefish'],
    ['web', 'i am cool_kid', 'cool_kid'],
    // Where and when.
    ['address', 'at 12 Mill Lane', '12 Mill Lane'],
    ['address', 'on mossbank road', 'mossbank road'],
    ['address', 'flat 3b', 'flat 3b'],
    ['address', 'في شارع النخيل', 'شارع النخيل'],
    ['postcode', 'at ZZ99 3VZ', 'ZZ99 3VZ'],
    ['postcode', 'at zz993vz', 'zz993vz'],
    ['date', 'born 3/4/2014', '3/4/2014'],
    ['date', 'on the 3rd of May 2014', '3rd of May 2014'],
    ['date', 'on May 3', 'May 3'],
    ['date', 'my birthday is in may', 'birthday is in may'],
    ['date', 'ولدت في ٣ مايو ٢٠١٤', '٣ مايو ٢٠١٤'],
    // Classes and schools.
    ['class', 'in P6b', 'P6b'],
    ['class', 'in s2', 's2'],
    ['class', 'in class 4', 'class 4'],
    ['class', 'in Class B', 'Class B'],
    ['class', 'in primary seven', 'primary seven'],
    ['class', 'في الصف السادس', 'الصف السادس'],
    ['school', 'at burnside', 'burnside'],
    ['school', 'at BURNSIDE PRIMARY', 'BURNSIDE PRIMARY'],
    ['school', 'at saint mungos', 'mungos'],
    ['school', 'at St Mungo’s RC Primary School', 'St Mungo’s RC Primary School'],
    // Any other digits.
    ['number', 'I am 12', '12'],
    ['number', 'I am ١٢', '١٢'],
    ['number', 'i am gamer99', 'gamer99'],
  ])('%s: %s', (kind, text, words) => {
    const found = flagged(text).find(([, part]) => part!.includes(words));
    expect(found?.[0], JSON.stringify(flagged(text))).toBe(kind);
  });

  it.each([
    'More trees and a quiet place to read.',
    'I don’t like the noise at lunch. The toilets are dirty!',
    'Better buses on Saturday, and cheaper food',
    'Basketball courts. Swings too',
    'my teacher is nice and my friends are kind',
    'they called me stupid',
    'I miss my old school',
    'نريد ملعب أكبر',
    'أريد مكان هدوء في المدرسة',
    '树很多',
    '',
    '   \n',
  ])('not: %s', (text) => {
    expect(flagged(text)).toEqual([]);
  });

  it('is everything in capitals that is no common word, since capitals tell nothing there', () => {
    expect(flagged('I HATE SCHOOL BECAUSE ZORBLA IS RUDE')).toEqual([['name', 'ZORBLA']]);
  });
});

describe('flags of any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...'I like Emma Brown my teacher زهير معلمتي at 12 Mill Lane P6b a@b.co . , \n ? @ _ +44 0131 496 ٣ مايو called 🙂'.split(
            ' ',
          ),
        ),
      )
      .map((parts) => parts.join(' ')),
  );

  it('lie in it, in order, not over one another, and none is empty', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const flag of flagsOf(text, SCHOOLS)) {
          expect(flag.start).toBeGreaterThanOrEqual(end);
          expect(flag.end).toBeGreaterThan(flag.start);
          end = flag.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('cover every digit of every script, and every @ with a name behind it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const flags = flagsOf(text, SCHOOLS);
        for (const { index } of text.matchAll(/\p{Nd}|@(?=[a-z]{2})/gu))
          expect(
            flags.some(({ start, end }) => index >= start && index < end),
            text.slice(index),
          ).toBe(true);
      }),
    );
  });

  const given = fc.constantFrom(
    'emma',
    'EMMA',
    'Mr Thistle',
    'my teacher thistle',
    'called thistle',
    '0131 496 0000',
    'someone@example.org',
    'ZZ99 3VZ',
    'burnside',
    'P6b',
    '12 Mill Lane',
    '3/4/2014',
    'معلمتي زهير',
    'وأحمد',
  );
  /** The part of it that gives something away. */
  const telling = (words: string) => words.replace(/^(my teacher|called|Mr|معلمتي) /, '');
  const around = fc.array(fc.constantFrom('the', 'park', 'is', 'good.', 'and', 'noise,', 'الملعب', '(', '🙂', '\n'));

  it('find what gives somebody away, whatever stands around it', () => {
    fc.assert(
      fc.property(around, given, around, (before, words, after) => {
        const text = [...before, words, ...after].join(' ');
        const start = before.join(' ').length + (before.length > 0 ? 1 : 0) + words.indexOf(telling(words));
        expect(isWhollyFlagged(text, telling(words), start), text).toBe(true);
      }),
    );
  });

  it('mark the text and change nothing of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = markedLines(text, flagsOf(text, SCHOOLS));
        const all = lines.flat().map(({ words }) => words);
        expect(all.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
