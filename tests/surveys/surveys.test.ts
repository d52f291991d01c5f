import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isQuestion, type Question, type SurveyDefinition } from '../../server/core/survey/definition.ts';
import type { SurveyText } from '../../server/core/survey/text.ts';
import { kindOf } from '../../server/core/survey/kinds.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { STAGES, type Stage } from '../../server/core/survey/stage.ts';
import { definitionFaults, questionsOf, textFaults } from '../../server/core/survey/validate.ts';

/*
 * The surveys that ship with Heard, held against what a machine can check of the table in
 * question-coach.md. Whether a question is a good one is for young people and second speakers.
 */

const FOLDER = join(import.meta.dirname, '../../surveys');
const LANGUAGES = ['ar', 'en'];
const DOMAINS = ['physical-health', 'mental-wellbeing', 'family', 'friends', 'learning', 'local-area'];

const KINDS = ['faces', 'information', 'ladder', 'one-choice', 'short-text', 'tick-all'];

/** Questions that can hurt: never first, always in the last third. A new one is added here by hand. */
const SENSITIVE = ['bullied', 'caring'];
/** Questions that leave a good feeling, of which one ends every survey. */
const POSITIVE = ['feel-good'];
/** From which stage a topic may be asked at all. */
const GATES: Record<string, Stage> = { caring: 'P7' };
/** Topics that are off until a named adult switches them on; no shipped survey holds them. */
const TOPICS_OFF = /alcohol|drunk|drugs?\b|smok|vap(e|ing)|tobacco|\bsex|self-harm|suicid/i;

interface Limits {
  questions: number;
  words: number;
  options: number;
  /** Faces are five degrees of a smile, drawn and labelled, and so may be one more than other options. */
  faces: number;
  ladder: boolean;
  recallTooLong: RegExp;
}
const PRIMARY: Limits = {
  questions: 40,
  words: 15,
  options: 4,
  faces: 5,
  ladder: false,
  recallTooLong: /weeks|months?\b|years?\b/i,
};
const SECONDARY: Limits = {
  questions: 55,
  words: 20,
  options: 5,
  faces: 5,
  ladder: true,
  recallTooLong: /(three|four|\d) weeks|months?\b|years?\b/i,
};

interface Shipped {
  folder: string;
  survey: SurveyDefinition;
  /** By language code. */
  texts: Record<string, SurveyText>;
}

/** Typed on trust: the first test of each survey holds the files against their schema. */
function readJson<Content>(...path: string[]): Content {
  return JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8')) as Content;
}

function readShipped(folder: string): Shipped {
  const texts: Record<string, SurveyText> = {};
  for (const file of readdirSync(join(FOLDER, folder))) {
    const language = /^text\.([a-z]+)\.json$/.exec(file)?.[1];
    if (language) texts[language] = readJson(folder, file);
  }
  return { folder, survey: readJson(folder, 'survey.json'), texts };
}

/** The youngest who read a survey decide how hard it may be. */
function limitsOf(survey: SurveyDefinition): Limits {
  return survey.stages.some((stage) => stage.startsWith('P')) ? PRIMARY : SECONDARY;
}

function optionsOf(question: Question): { code: string; exclusive?: true }[] {
  return 'options' in question ? question.options : [];
}

function wordsOf(text: SurveyText, id: string) {
  const words = text.items[id];
  if (!words) throw new Error(`Item "${id}" has no ${text.language} words: expected an entry in items. Add it.`);
  return words;
}

/** Everything a child reads of an item, options too. */
function everyWord(text: SurveyText, id: string): string[] {
  const { text: question, hint, options, low, high } = wordsOf(text, id);
  return [question, hint, low, high, ...Object.values(options ?? {})].filter((words) => words !== undefined);
}

function ids(items: readonly { id: string }[]): string[] {
  return items.map((item) => item.id);
}

const shipped = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => readShipped(entry.name));

function shippedAs(folder: string): Shipped {
  const found = shipped.find((one) => one.folder === folder);
  if (!found) throw new Error(`No survey in surveys/${folder}: expected survey.json there. Add it.`);
  return found;
}

