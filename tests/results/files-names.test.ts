import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyVariables } from '../../server/core/survey/validate.ts';
import { COLUMNS } from '../../server/results/files/columns.ts';
import { programName, requireDifferent, RESERVED, wordingName } from '../../server/results/files/names.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const nameOf = (id: string) => programName(id, hash);

/** The rules of SPSS for names of variables, as far as our letters go. */
function expectUsable(name: string): void {
  expect(name).toMatch(/^[a-z][a-z0-9_]*[a-z0-9]$|^[a-z]$/);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(64);
  expect(RESERVED).not.toContain(name);
}

const piece = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const dashed = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('-'));
const slug = dashed.filter((text) => /^[a-z]/.test(text) && text.length <= 40);
/** Ids as a survey may have them: of a question, or of one of its rows. */
const itemId = fc.oneof(
  slug,
  fc.constantFrom(...RESERVED),
  fc
    .tuple(
      slug,
      dashed.filter((text) => text.length <= 40),
    )
    .map(([question, row]) => `${question}.${row}`),
);

describe('the name of an item for programs', () => {
  it('is its id, with what programs allow', () => {
    expect(nameOf('feel-safe')).toBe('feel_safe');
    expect(nameOf('school-life.belong')).toBe('school_life__belong');
    expect(nameOf('place-older.7')).toBe('place_older__7');
  });

  it('keeps to the rules whatever the id is', () => {
    fc.assert(fc.property(fc.oneof(itemId, fc.string()), (id) => expectUsable(nameOf(id))));
    for (const word of RESERVED) expect(nameOf(word)).toMatch(new RegExp(`^${word}_[0-9a-f]{8}$`));
    expect(nameOf('7-up')).toMatch(/^up_[0-9a-f]{8}$/);
  });

  it('is never that of another item, be they ever so alike or long', () => {
    fc.assert(fc.property(itemId, itemId, (one, other) => one === other || nameOf(one) !== nameOf(other)));
    const alike = ['a-b.c', 'a.b-c', 'a-b-c', 'a_b_c', 'a.b.c', 'A-b-c', 'a--b', 'a.b'];
    const long = Array.from({ length: 50 }, (_, row) => `${'q'.repeat(40)}.${'r'.repeat(38)}${row}`);
    const names = [...alike, ...long].map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells every variable and indicator of the surveys that ship apart', () => {
    for (const { definition } of readSurveyFolders()) {
      const ids = [...surveyVariables(definition), ...definition.indicators].map(({ id }) => id);
      expect(() => requireDifferent(ids.map(nameOf))).not.toThrow();
      ids.map(nameOf).forEach(expectUsable);
    }
  });

  it('stops where two items would share one', () => {
    expect(() => requireDifferent(['feel_safe', 'club', 'feel_safe'])).toThrow(/have the name "feel_safe"/);
  });

  it('leaves room for the hash of a wording', () => {
    fc.assert(fc.property(itemId, (id) => expectUsable(wordingName(nameOf(id), 'How are you?', hash))));
    expect(wordingName('club', 'one', hash)).not.toBe(wordingName('club', 'another', hash));
  });
});

describe('the names of columns', () => {
  it('keep to the same rules, and are as they were: programs read them', () => {
    COLUMNS.forEach(({ name }) => expectUsable(name));
    requireDifferent(COLUMNS.map(({ name }) => name));
    expect(COLUMNS.map(({ name }) => name).join(' ')).toBe(
      'place_name band_name question answer share_percent low_percent high_percent count base caution low_response ' +
        'one_school response_percent responses on_roll schools mean_score place place_kind place_code band item item_kind domain ' +
        'variable wording state option wave release release_sha256 reached',
    );
  });
});
