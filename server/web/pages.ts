import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import view from '@fastify/view';
import { Eta } from 'eta';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FifoMap } from 'toad-cache';
import type { Role } from '../core/roles.ts';
import { assetAddresses, type AssetAddresses } from './assets.ts';
import { isolated, LANGUAGES, type Language } from './language.ts';
import type { App } from './services.ts';
import type { Frame, Views } from './views.ts';

const HTML = 'text/html; charset=utf-8';
/** Drawn pages kept in memory, a few kilobytes each. */
const PAGES_KEPT = 2000;
/** Characters of an address whose page is kept. */
const LONGEST_ADDRESS = 60;
/** Letters beyond ASCII that a page may spell as numbers before that costs more bytes than it is worth. */
const MOST_REFERENCES = 40;
const BEYOND_ASCII = /[^\0-\x7f]/gu;
const VIEWS = join(import.meta.dirname, '..', '..', 'views');

declare module 'fastify' {
  interface FastifyReply {
    /** The only way to render a page: the template's name and exactly the data it may read. */
    page<Name extends keyof Views>(this: FastifyReply, name: Name, data: Views[Name]): FastifyReply;
    /**
     * The same for a page that holds nothing of anybody: drawn once for all who ask for this address with this
     * key in this language. Only for routes where nobody is signed in.
     */
    keptPage<Name extends keyof Views>(
      this: FastifyReply,
      name: Name,
      key: string,
      data: () => Views[Name],
    ): FastifyReply;
  }
  interface FastifyRequest {
    language: Language;
    /** The languages of the wave that the request is about; null, or not there for files, where none is known. */
    askedLanguages?: readonly string[] | null;
  }
}

/** Sections that a signed-in person is led to, by role. */
const SECTIONS: { href: string; words: keyof Language['words']['layout']; roles: readonly Role[] }[] = [
  { href: '/fieldwork', words: 'navFieldwork', roles: ['administrator'] },
  { href: '/release', words: 'navReleases', roles: ['analyst', 'approver', 'auditor'] },
  { href: '/results', words: 'navResults', roles: ['planner', 'analyst', 'approver'] },
  { href: '/replies/findings', words: 'navFindings', roles: ['planner'] },
  { href: '/replies/plan', words: 'navPlan', roles: ['planner'] },
  { href: '/replies/dashboard', words: 'navDashboard', roles: ['planner'] },
  { href: '/replies/engagement', words: 'navEngagement', roles: ['planner', 'youth-worker', 'auditor'] },
  { href: '/studio', words: 'navStudio', roles: ['forum-member', 'youth-worker', 'analyst', 'approver'] },
  { href: '/studio/boards', words: 'navBoards', roles: ['planner'] },
  { href: '/studio/forums', words: 'navForums', roles: ['administrator'] },
  { href: '/people/accounts', words: 'navPeople', roles: ['administrator'] },
  { href: '/respond/texts', words: 'navTexts', roles: ['text-reader'] },
  { href: '/admin/help', words: 'navHelp', roles: ['administrator'] },
  { href: '/admin/record', words: 'navAudit', roles: ['auditor'] },
];

/** Registers templates and `reply.page`. */
export async function servePages(app: App): Promise<void> {
  const assets = assetAddresses();
  // Templates read nothing but what `page` gives them. Declared here, the plugin adds no hook to fill it.
  app.decorateReply('locals', null);
  app.decorateRequest('askedLanguages', null);
  await app.register(view, {
    engine: { eta: new Eta({ views: VIEWS, cache: true, autoTrim: ['nl', false] }) },
    root: VIEWS,
    templates: VIEWS,
    production: true,
  });
  const draw = <Name extends keyof Views>(reply: FastifyReply, name: Name, data: Views[Name]) =>
    reply.viewAsync(name, { ...frameOf(reply.request, name, assets), ...data });

  app.decorateReply('page', function page(name, data) {
    draw(this, name, data).then(
      // As bytes: a page with letters beyond Latin would otherwise be encoded piece by piece on its way out.
      (page) => this.send(Buffer.from(page)),
      (error: unknown) => this.send(error),
    );
    return this;
  });

  const kept = new FifoMap<KeptPage>(PAGES_KEPT);
  app.decorateReply('keptPage', function keptPage(name, key, data) {
    const { language, url } = this.request;
    // The address stands in the page, and anybody may put anything behind its question mark.
    if (url.length > LONGEST_ADDRESS) return this.page(name, data());
    const fullKey = `${language.code} ${url} ${key}`;
    const known = kept.get(fullKey);
    if (known) return sendKept(this, known);
    draw(this, name, data()).then(
      (page) => {
        const ready = { plain: readyToSend(page), packed: gzipSync(page, { level: 9 }) };
        kept.set(fullKey, ready);
        sendKept(this, ready);
      },
      (error: unknown) => this.send(error),
    );
    return this;
  });
}