describe.each(shipped)('the survey in surveys/$folder', ({ folder, survey, texts }) => {
  const questions = questionsOf(survey);
  const limits = limitsOf(survey);
  const english = texts['en'] as SurveyText;

  it('is sound, and its id is its folder', () => {
    expect(definitionFaults(survey)).toEqual([]);
    expect(survey.id).toBe(folder);
  });

  it('has complete words in every language, honestly marked as drafted', () => {
    expect(Object.keys(texts)).toEqual(expect.arrayContaining(LANGUAGES));
    for (const [language, text] of Object.entries(texts)) {
      expect(textFaults(survey, text), language).toEqual([]);
      expect(text.language).toBe(language);
      expect(text.status, language).toBe('drafted');
    }
  });

  it('gives a hint in one language only where it gives one in all', () => {
    for (const item of survey.items) {
      const hints = Object.values(texts).map((text) => wordsOf(text, item.id).hint !== undefined);
      expect(new Set(hints).size, item.id).toBe(1);
    }
  });

  it('is no longer than its level allows', () => {
    expect(questions.length).toBeLessThanOrEqual(limits.questions);
  });

  it.each(questions)('asks $id in few words, of one thing, about a time that can be remembered', (question) => {
    const { text } = wordsOf(english, question.id);
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(limits.words);
    expect(text).not.toMatch(/\band\b/i);
    for (const words of everyWord(english, question.id)) {
      expect(words).not.toMatch(/\bmum\b|\bdad\b|\bmother\b|\bfather\b|\bparents?\b/i);
      expect(words).not.toMatch(/and\/or|never not|\bagree|\bdisagree/i);
      expect(words).not.toMatch(limits.recallTooLong);
      expect(words).not.toMatch(TOPICS_OFF);
      expect(words).not.toContain('!');
    }
  });

  it.each(questions)('offers few answers to $id, each in words of its own', (question) => {
    const options = optionsOf(question).filter((option) => !option.exclusive);
    expect(options.length).toBeLessThanOrEqual(question.kind === 'faces' ? limits.faces : limits.options);
    if (!limits.ladder) expect(question.kind).not.toBe('ladder');
    for (const text of Object.values(texts)) {
      const labels = Object.values(wordsOf(text, question.id).options ?? {});
      expect(new Set(labels).size, text.language).toBe(labels.length);
      for (const label of labels) expect(label).toMatch(/\p{Letter}/u);
    }
  });

  it.each(questions)('lets nobody be forced to answer $id', (question) => {
    const aboutYou = question.tags.domain === 'about-you';
    expect(question.optOuts).toEqual(aboutYou ? ['prefer-not-to-say'] : ['dont-know', 'prefer-not-to-say']);
  });

  it('offers one answer that excludes the others wherever several can be ticked', () => {
    for (const question of questions) {
      if (question.kind !== 'tick-all') continue;
      const exclusive = question.options.filter((option) => option.exclusive);
      expect(exclusive, question.id).toEqual([question.options.at(-1)]);
    }
  });

  it('starts gently, keeps what can hurt for the last third and ends on something positive', () => {
    const order = ids(questions);
    for (const id of SENSITIVE.filter((sensitive) => order.includes(sensitive))) {
      expect(order.indexOf(id), id).toBeGreaterThanOrEqual((order.length * 2) / 3);
    }
    expect(POSITIVE).toContain(order.at(-1));
    expect(survey.items.at(-1)?.id).toBe(order.at(-1));
  });

  it('asks for words of one’s own only at the end, and only where they are read', () => {
    const written = questions.filter((question) => question.kind === 'short-text');
    for (const question of written) {
      expect(questions.indexOf(question)).toBeGreaterThanOrEqual(questions.length - 2);
      expect(question.maxLength).toBe(200);
    }
    for (const stage of survey.stages) {
      const path = walk(survey, { stage, textAllowed: false }, {});
      expect(path.filter((item) => item.kind === 'short-text')).toEqual([]);
    }
  });

  it('asks no topic below its stage', () => {
    for (const question of questions) {
      const gate = GATES[question.id];
      if (!gate) continue;
      for (const stage of question.stages ?? survey.stages) {
        expect(STAGES.indexOf(stage), `${question.id} of ${stage}`).toBeGreaterThanOrEqual(STAGES.indexOf(gate));
      }
    }
  });

  it('counts indicators only from questions that everybody is asked', () => {
    expect(survey.indicators.length).toBeGreaterThanOrEqual(6);
    expect(survey.indicators.length).toBeLessThanOrEqual(9);
    expect(new Set(ids(survey.indicators)).size).toBe(survey.indicators.length);
    for (const indicator of survey.indicators) {
      const question = questions.find(({ id }) => id === indicator.question);
      // "58% of P5–P7 pupils" would be untrue of a question that only some of them were asked.
      expect(question?.stages, indicator.id).toBeUndefined();
      expect(question?.when, indicator.id).toBeUndefined();
    }
  });
});

