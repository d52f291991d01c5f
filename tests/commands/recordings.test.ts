import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecordings } from '../../server/respond/recordings.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'server', 'commands', 'recordings.ts');
const ITEMS = {
  safe: {
    text: 'Do you feel safe?',
    hint: 'Think of the streets near you.',
    options: { yes: 'Yes', no: 'No' },
    levels: { 's1-s3': { text: 'Do you feel safe where you live?' } },
  },
  well: { text: 'Are you well?', options: { yes: 'Yes', no: 'No' } },
};

let surveys: string;
let audio: string;
beforeEach(() => {
  surveys = mkdtempSync(join(tmpdir(), 'heard-surveys-'));
  audio = join(surveys, 'small', 'audio', 'en');
  mkdirSync(audio, { recursive: true });
  writeFileSync(join(surveys, 'small', 'survey.json'), '{}');
  say(ITEMS);
});
afterEach(() => rmSync(surveys, { recursive: true, force: true }));

function say(items: object): void {
  const text = { language: 'en', status: 'drafted', name: 'Small', items, indicators: {} };
  writeFileSync(join(surveys, 'small', 'text.en.json'), JSON.stringify(text));
}

const record = (file: string) => writeFileSync(join(audio, file), `sound of ${file}`);

function command(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...options], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

interface Standing {
  texts: number;
  recorded: number;
  missing: { name: string; words: string }[];
  outdated: { name: string }[];
  unnoted: string[];
  strays: string[];
}

function standing(): Standing {
  const { status, stdout } = command('--json', '--surveys', surveys);
  expect(status).toBe(0);
  return (JSON.parse(stdout) as Standing[])[0]!;
}

const note = (...files: string[]) => command(...files.flatMap((file) => ['--note', join(audio, file)]));

describe('what is recorded', () => {
  it('is nothing at first: every text is missing, and that is no fault', () => {
    expect(standing()).toMatchObject({ texts: 8, recorded: 0, outdated: [], unnoted: [], strays: [] });
    expect(standing().missing.map(({ name }) => name)).toEqual([
      'safe.text',
      'safe.hint',
      'safe.option.yes',
      'safe.option.no',
      'safe.text.s1-s3',
      'well.text',
      'well.option.yes',
      'well.option.no',
    ]);
    const { status, stdout } = command('--surveys', surveys);
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'survey  language  texts  recorded  missing  outdated',
      'small   en            8         0        8         0',
    ]);
  });

  it('counts once it is noted, wherever the same words stand', () => {
    record('safe.text.mp3');
    record('safe.option.yes.ogg');
    expect(standing()).toMatchObject({ recorded: 0, unnoted: ['safe.option.yes.ogg', 'safe.text.mp3'] });
    const { status, stdout } = note('safe.text.mp3', 'safe.option.yes.ogg');
    expect(status).toBe(0);
    expect(stdout).toContain('safe.text.mp3 holds “Do you feel safe?”');
    expect(standing()).toMatchObject({ recorded: 3, unnoted: [] });
    expect(standing().missing.map(({ name }) => name)).not.toContain('well.option.yes');
  });

  it('is outdated when the text changes, and counts again when it is noted anew', () => {
    record('well.text.mp3');
    note('well.text.mp3');
    say({ ...ITEMS, well: { ...ITEMS.well, text: 'Are you happy?' } });
    expect(standing()).toMatchObject({ recorded: 0, outdated: [{ name: 'well.text', words: 'Are you happy?' }] });
    expect(command('--surveys', surveys).stdout).toContain('  outdated: well: text\n');
    note('well.text.mp3');
    expect(standing()).toMatchObject({ recorded: 1, outdated: [] });
  });

  it('is missing when the file goes, although it was noted', () => {
    record('well.text.mp3');
    note('well.text.mp3');
    rmSync(join(audio, 'well.text.mp3'));
    expect(standing().missing.map(({ name }) => name)).toContain('well.text');
  });

  it('names files of no words', () => {
    record('gone.text.mp3');
    expect(standing()).toMatchObject({ strays: ['gone.text.mp3'], unnoted: [] });
    expect(command('--surveys', surveys).stdout).toContain('of no words: gone.text.mp3');
  });
});

describe('noting a file', () => {
  it('writes what the server plays by, sorted', () => {
    record('well.text.mp3');
    record('safe.text.s1-s3.mp3');
    note('well.text.mp3', 'safe.text.s1-s3.mp3');
    const manifest = JSON.parse(readFileSync(join(audio, 'manifest.json'), 'utf8')) as object;
    expect(Object.keys(manifest)).toEqual(['safe.text.s1-s3.mp3', 'well.text.mp3']);
    const recordings = readRecordings(surveys).get('small/en')!;
    expect(recordings.nameOf('Are you well?')).toMatch(/^[0-9a-f]{16}\.mp3$/);
    expect(recordings.nameOf('Do you feel safe where you live?')).toBeDefined();
    expect(recordings.nameOf('Do you feel safe?')).toBeUndefined();
  });

  it.each([
    ['a file that is not there', 'well.text.mp3', /there is no such file/],
    ['an item that is not there', 'gone.text.mp3', /has no item "gone"/],
    ['words that are not there', 'well.hint.mp3', /expected one of well\.text, well\.option\.yes, well\.option\.no/],
    ['another kind of file', 'well.text.wav', /expected surveys\/<survey>\/audio/],
  ])('refuses %s with one sentence', (_what, file, message) => {
    if (file !== 'well.text.mp3') record(file);
    const { status, stderr } = note(file);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('leaves a broken manifest as it is and names it', () => {
    record('well.text.mp3');
    writeFileSync(join(audio, 'manifest.json'), 'nonsense');
    expect(note('well.text.mp3').stderr).toMatch(/manifest\.json cannot be used/);
    expect(readFileSync(join(audio, 'manifest.json'), 'utf8')).toBe('nonsense');
  });
});

it('an option that there is not gets the usage', () => {
  const { status, stderr } = command('--loud');
  expect(status).toBe(1);
  expect(stderr).toContain('npm run recordings');
});
