import { webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

/* What a device does with answers while the line is down: kept sealed, sent in order, gone after a day. */

interface Answer {
  number: number;
  ticket: string;
  language: string;
  fields: [string, string][];
}
interface Held {
  id: string;
  at: number;
  answer: Answer;
}
interface Store {
  idOf(ticket: string): Promise<string>;
  put(id: string, at: number, answer: Answer): Promise<void>;
  all(): Promise<Held[]>;
  remove(held: { id: string; at: number }): Promise<void>;
  ticket(): Promise<string | undefined>;
  keepTicket(ticket: string): Promise<void>;
  forgetTicket(): Promise<void>;
}
interface Verdict {
  verdict: 'go' | 'show' | 'later' | 'saved' | 'unsaved';
  href?: string;
  id?: string;
  noLine?: boolean;
}
type Send = (answer: Answer) => Promise<Verdict>;
interface Reply {
  ok: boolean;
  status: number;
  redirected: boolean;
  url: string;
}
interface Sending {
  HELD_FOR: number;
  isOver(at: number, now: number): boolean;
  pauseAfter(failures: number): number;
  verdictOnPage(reply: Reply, json: unknown, origin: string): Verdict;
  verdictOnWaiting(reply: Reply, json: unknown): Verdict;
  sendWaiting(store: Store, send: Send, now: () => number): Promise<{ left: number; verdicts: Map<string, Verdict> }>;
  handIn(
    form: Omit<Answer, 'ticket'>,
    parts: {
      store: Store | null;
      ticket: () => string | undefined;
      live: () => Promise<Verdict>;
      send: Send;
      now: () => number;
    },
  ): Promise<Verdict>;
}
interface StoreScript {
  createStore(rows: Rows, cryptography: unknown): Store;
  openStore(): Promise<Store | null>;
}

let sending: Sending;
let storing: StoreScript;
beforeAll(async () => {
  const load = (name: string) => import(pathToFileURL(join('public', 'js', name)).href);
  sending = (await load('waiting-sending.js')) as Sending;
  storing = (await load('waiting-store.js')) as StoreScript;
});

/** Rows as the browser's database keeps them. */
class Rows {
  readonly kept = new Map<string, unknown>();
  get = async (name: string) => this.kept.get(name);
  put = async (name: string, row: unknown) => void this.kept.set(name, row);
  addOnce = async (name: string, row: unknown) => {
    if (!this.kept.has(name)) this.kept.set(name, row);
    return this.kept.get(name);
  };
  remove = async (name: string, isMeant: (row: unknown) => boolean) => {
    if (this.kept.has(name) && isMeant(this.kept.get(name))) this.kept.delete(name);
  };
  beginning = async (start: string) => [...this.kept].filter(([name]) => name.startsWith(start));
}

const TICKET = 'ticket-of-the-first-pupil';
const answerTo = (number: number, value: string, ticket = TICKET): Answer => ({
  number,
  ticket,
  language: 'en',
  fields: [['answer', value]],
});

let rows: Rows;
let store: Store;
beforeEach(() => {
  rows = new Rows();
  store = storing.createStore(rows, webcrypto);
});
const keep = async (answer: Answer, at: number) => store.put(await store.idOf(answer.ticket), at, answer);

describe('the store of a device', () => {
  it('gives back what it was given, the oldest first', async () => {
    await keep(answerTo(4, 'late', 'ticket-of-the-second'), 200);
    await keep(answerTo(3, 'early'), 100);
    const all = await store.all();
    expect(all.map(({ answer }) => answer)).toEqual([
      answerTo(3, 'early'),
      answerTo(4, 'late', 'ticket-of-the-second'),
    ]);
  });

  it('holds one answer a ticket: a later one takes its place', async () => {
    await keep(answerTo(3, 'first thought'), 100);
    await keep(answerTo(3, 'second thought'), 200);
    expect((await store.all()).map(({ answer }) => answer)).toEqual([answerTo(3, 'second thought')]);
  });

  it('shows nothing of an answer or a ticket to whoever reads its rows', async () => {
    await keep(answerTo(3, 'a-secret-answer'), 100);
    await store.keepTicket(TICKET);
    const everything = [...rows.kept].flatMap(([name, row]) => [
      name,
      ...Object.values(row as Record<string, unknown>).map((part) =>
        part instanceof ArrayBuffer || ArrayBuffer.isView(part)
          ? Buffer.from(part as ArrayBuffer).toString()
          : String(part),
      ),
    ]);
    expect(everything.join(' ')).not.toMatch(/secret|ticket-of/);
  });

  it('has a key that no script can take out', async () => {
    await store.keepTicket(TICKET);
    const key = rows.kept.get('key') as CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(webcrypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('never seals two things alike', async () => {
    await keep(answerTo(3, 'same'), 100);
    const first = { ...(rows.kept.get(`answer ${await store.idOf(TICKET)}`) as object) } as { sealed: ArrayBuffer };
    await keep(answerTo(3, 'same'), 100);
    const second = rows.kept.get(`answer ${await store.idOf(TICKET)}`) as { sealed: ArrayBuffer };
    expect(Buffer.from(second.sealed).equals(Buffer.from(first.sealed))).toBe(false);
  });

  it('lets go of what it can never read again', async () => {
    await keep(answerTo(3, 'lost'), 100);
    rows.kept.delete('key');
    expect(await store.all()).toEqual([]);
    expect([...rows.kept.keys()].filter((name) => name.startsWith('answer'))).toEqual([]);
  });

  it('removes the answer that is meant and not one that has come since', async () => {
    const id = await store.idOf(TICKET);
    await keep(answerTo(3, 'newer'), 200);
    await store.remove({ id, at: 100 });
    expect(await store.all()).toHaveLength(1);
    await store.remove({ id, at: 200 });
    expect(await store.all()).toEqual([]);
  });

  it('remembers a ticket until it is forgotten; what waits stays', async () => {
    await keep(answerTo(3, 'waits'), 100);
    await store.keepTicket(TICKET);
    expect(await store.ticket()).toBe(TICKET);
    await store.forgetTicket();
    expect(await store.ticket()).toBeUndefined();
    expect(await store.all()).toHaveLength(1);
  });

  it('is not there where a browser offers none', async () => {
    expect(await storing.openStore()).toBeNull();
  });
});

const reply = (status: number, more: Partial<Reply> = {}): Reply => ({
  ok: status >= 200 && status < 300,
  status,
  redirected: false,
  url: 'https://heard.example/respond/pages/3',
  ...more,
});
const ORIGIN = 'https://heard.example';

describe('what a reply means', () => {
  it("to the page's own form: on, look, or later", () => {
    const on = sending.verdictOnPage(reply(200), { next: '/respond/pages/4' }, ORIGIN);
    expect(on).toEqual({ verdict: 'go', href: '/respond/pages/4' });
    const url = 'https://heard.example/respond/finished?reference=ABC-DEF';
    const followed = sending.verdictOnPage(reply(200, { redirected: true, url }), null, ORIGIN);
    expect(followed).toEqual({ verdict: 'go', href: url });
    for (const status of [400, 403, 409, 410, 422, 500])
      expect(sending.verdictOnPage(reply(status), null, ORIGIN).verdict, String(status)).toBe('show');
    for (const status of [408, 429, 502, 503, 504])
      expect(sending.verdictOnPage(reply(status), null, ORIGIN).verdict, String(status)).toBe('later');
  });

  it('is never taken from the sign-in page of a network', () => {
    expect(sending.verdictOnPage(reply(200), null, ORIGIN).verdict).toBe('later');
    const elsewhere = reply(200, { redirected: true, url: 'https://heard.example.portal.example/login' });
    expect(sending.verdictOnPage(elsewhere, null, ORIGIN).verdict).toBe('later');
    expect(sending.verdictOnWaiting(reply(200), null).verdict).toBe('later');
    expect(sending.verdictOnWaiting(reply(403), null).verdict).toBe('later');
    expect(sending.verdictOnWaiting(reply(200), { next: 'https://portal.example/' }).verdict).toBe('later');
    expect(sending.verdictOnWaiting(reply(200), { next: '//portal.example/' }).verdict).toBe('later');
  });

  it("to a waiting answer: only Heard's own words let go of it", () => {
    expect(sending.verdictOnWaiting(reply(200), { next: '/respond/check' }).verdict).toBe('go');
    for (const status of [400, 403, 409, 410, 422])
      expect(sending.verdictOnWaiting(reply(status), { fault: 'x', words: 'y' }).verdict).toBe('show');
    expect(sending.verdictOnWaiting(reply(500), { fault: 'x' }).verdict).toBe('later');
    expect(sending.verdictOnWaiting(reply(503), null).verdict).toBe('later');
  });
});

describe('trying again', () => {
  it('comes every ten seconds at first and every minute later', () => {
    expect([1, 2, 3, 4, 50].map((failures) => sending.pauseAfter(failures))).toEqual([
      10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
    expect(sending.pauseAfter(0)).toBe(10_000);
  });

  it('sends what waits in order and says what became of each', async () => {
    await keep(answerTo(3, 'first'), 100);
    await keep(answerTo(9, 'refused', 'ticket-of-the-second'), 200);
    const sent: number[] = [];
    const send: Send = async ({ number }) => {
      sent.push(number);
      return number === 3 ? { verdict: 'go', href: '/respond/pages/4' } : { verdict: 'show' };
    };
    const { left, verdicts } = await sending.sendWaiting(store, send, () => 300);
    expect(sent).toEqual([3, 9]);
    expect(left).toBe(0);
    expect(verdicts.get(await store.idOf(TICKET))).toEqual({ verdict: 'go', href: '/respond/pages/4', number: 3 });
    expect(await store.all()).toEqual([]);
  });

  it('asks once where there is no line, and goes past an answer that only the server stumbles over', async () => {
    await keep(answerTo(3, 'first'), 100);
    await keep(answerTo(9, 'second', 'ticket-of-the-second'), 200);
    let asked = 0;
    const noLine: Send = async () => ((asked += 1), { verdict: 'later', noLine: true });
    expect((await sending.sendWaiting(store, noLine, () => 300)).left).toBe(2);
    expect(asked).toBe(1);
    const stumbles: Send = async ({ number }) => (number === 3 ? { verdict: 'later' } : { verdict: 'go', href: '/' });
    expect((await sending.sendWaiting(store, stumbles, () => 300)).left).toBe(1);
    expect((await store.all()).map(({ answer }) => answer.number)).toEqual([3]);
  });

  it('deletes what has waited for a day, unsent, also if the clock was set back', async () => {
    await keep(answerTo(3, 'old'), 1000);
    const never: Send = () => Promise.reject(new Error('This was too old to be sent.'));
    const justInTime = sending.HELD_FOR + 1000;
    expect(sending.isOver(1000, justInTime)).toBe(false);
    const { left } = await sending.sendWaiting(store, never, () => justInTime + 1);
    expect(left).toBe(0);
    expect(await store.all()).toEqual([]);
    expect(sending.isOver(sending.HELD_FOR * 3, 1000)).toBe(true);
  });
});

describe('handing in the page in hand', () => {
  const form = (number: number, value: string) => ({
    number,
    language: 'en',
    fields: [['answer', value]] as [string, string][],
  });
  const down = async (): Promise<Verdict> => ({ verdict: 'later', noLine: true });
  const now = () => 500;
  const parts = (more: object = {}) => ({ store, ticket: () => TICKET, live: down, send: down as Send, now, ...more });

  it('keeps it where the line is down', async () => {
    const outcome = await sending.handIn(form(3, 'kept'), parts());
    expect(outcome).toEqual({ verdict: 'saved', id: await store.idOf(TICKET) });
    expect((await store.all()).map(({ answer }) => answer)).toEqual([answerTo(3, 'kept')]);
  });

  it('never says saved where it could not be', async () => {
    expect((await sending.handIn(form(3, 'x'), parts({ store: null }))).verdict).toBe('unsaved');
    expect((await sending.handIn(form(3, 'x'), parts({ ticket: () => undefined }))).verdict).toBe('unsaved');
    rows.put = () => Promise.reject(new Error('The disk is full.'));
    expect((await sending.handIn(form(3, 'x'), parts())).verdict).toBe('unsaved');
    expect(await store.all()).toEqual([]);
  });

  it('works without a store while there is a line', async () => {
    const live = async (): Promise<Verdict> => ({ verdict: 'go', href: '/respond/pages/4' });
    expect((await sending.handIn(form(3, 'x'), parts({ store: null, live }))).href).toBe('/respond/pages/4');
    rows.beginning = () => Promise.reject(new Error('The store is damaged.'));
    expect((await sending.handIn(form(3, 'x'), parts({ live }))).href).toBe('/respond/pages/4');
  });

  it('lets go of an earlier answer to the same page, so that it cannot come after the new one', async () => {
    await sending.handIn(form(3, 'first thought'), parts());
    const live = async (): Promise<Verdict> => ({ verdict: 'go', href: '/respond/pages/4' });
    await sending.handIn(form(3, 'second thought'), parts({ live }));
    expect(await store.all()).toEqual([]);
  });

  it('leaves the answer of the pupil before where it is', async () => {
    await keep(answerTo(7, 'theirs', 'ticket-of-the-second'), 100);
    await sending.handIn(form(3, 'mine'), parts());
    expect((await store.all()).map(({ answer }) => answer.number)).toEqual([7, 3]);
  });

  it('whatever the line does, the last answer that the page promised for each question is the one that counts', async () => {
    const line = fc.constantFrom('up', 'down', 'reply lost');
    const step = fc.oneof(
      fc.record({ do: fc.constant('answer'), number: fc.integer({ min: 1, max: 3 }), line }),
      fc.record({ do: fc.constant('try again'), number: fc.constant(0), line }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const mine = storing.createStore(new Rows(), webcrypto);
        const server = new Map<number, string>();
        let state = 'up';
        let time = 0;
        const hand = (number: number, value: string): Verdict => {
          if (state !== 'down') server.set(number, value);
          return state === 'up' ? { verdict: 'go', href: '/respond/next' } : { verdict: 'later', noLine: true };
        };
        const send: Send = async ({ number, fields }) => hand(number, fields[0]![1]);
        /** By page, the values of which the server may hold one: the last that was promised, and later tries. */
        const allowed = new Map<number, string[]>();
        for (const [index, { do: what, number, line: next }] of steps.entries()) {
          state = next;
          time += 1;
          const value = `value ${index}`;
          if (what === 'try again') {
            await sending.sendWaiting(mine, send, () => time);
            continue;
          }
          const live = async () => hand(number, value);
          const outcome = await sending.handIn(form(number, value), {
            store: mine,
            ticket: () => TICKET,
            live,
            send,
            now: () => time,
          });
          const promised = outcome.verdict === 'go' || outcome.verdict === 'saved';
          if (promised) allowed.set(number, [value]);
          else allowed.get(number)?.push(value);
          expect((await mine.all()).length).toBeLessThanOrEqual(1);
        }
        state = 'up';
        await sending.sendWaiting(mine, send, () => time);
        for (const [number, values] of allowed) expect(values).toContain(server.get(number));
        expect(await mine.all()).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
