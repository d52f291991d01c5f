import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SurveyDefinition, SurveyText } from '../core/survey/definition.ts';
import { definitionFaults, textFaults } from '../core/survey/validate.ts';
import { StartError } from '../errors.ts';
import type { SurveyContent } from './surveys.ts';

const SURVEYS = join(import.meta.dirname, '..', '..', 'surveys');

/**
 * Reads the surveys that ship with Heard, from surveys/<survey>/survey.json and text.<language>.json.
 * @throws StartError naming the file and every fault in it
 */
export function readSurveyFolders(folder = SURVEYS): SurveyContent[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map((entry) => readSurvey(join(folder, entry.name)));
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
