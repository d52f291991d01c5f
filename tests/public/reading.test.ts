import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyOfWords } from '../../server/respond/recordings.ts';

/* The scripts of reading help and of reading aloud, as far as they need no page. */

interface HelpScript {
  lookOf(radios: { name: string; value: string; checked: boolean }[]): Record<string, string>;
  show(root: { dataset: Record<string, string> }, look: Record<string, string>): void;
  createSaver(send: (body: string) => Promise<string>): (body: string) => Promise<string>;
}
interface Voice {
  lang: string;
  localService: boolean;
  default: boolean;
  name: string;
}
interface Reader {
  state: string;
  start(): Promise<void>;
  resume(): Promise<void>;
  pause(): void;
  stop(): void;
}
interface AloudScript {
  keyOf(words: string): string;
  recordingsIn(list: string): Map<string, string>;
  chooseVoice(voices: Voice[], language: string): Voice | undefined;
  voicesOf(synthesis: object | undefined, wait?: number): Promise<Voice[]>;
  createReader(parts: {
    lines: () => string[];
    say: (line: string) => Promise<string>;
    hush: () => void;
    show: (state: string, unread: number) => void;
  }): Reader;
}

const script = (name: string) => import(pathToFileURL(join('public', 'js', name)).href) as Promise<unknown>;

describe('reading help on the page', () => {
  let help: HelpScript;
  beforeAll(async () => {
    help = (await script('reading.js')) as HelpScript;
  });

  it('sets what is chosen and takes away the usual', () => {
    const radio = (name: string, value: string, checked = false) => ({ name, value, checked });
    const look = help.lookOf([
      radio('size', 'usual'),
      radio('size', 'large', true),
      radio('colours', 'device', true),
      radio('colours', 'dark'),
    ]);
    const root = { dataset: { colours: 'dark', spacing: 'wide' } as Record<string, string> };
    help.show(root, look);
    expect(root.dataset).toEqual({ size: 'large', spacing: 'wide' });
  });

  it('saves one after the other, and of those that wait only the newest', async () => {
    const sent: string[] = [];
    const ends: (() => void)[] = [];
    const save = help.createSaver((body) => {
      sent.push(body);
      return new Promise((resolve) => ends.push(() => resolve(`saved ${body}`)));
    });
    const outcomes = [save('a'), save('b'), save('c')];
    expect(sent).toEqual(['a']);
    ends.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual(['a', 'c']);
    ends.shift()!();
    expect(await Promise.all(outcomes)).toEqual(['saved c', 'saved c', 'saved c']);
    void save('d');
    expect(sent).toEqual(['a', 'c', 'd']);
  });
});

describe('reading aloud', () => {
  let aloud: AloudScript;
  beforeAll(async () => {
    aloud = (await script('read-aloud.js')) as AloudScript;
  });

  const voice = (lang: string, more: Partial<Voice> = {}): Voice => ({
    lang,
    localService: true,
    default: false,
    name: lang,
    ...more,
  });

  it('takes a voice of the device for the language, and never one from afar', () => {
    const remote = voice('en-GB', { localService: false, default: true });
    expect(aloud.chooseVoice([remote], 'en')).toBeUndefined();
    expect(aloud.chooseVoice([remote, voice('fr-FR'), voice('en_US')], 'en')?.lang).toBe('en_US');
    expect(aloud.chooseVoice([voice('en-US', { default: true }), voice('en_GB')], 'en')?.lang).toBe('en_GB');
    expect(aloud.chooseVoice([voice('ar-EG'), voice('ar-SA', { default: true })], 'ar')?.lang).toBe('ar-SA');
    expect(aloud.chooseVoice([voice('arn-CL'), voice('en-GB')], 'ar')).toBeUndefined();
  });

  it('waits for voices that come late, and not for ever', async () => {
    let late: Voice[] = [];
    let tell = () => undefined as void;
    const synthesis = { getVoices: () => late, addEventListener: (_name: string, told: () => void) => (tell = told) };
    const found = aloud.voicesOf(synthesis, 60_000);
    late = [voice('en-GB')];
    tell();
    expect(await found).toHaveLength(1);
    expect(await aloud.voicesOf({ getVoices: () => [] }, 5)).toEqual([]);
    expect(await aloud.voicesOf(undefined)).toEqual([]);
  });

  it('finds recordings by the key that the server gives words', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (words) => aloud.keyOf(words) === keyOfWords(words)));
    expect(aloud.keyOf('  two\n words ')).toBe(keyOfWords('two words'));
    expect(aloud.recordingsIn('/r/en/ abc=1.mp3 d=2.ogg')).toEqual(
      new Map([
        ['abc', '/r/en/1.mp3'],
        ['d', '/r/en/2.ogg'],
      ]),
    );
    expect(aloud.recordingsIn('').size).toBe(0);
  });

  /** A reader of three lines whose end the test decides. */
  function reading() {
    const said: string[] = [];
    const states: string[] = [];
    let end: (outcome: string) => void = () => undefined;
    let hushed = 0;
    let unread = 0;
    const reader = aloud.createReader({
      lines: () => ['one', 'two', 'three'],
      say: (line) => {
        said.push(line);
        return new Promise((resolve) => (end = resolve));
      },
      hush: () => (hushed += 1),
      show: (state, count) => {
        states.push(state);
        unread = count;
      },
    });
    const finish = async (outcome = 'read') => {
      end(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { reader, said, states, finish, hushed: () => hushed, unread: () => unread };
  }

  it('says nothing before it is asked to, then every line in order', async () => {
    const { reader, said, finish } = reading();
    expect(said).toEqual([]);
    void reader.start();
    for (let line = 0; line < 3; line += 1) await finish();
    expect(said).toEqual(['one', 'two', 'three']);
    expect(reader.state).toBe('over');
    void reader.start();
    expect(said).toEqual(['one', 'two', 'three', 'one']);
  });

  it('pauses, and goes on with the line that was being read', async () => {
    const { reader, said, finish, hushed } = reading();
    void reader.start();
    await finish();
    reader.pause();
    expect([reader.state, hushed()]).toEqual(['paused', 1]);
    // The end of a line that was cut off leads to nothing.
    await finish();
    expect(said).toEqual(['one', 'two']);
    void reader.resume();
    await finish();
    expect(said).toEqual(['one', 'two', 'two', 'three']);
  });

  it('stops, and begins anew', async () => {
    const { reader, said, finish } = reading();
    void reader.start();
    await finish();
    reader.stop();
    await finish();
    expect([reader.state, said]).toEqual(['ready', ['one', 'two']]);
    void reader.start();
    expect(said.at(-1)).toBe('one');
  });

  it('counts what nothing could read', async () => {
    const { reader, finish, unread, states } = reading();
    void reader.start();
    await finish('unreadable');
    await finish();
    await finish('unreadable');
    expect([states.at(-1), unread()]).toEqual(['over', 2]);
  });
});
