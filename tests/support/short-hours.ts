/*
 * Put before a server's script (`node --import`): what it does every hour it does five times a second. Nothing else changes,
 * so that a test sees whether the server itself does it.
 */
const AN_HOUR = 60 * 60 * 1000;
const SHORT = 200;

const { setInterval: usual } = globalThis;
globalThis.setInterval = ((work: () => void, milliseconds?: number) =>
  usual(work, milliseconds === AN_HOUR ? SHORT : milliseconds)) as typeof setInterval;
