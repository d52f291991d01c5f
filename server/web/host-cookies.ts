/*
 * Names of cookies where people reach Heard over HTTPS. Browsers take a cookie named "__Host-…" only from this very host,
 * over HTTPS, for all of its addresses (RFC 6265bis, section 4.1.3.2). Without it a neighbouring name of the same council
 * could put a session of its own into somebody's browser. Inside Heard cookies keep their short names.
 */
const PREFIX = '__Host-';

/** The cookies of a request that only this host can have set, by their short names; undefined if there are none. */
export function ownCookies(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const own = header.split(';').map((cookie) => cookie.trim());
  const named = own.filter((cookie) => cookie.startsWith(PREFIX)).map((cookie) => cookie.slice(PREFIX.length));
  return named.length === 0 ? undefined : named.join('; ');
}

/** A `Set-Cookie` line as such a cookie has to be: secure, and for every path, also where it is taken back. */
export function asHostCookie(line: string): string {
  const [pair, ...attributes] = line.split('; ');
  const kept = attributes.filter((attribute) => !/^(path|domain|secure)\b/i.test(attribute));
  return [`${PREFIX}${pair}`, ...kept, 'Path=/', 'Secure'].join('; ');
}

/** All `Set-Cookie` lines of a reply, named so. */
export function asHostCookies(lines: number | string | string[]): string[] {
  return [lines].flat().map((line) => asHostCookie(String(line)));
}
