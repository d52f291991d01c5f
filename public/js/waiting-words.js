/* global setTimeout */
/* What a page says about answers that wait on this device, and how hand-over waits for them. */

/** Milliseconds for which hand-over waits at most: what is kept is safe on the device. */
const HAND_OVER_WAITS = 30000;

/**
 * @param {HTMLElement} root where it is said; its data hold the words
 * @param {HTMLFormElement | null} form the page's own
 * @param {readonly HTMLElement[]} handOver the links to the next person, where the page has any
 * @param {() => void} tryNow for the button "Try again"; the page that stands in for others has a link of its own
 */
export function createWords(root, form, handOver, tryNow) {
  const isOffline = 'offline' in root.dataset;
  const again = isOffline ? null : makeAgain();
  let said = '';
  let noticed = false;

  function makeAgain() {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button second';
    button.textContent = root.dataset.again;
    button.addEventListener('click', tryNow);
    const row = document.createElement('div');
    row.className = 'row';
    row.append(button);
    return row;
  }

  /** Says sentences, each a paragraph. What is there already is not read out again. */
  function show(sentences, offersAgain) {
    if (again && !offersAgain) again.remove();
    // Moved, it would lose the focus.
    else if (again && !again.isConnected) root.after(again);
    const wanted = sentences.join('\n');
    if (wanted === said) return;
    said = wanted;
    root.textContent = '';
    root.className = sentences.length > 0 ? 'notice' : '';
    for (const sentence of sentences) {
      const paragraph = document.createElement('p');
      paragraph.textContent = sentence;
      root.append(paragraph);
    }
  }

  function isHeld() {
    return handOver.some((link) => link.getAttribute('aria-disabled') === 'true');
  }

  function letHandOverGo() {
    if (!isHeld()) return;
    for (const link of handOver) {
      link.removeAttribute('aria-disabled');
      link.style.opacity = '';
    }
    const { hold } = root.dataset;
    show(
      said.split('\n').filter((sentence) => sentence !== hold),
      again !== null && again.isConnected,
    );
  }

  // Beside what it is about.
  const nearest = handOver.find((link) => link.closest('main'));
  if (form) form.append(root);
  else if (nearest) nearest.parentElement.after(root);
  for (const link of handOver) {
    link.addEventListener('click', (event) => {
      if (isHeld()) event.preventDefault();
    });
  }

  return {
    /** Said while it is tried; a button that was pressed for it stays where it is. */
    sending: () => show([root.dataset.sending], again !== null && again.isConnected),
    saved: () => show([root.dataset.saved], true),
    unsaved: () => show([root.dataset.unsaved], true),
    unsure: () => show([root.dataset.unsure], true),
    /** How many answers wait, said to nobody in particular: the one who looks may be the next person. */
    waiting(left) {
      const { one, some, sent, hold, offline } = root.dataset;
      const sentences = isOffline ? [offline] : [];
      if (left > 0) sentences.push(left === 1 ? one : some);
      else if (noticed) sentences.push(sent);
      if (left > 0 && isHeld()) sentences.push(hold);
      noticed = noticed || left > 0;
      show(sentences, left > 0);
    },
    /** Keeps the next person from starting for a moment, and never for longer. */
    holdHandOver() {
      for (const link of handOver) {
        link.setAttribute('aria-disabled', 'true');
        link.style.opacity = '0.6';
      }
      setTimeout(letHandOverGo, HAND_OVER_WAITS);
    },
    letHandOverGo,
  };
}
