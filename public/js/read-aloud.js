/*
 * Reads a page aloud when somebody asks for it, line by line, and shows the line that is read. Each line comes from
 * its recording if there is one, else from a voice that is on the device itself: words never leave it.
 */

/** How long a device may take to name its voices, in milliseconds. */
const VOICES_WAIT = 2000;
const SLOWER = 0.7;

/* what is read */

const LINES = 'h1, h2, h3, h4, legend, label, .soft, .lead, .fault, .ends > span, .spoken, button[aria-pressed]';
/** Hidden from those who hear the page by other means; the ends of a ladder are read here in place of its numbers. */
const UNREAD = '[aria-hidden="true"]:not(.ends), .read-aloud';

const spaced = (words) => words.replace(/\s+/g, ' ').trim();

/** The words of an element without those of lines inside it, which are lines of their own. */
function ownWords(element) {
  const copy = element.cloneNode(true);
  const isWhole = element.tagName === 'LABEL' || element.tagName === 'BUTTON';
  for (const inner of copy.querySelectorAll(isWhole ? '.badge' : LINES)) inner.remove();
  return spaced(copy.textContent);
}

function isShown(element) {
  return element.getClientRects().length > 0 && !element.closest(UNREAD);
}

/** The lines in a part of the page, in order. A bare number between the words of a ladder says nothing when read. */
export function linesIn(scope) {
  return [...scope.querySelectorAll(LINES)]
    .filter((element) => isShown(element) && !element.parentElement.closest('label, button'))
    .map((element) => ({ element, words: ownWords(element) }))
    .filter(({ words }) => words !== '' && !/^\d+$/.test(words));
}

/* recordings */

/** A short key of words (FNV-1a, 32 bits): the same as `keyOfWords` of server/respond/recordings.ts. */
export function keyOf(words) {
  let key = 0x811c9dc5;
  for (const letter of spaced(words).split('')) key = Math.imul(key ^ letter.charCodeAt(0), 0x01000193);
  return (key >>> 0).toString(36);
}

/** Addresses of recordings by the key of their words, from "<where they begin> <key>=<name> …". */
export function recordingsIn(list) {
  const [prefix, ...pairs] = list.split(' ');
  return new Map(
    pairs.map((pair) => {
      const [key, name] = pair.split('=');
      return [key, prefix + name];
    }),
  );
}

/** The recording of a line, or of the words behind the number that they begin with ("0: Not at all"). */
const addressOf = (recordings, words) =>
  recordings.get(keyOf(words)) || recordings.get(keyOf(words.replace(/^\d+:\s*/, '')));

/* voices */

const languageOf = (voice) => voice.lang.toLowerCase().replace('_', '-');

/**
 * A voice of the device itself for a language: the British one for English, else the one that the device prefers.
 * Voices that a company speaks from afar are never taken.
 */
export function chooseVoice(voices, language) {
  const own = voices.filter((voice) => voice.localService === true && languageOf(voice).split('-')[0] === language);
  const british = own.find((voice) => languageOf(voice).startsWith('en-gb'));
  return british || own.find((voice) => voice.default) || own[0];
}

/** The voices of this device. Some name them late. */
export function voicesOf(synthesis, wait = VOICES_WAIT) {
  if (!synthesis) return Promise.resolve([]);
  const known = synthesis.getVoices();
  if (known.length > 0) return Promise.resolve(known);
  return new Promise((resolve) => {
    const tell = () => resolve(synthesis.getVoices());
    synthesis.addEventListener?.('voiceschanged', tell, { once: true });
    globalThis.setTimeout(tell, wait);
  });
}

/* reading */

/**
 * Reads lines one after the other. States: ready, reading, paused, over.
 * @param {() => object[]} lines what is read, looked up anew at each start
 * @param {(line: object) => Promise<'read' | 'unreadable'>} say resolves at the end of a line
 * @param {() => void} hush stops what is being said
 * @param {(state: string, unread: number) => void} show shows where reading is, and how many lines nothing could read
 */
export function createReader({ lines, say, hush, show }) {
  let turn = 0;
  let state = 'ready';
  let waiting = [];
  let unread = 0;

  function become(next) {
    state = next;
    show(state, unread);
  }

  async function read() {
    const mine = ++turn;
    while (waiting.length > 0) {
      become('reading');
      const outcome = await say(waiting[0]);
      // Paused, stopped or begun anew meanwhile: somebody else goes on.
      if (mine !== turn) return;
      if (outcome === 'unreadable') unread += 1;
      waiting.shift();
    }
    become('over');
  }

  return {
    get state() {
      return state;
    },
    start() {
      waiting = [...lines()];
      unread = 0;
      return read();
    },
    /** Goes on with the line that was being read, from its beginning. */
    resume: () => read(),
    pause() {
      if (state !== 'reading') return;
      turn += 1;
      hush();
      become('paused');
    },
    stop() {
      if (state === 'ready') return;
      turn += 1;
      hush();
      become('ready');
    },
  };
}

