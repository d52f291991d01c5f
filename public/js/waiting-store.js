/* global crypto, indexedDB, TextDecoder, TextEncoder */
/*
 * What this device holds while the line is down: for each draft at most one answer, and the ticket of the session
 * that answers now. All of it is encrypted with a key that no script can take out of the browser.
 */

const ANSWER = 'answer ';

/**
 * @typedef {object} Answer What a page's form says, to be handed in later.
 * @property {number} number the page
 * @property {string} ticket says whose draft it belongs to
 * @property {string} language the language that the page was read in
 * @property {[string, string][]} fields the form's fields in order, as they are sent
 *
 * @typedef {object} Held
 * @property {string} id the same for all answers with one ticket; the ticket cannot be told from it
 * @property {number} at when it was kept, in milliseconds
 * @property {Answer} answer
 */

/** The device's store. Null where the browser offers none: without HTTPS, or in some private windows. */
export function openStore() {
  if (typeof indexedDB === 'undefined' || typeof crypto === 'undefined' || !crypto.subtle) return Promise.resolve(null);
  return openRows().then(
    (rows) => createStore(rows, crypto),
    () => null,
  );
}

/**
 * @param rows where rows are kept (see openRows); tests give one in memory
 * @param {Crypto} cryptography
 */
export function createStore(rows, cryptography) {
  const { subtle } = cryptography;

  async function key() {
    const known = await rows.get('key');
    if (known) return known;
    const made = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Another window may have been quicker: the first key stays.
    return rows.addOnce('key', made);
  }

  async function seal(content) {
    const iv = cryptography.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(content));
    return { iv, sealed: await subtle.encrypt({ name: 'AES-GCM', iv }, await key(), bytes) };
  }

  /** What was sealed; undefined if its key is gone or the bytes were changed. */
  async function unseal({ iv, sealed }) {
    try {
      const bytes = await subtle.decrypt({ name: 'AES-GCM', iv }, await key(), sealed);
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return undefined;
    }
  }

  return {
    /** The name under which the answer of a ticket is held. */
    async idOf(ticket) {
      const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(ticket)));
      return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    /** Keeps an answer in place of an earlier one with the same ticket. */
    async put(id, at, answer) {
      await rows.put(ANSWER + id, { at, ...(await seal(answer)) });
    },
    /** @returns {Promise<Held[]>} what waits, the oldest first */
    async all() {
      const found = await rows.beginning(ANSWER);
      const held = [];
      for (const [name, row] of found) {
        const answer = await unseal(row);
        if (answer) held.push({ id: name.slice(ANSWER.length), at: row.at, answer });
        // Nobody can ever read it again.
        else await rows.remove(name, (same) => same.at === row.at);
      }
      return held.sort((one, other) => one.at - other.at);
    },
    /** Lets go of an answer, unless a later one has taken its place meanwhile. */
    remove: ({ id, at }) => rows.remove(ANSWER + id, (row) => row.at === at),
    /** The ticket of the session that answered last on this device. */
    async ticket() {
      const row = await rows.get('ticket');
      return row && unseal(row);
    },
    async keepTicket(ticket) {
      await rows.put('ticket', await seal(ticket));
    },
    forgetTicket: () => rows.remove('ticket', () => true),
  };
}

function openRows() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('heard', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error('The store is held by another window.'));
    opening.onsuccess = () => resolve(rowsOf(opening.result));
  });
}

function rowsOf(database) {
  /** Does something with the rows in one transaction. @returns a promise of what `work` left in `found.value` */
  function within(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('rows', mode);
      const found = { value: undefined };
      work(transaction.objectStore('rows'), found);
      transaction.oncomplete = () => resolve(found.value);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  function look(request, then) {
    request.onsuccess = () => then(request.result);
  }

  return {
    get: (name) => within('readonly', (rows, found) => look(rows.get(name), (row) => (found.value = row))),
    put: (name, row) => within('readwrite', (rows) => void rows.put(row, name)),
    /** Adds a row unless there is one. @returns the row that is there then */
    addOnce: (name, row) =>
      within('readwrite', (rows, found) =>
        look(rows.get(name), (known) => {
          found.value = known || row;
          if (!known) rows.put(row, name);
        }),
      ),
    /** Removes a row if it is there and `isMeant` says so of it. */
    remove: (name, isMeant) =>
      within('readwrite', (rows) =>
        look(rows.get(name), (row) => {
          if (row && isMeant(row)) rows.delete(name);
        }),
      ),
    /** Names and rows of all whose name begins so. */
    beginning: (start) =>
      within('readonly', (rows, found) => {
        found.value = [];
        look(rows.openCursor(), function next(cursor) {
          if (!cursor) return;
          if (String(cursor.key).startsWith(start)) found.value.push([cursor.key, cursor.value]);
          cursor.continue();
        });
      }),
  };
}
