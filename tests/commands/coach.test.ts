import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDrafts } from '../../server/commands/coach/read-drafts.ts';
import { StartError } from '../../server/errors.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'server', 'commands', 'coach.ts');
const DRAFT = { id: 'smoke', level: 's4-s6', language: 'en', kind: 'one-choice', text: 'How often do you smoke?' };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heard-coach-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: unknown): string {
  const path = join(folder, 'drafts.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function coach(content: unknown, ...options: string[]) {
  return spawnSync(process.execPath, [COMMAND, write(content), ...options], { encoding: 'utf8' });
}

describe('npm run coach', () => {
  it('prints a list with the id and the findings of every draft, and nothing else', () => {
    const good = { ...DRAFT, id: 'good', text: 'Do you smoke?', options: ['Yes', 'No'], rows: null, topic: 'tobacco' };
    const { status, stdout, stderr } = coach([DRAFT, good], '--json');
    expect([status, stderr]).toEqual([0, '']);
    const [smoke, other] = JSON.parse(stdout) as { id: string; findings: object[] }[];
    expect(smoke).toMatchObject({ id: 'smoke', findings: [{ rule: 'presumes', severity: 'warn' }] });
    expect(Object.keys(smoke!.findings[0]!)).toEqual(['rule', 'severity', 'reason']);
    expect(other).toEqual({ id: 'good', findings: [], notJudged: [], limits: [] });
  });

  it('gives the reason and a better shape in words', () => {
    const [english] = JSON.parse(coach([DRAFT], '--json').stdout) as { findings: { reason: string }[] }[];
    expect(english!.findings[0]!.reason).toBe(
      '“how often do you smoke” sounds as if everyone does that, or as if it happened to everyone. ' +
        "What do the others answer? Ask first if it is so: “Do you smoke?”. Or give an answer for the others: “I don't smoke”.",
    );
  });

  it('gives them in Arabic too', () => {
    expect(coach([DRAFT], '--words', 'ar').stdout).toContain('فبماذا يجيب الآخرون؟');
  });

  it('prints lines to be read without --json, with what was not looked at', () => {
    const { stdout } = coach([DRAFT, { ...DRAFT, id: 'polski', language: 'pl', text: 'Czy palisz?' }]);
    expect(stdout).toContain('smoke\n  Think again (presumes): ');
    expect(stdout).toContain('polski\n  Nothing to mend.\n  Not looked at: reading-age, ');
    expect(stdout).toContain('counts words, answers and lines');
  });

  it('tells of a kind that nobody knows, and coaches the draft all the same', () => {
    const draft = { ...DRAFT, kind: 'widget', text: 'How many?', options: ['1 to 2', '2 to 3'] };
    const { status, stdout, stderr } = coach([draft], '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ findings: [{ rule: 'overlapping-options' }] }]);
    expect(stderr).toBe(
      'Draft 1: expected kind to be one of one-choice, tick-all, faces, ladder, grid, ranking, number, short-text, ' +
        'long-text, place-wheel, information, found widget; it is read as one-choice.\n',
    );
  });

  it('says what is wrong with a file in words alone and ends with 1', () => {
    const { status, stdout, stderr } = coach([{ ...DRAFT, level: 'p1-p4' }], '--json');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('expected level to be one of p5-p7, s1-s3, s4-s6, found p1-p4.');
    expect(stderr).not.toContain('    at ');
  });

  it.each([
    [[], 'Expected one file of drafts, found none: npm run coach -- FILE.json [--json]'],
    [['nowhere.json'], 'The file nowhere.json cannot be read (ENOENT): check its path.'],
    [['a.json', 'b.json'], 'Expected one file of drafts, found a.json b.json'],
    [['a.json', '--words', 'xx'], 'Expected --words to be one of en, ar, found xx'],
  ])('says how it is used when it gets %j', (options, words) => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...options], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });
});

describe('a file of drafts', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'expected JSON, found'],
    ['no list', { drafts: [] }, 'expected a list of drafts, found {"drafts":[]}. Put them into [ ].'],
    ['no draft', [3], '- Draft 1: expected a draft { "id", "level", "language", "kind", "text", … }, found 3.'],
    [
      'an unknown level',
      [{ ...DRAFT, level: 'p1-p4' }],
      '- Draft 1 (“smoke”): expected level to be one of p5-p7, s1-s3, s4-s6, found p1-p4.',
    ],
    [
      'an unknown stage',
      [{ ...DRAFT, stage: 'Year 7' }],
      '- Draft 1 (“smoke”): expected stage to be one of P1, P2, P3, P4, P5, P6, P7, S1, S2, S3, S4, S5, S6, or none, found Year 7.',
    ],
    [
      'a missing text',
      [DRAFT, { ...DRAFT, id: 'other', text: undefined }],
      '- Draft 2 (“other”): expected text to be the words of the question, of 10,000 characters at most, found nothing.',
    ],
    [
      'answers that are no words',
      [{ ...DRAFT, options: [1, 2] }],
      '- Draft 1 (“smoke”): expected options to be a list of answers in words, 200 at most, found [1,2].',
    ],
    ['one id twice', [DRAFT, DRAFT], '- expected every id once, found “smoke” twice. Give each draft its own.'],
  ])('refuses %s and says what was expected and found', (_name, content, fault) => {
    expect(() => readDrafts(write(content))).toThrow(StartError);
    expect(() => readDrafts(write(content))).toThrow(fault);
  });

  it('is read with what was left out filled in, and what else it carries left alone', () => {
    const { drafts, notes } = readDrafts(write([{ ...DRAFT, rows: null, expected: ['presumes'] }]));
    expect(drafts).toMatchObject([{ ...DRAFT, options: [], rows: [], topic: '' }]);
    expect(notes).toEqual([]);
  });

  it.each([
    ['Tick all', 'tick-all'],
    ['ladder 0–10', 'ladder'],
    ['one_choice', 'one-choice'],
    ['matrix', 'grid'],
    ['free text', 'long-text'],
  ])('may call a kind %s: it is %s', (kind, known) => {
    expect(readDrafts(write([{ ...DRAFT, kind }]))).toMatchObject({ drafts: [{ kind: known }], notes: [] });
  });
});
