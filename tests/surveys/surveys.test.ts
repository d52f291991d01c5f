import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coachQuestion } from '../../server/core/coach/coach.ts';
import { draftOfItem } from '../../server/core/coach/item-draft.ts';
import { unlinkedSectionOf, type SurveyItem } from '../../server/core/survey/definition.ts';
import { variablesOf } from '../../server/core/survey/kinds.ts';
import { surveyScaleFaults } from '../../server/core/survey/scales.ts';
import { LEVELS, levelOf, type Level } from '../../server/core/survey/stage.ts';
import { atLevel } from '../../server/core/survey/text.ts';
import { definitionFaults, questionsOf, textFaults } from '../../server/core/survey/validate.ts';
import {
  asked,
  choicesOf,
  everyWord,
  ids,
  isOldEnough,
  journeysOf,
  length,
  levelsReading,
  OFF,
  positionOf,
  questionsOn,
  ROOT,
  SENSITIVE,
  shipped,
  symbolsOf,
  wordsAt,
  wordsOf,
} from './shipped.ts';

/*
 * The surveys that ship with Heard, held against what a machine can check of the table in
 * question-coach.md. Whether a question is a good one is for young people and second speakers.
 */

const LANGUAGES = ['ar', 'en'];

/** Questions that leave a good feeling, of which one ends every survey. */
const POSITIVE = ['feel-good', 'enjoy-together', 'place-feel', 'feel-asked'];

/** Words of topics that are off until a named adult switches them on. "Sex" as a school writes it down is no such. */
const TOPICS_OFF: Record<string, RegExp> = {
  en: /alcohol|drunk|\bbeer|\bwine\b|drugs?\b|cannabis|smok|cigarette|nicotine|vap(e|ing)|tobacco|\bsex(?! as your school)|self-harm|(hurt|harm)(ing|ed)? yourself|suicid/i,
  ar: /كحول|مخدّ?ر|القنّب|الحشيش|تدخين|السجائر|النيكوتين|التبغ|الجنسية|(آذيت|إيذاء) نفسك|انتحار/,
};
/** Words of topics that have a stage from which they may be asked. */
const TOPIC_WORDS = {
  hunger: /hungr|too little food/i,
  'body-image': /the way you look|\bweight\b|\bbody\b/i,
  caring: /look after someone/i,
} as const;

interface Limits {
  /** Answers asked for on the longest way, each row counted. */
  length: number;
  words: number;
  options: number;
  /** Faces are five degrees of a smile, drawn and labelled, and so may be one more than other options. */
  faces: number;
  /** On one page; where a row is a page of its own there is no limit but the length. */
  rows: number;
  wheelPoints: 3 | 7;
  ladder: boolean;
  recallTooLong: RegExp;
}
const LONG = /(?<!twelve )months?\b|years?\b/i;
const LIMITS: Record<Level, Limits> = {
  'p5-p7': {
    length: 40,
    words: 15,
    options: 4,
    faces: 5,
    rows: Infinity,
    wheelPoints: 3,
    ladder: false,
    recallTooLong: /weeks|months?\b|years?\b/i,
  },
  's1-s3': {
    length: 55,
    words: 20,
    options: 5,
    faces: 5,
    rows: 5,
    wheelPoints: 7,
    ladder: true,
    recallTooLong: /(three|four|\d) weeks|months?\b|years?\b/i,
  },
  's4-s6': {
    length: 62,
    words: 25,
    options: 7,
    faces: 5,
    rows: 7,
    wheelPoints: 7,
    ladder: true,
    recallTooLong: LONG,
  },
  adult: { length: 40, words: 25, options: 7, faces: 5, rows: 7, wheelPoints: 7, ladder: true, recallTooLong: LONG },
};

describe.each(shipped)('the survey in surveys/$folder', ({ folder, survey, texts }) => {
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

  it('says in every language what it says in one: hints, units, wordings of a level', () => {
    for (const { id } of survey.items) {
      const shapes = Object.values(texts).map((text) => {
        const { hint, unit, levels } = wordsOf(text, id);
        const wordings = LEVELS.map((level) => Object.keys(levels?.[level] ?? {}).sort());
        return JSON.stringify([hint !== undefined, unit !== undefined, wordings]);
      });
      expect(new Set(shapes).size, `${id}: ${shapes.join(' against ')}`).toBe(1);
    }
  });

  it('writes digits in one way', () => {
    for (const text of Object.values(texts)) expect(JSON.stringify(text)).not.toMatch(/[٠-٩۰-۹]/);
  });

  it('shows symbols that there are', () => {
    const missing = survey.items
      .flatMap(symbolsOf)
      .filter((name) => name !== undefined && !existsSync(join(ROOT, 'public/symbols', `${name}.svg`)));
    expect(missing).toEqual([]);
  });
});

