/*
 * On question pages. Everything works without this script; with it number keys choose, an answer that stands
 * alone takes the others away, a ranking is tapped in order, a long text counts down, a wheel fills, and one
 * press of a button sends one form.
 */

import './read-aloud.js';
import './reading.js';
import './sign-of-life.js';
import './waiting.js';

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function make(name, values, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}

/*
 * Number keys: the answers of the question that has the focus. Elsewhere on the page they do nothing, so that
 * somebody who speaks to the device, or brushes a key, chooses nothing by accident (WCAG 2.1.4).
 */

const TYPING = 'input[type="text"], textarea, select';

/** The innermost question that an element is in. */
function questionOf(element) {
  const within = element instanceof HTMLElement && element.closest('fieldset');
  return within && !within.matches('.rows') ? within : null;
}

function answerFor(key, question) {
  const answers = all('.answer', question).filter((answer) => !answer.closest('.opt-outs'));
  const ladder = question.querySelector('.ladder');
  // On a ladder the key is the number that stands there.
  if (ladder) return answers.find((answer) => answer.querySelector('input').value === key);
  return answers[Number(key) - 1];
}

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches(TYPING);
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
  const question = questionOf(document.activeElement);
  const answer = question && answerFor(event.key, question);
  if (!answer) return;
  const control = answer.querySelector('input') || answer;
  control.focus();
  control.click();
});

/* "None of these", "I don't know": alone among ticks, and beside a box to type in. */

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLElement) || !target.matches('input[type="checkbox"]') || !target.checked) return;
  const alone = target.matches('[data-alone]');
  for (const other of all('input[type="checkbox"]', target.form || document)) {
    if (other !== target && other.name === target.name && (alone || other.matches('[data-alone]'))) {
      other.checked = false;
    }
  }
});

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLElement) || !target.matches(TYPING) || target.value === '') return;
  untickOptOuts(target.form);
});

function untickOptOuts(form) {
  for (const optOut of all('.opt-outs input[type="checkbox"]', form || document)) optOut.checked = false;
}

/* Ranking: cards to tap in order. The lists stay the form's truth and come back if anything goes wrong. */

function makeRanking(field) {
  const { how, again, cleared, removed, full } = field.dataset;
  const places = field.querySelector('.places');
  const lists = all('select', places);
  const labels = all('label', places).map((label) => label.textContent);
  const firstId = lists[0].id;
  const live = make('p', { className: 'soft' });
  live.setAttribute('aria-live', 'polite');
  const restart = make('button', { type: 'button', className: 'chip', textContent: again });
  const cards = all('option', lists[0])
    .filter((option) => option.value !== '')
    .map((option) => makeCard(option));
  const board = make('div', { className: 'board' }, make('p', { className: 'soft', textContent: how }));
  board.append(...cards.map(({ button }) => button), live, make('div', { className: 'row' }, restart));
  let order = [];

  function show() {
    lists.forEach((list, place) => (list.value = order[place] || ''));
    for (const { code, button, badge } of cards) {
      const place = order.indexOf(code);
      button.setAttribute('aria-pressed', String(place >= 0));
      badge.textContent = place < 0 ? '' : place + 1;
    }
  }

  /** Takes the order from the lists: as the page came, or as the browser put it back. */
  function takeOver() {
    order = lists.map((list) => list.value).filter((code, place, codes) => code && codes.indexOf(code) === place);
    show();
  }

  function press({ code, words }) {
    if (order.includes(code)) {
      order = order.filter((other) => other !== code);
      live.textContent = `${removed}: ${words}`;
    } else if (order.length < lists.length) {
      order.push(code);
      live.textContent = `${labels[order.length - 1]}: ${words}`;
      untickOptOuts(field.form);
    } else {
      live.textContent = full;
    }
    show();
  }

  function clear() {
    order = [];
    live.textContent = cleared;
    show();
  }

  function giveUp() {
    board.remove();
    places.hidden = false;
    lists[0].id = firstId;
  }

  const guarded = (action) => () => {
    try {
      action();
    } catch {
      giveUp();
    }
  };

  for (const card of cards)
    card.button.addEventListener(
      'click',
      guarded(() => press(card)),
    );
  restart.addEventListener('click', guarded(clear));
  for (const optOut of all('.opt-outs input', field)) {
    optOut.addEventListener(
      'change',
      guarded(() => optOut.checked && order.length > 0 && clear()),
    );
  }
  window.addEventListener('pageshow', guarded(takeOver));
  takeOver();
  places.before(board);
  places.hidden = true;
  // Where the error summary leads, and what is shown now.
  lists[0].removeAttribute('id');
  cards[0].button.id = firstId;
}

