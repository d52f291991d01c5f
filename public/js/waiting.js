/* global FormData, Response, URL, caches, clearTimeout, sessionStorage, setTimeout */
/*
 * Bad networks: the page in hand can be answered although the line is down. Its form is sent from here; where that
 * fails, the answer waits on this device, the page says so, and it is sent when the line is back. On every page of
 * somebody who answers, on the first page and on the one that stands in for pages that cannot be reached.
 */
import { askForTicket, handIn, pauseAfter, post, reach, sendForm, sendWaiting } from './waiting-sending.js';
import { openStore } from './waiting-store.js';
import { createWords } from './waiting-words.js';

/** Milliseconds within which the next page belongs to the answer that led to it. */
const SAME_WAY = 15000;

const root = document.getElementById('waiting');
if (root) start();

function start() {
  const question = formWith('version');
  /** The forms that may be sent twice without harm: a question's, and those that carry an attempt. */
  const form = question || formWith('attempt');
  /** After the end, the way to the first page leads to the next person, and so does "somebody else's turn". */
  const isEnd = /^\/respond\/(finished|quiet\/)/.test(location.pathname);
  const handOver = isEnd ? [...document.querySelectorAll('a[href="/"], a[data-hand-over]')] : [];
  const isOffline = 'offline' in root.dataset;
  const here = location.pathname + location.search;
  const language = document.documentElement.lang;
  const now = () => Date.now();
  const words = createWords(root, form, handOver, tryAtOnce);

  let store = null;
  let ticket;
  /** What became of the form: null, or the fields that still have to go and, if they wait in the store, their `id`. */
  let inHand = null;
  let busy = false;
  let working = Promise.resolve();
  let failures = 0;
  let timer;

  /** One piece of work after the other, so that an older answer never overtakes a later one. */
  function inTurn(work) {
    working = working.then(work, work);
    return working;
  }

  /** Pages replace each other, so that the way through the survey is not left in the history. */
  function goOn(href, isSameWay) {
    const { pathname, search } = new URL(href, location.href);
    if (isSameWay && ticket) note('heard-way', JSON.stringify({ href: pathname + search, at: now() }));
    location.replace(href);
  }

  function sendAllWaiting() {
    const nothing = { left: 0, verdicts: new Map() };
    return store ? sendWaiting(store, post, now).catch(() => nothing) : Promise.resolve(nothing);
  }

  /* Trying again */

  function tryLater() {
    clearTimeout(timer);
    failures += 1;
    timer = setTimeout(tryAgain, pauseAfter(failures));
  }

  /** Somebody asked for it, or the line seems to be back. */
  function tryAtOnce() {
    clearTimeout(timer);
    failures = 0;
    if (inHand) words.sending();
    return tryAgain();
  }

  function tryAgain() {
    return inTurn(tryWhatWaits).catch(tryLater);
  }

  async function tryWhatWaits() {
    const { left, verdicts } = await sendAllWaiting();
    if (isOffline) return tryPage(left, verdicts);
    if (inHand && inHand.id) return tellOfSaved(verdicts.get(inHand.id));
    if (inHand) return send(inHand);
    if (!form) words.waiting(left);
    if (left > 0) return tryLater();
    words.letHandOverGo();
  }

  function tellOfSaved(outcome) {
    // Another window has sent it, or it has waited too long: Heard knows the way on.
    if (!outcome) return goOn('/respond/next');
    if (outcome.verdict === 'go') return goOn(outcome.href);
    if (outcome.verdict === 'show') return sendAsUsual(inHand);
    words.saved();
    tryLater();
  }

  /** On the page that stands in for another: goes there once it can be reached. */
  async function tryPage(left, verdicts) {
    words.waiting(left);
    const reached = await reach(`/respond/offline?language=${language}`, { method: 'HEAD', credentials: 'omit' });
    if (!reached || !reached.reply.ok) return tryLater();
    if (location.search.includes('then=hiding')) return hideNow();
    const wentThrough = [...verdicts.values()].some(({ verdict }) => verdict === 'go');
    goOn(wentThrough || location.pathname === '/respond/offline' ? '/respond/next' : here);
  }

  /** "Hide this" was pressed while nothing could be reached: it is done before anything shows again. */
  function hideNow() {
    const hiding = document.createElement('form');
    hiding.method = 'post';
    hiding.action = '/respond/hiding';
    document.body.append(hiding);
    hiding.submit();
  }

  /* The form of the page in hand */

  /** Sends the form as without a script, so that what Heard says to it is shown. */
  function sendAsUsual({ pressed }) {
    if (pressed && pressed.name) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = pressed.name;
      field.value = pressed.value;
      form.append(field);
    }
    form.submit();
  }

  async function send(given) {
    const slow = inHand ? undefined : setTimeout(words.sending, 1000);
    const live = () => sendForm(form, given.fields, location.origin);
    const outcome = question ? await sendAnswer(given.fields, live) : await sendEnd(live);
    clearTimeout(slow);
    if (outcome.verdict === 'go') return goOn(outcome.href, true);
    if (outcome.verdict === 'show') return sendAsUsual(given);
    inHand = { ...given, id: outcome.id };
    if (!question) words.unsure();
    else if (outcome.verdict === 'saved') words.saved();
    else words.unsaved();
    tryLater();
  }

  function sendAnswer(fields, live) {
    const number = Number(new URL(form.action).pathname.split('/').pop());
    return handIn({ number, language, fields }, { store, ticket: () => ticket, live, send: post, now });
  }

  /** An answer that waits belongs before the end. */
  async function sendEnd(live) {
    const { left } = await sendAllWaiting();
    return left > 0 ? { verdict: 'later' } : live();
  }

  function sendFromHere() {
    let lastPressed = null;
    form.addEventListener('click', (event) => {
      lastPressed = event.target.closest('button') || lastPressed;
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      failures = 0;
      // Browsers of 2021 do not say which button it was.
      const pressed = event.submitter || lastPressed;
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      if (pressed && pressed.name) fields.push([pressed.name, pressed.value]);
      const given = { fields, pressed };
      inTurn(() => send(given))
        .catch(() => sendAsUsual(given))
        .then(() => (busy = false));
    });
  }

  /* The session's ticket, and the page for when nothing can be reached */

  async function takeTicket() {
    const isSameWay = cameOnward(here, now());
    if (!store || !question) return;
    const last = await store.ticket();
    if (!isSameWay || !last) {
      // One that an answer waits with stays good, if it is this session's.
      const held = (await store.all()).map(({ answer }) => answer.ticket);
      ticket = await askForTicket([last, ...held].filter(Boolean).slice(0, 20));
      if (ticket) await store.keepTicket(ticket);
    } else ticket = last;
  }

  /** This page was drawn before its own answer, which waited, arrived: the person need not answer it again. */
  async function goOnIfAnswered(verdicts) {
    if (!ticket || inHand || busy) return;
    const outcome = verdicts.get(await store.idOf(ticket));
    if (outcome && outcome.verdict === 'go' && form.action.endsWith(`/${outcome.number}`)) goOn(outcome.href);
  }

  async function begin() {
    store = await openStore();
    // Nobody is answering here: a ticket that is still held is of no use any more.
    if (store && (isEnd || document.getElementById('code'))) await store.forgetTicket();
    const waiting = store ? (await store.all()).length : 0;
    if (waiting > 0) words.holdHandOver();
    if (!form) words.waiting(waiting);
    if (isOffline) return tryLater();
    let verdicts = new Map();
    if (waiting > 0) {
      await inTurn(async () => {
        const outcome = await sendAllWaiting();
        verdicts = outcome.verdicts;
        if (!form) words.waiting(outcome.left);
        if (outcome.left > 0) tryLater();
        else words.letHandOverGo();
      });
    }
    await takeTicket();
    if (!question) return;
    await goOnIfAnswered(verdicts);
    await prepareOfflinePage(language);
  }

  if (form) sendFromHere();
  if (isOffline) {
    document.getElementById('waiting-again').addEventListener('click', (event) => {
      event.preventDefault();
      void tryAtOnce();
    });
  }
  window.addEventListener('online', () => {
    if (timer !== undefined) void tryAtOnce();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && timer !== undefined) void tryAtOnce();
  });
  // A page that the browser kept may show what the person before chose.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace(here);
  });
  if (location.pathname.startsWith('/respond/')) window.addEventListener('click', replaceByLink);
  begin().catch(() => undefined);
}

function formWith(name) {
  const field = document.querySelector(`main form input[name="${name}"]`);
  return field && field.form;
}

function note(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Without it the next page asks again; nothing else is lost.
  }
}

/** Whether the page before led here just now, so that this is still the same session. Can be asked once. */
function cameOnward(here, time) {
  try {
    const { href, at } = JSON.parse(sessionStorage.getItem('heard-way') || '{}');
    sessionStorage.removeItem('heard-way');
    return href === here && Math.abs(time - at) < SAME_WAY;
  } catch {
    return false;
  }
}

/** Lets this device show a page of Heard's own where one cannot be reached, in the language read last. */
async function prepareOfflinePage(language) {
  if (!navigator.serviceWorker || typeof caches === 'undefined') return;
  await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
  const words = await caches.open('heard-language');
  await words.put('/respond/offline-language', new Response(language));
}

/** Links within the survey replace the page too; a press that opens another window keeps its meaning. */
function replaceByLink(event) {
  const link = event.target.closest && event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.origin !== location.origin) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  if (isHere || !/^\/($|respond\/|languages\/)/.test(link.pathname)) return;
  event.preventDefault();
  location.replace(link.href);
}