describe.each(asked)('the words and answers of surveys/$folder', ({ survey, texts }) => {
  const questions = questionsOf(survey);
  const english = texts['en']!;
  const readings = questions.flatMap((question) =>
    levelsReading(survey, question).map((level) => ({ question, level, id: question.id })),
  );

  it('reach somebody', () => {
    expect(new Set(ids(readings))).toEqual(new Set(ids(questions)));
  });

  it.each(readings)('asks $level $id in few words, of one thing, about a time that can be remembered', (reading) => {
    const { text, rows = {} } = atLevel(wordsOf(english, reading.id), reading.level);
    for (const words of [text, ...Object.values(rows)]) {
      expect(words.split(/\s+/).length, words).toBeLessThanOrEqual(LIMITS[reading.level].words);
      expect(words).not.toMatch(/\band\b/i);
      expect(words).not.toMatch(/\bnot\b|n[’']t\b|\bnever\b/i);
    }
    expect(text).not.toMatch(/\bor\b/i);
    for (const words of wordsAt(english, reading.id, reading.level)) {
      expect(words).not.toMatch(LIMITS[reading.level].recallTooLong);
    }
  });

  it.each(survey.items)('assumes no family and no view in $id', ({ id }) => {
    for (const words of everyWord(english, id)) {
      expect(words).not.toMatch(/\bmum\b|\bdad\b|\bmother\b|\bfather\b|\bparents?\b/i);
      expect(words).not.toMatch(/and\/or|never not|\bagree|\bdisagree/i);
    }
    for (const text of Object.values(texts)) expect(everyWord(text, id).join(' ')).not.toContain('!');
  });

  it.each(readings)('offers $level few answers to $id', ({ question, level }) => {
    const limits = LIMITS[level];
    const options = choicesOf(question).filter((option) => !option.exclusive);
    expect(options.length).toBeLessThanOrEqual(question.kind === 'faces' ? limits.faces : limits.options);
    if (question.kind === 'grid') expect(question.rows.length).toBeLessThanOrEqual(limits.rows);
    if (question.kind === 'place-wheel') expect(question.points).toBe(limits.wheelPoints);
    if (!limits.ladder) expect(question.kind).not.toBe('ladder');
  });

  it.each(readings)('passes the coach at $level with $id', ({ question, level }) => {
    if (level === 'adult') return;
    const draft = draftOfItem(question, wordsOf(english, question.id), { level, language: 'en' });
    // Rows are pages of their own at this age, of which the coach says that they are many; gates keep topics from an age.
    const known = question.kind === 'grid' && level === 'p5-p7' ? ['grid-too-big warn'] : [];
    const gated = question.topic ? ['sensitive-too-early block'] : [];
    const found = coachQuestion(draft).findings.map(({ rule, severity }) => `${rule} ${severity}`);
    expect([...known, ...gated]).toEqual(expect.arrayContaining(found));
  });

  it.each(questions)('gives each answer and each row of $id words of its own', ({ id }) => {
    for (const text of Object.values(texts)) {
      const { options = {}, rows = {} } = wordsOf(text, id);
      for (const labels of [Object.values(options), Object.values(rows)]) {
        expect(new Set(labels).size, text.language).toBe(labels.length);
        for (const label of labels) expect(label).toMatch(/\p{Letter}/u);
      }
    }
  });

  it.each(questions)('lets nobody be forced to answer $id', (question) => {
    const aboutYou = question.tags.domain === 'about-you' ? ['prefer-not-to-say'] : ['dont-know', 'prefer-not-to-say'];
    // What the bands come from is asked of everybody who answers about a child; it can still be skipped.
    expect(question.optOuts).toEqual(question.id === survey.bandQuestion ? [] : aboutYou);
  });

  it('offers one answer that excludes the others wherever several can be ticked', () => {
    for (const question of questions) {
      if (question.kind !== 'tick-all') continue;
      const exclusive = question.options.filter((option) => option.exclusive);
      expect(exclusive, question.id).toEqual([question.options.at(-1)]);
    }
  });
});

describe.each(asked)('the ways through surveys/$folder', ({ survey, texts }) => {
  const journeys = journeysOf(survey);
  const english = texts['en']!;

  it('are no longer than their level allows', () => {
    for (const { traveller, path } of journeys) {
      expect(length(path), JSON.stringify(traveller)).toBeLessThanOrEqual(LIMITS[levelOf(traveller.stage)].length);
    }
  });

  it('start gently and keep what can hurt for the last third', () => {
    for (const { traveller, path } of journeys) {
      for (const id of SENSITIVE) {
        const position = positionOf(path, id) ?? Infinity;
        expect(position, `${id} ${JSON.stringify(traveller)}`).toBeGreaterThanOrEqual((length(path) * 2) / 3);
      }
    }
  });

  it('say before what can hurt that it can be skipped and that nobody watches', () => {
    for (const { path } of journeys) {
      const first = path.findIndex((step) => SENSITIVE.includes(step.item.id));
      if (first < 0) continue;
      const told = path.slice(0, first).filter((step) => step.item.kind === 'information');
      const words = told.map((step) => wordsOf(english, step.id).hint ?? '').join(' ');
      expect(words).toMatch(/You can skip (any of )?them\./);
      expect(words).toMatch(/Nobody is watching/);
    }
  });

  it('end on something positive', () => {
    for (const { path } of journeys) expect(POSITIVE).toContain(path.at(-1)?.id);
    expect(survey.items.at(-1)?.kind).not.toBe('information');
  });

  it('ask for words of one’s own only at the end, and only where they are read', () => {
    const isWritten = ({ kind }: SurveyItem) => kind === 'short-text' || kind === 'long-text';
    const last = questionsOf(survey);
    const written = last.filter(isWritten);
    expect(written).toEqual(last.slice(-1 - written.length, -1));
    for (const question of written) {
      expect('maxLength' in question && question.maxLength).toBe(question.kind === 'long-text' ? 600 : 200);
    }
    for (const { traveller, path } of journeys) {
      const expected = traveller.textAllowed ? written : [];
      expect(questionsOn(path).filter(isWritten)).toEqual(expected);
    }
  });

  it('reach no topic below its stage, whatever is switched on', () => {
    for (const { traveller, path } of journeys) {
      for (const { id, item } of path) {
        if (item.topic) expect(traveller.stage, id).not.toBeNull();
        expect(traveller.stage === null || isOldEnough(item, traveller.stage), id).toBe(true);
      }
    }
  });

  it('reach no topic that nobody switched on', () => {
    const unasked = journeys.filter(({ traveller }) => traveller.topics.length === 0);
    for (const item of new Set(unasked.flatMap(({ path }) => path.map((step) => step.item)))) {
      expect(OFF, item.id).not.toContain(item.topic);
      for (const [language, text] of Object.entries(texts)) {
        expect(everyWord(text, item.id).join('\n'), language).not.toMatch(TOPICS_OFF[language]!);
      }
    }
  });

  it('keep an unlinked section together, and say so on the page before it', () => {
    for (const { path } of journeys) {
      const apart = path.map((step) => unlinkedSectionOf(survey, step.item));
      const first = apart.findIndex((section) => section !== null);
      if (first < 0) continue;
      const last = apart.findLastIndex((section) => section !== null);
      expect(new Set(apart.slice(first, last + 1)).size).toBe(1);
      expect(path[first - 1]?.item.kind).toBe('information');
      expect(wordsOf(english, path[first - 1]!.id).hint).toContain('kept apart');
    }
  });
});

describe.each(asked)('the topics of surveys/$folder', ({ survey, texts }) => {
  it.each(survey.items)('are named by $id if its words are of one', (item) => {
    for (const [language, text] of Object.entries(texts)) {
      if (!TOPICS_OFF[language]?.test(everyWord(text, item.id).join('\n'))) continue;
      expect(OFF, language).toContain(item.topic);
      expect(unlinkedSectionOf(survey, item), language).not.toBeNull();
    }
    for (const [topic, words] of Object.entries(TOPIC_WORDS)) {
      const isOne = survey.stages.length > 0 && words.test(everyWord(texts['en']!, item.id).join('\n'));
      if (isOne) expect(item.topic).toBe(topic);
    }
    if (item.topic && OFF.includes(item.topic)) expect(unlinkedSectionOf(survey, item)).not.toBeNull();
  });
});

describe.each(asked)('the figures of surveys/$folder', ({ folder, survey }) => {
  it('are shares of questions that everybody is asked', () => {
    const least = ['place', 'feedback-check'].includes(folder) ? 1 : 6;
    expect(survey.indicators.length).toBeGreaterThanOrEqual(least);
    expect(survey.indicators.length).toBeLessThanOrEqual(9);
    expect(new Set(ids(survey.indicators)).size).toBe(survey.indicators.length);
    const variables = questionsOf(survey).flatMap(variablesOf);
    for (const indicator of survey.indicators) {
      const question = variables.find(({ id }) => id === indicator.question)?.question;
      // "58% of P5–P7 pupils" would be untrue of a question that only some of them were asked.
      expect(question, indicator.id).toBeDefined();
      expect([question?.stages, question?.when, question?.topic], indicator.id).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(unlinkedSectionOf(survey, question!), indicator.id).toBeNull();
    }
  });

  it('are scores of questions that the same people are asked, by sound rules', () => {
    for (const scale of survey.scales ?? []) {
      expect(surveyScaleFaults(scale)).toEqual([]);
      const items = scale.items.map(({ question }) => survey.items.find(({ id }) => id === question));
      expect(items).not.toContain(undefined);
      const gates = items.map((item) => JSON.stringify([item?.topic, item?.stages, item?.when, item?.section]));
      expect(new Set(gates).size, scale.id).toBe(1);
    }
  });
});
