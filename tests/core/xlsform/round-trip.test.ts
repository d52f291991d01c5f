import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import type { SurveyText } from '../../../server/core/survey/text.ts';
import { textFaults } from '../../../server/core/survey/validate.ts';
import { readSurvey } from '../../../server/core/xlsform/read-survey.ts';
import { writeSurvey } from '../../../server/core/xlsform/write-survey.ts';
import { readExamples, readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { anySurvey, EVERY_KIND, wordsFor } from '../../support/arbitrary-surveys.ts';

const byLanguage = (texts: readonly SurveyText[]) =>
  texts.toSorted((one, other) => one.language.localeCompare(other.language));

function thereAndBack(definition: SurveyDefinition, texts: readonly SurveyText[]) {
  const { survey, texts: found, notTaken, missing, assumed } = readSurvey(writeSurvey(definition, texts));
  return { survey, texts: byLanguage(found), notTaken, missing, assumed };
}

const whole = (definition: SurveyDefinition, texts: readonly SurveyText[]) => ({
  survey: definition,
  texts: byLanguage(texts),
  notTaken: [],
  missing: [],
  assumed: [],
});

/** Words with signs of all kinds; a form has no words that are only spaces. */
const said = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== '' && !text.includes('${'));

/** All words of a text changed by a function. */
function withWords(text: SurveyText, change: () => string): SurveyText {
  const changed = JSON.parse(JSON.stringify(text), (key, value: unknown) =>
    typeof value === 'string' && key !== 'language' && key !== 'status' ? change() : value,
  ) as SurveyText;
  return changed;
}

describe('a survey as an XLSForm and back', () => {
  const shipped = [...readSurveyFolders(), readExamples()];

  it('covers every survey that ships', () => {
    const surveys = join(import.meta.dirname, '..', '..', '..', 'surveys');
    expect(shipped.map(({ definition }) => definition.id).toSorted()).toEqual(
      readdirSync(surveys)
        .map((name) => JSON.parse(readFileSync(join(surveys, name, 'survey.json'), 'utf8')) as SurveyDefinition)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it.each(shipped.map(({ definition, texts }) => [definition.id, definition, texts] as const))(
    'is the same survey, words and all: %s',
    (_id, definition, texts) => {
      expect(thereAndBack(definition, texts)).toEqual(whole(definition, texts));
    },
  );

  it('keeps surveys with routes, rows, topics and sections of every kind', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const definition = { ...survey, poorOutcomes: undefined, scales: undefined };
        const plain = JSON.parse(JSON.stringify(definition)) as SurveyDefinition;
        const texts = [wordsFor(plain, 'en'), wordsFor(plain, 'ar')];
        expect(thereAndBack(plain, texts)).toEqual(whole(plain, texts));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps any words, wordings of levels, ends and units', () => {
    fc.assert(
      fc.property(fc.infiniteStream(said), (words) => {
        const text = wordsFor(EVERY_KIND, 'en');
        text.items['mood'] = {
          ...text.items['mood']!,
          levels: { adult: { text: 'a', hint: 'b' }, 's4-s6': { hint: 'c' } },
        };
        text.items['minutes'] = { ...text.items['minutes']!, unit: 'minutes', hint: 'Yours' };
        const changed = withWords(text, () => String(words.next().value));
        expect(textFaults(EVERY_KIND, changed)).toEqual([]);
        expect(thereAndBack(EVERY_KIND, [changed])).toEqual(whole(EVERY_KIND, [changed]));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps the order of the answers that lead to a question', () => {
    const turned = {
      ...EVERY_KIND,
      items: EVERY_KIND.items.map((item) =>
        item.id === 'minutes-more' ? { ...item, when: { question: 'minutes', anyOf: ['many', 'none'] } } : item,
      ),
    };
    expect(thereAndBack(turned, [wordsFor(turned, 'en')]).survey).toEqual(turned);
  });
});
