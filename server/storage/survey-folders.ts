import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerValue } from '../core/survey/answer.ts';
import type { SurveyDefinition } from '../core/survey/definition.ts';
import type { AnswerFault } from '../core/survey/read-answer.ts';
import type { SurveyText } from '../core/survey/text.ts';
import { definitionFaults, textFaults } from '../core/survey/validate.ts';
import { StartError } from '../errors.ts';
import type { SurveyContent } from './surveys.ts';

const SURVEYS = join(import.meta.dirname, '..', '..', 'surveys');

/** One item of every kind, to look at and to test with; never published and asked of nobody. */
const EXAMPLES = 'examples';

/**
 * Reads the surveys that ship with Heard, from surveys/<survey>/survey.json and text.<language>.json.
 * @throws StartError naming the file and every fault in it
 */
export function readSurveyFolders(folder = SURVEYS): SurveyContent[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.filter(({ name }) => name !== EXAMPLES).map(({ name }) => readSurvey(join(folder, name)));
}

/** What an example has been answered with, and what may be wrong with an answer to it. */
export interface ExampleState {
  /** As a draft holds it; for an item in rows the option by row. */
  answered: AnswerValue | Record<string, string>;
  fault: AnswerFault;
}

/** Reads the examples of all kinds, with their states by item id. */
export function readExamples(): SurveyContent & { states: Record<string, ExampleState> } {
  const folder = join(SURVEYS, EXAMPLES);
  const states = JSON.parse(readFileSync(join(folder, 'states.json'), 'utf8')) as Record<string, ExampleState>;
  return { ...readSurvey(folder), states };
}

function readSurvey(folder: string): SurveyContent {
  const path = join(folder, 'survey.json');
  const definition = JSON.parse(readFileSync(path, 'utf8')) as SurveyDefinition;
  refuse(path, definitionFaults(definition));
  const files = readdirSync(folder).filter((name) => /^text\.[a-z]+\.json$/.test(name));
  const texts = files.map((name) => {
    const text = JSON.parse(readFileSync(join(folder, name), 'utf8')) as SurveyText;
    refuse(join(folder, name), textFaults(definition, text));
    return text;
  });
  return { definition, texts };
}

function refuse(path: string, faults: string[]): void {
  if (faults.length > 0) throw new StartError(`${path} cannot be used:\n  ${faults.join('\n  ')}`);
}
