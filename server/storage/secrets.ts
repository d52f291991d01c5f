import { createHmac, createSecretKey, hash, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { FifoMap } from 'toad-cache';
import { StartError } from '../errors.ts';
import { makeFolder } from './folder.ts';

/*
 * What must not lie in the database: the key that turns codes into their hashes, one secret for each
 * open wave under which its drafts are encrypted, and one for each wave whose texts are not all read.
 * They are files of mode 0600 in a folder of their own. Destroying a wave's secret makes every copy of
 * its drafts unreadable, backups included; destroying that of its texts does the same for those.
 */
export interface Secrets {
  /** The keyed hash under which a code is stored. */
  hashCode(code: string): string;
  createWaveSecret(waveId: string): void;
  hasWaveSecret(waveId: string): boolean;
  /** Gone for good; asking again does no harm. That it was there and is destroyed stays known. */
  destroyWaveSecret(waveId: string): void;
  /** Whether the secret of this wave was destroyed, so that a backup from before does not open it again. */
  wasClosed(waveId: string): boolean;
  /**
   * The key of a draft (256 bits), derived from its wave's secret and its code's hash (HKDF, RFC 5869), so that
   * only the holder of both can read it.
   * @throws if the wave's secret is gone
   */
  draftKey(waveId: string, codeHmac: string): KeyObject;
  /**
   * The key under which changes of a wave's drafts are noted until they are gathered into them; made as `draftKey`.
   * @throws if the wave's secret is gone
   */
  draftChangesKey(waveId: string): KeyObject;
  /** The key of this draft does not stay in memory. */
  forgetDraft(codeHmac: string): void;
  /** Makes the secret of a wave's texts, which outlives the close until all are read. One that is there stays. */
  makeTextSecret(waveId: string): void;
  hasTextSecret(waveId: string): boolean;
  /** Gone for good; asking again does no harm. That it is destroyed stays known. */
  destroyTextSecret(waveId: string): void;
  /** Whether the secret of this wave's texts was destroyed, so that words that a backup brings back are not missed. */
  wereTextsEnded(waveId: string): boolean;
  /**
   * The key under which what young people wrote in a wave is sealed for its readers (256 bits, HKDF, RFC 5869).
   * @throws if the secret of the wave's texts is gone
   */
  textKey(waveId: string): KeyObject;
  /**
   * A key for what belongs to the people who sign in (256 bits, HKDF, RFC 5869), derived from the code key: with another
   * code key nobody's second step works any more, and an administrator has to reset it.
   */
  peopleKey(purpose: 'second-factor' | 'recovery-codes' | 'council-sign-in'): KeyObject;
}

/** Derived keys kept in memory: a few thousand pupils at once, so that each answer need not derive anew. */
const KEYS_KEPT = 5000;

/** Reads or makes the folder of secrets. @throws StartError if it cannot be used */
export function openSecrets(folder: string, codeKeyOverride = ''): Secrets {
  const codeKey = codeKeyOverride ? Buffer.from(codeKeyOverride, 'hex') : readOrMakeCodeKey(folder);
  const waveSecrets = new Map<string, Buffer>();
  const changesKeys = new Map<string, KeyObject>();
  const draftKeys = new FifoMap<KeyObject>(KEYS_KEPT);
  const textKeys = new Map<string, KeyObject>();
  const pathOf = (waveId: string) => join(folder, `wave-${waveId}`);
  const closedPathOf = (waveId: string) => join(folder, `closed-${waveId}`);
  const textPathOf = (waveId: string) => join(folder, `texts-${waveId}`);
  const endedTextPathOf = (waveId: string) => join(folder, `ended-texts-${waveId}`);

  function waveSecret(waveId: string): Buffer {
    let secret = waveSecrets.get(waveId);
    if (!secret) {
      if (!existsSync(pathOf(waveId))) {
        throw new Error(
          `The secret of wave ${waveId} is gone: its drafts cannot be read. Only a closed wave has none.`,
        );
      }
      secret = Buffer.from(readFileSync(pathOf(waveId), 'utf8').trim(), 'hex');
      waveSecrets.set(waveId, secret);
    }
    return secret;
  }

  function create(path: string, content = randomBytes(32).toString('hex')): void {
    makeFolder(folder);
    writeDurably(path, content, 'wx');
    syncFolder(folder);
  }

  function destroy(path: string): void {
    // Overwritten in place before it is removed; what a disk keeps of overwritten blocks is beyond a program.
    if (existsSync(path)) writeDurably(path, '0'.repeat(64), 'r+');
    rmSync(path, { force: true });
    if (existsSync(folder)) syncFolder(folder);
  }

  const hasTextSecret = (waveId: string) => readWaveSecret(textPathOf(waveId)) !== undefined;

  return {
    hashCode: (code) => createHmac('sha256', codeKey).update(code).digest('base64url'),
    createWaveSecret: (waveId) => create(pathOf(waveId)),
    hasWaveSecret: (waveId) => readWaveSecret(pathOf(waveId)) !== undefined,
    wasClosed: (waveId) => existsSync(closedPathOf(waveId)),
    destroyWaveSecret(waveId) {
      if (!existsSync(closedPathOf(waveId))) create(closedPathOf(waveId), '');
      destroy(pathOf(waveId));
      waveSecrets.delete(waveId);
      changesKeys.delete(waveId);
      draftKeys.clear();
    },
    forgetDraft: (codeHmac) => draftKeys.delete(codeHmac),
    draftKey(waveId, codeHmac) {
      const known = draftKeys.get(codeHmac);
      if (known) return known;
      const key = derivedKey(waveSecret(waveId), `draft:${codeHmac}`);
      draftKeys.set(codeHmac, key);
      return key;
    },
    draftChangesKey(waveId) {
      const known = changesKeys.get(waveId);
      if (known) return known;
      const key = derivedKey(waveSecret(waveId), 'draft-changes');
      changesKeys.set(waveId, key);
      return key;
    },
    hasTextSecret,
    wereTextsEnded: (waveId) => existsSync(endedTextPathOf(waveId)),
    makeTextSecret(waveId) {
      if (hasTextSecret(waveId)) return;
      if (existsSync(endedTextPathOf(waveId)))
        throw new Error(
          `The texts of wave ${waveId} were ended for good: expected no more of them. Nothing is sealed anew.`,
        );
      // What was cut short while it was made sealed nothing: a text is sealed only once its secret is durable.
      destroy(textPathOf(waveId));
      create(textPathOf(waveId));
      textKeys.delete(waveId);
    },
    destroyTextSecret(waveId) {
      // The mark comes first: a secret that is gone without one is lost, and the server does not start.
      if (!existsSync(endedTextPathOf(waveId))) create(endedTextPathOf(waveId), '');
      destroy(textPathOf(waveId));
      textKeys.delete(waveId);
    },
    textKey(waveId) {
      const known = textKeys.get(waveId);
      if (known) return known;
      const secret = readWaveSecret(textPathOf(waveId));
      if (!secret)
        throw new Error(`The secret of the texts of wave ${waveId} is gone: what was written cannot be read.`);
      const key = derivedKey(secret, 'texts');
      textKeys.set(waveId, key);
      return key;
    },
    peopleKey: (purpose) => derivedKey(codeKey, purpose),
  };
}

function derivedKey(secret: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
}

/** A secret of a wave; undefined if the file is missing, cut short or overwritten. */
function readWaveSecret(path: string): Buffer | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  return /^(?!0+$)[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}

function writeDurably(path: string, text: string, flag: 'wx' | 'r+'): void {
  const file = openSync(path, flag, 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
}

/** A new or removed name is durable once its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function readOrMakeCodeKey(folder: string): Buffer {
  const path = join(folder, 'code-key');
  try {
    makeFolder(folder);
    if (!existsSync(path)) {
      if (readdirSync(folder).some((name) => name.startsWith('wave-'))) {
        throw new StartError(
          `The code key ${path} is missing although there are secrets of open waves beside it. Put the file back; without it no code works.`,
        );
      }
      writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
    }
    const key = readFileSync(path, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(key)) {
      throw new StartError(`The code key ${path} is damaged: expected 64 hexadecimal digits. Put the right file back.`);
    }
    return Buffer.from(key, 'hex');
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The folder of secrets ${folder} cannot be used (${String((error as { code?: string }).code ?? error)}). Give this user write access, or set HEARD_SECRETS to a folder elsewhere.`,
    );
  }
}

/** A new unguessable token for a cookie or a form. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** What is stored of a token: whoever reads the table cannot use it. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
