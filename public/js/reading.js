/*
 * Reading help without leaving the page: the form of its own page opens here, what is chosen shows at once, and is
 * saved behind. Without this script, or where it fails, the link leads to that page.
 */

/**
 * How pages look with what is chosen: by name, the value, or nothing for the usual, which comes first.
 * @param {Iterable<{ name: string, value: string, checked: boolean }>} radios
 */
export function lookOf(radios) {
  const usual = {};
  const look = {};
  for (const { name, value, checked } of radios) {
    if (!(name in usual)) usual[name] = value;
    if (checked) look[name] = value === usual[name] ? '' : value;
  }
  return look;
}

/** Gives the page a look: it changes tokens and nothing else. @param {{ dataset: object }} root */
export function show(root, look) {
  for (const name of Object.keys(look)) {
    if (look[name]) root.dataset[name] = look[name];
    else delete root.dataset[name];
  }
}

/**
 * Saves what is chosen, one request at a time; of several that wait only the newest is sent.
 * @param {(body: string) => Promise<'saved' | 'refused' | 'unreachable'>} send
 * @returns {(body: string) => Promise<string>} resolves with how the newest ended
 */
export function createSaver(send) {
  let newest;
  let busy;

  async function work() {
    let outcome;
    while (newest !== undefined) {
      const body = newest;
      newest = undefined;
      outcome = await send(body);
    }
    busy = undefined;
    return outcome;
  }

  return (body) => {
    newest = body;
    if (!busy) busy = work();
    return busy;
  };
}

const bodyOf = (form) => new window.URLSearchParams(new window.FormData(form)).toString();

async function send(body) {
  try {
    const reply = await window.fetch('/respond/reading', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      credentials: 'same-origin',
      keepalive: true,
      // The server leads on once it has saved. There is nothing to see where it leads.
      redirect: 'manual',
    });
    return reply.type === 'opaqueredirect' ? 'saved' : 'refused';
  } catch {
    return 'unreachable';
  }
}

function follow(form) {
  const root = document.documentElement;
  form.addEventListener('change', () => show(root, lookOf(form.querySelectorAll('input[type="radio"]'))));
}

/** Fetches the page of reading help. @returns its form and heading, or nothing if that is not what came */
async function fetchHelp(address) {
  const reply = await window.fetch(address, { credentials: 'same-origin' });
  const page = new window.DOMParser().parseFromString(await reply.text(), 'text/html');
  const form = page.getElementById('reading');
  const title = page.querySelector('h1');
  return form && title ? { form, title: title.textContent } : undefined;
}

function makePanel({ form, title }) {
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'reading-panel';
  panel.tabIndex = -1;
  panel.setAttribute('aria-labelledby', 'reading-title');
  const heading = document.createElement('h2');
  heading.id = 'reading-title';
  heading.textContent = title;
  panel.append(heading, document.adoptNode(form));
  return panel;
}

function openWith(link) {
  const save = createSaver(send);
  let panel;

  function close() {
    panel.hidden = true;
    link.setAttribute('aria-expanded', 'false');
    link.focus();
  }

  function open() {
    panel.hidden = false;
    link.setAttribute('aria-expanded', 'true');
    panel.focus();
  }

  function live(form) {
    follow(form);
    form.addEventListener('change', () => void save(bodyOf(form)));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void save(bodyOf(form)).then((outcome) => {
        // The server's own page says why. With no line to it, the page in hand is worth more than the choice.
        if (outcome === 'refused') form.submit();
        else close();
      });
    });
    panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
      // Digits choose answers of the question behind; here they do not.
      event.stopPropagation();
    });
  }

  return async () => {
    if (panel) return panel.hidden ? open() : close();
    const help = await fetchHelp(link.href).catch(() => undefined);
    if (!help) return location.assign(link.href);
    // A second press while the first one was on its way.
    if (panel) return undefined;
    panel = makePanel(help);
    document.querySelector('main').before(panel);
    live(help.form);
    return open();
  };
}

if (typeof document !== 'undefined') {
  const link = document.getElementById('reading-help');
  const form = document.getElementById('reading');
  if (form) follow(form);
  else if (link) {
    const press = openWith(link);
    link.setAttribute('aria-expanded', 'false');
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void press();
    });
  }
}
