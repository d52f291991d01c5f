import { readFileSync } from 'node:fs';
import { StartError } from '../errors.ts';

/**
 * What a JSON file holds; a byte order mark is passed over.
 * @throws StartError that says what is wrong with the file and what to do
 */
export function readJsonFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new StartError(`The file ${path}: expected JSON, found ${(error as Error).message.replaceAll('\n', ' ')}.`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`The file ${path} cannot be read (${code}): check its path.`);
  }
}
