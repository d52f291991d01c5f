import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/*
 * Lynx, a browser that shows words alone, driven by its keys in a terminal of our own. The terminal is high enough
 * for a whole page, and Lynx writes a number before everything that can be chosen, as people who use it often ask for.
 */

const LYNX = '/usr/bin/lynx';
const COLUMNS = 80;
const ROWS = 240;
const PATIENCE = 30_000;

const SETTINGS = [
  'ACCEPT_ALL_COOKIES:TRUE',
  'FORCE_SSL_PROMPT:YES',
  'FORCE_COOKIE_PROMPT:YES',
  'CHARACTER_SET:utf-8',
  'DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED',
  // A page is on the screen at once or not at all, and no message makes it wait.
  'PARTIAL:FALSE',
  'INFOSECS:0',
  'MESSAGESECS:0',
  'ALERTSECS:0',
];

const ENTER = '\r';
const TAB = '\t';
const DOWN = '\x1bOB';
const REPAINT = '\f';

/**
 * The text browser that tests use, installed now if it is missing (Debian's package), saying so.
 * @throws with one sentence if there is none and none can be installed
 */
export function findTextBrowser(): string {
  if (existsSync(LYNX)) return LYNX;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log("No Lynx found: installing Debian's package …");
    for (const options of [
      ['update', '-qq'],
      ['install', '-y', '-qq', 'lynx'],
    ]) {
      spawnSync('apt-get', options, { stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }
  if (!existsSync(LYNX)) {
    throw new Error(`There is no text browser at ${LYNX} and none could be installed: install the package "lynx".`);
  }
  return LYNX;
}

/** One thing to tick on a page. */
export interface Choice {
  /** What the browser wrote before it, to be typed. */
  number: number;
  label: string;
  chosen: boolean;
  /** Whether others can be ticked along with it. */
  box: boolean;
}

/** What stands on the screen at one moment. */
export class Screen {
  /** All words in one line, with the numbers of the browser. */
  readonly numbered: string;
  /** All words in one line, as people read them. */
  readonly words: string;

  constructor(rows: readonly string[]) {
    this.numbered = rows.join(' ').replaceAll(/\s+/g, ' ').trim();
    this.words = this.numbered
      .replaceAll(/\(\[\d+\][\w-]+\)|\[\d+\]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  }

  /** Everything that can be ticked, in the order of the page. */
  choices(): Choice[] {
    const found = this.numbered.matchAll(/\[(\d+)\]([([])([ *X])[)\]] (.+?)(?= ?\(?\[\d+\])/g);
    return [...found].map(([, number, bracket, mark, label]) => ({
      number: Number(number),
      label: label!,
      chosen: mark !== ' ',
      box: bracket === '[',
    }));
  }

  /** Numbers of the lists to choose from that show these words now. */
  lists(shown: string): number[] {
    const found = this.numbered.matchAll(/\[(\d+)\]\[(?:\(\d+\))?_*([^\]]+?)_*\]/g);
    return [...found].filter(([, , label]) => label === shown).map(([, number]) => Number(number));
  }

  /** The number of a button; none if there is no such button. */
  button(label: string): number | undefined {
    const found = this.numbered.matchAll(/\(\[(\d+)\][\w-]+\) (.+?)(?= ?\(?\[\d+\]|$)/g);
    // Words of the page may follow a button with nothing in between.
    const button = [...found].find(([, , words]) => words === label || words!.startsWith(`${label} `));
    return button && Number(button[1]);
  }
}

/** Lynx with a page in it. */
export class TextBrowser {
  readonly #folder = mkdtempSync(join(tmpdir(), 'heard-text-browser-'));
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #terminal = new Terminal();
  #ended = false;

  constructor(address: string) {
    const lynx = findTextBrowser();
    const settings = join(this.#folder, 'lynx.cfg');
    writeFileSync(settings, `${SETTINGS.join('\n')}\n`);
    const command = `stty rows ${ROWS} cols ${COLUMNS} && exec ${lynx} -cfg=${settings} -nocolor ${address}`;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, HOME: this.#folder, TERM: 'vt100', LANG: 'C.UTF-8', SHELL: '/bin/sh' },
    });
    const decoder = new StringDecoder('utf8');
    this.#child.stdout.on('data', (bytes: Buffer) => this.#terminal.write(decoder.write(bytes)));
    this.#child.once('close', () => (this.#ended = true));
  }

  /**
   * What is on the screen when the browser has worked off all keys: it is asked twice to paint the page anew, so what
   * it painted in between is whole.
   * @throws if it paints nothing in half a minute
   */
  async screen(): Promise<Screen> {
    const end = Date.now() + PATIENCE;
    for (const wanted of [this.#terminal.paintings + 1, this.#terminal.paintings + 2]) {
      while (this.#terminal.paintings < wanted) {
        if (this.#ended) throw new Error(`The text browser ended. It showed: ${this.#terminal.rows().join('\n')}`);
        if (Date.now() > end) throw new Error(`The text browser is stuck at: ${this.#terminal.rows().join('\n')}`);
        // Keys that come while a page loads get lost, so it is asked again from time to time.
        this.#child.stdin.write(REPAINT);
        await this.#terminal.painting(100);
      }
    }
    return new Screen(this.#terminal.lastPainting());
  }

  /** Presses a button. @returns what is on the screen then */
  async press(label: string): Promise<Screen> {
    const screen = await this.screen();
    const number = screen.button(label);
    if (number === undefined) throw new Error(`Expected "${label}" on the screen, found: ${screen.numbered}`);
    await this.#goTo(number);
    return this.#keys(ENTER);
  }

  /** Ticks one thing. @returns what is on the screen then */
  async choose(label: string): Promise<Screen> {
    const screen = await this.screen();
    const choice = screen.choices().find((one) => one.label === label);
    if (!choice) throw new Error(`Expected "${label}" to choose, found: ${screen.numbered}`);
    await this.#goTo(choice.number);
    return choice.chosen ? this.screen() : this.#keys(ENTER);
  }

  /** Opens the first list that shows these words, and takes what stands some places further down. */
  async pick(shown: string, places: number): Promise<Screen> {
    const screen = await this.screen();
    const [number] = screen.lists(shown);
    if (number === undefined) throw new Error(`Expected a list with "${shown}", found: ${screen.numbered}`);
    await this.#goTo(number);
    return this.#keys(ENTER + DOWN.repeat(places) + ENTER);
  }

  /** Types into the only box for words, and leaves it. */
  async type(words: string): Promise<Screen> {
    const number = /\[(\d+)\]_{5}/.exec((await this.screen()).numbered)?.[1];
    if (number === undefined) throw new Error(`Expected an empty box, found: ${(await this.screen()).numbered}`);
    await this.#goTo(Number(number));
    return this.#keys(words + TAB);
  }

  /** Ends the browser and takes its folder away. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    if (!this.#ended) {
      this.#child.kill('SIGTERM');
      await closed;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Moves to something by its number, without choosing it. */
  async #goTo(number: number): Promise<void> {
    await this.#keys(`${number}g${ENTER}`);
  }

  async #keys(keys: string): Promise<Screen> {
    this.#child.stdin.write(keys);
    return this.screen();
  }
}

/** As much of a VT100 as Lynx makes use of: places, lines and wiping; all else that steers it is left out. */
class Terminal {
  paintings = 0;
  #cells: string[][] = emptyCells();
  #last: string[] = [];
  #row = 0;
  #column = 0;
  #rest = '';
  #waiting: (() => void)[] = [];

  rows(): string[] {
    return this.#cells.map((cells) => cells.join('').trimEnd()).filter((row) => row !== '');
  }

  /** What stood on the screen when it was last wiped. */
  lastPainting(): readonly string[] {
    return this.#last;
  }

  /** Waits until the screen is wiped for a new painting, at most so many milliseconds. */
  painting(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  write(output: string): void {
    // eslint-disable-next-line no-control-regex
    const piece = /\x1b\[([?\d;]*)([A-Za-z])|\x1b[()#][^\x1b]|\x1b[^[()#]|[^\x1b]/gsy;
    const input = this.#rest + output;
    let read = 0;
    for (let match = piece.exec(input); match; match = piece.exec(input)) {
      if (match[2]) this.#steer(match[2], (match[1] ?? '').split(';').map(Number));
      else if (match[0].startsWith('\x1b')) this.#index(match[0]);
      else this.#put(match[0]);
      read = piece.lastIndex;
    }
    this.#rest = input.slice(read);
  }

  #steer(command: string, [first = 0, second = 0]: number[]): void {
    const count = Math.max(first, 1);
    if (command === 'H') [this.#row, this.#column] = [count - 1, Math.max(second, 1) - 1];
    else if (command === 'A') this.#row -= count;
    else if (command === 'B') this.#row += count;
    else if (command === 'C') this.#column += count;
    else if (command === 'D') this.#column -= count;
    else if (command === 'J') this.#wipeDown();
    else if (command === 'K') this.#wipeLine(first);
  }

  #index(sequence: string): void {
    if (sequence === '\x1bM') this.#row -= 1;
    if (sequence === '\x1bD') this.#row += 1;
  }

  #wipeDown(): void {
    if (this.#row === 0 && this.#column === 0) {
      this.#last = this.rows();
      this.#cells = emptyCells();
      this.paintings += 1;
      for (const resolve of this.#waiting.splice(0)) resolve();
      return;
    }
    this.#wipeLine(0);
    for (let row = this.#row + 1; row < ROWS; row += 1) this.#cells[row]!.fill(' ');
  }

  #wipeLine(which: number): void {
    if (which === 1) this.#cells[this.#row]?.fill(' ', 0, this.#column + 1);
    else this.#cells[this.#row]?.fill(' ', this.#column);
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#row += 1;
    else if (character === '\b') this.#column -= 1;
    else if (character === '\t') this.#column = (Math.floor(this.#column / 8) + 1) * 8;
    else if (character >= ' ') {
      if (this.#column >= COLUMNS) [this.#row, this.#column] = [this.#row + 1, 0];
      const cells = this.#cells[this.#row];
      if (cells) cells[this.#column] = character;
      this.#column += 1;
    }
  }
}

function emptyCells(): string[][] {
  return Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, () => ' '));
}
