import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../../server/core/survey/answer.ts';
import {
  isQuestion,
  type Question,
  type SurveyDefinition,
  type SurveyItem,
} from '../../server/core/survey/definition.ts';
import { walk, type Step, type Traveller } from '../../server/core/survey/journey.ts';
import { LEVELS, levelOf, STAGES, type Level, type Stage } from '../../server/core/survey/stage.ts';
import { atLevel, type ItemText, type SurveyText } from '../../server/core/survey/text.ts';

/*
 * The surveys that ship with Heard, as the tests of their content see them: their files, every way that
 * there is through them, and who reads which words.
 */

export const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'surveys');

/**
 * Topics and the stage from which each may be asked, copied from product.md by hand so that a slip in the
 * server's own list is found here.
 */
export const GATES = {
  'body-image': 'P7',
  hunger: 'P7',
  caring: 'P7',
  'mental-health-scale': 'S2',
  alcohol: 'S2',
  tobacco: 'S2',
  drugs: 'S4',
  'sexual-health': 'S4',
  'self-harm': 'S4',
} as const satisfies Record<string, Stage>;

type Topic = keyof typeof GATES;

/** Topics that are off until a named adult switches each of them on. */
export const OFF: readonly Topic[] = ['alcohol', 'tobacco', 'drugs', 'sexual-health', 'self-harm'];

/** Questions that can hurt: never first, always in the last third. A new one is added here by hand. */
export const SENSITIVE = [
  'hunger',
  'body-image',
  'bullied',
  'bullied-where',
  'caring',
  'care-experience',
  'alcohol',
  'nicotine',
  'drugs',
  'sexual-health-advice',
  'self-harm',
  'self-harm-help',
  'child-worry',
  'money-worry',
  'money-hard',
];

export interface Shipped {
  folder: string;
  survey: SurveyDefinition;
  /** By language code. */
  texts: Record<string, SurveyText>;
}

/** Typed on trust: the first test of each survey holds the files against their schema. */
export function readJson<Content>(...path: string[]): Content {
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

export const shipped = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => readShipped(entry.name));

/** The surveys that somebody is asked; the examples only show how each kind is drawn. */
export const asked = shipped.filter(({ folder }) => folder !== 'examples');

/** The survey in a folder, or an error that says to add it. */
export function shippedAs(folder: string): Shipped {
  const found = shipped.find((one) => one.folder === folder);
  if (!found) throw new Error(`No survey in surveys/${folder}: expected survey.json there. Add it.`);
  return found;
}

/** An item's words in one language; throws where there are none. */
export function wordsOf(text: SurveyText, id: string): ItemText {
  const words = text.items[id];
  if (!words) throw new Error(`Item "${id}" has no ${text.language} words: expected an entry in items. Add it.`);
  return words;
}

/** Everything that somebody of one level reads of an item: options and rows too. */
export function wordsAt(text: SurveyText, id: string, level: Level): string[] {
  const words = atLevel(wordsOf(text, id), level);
  const { text: question, hint, options, rows, low, high, unit } = words;
  return [question, hint, low, high, unit, ...Object.values(options ?? {}), ...Object.values(rows ?? {})].filter(
    (piece) => piece !== undefined,
  );
}

/** Everything that an item says to anybody. */
export function everyWord(text: SurveyText, id: string): string[] {
  return [...new Set(LEVELS.flatMap((level) => wordsAt(text, id, level)))];
}

/** The levels at which an item is ever read: by its stages, and by the gate of its topic. */
export function levelsReading(survey: SurveyDefinition, item: SurveyItem): Level[] {
  if (survey.stages.length === 0) return ['adult'];
  const stages = (item.stages ?? survey.stages).filter((stage) => isOldEnough(item, stage));
  return [...new Set(stages.map(levelOf))];
}

/** Whether a topic's gate lets an item through to a stage. */
export function isOldEnough(item: SurveyItem, stage: Stage): boolean {
  return !item.topic || STAGES.indexOf(stage) >= STAGES.indexOf(GATES[item.topic]);
}

export interface Journey {
  traveller: Traveller;
  answers: Answers;
  path: Step[];
}

/** Every way through a survey: each stage, topics all off and all on, with and without words, each route open or not. */
export function journeysOf(survey: SurveyDefinition): Journey[] {
  const topics = Object.keys(GATES) as Topic[];
  return (survey.stages.length === 0 ? [null] : survey.stages).flatMap((stage) =>
    [[], topics].flatMap((switchedOn) =>
      [false, true].flatMap((textAllowed) => {
        const traveller: Traveller = { stage, textAllowed, topics: switchedOn };
        return answersThatRoute(survey).map((answers) => ({
          traveller,
          answers,
          path: walk(survey, traveller, answers),
        }));
      }),
    ),
  );
}

/** Every combination of the answers that open a route, each of them also not given. */
function answersThatRoute(survey: SurveyDefinition): Answers[] {
  const routed = survey.items.flatMap((item) => (item.when ? [{ id: item.id, ...item.when }] : []));
  let combinations: Answers[] = [{}];
  for (const question of new Set(routed.map((route) => route.question))) {
    const routes = routed.filter((route) => route.question === question);
    // Codes that open the same items lead the same way: one of them stands for all.
    const codes = new Map<string, string>();
    for (const code of routes.flatMap((route) => route.anyOf)) {
      const opened = routes.filter((route) => route.anyOf.includes(code)).map((route) => route.id);
      codes.set(opened.join(), code);
    }
    combinations = combinations.flatMap((answers) => [
      answers,
      ...[...codes.values()].map((value): Answers => ({ ...answers, [question]: { state: 'answered', value } })),
    ]);
  }
  return combinations;
}

/** The items of a path that ask something. */
export function questionsOn(path: readonly Step[]): Question[] {
  return [...new Set(path.map((step) => step.item))].filter(isQuestion);
}

/** How many answers a path asks for: each row counts as a question. */
export function length(path: readonly Step[]): number {
  return path.reduce((sum, step) => sum + step.parts.length, 0);
}

/** How many answers a path asks for before it comes to an item; undefined if it never does. */
export function positionOf(path: readonly Step[], id: string): number | undefined {
  const index = path.findIndex((step) => step.item.id === id);
  return index < 0 ? undefined : length(path.slice(0, index));
}

/** What a reader chooses between; points of a wheel and groups of a number are no options to read. */
export function choicesOf(question: Question): { code: string; exclusive?: true }[] {
  return 'options' in question ? question.options : [];
}

/** Their ids, in order. */
export function ids(items: readonly { id: string }[]): string[] {
  return items.map((item) => item.id);
}

/** The symbol of an item and of each of its answers and rows; undefined where one has none. */
export function symbolsOf(item: SurveyItem): (string | undefined)[] {
  const lists = [
    'options' in item ? item.options : [],
    'rows' in item ? item.rows : [],
    'themes' in item ? item.themes : [],
  ];
  return [item.symbol, ...lists.flat().map((option) => option.symbol)];
}
