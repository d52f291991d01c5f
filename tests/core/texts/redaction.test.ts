import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flag } from '../../../server/core/texts/flag.ts';
import { flagsOf } from '../../../server/core/texts/flags.ts';
import { GAP, redacted, redactionFault, tidyQuote } from '../../../server/core/texts/redaction.ts';

const fault = (original: string, quote: string, flags: Flag[] = flagsOf(original)) =>
  redactionFault(original, quote, flags);

describe('a quote', () => {
  const original = 'More benches, please. Emma sits on the wall\nand it is cold.';

  it.each([
    ['all of it where nothing was flagged', 'More trees', 'More trees'],
    ['without the name', original, 'More benches, please. […] sits on the wall and it is cold.'],
    ['three dots for a gap', original, 'More benches, please. [...] sits on the wall and it is cold.'],
    ['its beginning', original, 'More benches, please. […]'],
    ['its end', original, '[…] it is cold.'],
    ['a part of the middle', original, '[…] sits on the wall […]'],
    ['several parts', original, 'More benches […] on the wall […] cold.'],
    ['white space written differently', original, '[…] on the  wall \r\n and it is cold.'],
    ['a word that comes twice, the second time', 'I like it and I like parks', '[…] I like parks'],
    ['Arabic', 'أريد ملعب أكبر وأحمد يريد', 'أريد ملعب أكبر […] يريد'],
    ['a script without spaces', '我喜欢安静的公园', '[…]安静的公园'],
  ])('may be %s', (_what, text, quote) => {
    expect(fault(text, quote)).toBeUndefined();
  });

  it.each([
    ['nothing but gaps', original, '[…]', 'nothing-left'],
    ['nothing but signs', original, '[…].', 'nothing-left'],
    ['empty', original, '   ', 'nothing-left'],
    ['other words', original, 'More trees, please. […]', 'not-a-redaction'],
    ['a word more', original, 'Many more benches, please. […]', 'not-a-redaction'],
    ['other letters', original, 'more benches, please. […]', 'not-a-redaction'],
    ['cut at the end without a gap', original, 'More benches, please.', 'not-a-redaction'],
    ['cut at the start without a gap', original, 'benches, please. […]', 'not-a-redaction'],
    ['cut within without a gap', original, 'More benches, […] sits on wall […]', 'not-a-redaction'],
    ['another order', original, '[…] it is cold […] on the wall […]', 'not-a-redaction'],
    ['a part of a word', 'I am unhappy here', 'I am […]happy here', 'not-a-redaction'],
    ['a gap where nothing went', 'I am unhappy here', 'I am […] unhappy here', 'not-a-redaction'],
    ['a gap too many at the end', 'I am unhappy here', 'I am unhappy here […]', 'not-a-redaction'],
    ['the name', original, original, 'flagged'],
    ['only the name', original, '[…] Emma […]', 'flagged'],
    ['digits', 'I am 12 and bored', 'I am 12 […]', 'flagged'],
  ])('may not be %s', (_what, text, quote, expected) => {
    expect(fault(text, quote)).toBe(expected);
  });

  it('may keep words that stand twice, if once they are not flagged', () => {
    const text = 'the park is at Park Road';
    expect(fault(text, '[…] park […]')).toBeUndefined();
  });
});

describe('a text without what was flagged', () => {
  it('has a gap for each part, and one for parts side by side', () => {
    const text = 'I sit with Emma Brown, 0131 496 0000, and it is fun';
    expect(redacted(text, flagsOf(text))).toBe(`I sit with ${GAP}, and it is fun`);
    expect(redacted('More trees', [])).toBe('More trees');
    expect(redacted('Emma', flagsOf('Emma'))).toBe(GAP);
  });

  it('takes whole words, also where a part of one was flagged', () => {
    expect(redacted('the burnsiders are kind', [{ start: 4, end: 12, kind: 'school' }])).toBe(`the ${GAP} are kind`);
  });

  const text = fc
    .array(
      fc.constantFrom(
        ...'Emma emma likes parks, benches. 12 P6b Mr Brown زهير معلمتي الملعب 🙂 […] 安静 “quiet” \n a@b.co it’s'.split(
          ' ',
        ),
      ),
      { maxLength: 14 },
    )
    .map((words) => words.join(' '));

  it('is always a quote that may be proposed, unless nothing is left', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'grapheme', maxLength: 60 })), (original) => {
        const flags = flagsOf(original);
        expect([undefined, 'nothing-left'], original).toContain(
          redactionFault(original, redacted(original, flags), flags),
        );
      }),
    );
  });

  it('never holds more than the text, whatever else is taken out of it', () => {
    const flagged = fc
      .tuple(text, fc.array(fc.tuple(fc.nat(80), fc.nat(20))))
      .map(([original, cuts]): [string, Flag[]] => [
        original,
        cuts.map(([start, length]) => ({ start, end: start + length, kind: 'name' as const })),
      ]);
    fc.assert(
      fc.property(flagged, ([original, flags]) => {
        const quote = redacted(original, flags);
        expect([undefined, 'nothing-left']).toContain(redactionFault(original, quote, flags));
        let at = 0;
        for (const part of tidyQuote(quote).split(GAP)) {
          const words = part.trim();
          const found = tidyQuote(original).indexOf(words, at);
          expect(found, `${original} → ${quote}`).toBeGreaterThanOrEqual(0);
          at = found + words.length;
        }
      }),
    );
  });

  it('any change of a letter makes it another text', () => {
    const words = fc.array(fc.constantFrom<string[]>('the', 'park', 'is', 'quiet', 'here'), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, fc.nat(7), (all, place) => {
        const quote = all.with(place % all.length, 'ugly').join(' ');
        expect(redactionFault(all.join(' '), quote, [])).toBe('not-a-redaction');
      }),
    );
  });
});
