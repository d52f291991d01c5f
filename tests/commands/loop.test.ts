import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { columnSum, decode, formsOf, linksOf, type Form } from '../../server/commands/loop/markup.ts';
import { runLoop, type LoopFacts } from '../../server/commands/loop/run.ts';
import { StepFailed } from '../../server/commands/loop/steps.ts';
import { openTown, type Town } from '../../server/commands/loop/town.ts';
import { Trouble } from '../../server/commands/loop/trouble.ts';

/** A busy machine is slow; the loop itself gives up after a quarter of an hour. */
const PATIENCE_MILLISECONDS = 910_000;

interface Run {
  status: number | null;
  output: string;
  complaints: string;
}

/** `npm run loop` without npm, with temporary files in a folder of its own. */
function runCommand(options: string[], temporary: string): Promise<Run> {
  const child = spawn('node_modules/.bin/node', ['server/commands/loop.ts', ...options], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { status: null, output: '', complaints: '' };
  child.stdout.on('data', (chunk) => (run.output += String(chunk)));
  child.stderr.on('data', (chunk) => (run.complaints += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ ...run, status }));
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heard-loop-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run loop', () => {
  it(
    'goes round once and says in one object what was seen to hold',
    async () => {
      const { status, output, complaints } = await runCommand(['--json', '--seed', 'test'], folder);
      expect({ status, complaints }).toMatchObject({ status: 0 });
      const facts = JSON.parse(output) as LoopFacts & { seconds: number };
      expect(Object.keys(facts)).toEqual([
        'started',
        'declined',
        'brokenOff',
        'brokenOffKept',
        'responses',
        'answered',
        'released',
        'shownCells',
        'hiddenCells',
        'reply',
        'replyShare',
        'promises',
        'answeredBack',
        'chain',
        'newVersion',
        'oldVersionUnchanged',
        'seconds',
      ]);
      expect(facts).toMatchObject({ started: 1205, released: true, reply: 'published' });
      expect(facts).toMatchObject({ newVersion: true, oldVersionUnchanged: true });
      expect(facts.promises).toMatchObject({ full: true, friendly: true, followedUp: true });
      expect(facts.chain).toBe(6);
      expect(facts.answeredBack).toBeGreaterThan(0);
      expect(facts.answeredBack).toBeLessThanOrEqual(100);
      const { started, declined, brokenOff, brokenOffKept, responses } = facts;
      expect(declined).toBeGreaterThan(0);
      expect(brokenOffKept).toBeGreaterThan(0);
      expect(brokenOff).toBeGreaterThan(brokenOffKept);
      expect(responses).toBe(started - declined - brokenOff + brokenOffKept);
      expect(facts.answered).toBeGreaterThanOrEqual(6 * responses);
      expect(facts.hiddenCells).toBeGreaterThanOrEqual(1);
      expect(facts.shownCells).toBeGreaterThan(1000);
      expect(Number.isInteger(facts.replyShare)).toBe(true);
      expect(facts.replyShare).toBeGreaterThan(0);
      expect(facts.replyShare).toBeLessThan(100);
      expect(facts.seconds).toBeGreaterThan(0);
      expect(readdirSync(folder)).toEqual([]);
    },
    PATIENCE_MILLISECONDS,
  );

  it('says in a sentence which step failed, and prints no result', async () => {
    const { status, output, complaints } = await runCommand(['--json'], join(folder, 'not-there'));
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(complaints).toMatch(/^Import an authority and start the server: expected .*, found .*ENOENT.*\.\n$/);
  });

  it('tells how it is used when it is used otherwise', async () => {
    const { status, complaints } = await runCommand(['--sead', '3'], folder);
    expect(status).toBe(1);
    expect(complaints).toContain('--seed TEXT');
  });
});

describe('a step that does not go through', () => {
  let town: Town;
  beforeEach(async () => {
    town = await openTown('test');
  });
  afterEach(() => town.close());

  it('stops the loop with the step, what was expected and what the page said', async () => {
    town.signIns.planner.password = 'not the password';
    const loop = runLoop(town, 'test', () => undefined);
    await expect(loop).rejects.toThrow(StepFailed);
    await expect(loop).rejects.toThrow(
      /^Sign in each role: expected the page \/people\/sign-in with status 200, found 422 ".+"\.$/,
    );
  });
});

const PAGE = `
<p><a href="/a?x=1&amp;y=2">To <b>A</b></a></p>
<form method="post" action="/elsewhere"><input type="hidden" name="stray" value="1"></form>
<form method="post" action="/things">
<input type="hidden" name="token" value="&quot;t&quot;">
<input name="title" value="old"><input name="option" value=""><input name="option" value="">
<textarea name="why" rows="3">because &amp; so</textarea>
<input type="checkbox" name="bands" value="one" checked><input type="checkbox" name="bands" value="two">
<input type="radio" name="kind" value="x"><input type="radio" name="kind" value="y" checked>
<select name="place"><option value="first">First</option><option value="second">Second</option></select>
<button type="submit" name="move" value="next">Next</button><button type="submit" name="move" value="skip">Skip</button>
</form>`;

describe('a form as a browser sends it', () => {
  let form: Form;
  beforeEach(() => {
    form = formsOf(PAGE, '/things')[0]!;
  });

  it('sends what stands on the page when nothing is changed', () => {
    const expected = 'token=%22t%22&title=old&option=&option=&why=because+%26+so&bands=one&kind=y&place=first';
    expect(form.press()).toBe(expected);
  });

  it('sends what was typed and chosen, and the button that was pressed', () => {
    form
      .fill('title', 'new')
      .fill('option', 'a', 'b')
      .choose('bands', 'two')
      .choose('kind', 'x')
      .choose('place', 'second');
    const body = new URLSearchParams(form.press('move', 'skip'));
    expect(body.get('title')).toBe('new');
    expect(body.getAll('option')).toEqual(['a', 'b']);
    expect(body.getAll('bands')).toEqual(['two']);
    expect(body.get('kind')).toBe('x');
    expect(body.get('place')).toBe('second');
    expect(body.get('move')).toBe('skip');
  });

  it('refuses what the page does not offer', () => {
    expect(() => form.fill('missing', 'x')).toThrow(Trouble);
    expect(() => form.fill('token', 'forged')).toThrow(Trouble);
    expect(() => form.fill('option', 'a', 'b', 'c')).toThrow(Trouble);
    expect(() => form.choose('bands', 'three')).toThrow(/choice bands=three.*one, two/);
    expect(() => form.press('move', 'back')).toThrow(Trouble);
  });

  it('finds forms by their action, and links with their words', () => {
    expect(formsOf(PAGE, /^\/else/).map(({ action }) => action)).toEqual(['/elsewhere']);
    expect(linksOf(PAGE)).toEqual([{ href: '/a?x=1&y=2', words: 'To A' }]);
  });

  it('reads text and figures as they are printed', () => {
    expect(decode('&lt;b&gt; &#39;it&#x27;s&#39; &amp;amp;')).toBe("<b> 'it's' &amp;");
    const rows =
      '<tr><th>Band</th><th>Shown</th></tr><tr><th>P5–P7</th><td>1,234</td></tr><tr><th>S1</th><td>6</td></tr>';
    expect(columnSum(rows, -1)).toBe(1240);
  });
});
