/*
 * The header sets, constant and few. Every route names one (pages if it names none).
 * Nothing inline is allowed, so no page needs a nonce.
 */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const COMMON = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  // Same-origin rather than none: with none, browsers send Origin "null" on our own forms.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Pages that other websites may put into a frame: public words alone, with no script, no form and no cookie that could
 * be misused from outside, so there is nothing to trick a press out of. See docs/decisions/0097.
 */
const FRAMED_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  'frame-ancestors *',
].join('; ');

export const HEADER_SETS = {
  /** Pages of one person: nothing stays on a shared device. */
  pages: { ...COMMON, 'cache-control': 'no-store' },
  /** Pages for anyone: kept, but asked about each time, since the language belongs to the request. */
  public: { ...COMMON, 'cache-control': 'private, no-cache', vary: 'cookie, accept-language' },
  /** Public words for other websites: the address says the language, since no cookie comes along. */
  framed: {
    'content-security-policy': FRAMED_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': COMMON['permissions-policy'],
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
  },
  /** Files to keep on one's own machine. */
  files: { ...COMMON, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
  /** Styles, scripts, fonts and pictures: their routes say how long they may be kept. */
  assets: COMMON,
  /** The way to another page: there is no content that anything could be allowed or forbidden for. */
  redirects: { 'cache-control': 'no-store' },
} as const;

export type HeaderSet = keyof typeof HEADER_SETS;

/** Added to every set where people reach Heard over HTTPS. */
const HTTPS_HEADERS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const;

/** The header sets of this server. */
export function headerSets(behindHttps: boolean): Record<HeaderSet, Record<string, string>> {
  const always = behindHttps ? HTTPS_HEADERS : {};
  return {
    pages: { ...HEADER_SETS.pages, ...always },
    public: { ...HEADER_SETS.public, ...always },
    framed: { ...HEADER_SETS.framed, ...always },
    files: { ...HEADER_SETS.files, ...always },
    assets: { ...HEADER_SETS.assets, ...always },
    redirects: { ...HEADER_SETS.redirects, ...always },
  };
}
