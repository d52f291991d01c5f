import { createHash } from 'node:crypto';

/* Whether something that was planted stands anywhere in some bytes, in any of the ways in which programs write text. */

/** Something that must not be found. */
export interface Needle {
  what: 'code' | 'address' | 'agent' | 'text' | 'draft' | 'former id' | 'time';
  value: string | Uint8Array;
}

export interface Found {
  what: Needle['what'];
  where: string;
  /** How it was written there. */
  form: string;
}

/** Bytes and what they are, such as a file. */
export interface Haystack {
  where: string;
  bytes: Buffer;
}

/** Every needle that stands in a haystack, once for each haystack and way of writing. */
export function findNeedles(needles: readonly Needle[], haystacks: readonly Haystack[]): Found[] {
  const forms = needles.flatMap(({ what, value }) => formsOf(value).map((form) => ({ what, ...form })));
  const beginnings = beginningsOf(forms);
  return haystacks.flatMap(({ where, bytes }) => {
    const found = formsIn(bytes, beginnings);
    return forms.filter((form) => found.has(form)).map(({ what, form }) => ({ what, where, form }));
  });
}

interface Form {
  what: Needle['what'];
  form: string;
  bytes: Buffer;
}

/** Forms by their first four bytes, and a table of bits in which nearly everything else is told apart at once. */
interface Beginnings {
  bits: Uint8Array;
  forms: ReadonlyMap<number, readonly Form[]>;
}

/** Bits of the table: thousands of forms fill a fraction of a percent of it. */
const TABLE_BITS = 24;
const placeOf = (beginning: number) => Math.imul(beginning, 0x9e3779b1) >>> (32 - TABLE_BITS);

function beginningsOf(forms: readonly Form[]): Beginnings {
  const bits = new Uint8Array(2 ** (TABLE_BITS - 3));
  const byBeginning = Map.groupBy(forms, ({ bytes }) => bytes.readInt32LE(0));
  for (const beginning of byBeginning.keys()) {
    const place = placeOf(beginning);
    bits[place >> 3]! |= 1 << (place & 7);
  }
  return { bits, forms: byBeginning };
}

/** All forms at once: one after the other would read a database thousands of times. */
function formsIn(bytes: Buffer, { bits, forms }: Beginnings): Set<Form> {
  const found = new Set<Form>();
  let beginning = 0;
  for (let end = 0; end < bytes.length; end += 1) {
    // The last four bytes read, the newest on top, as they are read little-endian.
    beginning = (beginning >>> 8) | (bytes[end]! << 24);
    const place = placeOf(beginning);
    if ((bits[place >> 3]! & (1 << (place & 7))) === 0) continue;
    const from = end - 3;
    for (const form of forms.get(beginning | 0) ?? []) {
      if (
        from >= 0 &&
        bytes.compare(form.bytes, 0, form.bytes.length, from, Math.min(from + form.bytes.length, bytes.length)) === 0
      )
        found.add(form);
    }
  }
  return found;
}

/** As it stands, in capitals and small letters, UTF-16, hexadecimal, base 64, in an address, and as a bare hash of itself. */
function formsOf(value: Needle['value']): { form: string; bytes: Buffer }[] {
  const forms = new Map<string, Buffer>();
  const add = (form: string, bytes: Buffer) => {
    if (![...forms.values()].some((known) => known.equals(bytes))) forms.set(form, bytes);
  };
  const plain = Buffer.from(value as Uint8Array);
  add('as it is', plain);
  add('hexadecimal', Buffer.from(plain.toString('hex')));
  // Base 64 depends on what stands before; without its rim the middle is the same.
  add('base 64', Buffer.from(plain.toString('base64').slice(0, -4)));
  add('base 64 in addresses', Buffer.from(plain.toString('base64url').slice(0, -4)));
  for (const hash of ['sha256', 'sha1', 'md5']) {
    const digest = createHash(hash).update(plain).digest();
    add(`${hash}, hexadecimal`, Buffer.from(digest.toString('hex')));
    add(`${hash}, base 64`, Buffer.from(digest.toString('base64').replace(/=+$/, '')));
    add(`${hash}, base 64 in addresses`, Buffer.from(digest.toString('base64url')));
    add(`${hash}, bytes`, digest);
  }
  if (typeof value === 'string') {
    add('small letters', Buffer.from(value.toLowerCase()));
    add('capitals', Buffer.from(value.toUpperCase()));
    add('UTF-16', Buffer.from(value, 'utf16le'));
    add('in an address', Buffer.from(encodeURIComponent(value)));
  }
  return [...forms].map(([form, bytes]) => ({ form, bytes }));
}
