/* global fetch, setInterval */
/*
 * While a survey page is in hand, this device says so now and then. Without it somebody who thinks for long would look,
 * to the adult in the room, like a device that has lost its line.
 */
const EVERY_MILLISECONDS = 45000;

const isAnswering = document.querySelector('form[action="/respond/hiding"], a[href="/respond/leave"]') !== null;

function say() {
  // What does not get through is not heard, which is all that it would tell.
  fetch('/respond/signs-of-life', { method: 'POST' }).catch(() => undefined);
}

if (isAnswering) setInterval(say, EVERY_MILLISECONDS);
