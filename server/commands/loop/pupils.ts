import { Agent } from 'node:http';
import { seededRandom, type Random } from '../../core/seeded-random.ts';
import { Browser } from './browser.ts';
import { decode, type Form } from './markup.ts';
import { demand, the } from './trouble.ts';

/** A slip as it was dealt: a code, and the school it was made for. */
export interface Slip {
  school: string;
  code: string;
}

/** What the pupils of a wave are given. */
export interface Fieldwork {
  /** Scheme, host and port of the server. */
  address: string;
  slips: readonly Slip[];
  seed: string;
  /** What is said of a code that is spent, by language. */
  spentWords: Readonly<Record<'en' | 'ar', string>>;
}

/** What happened, as the pupils' own browsers saw it. */
export interface Tally {
  started: number;
  declined: number;
  /** Stopped or left, kept or not. */
  brokenOff: number;
  brokenOffKept: number;
  /** Of those broken off, who left without stopping. */
  left: number;
  sent: number;
  /** Answered questions that were taken, of those whose answers stay. */
  answered: number;
  inArabic: number;
  /** Sending forms that were sent again and led to the same thank-you. */
  sentAgain: number;
  /** Spent codes that were typed again and refused. */
  refusedAgain: number;
  /** A code of somebody who left, for trying it after the close. */
  leftCode: string;
}

const QUESTION = /^\/respond\/pages\/\d+$/;
const FINISHED = /^\/respond\/finished\?reference=[A-Z0-9]{3}-[A-Z0-9]{3}/;
/** How the form of a question writes "don't know" and "prefer not to say". */
const OPT_OUT = 'state:';
const AT_ONCE = 24;
const MOST_PAGES = 100;
/** Pages at most that somebody answers before breaking off. */
const HALF_WAY = 9;

type Wish = 'send' | 'decline' | 'stop' | 'leave';

/** What one pupil is going to do, from the seed alone. */
interface Plan {
  wish: Wish;
  timeRunsOut: 'keep' | 'throw-away';
  language: 'en' | 'ar';
  /** Whether the code is followed as a link, on a device of one's own: only there one leaves quickly. */
  ownDevice: boolean;
  /** Pages answered before breaking off. */
  pages: number;
  /** Whether the sending form is sent twice. */
  sendsTwice: boolean;
  /** Whether the spent code is typed again. */
  triesAgain: boolean;
  /** How much an early option is preferred to a late one; alike within a school. */
  leaning: number;
}

/** Lets every slip be answered, a bounded number at a time. @throws Error naming the pupil who met trouble */
export async function answerAll(fieldwork: Fieldwork): Promise<Tally> {
  const tally: Tally = {
    ...{ started: 0, declined: 0, brokenOff: 0, brokenOffKept: 0, left: 0, sent: 0, answered: 0 },
    ...{ inArabic: 0, sentAgain: 0, refusedAgain: 0, leftCode: '' },
  };
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const waiting = fieldwork.slips.entries();
  const device = async () => {
    for (const [index, slip] of waiting) {
      await answerOne(fieldwork, slip, index, new Browser(fieldwork.address, agent), tally);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, device));
  } finally {
    agent.destroy();
  }
  return tally;
}

