import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, codesOf } from '../support/people.ts';
import { TextBrowser, type Screen } from '../support/text-browser.ts';

/*
 * A pupil with a browser that shows words alone, and keys alone to steer it: everything is said in words, and the
 * survey can be answered to its end. Lynx itself marks the first of several answers when none is marked (an old rule
 * of HTML forms), so we take the second: what the check shows afterwards is then what was chosen.
 */

/** The place of our code among those of P5; no other journey takes it. */
const TURN = 20;
/** Which page is skipped. */
const SKIPPED = 3;
const MOST_PAGES = 60;

interface Texts {
  items: Record<string, { text: string; options?: Record<string, string>; rows?: Record<string, string> }>;
}

const respond = read<Record<string, string>>('locales/en/respond.json');
const layout = read<Record<string, string>>('locales/en/layout.json');
const quiet = read<Record<string, string>>('locales/en/quiet.json');
const texts = read<Texts>('surveys/primary/text.en.json');

const HELP = `${layout.needToTalk} ${layout.needToTalkWords} ${layout.needToTalkLink}`;
const PROGRESS = wordsOf('progress-');
const OPT_OUTS = wordsOf('optOut-');

/** A question as its page words it, and its answers; one line of several is a page of its own. */
interface Asked {
  heading: string;
  /** How the check names it. */
  name: string;
  options: string[];
}

const QUESTIONS: Asked[] = Object.values(texts.items).flatMap(({ text, rows, options }) => {
  const labels = Object.values(options ?? {});
  if (!rows) return [{ heading: text, name: text, options: labels }];
  return Object.values(rows).map((row) => ({ heading: row, name: `${text} – ${row}`, options: labels }));
});

function read<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8')) as Shape;
}

function wordsOf(start: string): string[] {
  return Object.entries(respond).flatMap(([key, words]) => (key.startsWith(start) ? [words] : []));
}

/** Looks whether a question page says all in words. @returns its question */
function look(screen: Screen): Asked {
  const asked = QUESTIONS.find(({ heading }) => screen.words.includes(` ${heading} `));
  expect(asked, `a question of the survey stands in: ${screen.words}`).toBeDefined();
  expect(
    PROGRESS.some((words) => screen.words.includes(`${words} `)),
    `how far it is stands in: ${screen.words}`,
  ).toBe(true);
  expect(screen.words).toContain(HELP);
  expect(screen.button(respond.next!), screen.words).toBeDefined();
  // Words between questions ask nothing, so there is nothing to skip.
  if (asked!.options.length > 0) expect(screen.button(respond.skip!), screen.words).toBeDefined();
  return asked!;
}

/** Answers a page by keys. @returns what the check has to say of it; nothing for a page that asks nothing */
async function answer(browser: TextBrowser, screen: Screen, asked: Asked): Promise<string | undefined> {
  const [first, second] = asked.options;
  if (first === undefined || second === undefined) return undefined;
  const labels = screen.choices().map(({ label }) => label);
  if (screen.lists('Nothing yet').length > 0) {
    await browser.pick('Nothing yet', 2);
    const picked = await browser.pick('Nothing yet', 1);
    expect(picked.lists(second)).toHaveLength(1);
    expect(picked.lists(first)).toHaveLength(1);
    return `1. ${second}, 2. ${first}`;
  }
  expect(labels.slice(0, asked.options.length)).toEqual(asked.options);
  for (const label of labels.slice(asked.options.length)) expect(OPT_OUTS).toContain(label);
  const chosen = (await browser.choose(second)).choices().filter((choice) => choice.chosen);
  expect(chosen.map(({ label }) => label)).toEqual([second]);
  return second;
}

/** Goes from page to page up to the check. @returns the screen there, and what it has to say */
async function answerEverything(browser: TextBrowser, start: Screen): Promise<{ check: Screen; given: string[] }> {
  const given: string[] = [];
  let screen = start;
  for (let page = 0; page < MOST_PAGES && screen.button(respond.next!) !== undefined; page += 1) {
    const asked = look(screen);
    if (page === SKIPPED) {
      given.push(`${asked.name} ${respond.checkSkipped}`);
      screen = await browser.press(respond.skip!);
      continue;
    }
    const words = await answer(browser, screen, asked);
    if (words !== undefined) given.push(`${asked.name} ${words}`);
    screen = await browser.press(respond.next!);
  }
  return { check: screen, given };
}

test('a P5 pupil answers the whole survey in a text browser', async () => {
  const browser = new TextBrowser(`${address()}/`);
  try {
    const front = await browser.screen();
    expect(front.words).toContain(respond.frontIntro);
    await browser.type(codesOf('P5')[TURN]!);
    const assent = await browser.press(respond.start!);
    expect(assent.words).toContain(respond.assentTitle);
    expect(assent.words).toContain(HELP);
    await browser.choose(respond.timeKeep!);
    const pictures = await browser.press(respond.yesStart!);
    expect(pictures.words).toContain(respond.pictureChoiceTitle);
    await browser.choose(respond['picture-kite']!);
    const { check, given } = await answerEverything(browser, await browser.press(respond.pictureGoOn!));
    expect(check.words).toContain(respond.checkIntro);
    expect(given.length).toBeGreaterThanOrEqual(30);
    for (const words of given) expect(check.words).toContain(`${words} ${respond.change}`);
    const end = await browser.press(respond.send!);
    expect(end.words).toContain(quiet.done);
    expect(end.words).toMatch(new RegExp(`${quiet.reference} [0-9A-Z]{3}-[0-9A-Z]{3} `));
    expect(end.words).toContain(HELP);
  } finally {
    await browser.close();
  }
});