/** A page that is drawn once, as it is and packed. */
interface KeptPage {
  plain: string | Buffer;
  packed: Buffer;
}

/** Packed for browsers that take it: nothing of anybody stands in a kept page that its length could tell. */
function sendKept(reply: FastifyReply, { plain, packed }: KeptPage): FastifyReply {
  reply.type(HTML);
  if (!reply.request.headers['accept-encoding']?.includes('gzip')) return reply.send(plain);
  return reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').send(packed);
}

/**
 * A page to keep, as it leaves fastest. With few letters beyond ASCII, these become numeric references: plain
 * ASCII goes out together with its headers, in one piece. Any other page is encoded once.
 */
function readyToSend(page: string): string | Buffer {
  const beyond = page.match(BEYOND_ASCII)?.length ?? 0;
  if (beyond > MOST_REFERENCES) return Buffer.from(page);
  const ascii = page.replace(BEYOND_ASCII, (letter) => `&#${letter.codePointAt(0)};`);
  // By way of bytes, so that the engine too holds it with one byte a letter.
  return Buffer.from(ascii, 'latin1').toString('latin1');
}

/**
 * All languages, or those that the wave is asked in: another one would change the buttons and not the questions. The one
 * that is being read stays, so that a page says which it is.
 */
function offeredLanguages({ askedLanguages, language }: FastifyRequest) {
  if (!askedLanguages) return LANGUAGES;
  const offered = LANGUAGES.filter(({ code }) => askedLanguages.includes(code));
  return offered.some(({ code }) => code === language.code)
    ? offered
    : [...offered, ...LANGUAGES.filter(({ code }) => code === language.code)];
}

/** Pages that show fewer places to somebody bound to an area; public replies are the same for all. */
const NARROWED = [
  ...['/results', '/fieldwork/', '/replies/findings', '/replies/suggestions', '/replies/actions/', '/replies/replies/'],
  ...['/replies/plan', '/replies/dashboard', '/replies/engagement'],
];

function areaWords({ language, signedIn, url }: FastifyRequest): string {
  const area = signedIn?.area ?? null;
  if (area === null || !NARROWED.some((beginning) => url.startsWith(beginning))) return '';
  const places = new Intl.ListFormat(language.code).format(area.map(({ name }) => isolated(language, name)));
  return language.say('layout', 'areaSeen', { places });
}

/** What surrounds every page, worked out from the request alone. */
function frameOf(request: FastifyRequest, name: string, assets: AssetAddresses): Frame {
  const { language, signedIn } = request;
  const here = request.method === 'GET' ? request.url : (request.routeOptions.url ?? '/');
  return {
    words: language.words,
    language: { code: language.code, direction: language.direction, name: language.name },
    languageLinks: offeredLanguages(request).map(({ code, name }) => ({
      code,
      name,
      href: `/languages/${code}?back=${encodeURIComponent(here)}`,
      current: code === language.code,
    })),
    navigation: signedIn
      ? SECTIONS.filter((section) => section.roles.some((role) => signedIn.roles.includes(role))).map((section) => ({
          href: section.href,
          words: language.words.layout[section.words],
          current: request.url.startsWith(section.href),
        }))
      : [],
    signedInAs: (signedIn ?? request.entering)?.signInName ?? '',
    area: areaWords(request),
    demonstration: signedIn?.demonstration ?? false,
    assets: {
      style: assets.style,
      script: assets.script,
      chart: assets.chart,
      explorer: assets.explorer,
      funnel: assets.funnel,
      reportStyle: assets.reportStyle,
      reportScript: assets.reportScript,
      ...assets.ofFolder(name.slice(0, name.indexOf('/'))),
    },
  };
}
