/* global AbortController, URLSearchParams, clearTimeout, fetch, setTimeout */
/* How an answer gets to Heard, now or later: what a reply means, when to try again, and in which order. */

/** Milliseconds after which a line that says nothing counts as down. */
const PATIENCE = 10000;

/** Milliseconds for which an answer is held on a device. */
export const HELD_FOR = 24 * 60 * 60 * 1000;

/** Whether an answer has waited too long. A clock that was set back does not make it last longer. */
export function isOver(at, now) {
  return Math.abs(now - at) > HELD_FOR;
}

/** Milliseconds before the next try, by the number of tries that have failed. */
export function pauseAfter(failures) {
  return Math.min(10000 * Math.pow(2, Math.max(failures - 1, 0)), 60000);
}

function isOwnPath(href) {
  return typeof href === 'string' && /^\/(?![/\\])/.test(href);
}

/**
 * What the reply to a page's own form means: 'go' on to a page; 'show' what Heard says, by sending the form in the
 * usual way; or 'later', since the line or what stands before Heard is down.
 * @param {{ok: boolean, status: number, redirected: boolean, url: string}} reply
 * @param json the reply's content where that is JSON, else null
 * @param {string} origin Heard's own
 */
export function verdictOnPage(reply, json, origin) {
  if (reply.ok && json && isOwnPath(json.next)) return { verdict: 'go', href: json.next };
  if (reply.ok && reply.redirected && reply.url.startsWith(`${origin}/`)) return { verdict: 'go', href: reply.url };
  // A page that nobody asked for is none of ours: the sign-in page of a network, perhaps.
  const isDown = reply.ok || [408, 429, 502, 503, 504].includes(reply.status);
  return { verdict: isDown ? 'later' : 'show' };
}

/** What the reply to a waiting answer means: only Heard's own words let go of it. */
export function verdictOnWaiting(reply, json) {
  if (reply.ok && json && isOwnPath(json.next)) return { verdict: 'go', href: json.next };
  const isRefused = reply.status >= 400 && reply.status < 500 && json && typeof json.fault === 'string';
  return { verdict: isRefused ? 'show' : 'later' };
}

/** What came back from an address, or null if nothing did. JSON is read; a page is not, since going there fetches it. */
export async function reach(address, options) {
  const controller = new AbortController();
  const patience = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const reply = await fetch(address, { method: 'POST', cache: 'no-store', ...options, signal: controller.signal });
    const isJson = /^application\/json/.test(reply.headers.get('content-type') || '');
    const json = isJson ? await reply.json() : null;
    if (!isJson) controller.abort();
    return { reply, json };
  } catch {
    return null;
  } finally {
    clearTimeout(patience);
  }
}

const WANTED = { accept: 'application/json' };

/** Sends a waiting answer. Without cookies: by now somebody else may be answering on this device. */
export async function post(answer) {
  const body = new URLSearchParams(answer.fields);
  for (const name of ['ticket', 'number', 'language']) body.append(name, answer[name]);
  const reached = await reach('/respond/waiting-answers', { credentials: 'omit', headers: WANTED, body });
  return reached ? verdictOnWaiting(reached.reply, reached.json) : { verdict: 'later', noLine: true };
}

/** Sends a page's own form, as its button does. */
export async function sendForm(form, fields, origin) {
  const body = new URLSearchParams(fields);
  const reached = await reach(form.action, { credentials: 'same-origin', headers: WANTED, body });
  return reached ? verdictOnPage(reached.reply, reached.json, origin) : { verdict: 'later' };
}

/** A ticket for this device's session: a known one, if it is still good, else a new one; undefined if none came. */
export async function askForTicket(known) {
  const headers = { ...WANTED, 'content-type': 'application/json' };
  const body = JSON.stringify({ known });
  const reached = await reach('/respond/tickets', { credentials: 'same-origin', headers, body });
  return reached && reached.reply.ok && reached.json ? reached.json.ticket : undefined;
}

/**
 * Sends what waits on this device, the oldest first, and deletes what has waited too long.
 * @param store see waiting-store.js
 * @param send sends one answer (`post`); resolves to its verdict, with `noLine` where nothing was reached at all
 * @param {() => number} now
 * @returns how many still wait, and the verdict on each that was tried, by its id
 */
export async function sendWaiting(store, send, now) {
  const verdicts = new Map();
  let left = 0;
  let noLine = false;
  for (const held of await store.all()) {
    if (isOver(held.at, now())) {
      await store.remove(held);
      continue;
    }
    // Where one finds no line, the others would only wait for their time to run out.
    const outcome = noLine ? { verdict: 'later', noLine } : await send(held.answer);
    verdicts.set(held.id, { ...outcome, number: held.answer.number });
    noLine = outcome.noLine === true;
    if (outcome.verdict === 'later') left += 1;
    else await store.remove(held);
  }
  return { left, verdicts };
}

/**
 * Hands in the form of the page in hand: at once, else by keeping it on the device.
 * @param {{number: number, language: string, fields: [string, string][]}} form
 * @param parts `store` (null where there is none); `ticket()`, this session's or undefined if it is not known; `live`,
 *   which sends the page's own form; `send` and `now` as above
 * @returns the verdict: 'go' with its address, 'show', 'saved' with the id of what waits, or 'unsaved'
 */
export async function handIn(form, { store, ticket, live, send, now }) {
  const before = await waitingWith(store, ticket()).catch(() => undefined);
  // What was answered first is sent first: it must not come after this and undo it.
  if (before && before.answer.number !== form.number) await sendWaiting(store, send, now);
  const outcome = await live();
  if (outcome.verdict === 'later') return keep(form, store, ticket(), now).catch(() => ({ verdict: 'unsaved' }));
  // Only what has gone through takes the place of what waits.
  if (outcome.verdict === 'go' && before && before.answer.number === form.number) await store.remove(before);
  return outcome;
}

async function keep(form, store, ticket, now) {
  if (!store || ticket === undefined) return { verdict: 'unsaved' };
  const other = await waitingWith(store, ticket);
  // One answer waits for a draft. Another page's keeps its place, as its words promised.
  if (other && other.answer.number !== form.number) return { verdict: 'unsaved' };
  const id = await store.idOf(ticket);
  await store.put(id, now(), { ...form, ticket });
  return { verdict: 'saved', id };
}

async function waitingWith(store, ticket) {
  if (!store || ticket === undefined) return undefined;
  const id = await store.idOf(ticket);
  return (await store.all()).find((held) => held.id === id);
}
