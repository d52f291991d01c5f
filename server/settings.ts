/*
 * Every setting of Heard, in one table: environment variable, default, help and how it is read.
 * Settings are read here and nowhere else. All faults are reported at once.
 */

interface Setting<Value> {
  variable: string;
  fallback: string;
  help: string;
  /** The value, or a sentence that says what was expected. */
  parse(text: string): { value: Value } | { expected: string };
}

const text = (value: string) => ({ value });
const yesOrNo = (value: string) =>
  value === 'yes' || value === 'no' ? { value: value === 'yes' } : { expected: '"yes" or "no"' };

function port(value: string) {
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 && number <= 65535
    ? { value: number }
    : { expected: 'a port number from 0 to 65535 (0 takes any free port)' };
}

function hops(value: string) {
  return /^[0-9]$/.test(value) ? { value: Number(value) } : { expected: 'a number of proxies from 0 to 9' };
}

function oneOf<Word extends string>(...words: Word[]) {
  return (value: string) => {
    const word = words.find((candidate) => candidate === value);
    return word ? { value: word } : { expected: `one of ${words.join(', ')}` };
  };
}

function webAddress(value: string) {
  return /^https?:\/\/[^\s]+$/.test(value)
    ? { value }
    : { expected: 'an address that begins with https:// or http://' };
}

function days(value: string) {
  const number = Number(value);
  return /^[0-9]{1,4}$/.test(value) && number >= 1 && number <= 3650
    ? { value: number }
    : { expected: 'a number of days from 1 to 3650' };
}

/** Secrets travel to it, so it is encrypted unless it is this machine. */
function issuerAddress(value: string) {
  return value === '' ||
    /^https:\/\/[^\s]+$/.test(value) ||
    /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/.test(value)
    ? { value }
    : { expected: 'an address that begins with https://, or nothing' };
}

/** The table. Keys are the names that code uses. */
export const SETTINGS = {
  host: { variable: 'HOST', fallback: '127.0.0.1', help: 'Address to listen on.', parse: text },
  port: { variable: 'PORT', fallback: '3000', help: 'Port to listen on.', parse: port },
  databaseUrl: {
    variable: 'DATABASE_URL',
    fallback: 'data/heard.sqlite',
    help: 'File of the SQLite database; ":memory:" keeps nothing.',
    parse: text,
  },
  secretsFolder: {
    variable: 'HEARD_SECRETS',
    fallback: 'secrets',
    help: 'Folder of the code key and of one secret for each open wave. Never beside the database, never in a backup.',
    parse: text,
  },
  codeKey: {
    variable: 'HEARD_CODE_KEY',
    fallback: '',
    help: 'The code key in place of its file: 64 hexadecimal digits. Empty reads the file.',
    parse: (value: string) =>
      value === '' || /^[0-9a-f]{64}$/.test(value) ? { value } : { expected: '64 hexadecimal digits in lower case' },
  },
  seedDemonstration: {
    variable: 'HEARD_DEMONSTRATION',
    fallback: 'auto',
    help: 'Whether a new database is filled with the demonstration, whose passwords everybody knows: "auto" does so unless HEARD_HTTPS is "yes".',
    parse: oneOf('auto', 'yes', 'no'),
  },
  forumDays: {
    variable: 'HEARD_FORUM_DAYS',
    fallback: '365',
    help: 'Days after which the words, names and pass-phrases of a forum that was ended are deleted.',
    parse: days,
  },
  leaveAddress: {
    variable: 'HEARD_LEAVE_ADDRESS',
    fallback: 'https://www.bbc.co.uk/weather',
    help: 'The neutral page that "Leave quickly" opens.',
    parse: webAddress,
  },
  behindHttps: {
    variable: 'HEARD_HTTPS',
    fallback: 'no',
    help: 'Whether people reach Heard over HTTPS: cookies are then marked Secure and browsers told to stay on HTTPS.',
    parse: yesOrNo,
  },
  trustProxy: {
    variable: 'HEARD_TRUST_PROXY',
    fallback: '0',
    help: 'How many proxies stand in front of Heard and add to X-Forwarded-For; 0 believes no such header.',
    parse: hops,
  },
  oidcIssuer: {
    variable: 'HEARD_OIDC_ISSUER',
    fallback: '',
    help: 'Address of the council’s own OpenID Connect sign-in; empty offers passwords only.',
    parse: issuerAddress,
  },
  oidcClientId: {
    variable: 'HEARD_OIDC_CLIENT_ID',
    fallback: '',
    help: 'The client id that the council gave Heard there; the address to come back to is /people/council/callback.',
    parse: text,
  },
  oidcClientSecret: {
    variable: 'HEARD_OIDC_CLIENT_SECRET',
    fallback: '',
    help: 'The client secret that belongs to it. Empty reads the file.',
    parse: text,
  },
  oidcClientSecretFile: {
    variable: 'HEARD_OIDC_CLIENT_SECRET_FILE',
    fallback: '',
    help: 'A file that holds the client secret, in place of the variable.',
    parse: text,
  },
  logLevel: {
    variable: 'HEARD_LOG',
    fallback: 'warn',
    help: 'Least severity that is logged: silent, error, warn, info (a line a request) or debug.',
    parse: oneOf('silent', 'error', 'warn', 'info', 'debug'),
  },
} satisfies Record<string, Setting<unknown>>;

type Parsed<S> = S extends { parse(text: string): infer Outcome } ? Extract<Outcome, { value: unknown }> : never;
export type Settings = { [Name in keyof typeof SETTINGS]: Parsed<(typeof SETTINGS)[Name]>['value'] };

/** Thrown with one line a fault; the start prints it and stops. */
export class SettingsError extends Error {}

/**
 * Reads all settings from an environment.
 * @throws SettingsError naming every setting that cannot be read
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const found = environment[setting.variable] ?? setting.fallback;
    const outcome = setting.parse(found);
    if ('value' in outcome) values[name] = outcome.value;
    else faults.push(`${setting.variable}: expected ${outcome.expected}, found "${found}".`);
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
  return values as Settings;
}
