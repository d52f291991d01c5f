import { coachQuestion } from '../core/coach/coach.ts';
import type { DraftQuestion } from '../core/coach/draft.ts';
import { StartError } from '../errors.ts';
import { findingInWords, limitInWords } from '../web/coach-words.ts';
import { loadLanguages, type Language } from '../web/language.ts';
import { readDrafts } from './coach/read-drafts.ts';

/*
 * `npm run coach -- FILE.json [--json] [--words LANGUAGE]`: what the question coach says of drafts. Reasons are in
 * English, or in the language that `--words` names. Ends with 0 whatever it finds, with 1 when it cannot look.
 */

const USAGE = 'npm run coach -- FILE.json [--json] [--words en|ar], where FILE.json holds a list of drafts.';

interface Asked {
  path: string;
  isJson: boolean;
  words: string;
}

function askedBy(options: readonly string[]): Asked {
  const rest = [...options];
  const isJson = take(rest, '--json') !== undefined;
  const wordsAt = rest.indexOf('--words');
  const [, words = 'en'] = wordsAt < 0 ? [] : rest.splice(wordsAt, 2);
  const [path, ...others] = rest;
  if (path === undefined || path.startsWith('--') || others.length > 0) {
    throw new StartError(`Expected one file of drafts, found ${rest.join(' ') || 'none'}: ${USAGE}`);
  }
  return { path, isJson, words };
}

function take(options: string[], name: string): string | undefined {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options.splice(at, 1)[0];
}

function languageNamed(code: string): Language {
  const languages = loadLanguages();
  const language = [...languages.values()].find((one) => one.code === code);
  if (language) return language;
  throw new StartError(`Expected --words to be one of ${[...languages.keys()].join(', ')}, found ${code}: ${USAGE}`);
}

/** One draft as it is printed: its findings, and what the coach did not or could not look at. */
function coached(draft: DraftQuestion, language: Language) {
  const { findings, notJudged, limits } = coachQuestion(draft);
  return {
    id: draft.id,
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      reason: findingInWords(language, finding),
    })),
    notJudged,
    limits: limits.map((limit) => limitInWords(language, limit)),
  };
}

/** The same to be read: a draft, and a line for each finding. */
function inLines({ id, findings, notJudged, limits }: ReturnType<typeof coached>, language: Language): string {
  const { coach } = language.words;
  const lines = findings.map(({ rule, severity, reason }) => `  ${coach[`severity-${severity}`]} (${rule}): ${reason}`);
  if (lines.length === 0) lines.push(`  ${coach.nothing}`);
  if (notJudged.length > 0) lines.push(`  ${language.say('coach', 'notJudged', { rules: notJudged.join(', ') })}`);
  return [id, ...lines, ...limits.map((limit) => `  ${limit}`)].join('\n');
}

try {
  const { path, isJson, words } = askedBy(process.argv.slice(2));
  const language = languageNamed(words);
  const { drafts, notes } = readDrafts(path);
  for (const note of notes) console.error(note);
  const results = drafts.map((draft) => coached(draft, language));
  console.log(isJson ? JSON.stringify(results, null, 2) : results.map((one) => inLines(one, language)).join('\n\n'));
} catch (error) {
  if (error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
