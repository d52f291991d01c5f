/* global EventSource */
/*
 * The page of a class follows along: numbers change as pupils start and finish. Where the line breaks, the browser asks
 * again by itself. The one sentence is read out by screen readers; the figures are not, or they would never be silent.
 */

/** Shows how far the class is. Words are left alone where they stay the same, so that nothing is said twice. */
export function showNumbers(root, numbers) {
  for (const [name, words] of Object.entries(numbers)) {
    const place = root.querySelector(`[data-number="${name}"]`);
    if (place && place.textContent !== words) place.textContent = words;
  }
  root.querySelector('[data-quiet]').hidden = numbers.quietWords === '';
}

function follow(root) {
  const events = new EventSource(root.dataset.events);
  events.addEventListener('numbers', (event) => showNumbers(root, JSON.parse(event.data)));
  events.addEventListener('over', () => {
    events.close();
    location.reload();
  });
}

/** One press of a button sends one form: a second place or a second spare slip would be counted. */
function pressOnce(form) {
  let pressed = false;
  form.addEventListener('submit', (event) => {
    if (pressed) event.preventDefault();
    pressed = true;
  });
  // A page that the browser kept can be used again.
  window.addEventListener('pageshow', () => (pressed = false));
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('class');
  if (root && 'EventSource' in window) follow(root);
  for (const form of document.querySelectorAll('main form[method="post"]')) pressOnce(form);
}