describe.each([shippedAs('primary'), shippedAs('secondary')])('the pupil survey in surveys/$folder', ({ survey }) => {
  const questions = questionsOf(survey);

  it('asks pupils on a roll, as part of one family', () => {
    expect(survey).toMatchObject({ family: 'pupils', reached: 'roll' });
  });

  it('touches all six domains', () => {
    expect(new Set(questions.map((question) => question.tags.domain))).toEqual(new Set([...DOMAINS, 'about-you']));
  });

  it('asks gender as described by the pupil, once, among the last questions', () => {
    const gender = questions.find((question) => question.id === 'gender');
    expect(gender?.tags.domain).toBe('about-you');
    expect(optionsOf(gender as Question)).toEqual([{ code: 'girl' }, { code: 'boy' }, { code: 'in-another-way' }]);
    expect(ids(questions).indexOf('gender')).toBeGreaterThanOrEqual((questions.length * 2) / 3);
  });

  it('has a question for some stages only, and one that an earlier answer opens', () => {
    const stages = survey.items.flatMap((item) => item.stages ?? []);
    expect(stages.length).toBeGreaterThan(0);
    const routed = survey.items.filter((item) => item.when);
    expect(routed.length).toBeGreaterThan(0);
    for (const item of routed) {
      const { question, anyOf } = item.when as NonNullable<typeof item.when>;
      const stage = survey.stages[0] as Stage;
      const opened = walk(
        survey,
        { stage, textAllowed: false },
        { [question]: { state: 'answered', value: anyOf[0] as string } },
      );
      expect(ids(opened), item.id).toContain(item.id);
      expect(ids(walk(survey, { stage, textAllowed: false }, {})), item.id).not.toContain(item.id);
    }
  });
});

describe('surveys of one family', () => {
  const pairs = shipped.flatMap((one, index) =>
    shipped
      .slice(index + 1)
      .filter((other) => other.survey.family === one.survey.family)
      .map((other) => ({ one, other, pair: `${one.folder} and ${other.folder}` })),
  );

  it.each(pairs)('$pair mean the same by the same question id', ({ one, other }) => {
    for (const question of questionsOf(one.survey)) {
      const twin = other.survey.items.filter(isQuestion).find(({ id }) => id === question.id);
      if (!twin) continue;
      expect(twin.kind, question.id).toBe(question.kind);
      expect(kindOf(twin).codes(twin), question.id).toEqual(kindOf(question).codes(question));
      expect(twin.tags, question.id).toEqual(question.tags);
      expect(twin.optOuts, question.id).toEqual(question.optOuts);
    }
  });

  it.each(pairs)('$pair label the same option in the same words', ({ one, other }) => {
    for (const [language, text] of Object.entries(one.texts)) {
      for (const [id, words] of Object.entries(text.items)) {
        const twin = other.texts[language]?.items[id];
        if (twin) expect(twin.options, `${id} (${language})`).toEqual(words.options);
      }
    }
  });

  it.each(pairs)('$pair count the same by the same indicator id', ({ one, other }) => {
    for (const indicator of one.survey.indicators) {
      const twin = other.survey.indicators.find(({ id }) => id === indicator.id);
      if (!twin) continue;
      expect(twin).toEqual(indicator);
      for (const [language, text] of Object.entries(one.texts)) {
        expect(other.texts[language]?.indicators[indicator.id]).toEqual(text.indicators[indicator.id]);
      }
    }
  });
});

it('the shipped surveys use every kind of question', () => {
  const used = shipped.flatMap(({ survey }) => survey.items.map((item) => item.kind));
  expect(used).toEqual(expect.arrayContaining(KINDS));
});
