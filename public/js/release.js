/* global EventSource */
/*
 * While a release is being made its page follows along: parts done are told as they are done, and when there is no
 * more to wait for the same address is asked for anew. Where the line breaks, the browser asks again by itself.
 */

/** Shows what is done on the page. */
export function showProgress(root, { done, all, words }) {
  const bar = root.querySelector('progress');
  bar.max = all;
  bar.value = done;
  root.querySelector('span').textContent = words;
}

function follow(root) {
  const events = new EventSource(root.dataset.events);
  events.addEventListener('progress', (event) => showProgress(root, JSON.parse(event.data)));
  events.addEventListener('done', () => {
    events.close();
    location.reload();
  });
}

if (typeof document !== 'undefined') {
  const making = document.getElementById('making');
  if (making && 'EventSource' in window) follow(making);
}
