import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSurvey, type SurveyRead } from '../core/xlsform/read-survey.ts';
import { writeSurvey } from '../core/xlsform/write-survey.ts';
import { StartError } from '../errors.ts';
import { readExamples, readSurveyFolders } from '../storage/survey-folders.ts';
import type { SurveyContent } from '../storage/surveys.ts';
import { MOST_BYTES, WorkbookError } from '../web/workbooks/archive.ts';
import { readWorkbook, writeWorkbook } from '../web/workbooks/workbook-file.ts';
import { reportOf } from './xlsform/report.ts';

/* `npm run xlsform`: what Heard takes of an XLSForm, and a survey as an XLSForm (docs/xlsform.md). */

const USAGE = `npm run xlsform -- FILE.xlsx [--json]
npm run xlsform -- --survey ID --out FILE.xlsx
The first says what Heard takes of a form and lists by row what it does not. The second writes a survey of surveys/.`;

function parse(options: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: options,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, survey: text, out: text },
    });
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function run(options: string[]): Promise<void> {
  const { values, positionals } = parse(options);
  if (values.survey !== undefined && values.out !== undefined && positionals.length === 0) {
    await writeForm(values.survey, values.out);
    return;
  }
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0 || values.survey !== undefined || values.out !== undefined)
    throw new StartError(`Expected one file to read, or a survey and a file to write.\n${USAGE}`);
  const read = await readForm(path);
  if (values.json) console.log(JSON.stringify(read, null, 2));
  else for (const line of reportOf(read)) console.log(line);
}

/** @throws StartError naming the file and what is wrong with it */
async function readForm(path: string): Promise<SurveyRead> {
  try {
    return readSurvey(await readWorkbook(readBytes(path)));
  } catch (error) {
    if (error instanceof WorkbookError) throw new StartError(`${path}: ${error.message}`);
    throw error;
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`The file ${path} cannot be read (${code}). Check its path.`);
  }
}

async function writeForm(id: string, path: string): Promise<void> {
  const { definition, texts } = surveyOf(id);
  const bytes = await writeWorkbook(writeSurvey(definition, texts));
  if (bytes.length > MOST_BYTES) throw new StartError(`The survey "${id}" makes a form too large to read again.`);
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`--out: the file ${path} cannot be written (${code}). Check its path.`);
  }
  console.log(`${path}: ${definition.items.length} items in ${texts.map(({ language }) => language).join(', ')}.`);
}

function surveyOf(id: string): SurveyContent {
  const surveys = [...readSurveyFolders(), readExamples()];
  const found = surveys.find(({ definition }) => definition.id === id);
  if (found) return found;
  const ids = surveys.map(({ definition }) => definition.id).join(', ');
  throw new StartError(`--survey: expected one of ${ids}, found "${id}".\n${USAGE}`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
