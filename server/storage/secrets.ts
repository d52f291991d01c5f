import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../errors.ts';

/*
 * What must not lie in the database: the key that turns codes into their hashes, and one secret for
 * each open wave under which its drafts are encrypted. They are files of mode 0600 in a folder of
 * their own. Destroying a wave's secret makes every copy of its drafts unreadable, backups included.
 */
export interface Secrets {
  /** The keyed hash under which a code is stored. */
  hashCode(code: string): string;
  createWaveSecret(waveId: string): void;
  hasWaveSecret(waveId: string): boolean;
  /** Gone for good; asking again does no harm. */
  destroyWaveSecret(waveId: string): void;
  /** Encrypts a draft so that only the holder of the wave's secret and of this hash can read it. */
  seal(waveId: string, codeHmac: string, content: object): Buffer;
  /**
   * What was sealed. It may be given to others too, so nobody changes it.
   * @throws if the wave's secret is gone or the bytes were changed
   */
  open(waveId: string, codeHmac: string, sealed: Uint8Array): unknown;
  /** Nothing of this draft stays in memory. */
  forgetDraft(codeHmac: string): void;
}

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
/** Derived keys kept in memory: a few thousand pupils at once, so that each answer need not derive anew. */
const KEYS_KEPT = 5000;
/** Drafts sealed last, kept in memory until the next change or the close: the page after an answer need not decrypt. */
const DRAFTS_KEPT = 2000;

interface SealedContent {
  head: string;
  content: object;
}

/** Reads or makes the folder of secrets. @throws StartError if it cannot be used */
export function openSecrets(folder: string, codeKeyOverride = ''): Secrets {
  const codeKey = codeKeyOverride ? Buffer.from(codeKeyOverride, 'hex') : readOrMakeCodeKey(folder);
  const waveSecrets = new Map<string, Buffer>();
  const draftKeys = new Map<string, KeyObject>();
  const lastSealed = new Map<string, SealedContent>();
  const pathOf = (waveId: string) => join(folder, `wave-${waveId}`);

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

  function draftKey(waveId: string, codeHmac: string): KeyObject {
    const known = draftKeys.get(codeHmac);
    if (known) return known;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', waveSecret(waveId), '', `draft:${codeHmac}`, 32)));
    keepWithin(draftKeys, KEYS_KEPT);
    draftKeys.set(codeHmac, key);
    return key;
  }

  return {
    hashCode: (code) => createHmac('sha256', codeKey).update(code).digest('base64url'),
    createWaveSecret(waveId) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeDurably(pathOf(waveId), randomBytes(32).toString('hex'), 'wx');
      syncFolder(folder);
    },
    hasWaveSecret: (waveId) => readWaveSecret(pathOf(waveId)) !== undefined,
    destroyWaveSecret(waveId) {
      // Overwritten in place before it is removed; what a disk keeps of overwritten blocks is beyond a program.
      if (existsSync(pathOf(waveId))) writeDurably(pathOf(waveId), '0'.repeat(64), 'r+');
      rmSync(pathOf(waveId), { force: true });
      if (existsSync(folder)) syncFolder(folder);
      waveSecrets.delete(waveId);
      draftKeys.clear();
      lastSealed.clear();
    },
    forgetDraft(codeHmac) {
      lastSealed.delete(codeHmac);
      draftKeys.delete(codeHmac);
    },
    seal(waveId, codeHmac, content) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', draftKey(waveId, codeHmac), nonce);
      const body = cipher.update(JSON.stringify(content), 'utf8');
      cipher.final();
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
      keepWithin(lastSealed, DRAFTS_KEPT);
      lastSealed.set(codeHmac, { head: headOf(sealed), content });
      return sealed;
    },
    open(waveId, codeHmac, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const last = lastSealed.get(codeHmac);
      if (last?.head === headOf(bytes)) return last.content;
      const nonce = bytes.subarray(0, NONCE_LENGTH);
      const decipher = createDecipheriv('aes-256-gcm', draftKey(waveId, codeHmac), nonce);
      decipher.setAuthTag(bytes.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH));
      const text =
        decipher.update(bytes.subarray(NONCE_LENGTH + TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
      return JSON.parse(text) as unknown;
    },
  };
}

/** A wave's secret; undefined if the file is missing, cut short or overwritten. */
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

/** Nonce and tag: no two sealed texts share them. */
function headOf(sealed: Buffer): string {
  return sealed.toString('latin1', 0, NONCE_LENGTH + TAG_LENGTH);
}

/** Nonces are drawn from the system many at a time, since each draw is a call of its own. */
let nonces = Buffer.alloc(0);
function nextNonce(): Buffer {
  if (nonces.length < NONCE_LENGTH) nonces = randomBytes(NONCE_LENGTH * 256);
  const nonce = nonces.subarray(0, NONCE_LENGTH);
  nonces = nonces.subarray(NONCE_LENGTH);
  return nonce;
}

/** Makes room for one more by forgetting the oldest. */
function keepWithin(kept: Map<string, unknown>, most: number): void {
  const oldest = kept.size >= most ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
}

function readOrMakeCodeKey(folder: string): Buffer {
  const path = join(folder, 'code-key');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
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