function makeCard(option) {
  const words = option.textContent;
  const badge = make('span', { className: 'badge' });
  const button = make('button', { type: 'button', className: 'answer' }, badge);
  if (option.dataset.symbol) {
    button.append(make('img', { className: 'symbol', src: option.dataset.symbol, alt: '', width: 40, height: 40 }));
  }
  button.append(make('span', { textContent: words }));
  return { code: option.value, words, button, badge };
}

/* A long text: how many letters are left, said aloud only near the end. */

const SAID_FROM = 50;
const SAID_EVERY = 10;

function countDown(box) {
  const note = document.getElementById(box.getAttribute('aria-describedby').split(' ').pop());
  const live = make('span', { className: 'hidden-words' });
  const shown = make('p', { className: 'soft' });
  shown.setAttribute('aria-hidden', 'true');
  live.setAttribute('aria-live', 'polite');
  const count = () => {
    const left = box.maxLength - box.value.length;
    const words = `${box.dataset.left}: ${left}`;
    shown.textContent = words;
    if (left > SAID_FROM) live.textContent = '';
    else if (left % SAID_EVERY === 0) live.textContent = words;
  };
  note.hidden = true;
  note.after(shown, live);
  box.addEventListener('input', count);
  window.addEventListener('pageshow', count);
  count();
}

/* The wheel: a picture of the points given so far. It says nothing that the rows do not say. */

const SVG = 'http://www.w3.org/2000/svg';
const HUB = 12;
const RIM = 96;

/** A piece of a ring between two radii, for one of several equal shares of the turn, from the top onwards. */
function sector(index, count, inner, outer) {
  const [from, to] = [index, index + 1].map((turns) => (turns / count) * 2 * Math.PI);
  const at = (radius, angle) => `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return (
    `M${at(inner, from)}L${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, to)}` +
    `L${at(inner, to)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`
  );
}

function makeWheel(rows) {
  const groups = all('fieldset', rows);
  const points = Number(rows.dataset.points);
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '-100 -100 200 200');
  const path = (name) => {
    const element = document.createElementNS(SVG, 'path');
    element.setAttribute('class', name);
    drawing.append(element);
    return element;
  };
  const outlines = groups.map(() => path('spoke'));
  const fillings = groups.map(() => path('full'));
  outlines.forEach((outline, index) => outline.setAttribute('d', sector(index, groups.length, HUB, RIM)));

  function fill() {
    groups.forEach((group, index) => {
      const chosen = group.querySelector('input:checked');
      const given = Number(chosen && chosen.value) || 0;
      const outer = HUB + ((RIM - HUB) * given) / points;
      fillings[index].setAttribute('d', given ? sector(index, groups.length, HUB, outer) : '');
    });
  }
  rows.addEventListener('change', fill);
  rows.addEventListener('focusin', ({ target }) => {
    groups.forEach((group, index) => outlines[index].classList.toggle('now', group.contains(target)));
  });
  window.addEventListener('pageshow', fill);
  fill();
  const wheel = make('div', { className: 'wheel' }, drawing);
  wheel.setAttribute('aria-hidden', 'true');
  rows.querySelector('legend').after(wheel);
}

/** Adds to a page what it can do without: where that fails, the page stays as it came. */
function improve(selector, add) {
  for (const element of all(selector)) {
    try {
      add(element);
    } catch {
      // The form works as it is.
    }
  }
}
improve('[data-ranking]', makeRanking);
improve('textarea[data-left]', countDown);
improve('.rows[data-points]', makeWheel);

/* One press of a button sends one form. */

for (const form of document.querySelectorAll('form')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener('pageshow', () => (sent = false));
}
