import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS, Fault } from '../../server/errors.ts';
import { readSettings, SETTINGS, SettingsError } from '../../server/settings.ts';
import { loadLanguages } from '../../server/web/language.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('settings', () => {
  it('have a value for everything where nothing is set', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      forumDays: 365,
      databaseUrl: 'data/heard.sqlite',
      secretsFolder: 'secrets',
      codeKey: '',
      seedDemonstration: 'auto',
      leaveAddress: 'https://www.bbc.co.uk/weather',
      behindHttps: false,
      trustProxy: 0,
      oidcIssuer: '',
      oidcClientId: '',
      oidcClientSecret: '',
      oidcClientSecretFile: '',
      logLevel: 'warn',
    });
  });

  it('are read from the environment', () => {
    const key = 'ab'.repeat(32);
    const environment = { PORT: '0', HEARD_HTTPS: 'yes', HEARD_CODE_KEY: key, HEARD_LOG: 'debug' };
    expect(readSettings(environment)).toMatchObject({ port: 0, behindHttps: true, codeKey: key, logLevel: 'debug' });
  });

  it('tell all their faults at once, each with what was expected and found', () => {
    const environment = {
      PORT: '70000',
      HEARD_CODE_KEY: 'short',
      HEARD_DEMONSTRATION: 'true',
      HEARD_FORUM_DAYS: '0',
      HEARD_LEAVE_ADDRESS: 'javascript:alert(1)',
      HEARD_LOG: 'loud',
    };
    const attempt = () => readSettings(environment);
    expect(attempt).toThrow(SettingsError);
    const lines = [
      'PORT: expected a port number from 0 to 65535 (0 takes any free port), found "70000".',
      'HEARD_CODE_KEY: expected 64 hexadecimal digits in lower case, found "short".',
      'HEARD_DEMONSTRATION: expected one of auto, yes, no, found "true".',
      'HEARD_FORUM_DAYS: expected a number of days from 1 to 3650, found "0".',
      'HEARD_LEAVE_ADDRESS: expected an address that begins with https:// or http://, found "javascript:alert(1)".',
      'HEARD_LOG: expected one of silent, error, warn, info, debug, found "loud".',
    ];
    expect(attempt).toThrow(lines.join('\n'));
  });

  it.each(['-1', '1.5', 'http', '65536'])('refuse the port "%s"', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(/^PORT: expected a port number/);
  });

  it('each have a name of their own and a sentence of help', () => {
    const all = Object.values(SETTINGS);
    expect(new Set(all.map((setting) => setting.variable)).size).toBe(all.length);
    for (const { help } of all) expect(help).toMatch(/^[A-Z].*\.$/);
  });

  it('are the only thing that reads the environment, but for main', () => {
    const files = readdirSync(join(ROOT, 'server'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    );
    const readers = files.filter((path) => /process\.env\b/.test(readFileSync(join(ROOT, 'server', path), 'utf8')));
    expect(readers.filter((path) => !path.startsWith('commands/'))).toEqual(['main.ts']);
  });
});

describe('faults', () => {
  const languages = [...loadLanguages().values()];

  it.each(Object.entries(FAULTS))('%s has words in every language', (_code, { words, status }) => {
    for (const language of languages) expect(language.words.errors[words].length, language.code).toBeGreaterThan(10);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it('have words of their own, different in every language', () => {
    const said = languages.flatMap((language) =>
      Object.values(FAULTS).map(({ words }) => language.words.errors[words]),
    );
    expect(new Set(said).size).toBe(said.length);
  });

  it('carry their code, and a message for the log', () => {
    expect(new Fault('wave-closed')).toMatchObject({ code: 'wave-closed', message: 'wave-closed', name: 'Fault' });
    expect(new Fault('not-found', 'No such wave.').message).toBe('No such wave.');
  });
});