async function answerOne(fieldwork: Fieldwork, slip: Slip, index: number, browser: Browser, tally: Tally) {
  const random = seededRandom(`${fieldwork.seed}/pupil/${index}`);
  const plan = planFor(fieldwork.seed, slip, random);
  try {
    await new Pupil(browser, plan, random, tally).answer(slip.code, fieldwork.spentWords[plan.language]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const who = `pupil ${index + 1} of school ${slip.school}, who was to ${plan.wish}, at ${browser.page.path}`;
    throw new Error(`${who}: ${message}`, { cause: error });
  }
}

function planFor(seed: string, { school }: Slip, random: Random): Plan {
  const wish = (['decline', 'stop', 'leave', 'send'] as const)[random.weighted([0.03, 0.04, 0.04, 0.89])] ?? 'send';
  return {
    wish,
    timeRunsOut: random.chance(0.5) ? 'keep' : 'throw-away',
    language: random.chance(0.05) ? 'ar' : 'en',
    ownDevice: wish === 'leave' && random.chance(0.5),
    pages: random.below(HALF_WAY),
    sendsTwice: random.chance(0.03),
    triesAgain: wish === 'decline' || random.chance(0.03),
    leaning: 0.2 + 0.5 * seededRandom(`${seed}/leaning/${school}`).normal(),
  };
}

/** One person with a slip and a browser. */
class Pupil {
  readonly #browser: Browser;
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #tally: Tally;
  #answered = 0;

  constructor(browser: Browser, plan: Plan, random: Random, tally: Tally) {
    this.#browser = browser;
    this.#plan = plan;
    this.#random = random;
    this.#tally = tally;
  }

  async answer(code: string, spentWords: string): Promise<void> {
    const { language, wish, triesAgain } = this.#plan;
    await this.#browser.visit(this.#plan.ownDevice ? `/respond/codes/${code}` : '/');
    if (language === 'ar') await this.#browser.follow(/^\/languages\/ar\b/);
    const typed = this.#random.chance(0.2) ? code.toLowerCase().replace('-', ' ') : code;
    await this.#browser.send(this.#plan.ownDevice ? this.#browser.form('/respond/sessions') : this.#codeForm(typed));
    this.#demandAt('/respond/assent');
    demand(this.#browser.page.body.includes(`<html lang="${language}"`), `a page in "${language}"`, 'another language');
    this.#tally.started += 1;
    if (language === 'ar') this.#tally.inArabic += 1;
    if (wish === 'decline') await this.#decline();
    else {
      await this.#agree();
      await this.#answerPages(wish === 'send' ? MOST_PAGES : this.#plan.pages);
      if (wish === 'send') await this.#send();
      else await this.#breakOff(wish, code);
    }
    if (wish !== 'leave' && triesAgain) await this.#tryAgain(code, spentWords);
  }

  #codeForm(typed: string): Form {
    return this.#browser.form('/respond/sessions').fill('code', typed);
  }

  #demandAt(path: string | RegExp): void {
    const { page } = this.#browser;
    const there = typeof path === 'string' ? page.path === path : path.test(page.path);
    demand(there, `to arrive at ${String(path)}`, page.path);
  }

  async #decline(): Promise<void> {
    await this.#browser.send(this.#browser.form('/respond/assent'), { name: 'decision', value: 'no' });
    this.#demandAt(FINISHED);
    this.#tally.declined += 1;
  }

  async #agree(): Promise<void> {
    const form = this.#browser.form('/respond/assent').choose('timeRunsOut', this.#plan.timeRunsOut);
    await this.#browser.send(form, { name: 'decision', value: 'yes' });
    this.#demandAt('/respond/picture-choice');
    const pictures = this.#browser.form('/respond/picture-choice');
    const values = pictures.choices('picture').map(({ value }) => value);
    await this.#browser.send(pictures.choose('picture', values[this.#random.below(values.length)]!));
    this.#demandAt(QUESTION);
  }

  /** Answers page after page until the check or until enough. */
  async #answerPages(most: number): Promise<void> {
    for (let count = 0; count < most && QUESTION.test(this.#browser.page.path); count += 1) await this.#answerPage();
  }

  async #answerPage(): Promise<void> {
    const here = this.#browser.page.path;
    const form = this.#browser.form(QUESTION);
    const names = form.asked();
    const skips = names.length > 0 && this.#random.chance(0.03);
    const chosen = skips ? [] : names.flatMap((name) => this.#fill(form, name));
    const button = { name: 'move', value: skips ? 'skip' : 'next' };
    const page = await this.#browser.trySending(form, button);
    // "None of these" beside another tick is asked again: then one tick is enough.
    if (page.status === 422 && chosen.length > 1) {
      await this.#browser.send(this.#browser.form(here).choose('answer', ...chosen.slice(0, 1)), button);
    } else demand(page.status === 200, `the answer on ${here} to be taken`, `status ${page.status}`);
    demand(this.#browser.page.path !== here, `another page after ${here}`, 'the same');
    this.#answered += chosen.filter((value) => !value.startsWith(OPT_OUT)).length === 0 ? 0 : 1;
  }

  /** Fills in one field of a question page in the way that it is made for. @returns what was chosen or typed */
  #fill(form: Form, name: string): string[] {
    const choices = form.choices(name);
    const listed = choices.filter(({ kind, value }) => kind === 'option' && value !== '');
    if (listed.length > 0) {
      const order = this.#random.shuffled([...new Set(listed.map(({ value }) => value))]).slice(0, 1);
      form.chooseInOrder(name, ...order);
      return order;
    }
    if (form.typed().includes(name)) {
      const typed = String(1 + this.#random.below(5));
      form.fill(name, typed);
      return [typed];
    }
    const chosen = this.#chosen(choices);
    form.choose(name, ...chosen);
    return chosen;
  }

  /** A choice that depends on the seed and, a little, on the school. */
  #chosen(choices: ReturnType<Form['choices']>): string[] {
    const optOuts = choices.filter(({ value }) => value.startsWith(OPT_OUT));
    const options = choices.filter(({ value }) => !value.startsWith(OPT_OUT));
    if (options.length === 0) return [];
    if (optOuts.length > 0 && this.#random.chance(0.04)) return [optOuts[this.#random.below(optOuts.length)]!.value];
    const preferred = options.map((_, place) => Math.exp((-2 * this.#plan.leaning * place) / options.length));
    const first = options[this.#random.weighted(preferred)]!.value;
    if (options[0]!.kind === 'radio') return [first];
    const others = options.filter(({ value }) => value !== first && this.#random.chance(0.25));
    return [first, ...others.map(({ value }) => value)];
  }

  async #send(): Promise<void> {
    this.#demandAt('/respond/check');
    const form = this.#browser.form('/respond/sending');
    const { path } = await this.#browser.send(form);
    this.#demandAt(FINISHED);
    this.#tally.sent += 1;
    this.#tally.answered += this.#answered;
    if (!this.#plan.sendsTwice) return;
    const again = await this.#browser.send(form);
    demand(again.path === path, `the same thank-you ${path} when sending again`, again.path);
    this.#tally.sentAgain += 1;
  }

  async #breakOff(wish: 'stop' | 'leave', code: string): Promise<void> {
    if (wish === 'stop') {
      await this.#browser.follow('/respond/stop');
      const form = this.#browser.form('/respond/stopping').choose('choice', this.#plan.timeRunsOut);
      await this.#browser.send(form);
      this.#demandAt(FINISHED);
    } else {
      this.#tally.left += 1;
      this.#tally.leftCode ||= code;
      // Some leave in haste, by the link that every page has on a device of one's own; the others put the device down.
      if (this.#plan.ownDevice) await this.#leaveQuickly();
    }
    this.#tally.brokenOff += 1;
    // Whoever has answered nothing has nothing to keep.
    if (this.#plan.timeRunsOut !== 'keep' || this.#answered === 0) return;
    this.#tally.brokenOffKept += 1;
    this.#tally.answered += this.#answered;
  }

  async #leaveQuickly(): Promise<void> {
    const { path } = await this.#browser.open(this.#browser.link('/respond/leave').href);
    demand(!path.startsWith('/'), 'leaving quickly to lead to another site', path);
  }

  async #tryAgain(code: string, spentWords: string): Promise<void> {
    await this.#browser.visit('/');
    const { status, body } = await this.#browser.trySending(this.#codeForm(code));
    demand(status === 422, 'a spent code to be refused with status 422', status);
    const said = /id="code-fault">([^<]*)</.exec(body)?.[1];
    const words = decode(the(said, 'words beside the code that say why'));
    demand(words === spentWords, `"${spentWords}" beside a spent code`, `"${words}"`);
    this.#tally.refusedAgain += 1;
  }
}
