/*
 * While a question is written, it shows beside the form as a pupil would see it: the same form goes to the server after a
 * pause in typing, and what comes back takes the place of the picture. Without this script "Show me" does it.
 */

/** Long enough for a pause between words. */
const PAUSE = 600;

/** Runs work after a pause; what comes within the pause begins it anew. */
export function afterPause(work, pause, timers = globalThis) {
  let timer;
  return () => {
    timers.clearTimeout(timer);
    timer = timers.setTimeout(work, pause);
  };
}

async function fetchPicture(form, signal) {
  const reply = await window.fetch(form.dataset.preview, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new window.URLSearchParams(new window.FormData(form)).toString(),
    credentials: 'same-origin',
    signal,
  });
  if (!reply.ok) return undefined;
  const page = new window.DOMParser().parseFromString(await reply.text(), 'text/html');
  return page.getElementById('preview-shown') ?? undefined;
}

function makeStatus(place) {
  const status = document.createElement('p');
  status.className = 'spoken';
  status.setAttribute('role', 'status');
  place.before(status);
  return status;
}

function follow(form) {
  const shown = () => document.getElementById('preview-shown');
  const status = makeStatus(shown());
  let asking;

  async function refresh() {
    asking?.abort();
    asking = new window.AbortController();
    // The same words twice in one breath would not be spoken twice: they go before the answer comes.
    status.textContent = '';
    try {
      const picture = await fetchPicture(form, asking.signal);
      if (!picture || picture.innerHTML === shown().innerHTML) return;
      shown().replaceWith(document.adoptNode(picture));
      status.textContent = form.dataset.fresh;
    } catch {
      // The line is down, or a newer question was asked: the picture stays as it is.
    }
  }

  const refreshSoon = afterPause(() => void refresh(), PAUSE);
  form.addEventListener('input', refreshSoon);
  for (const control of document.querySelectorAll('.preview-controls select')) {
    control.addEventListener('change', refreshSoon);
  }
}

if (typeof document !== 'undefined') {
  const form = document.getElementById('draft');
  if (form) follow(form);
}