/** Says lines: each from its recording, else by a voice. @param {(line: object) => void} begins told what is heard */
function createSpeaker(recordings, language, begins) {
  const synthesis = window.speechSynthesis;
  let voice;
  const found = voicesOf(synthesis).then((voices) => (voice = chooseVoice(voices, language)));
  // One player for all: a browser that lets a person start it once lets it go on.
  const player = document.createElement('audio');
  let rate = 1;
  // Held here, since some browsers forget an utterance that nobody holds, and never tell its end.
  let utterance;

  function play(address) {
    return new Promise((resolve) => {
      player.onended = () => resolve('read');
      player.onerror = () => resolve('unreadable');
      player.src = address;
      player.playbackRate = player.defaultPlaybackRate = rate;
      player.play().catch(() => resolve('unreadable'));
    });
  }

  async function speak(line) {
    // Known by now as a rule. Some browsers only speak in the very turn of the press, so nothing is waited for then.
    if (!voice) await found;
    if (!voice) return 'unreadable';
    begins(line);
    const { words } = line;
    return new Promise((resolve) => {
      utterance = new window.SpeechSynthesisUtterance(words);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = rate;
      utterance.onend = () => resolve('read');
      utterance.onerror = () => resolve('unreadable');
      synthesis.speak(utterance);
    });
  }

  return {
    async say(line) {
      const address = addressOf(recordings, line.words);
      if (address !== undefined) {
        begins(line);
        if ((await play(address)) === 'read') return 'read';
      }
      return speak(line);
    },
    hush() {
      player.pause();
      synthesis?.cancel();
    },
    slow(isSlow) {
      rate = isSlow ? SLOWER : 1;
    },
  };
}

/* what is seen */

const ICONS = {
  speak: 'M4 9v6h4l5 5V4L8 9zM16 8a5 5 0 0 1 0 8M18.5 5a9 9 0 0 1 0 14',
  pause: 'M8 5v14M16 5v14',
  stop: 'M6 6h12v12H6z',
};
const SVG = 'http://www.w3.org/2000/svg';

function icon(path) {
  const drawing = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  const settings = { width: 24, height: 24, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' };
  for (const name of Object.keys(settings)) drawing.setAttribute(name, settings[name]);
  const strokes = { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 2.5, 'stroke-linejoin': 'round' };
  for (const name of Object.keys(strokes)) line.setAttribute(name, strokes[name]);
  drawing.append(line);
  return drawing;
}

function button(press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'chip';
  made.addEventListener('click', press);
  return made;
}

function label(element, path, words) {
  element.textContent = words;
  element.prepend(icon(path));
}

function createMarker() {
  let marked;
  return (line) => {
    if (marked) marked.classList.remove('being-read');
    marked = line && line.element;
    if (!marked) return;
    marked.classList.add('being-read');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    marked.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  };
}

/** Puts the control into its place. Its words stand there as data. */
function drawControl(place) {
  const { recordings, saveRate, read, pause, resume, stop, again, slower, noVoice, partVoice } = place.dataset;
  const root = document.documentElement;
  const mark = createMarker();
  const speaker = createSpeaker(recordingsIn(recordings || ''), root.lang, mark);
  const scope =
    place.closest('form, [data-read-here]') || document.querySelector('main form') || document.querySelector('main');
  let offered = 0;
  const reader = createReader({ lines: offer, say: speaker.say, hush: speaker.hush, show });

  function offer() {
    const lines = linesIn(scope);
    offered = lines.length;
    return lines;
  }

  const main = button(() => {
    if (reader.state === 'reading') reader.pause();
    else if (reader.state === 'paused') void reader.resume();
    else void reader.start();
  });
  const end = button(() => {
    reader.stop();
    main.focus();
  });
  const pace = button(() => setPace(pace.getAttribute('aria-pressed') !== 'true', true));
  const told = document.createElement('span');
  told.className = 'soft';
  told.setAttribute('role', 'status');
  label(end, ICONS.stop, stop);
  pace.textContent = slower;

  const MAIN = {
    ready: [ICONS.speak, read],
    reading: [ICONS.pause, pause],
    paused: [ICONS.speak, resume],
    over: [ICONS.speak, again],
  };

  function show(state, unread) {
    const nothing = unread > 0 && unread === offered;
    label(main, ...(nothing && state === 'over' ? MAIN.ready : MAIN[state]));
    pace.hidden = state === 'ready';
    end.hidden = state !== 'reading' && state !== 'paused';
    if (state === 'ready' || state === 'over') mark();
    told.textContent = state !== 'over' || !unread ? '' : nothing ? noVoice : partVoice;
  }

  function setPace(isSlow, chosen) {
    pace.setAttribute('aria-pressed', String(isSlow));
    speaker.slow(isSlow);
    if (!chosen) return;
    if (reader.state === 'reading') {
      reader.pause();
      void reader.resume();
    }
    if (saveRate) void keepPace(saveRate, isSlow);
  }

  show('ready', 0);
  setPace(root.dataset.rate === 'slower', false);
  place.classList.add('chips');
  place.append(main, end, pace, told);
  window.addEventListener('pagehide', () => reader.stop());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) reader.pause();
  });
}

/** Remembers the pace for the draft; if that fails it holds for this page. */
function keepPace(address, isSlow) {
  const body = new window.URLSearchParams({ rate: isSlow ? 'slower' : 'usual' });
  const settings = { method: 'POST', body, credentials: 'same-origin', keepalive: true, redirect: 'manual' };
  return window.fetch(address, settings).catch(() => undefined);
}

if (typeof document !== 'undefined') {
  const place = document.querySelector('.read-aloud');
  if (place) drawControl(place);
}
