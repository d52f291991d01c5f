import { join } from 'node:path';
import view from '@fastify/view';
import { Eta } from 'eta';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../core/roles.ts';
import { assetAddresses, type AssetAddresses } from './assets.ts';
import { LANGUAGES, type Language } from './language.ts';
import type { App } from './services.ts';
import type { Frame, Views } from './views.ts';

const VIEWS = join(import.meta.dirname, '..', '..', 'views');

declare module 'fastify' {
  interface FastifyReply {
    /** The only way to render a page: the template's name and exactly the data it may read. */
    page<Name extends keyof Views>(this: FastifyReply, name: Name, data: Views[Name]): FastifyReply;
  }
  interface FastifyRequest {
    language: Language;
  }
}

/** Sections that a signed-in person is led to, by role. */
const SECTIONS: { href: string; words: keyof Language['words']['layout']; roles: readonly Role[] }[] = [
  { href: '/fieldwork', words: 'navFieldwork', roles: ['administrator'] },
  { href: '/release', words: 'navReleases', roles: ['analyst', 'approver', 'auditor'] },
  { href: '/results', words: 'navResults', roles: ['planner', 'analyst', 'approver'] },
  { href: '/replies/findings', words: 'navFindings', roles: ['planner'] },
  { href: '/studio', words: 'navStudio', roles: ['forum-member', 'youth-worker', 'analyst', 'approver'] },
  { href: '/people/accounts', words: 'navPeople', roles: ['administrator'] },
  { href: '/admin/record', words: 'navAudit', roles: ['auditor'] },
];

/** Registers templates and `reply.page`. */
export async function servePages(app: App): Promise<void> {
  const assets = assetAddresses();
  await app.register(view, {
    engine: { eta: new Eta({ views: VIEWS, cache: true, autoTrim: ['nl', false] }) },
    root: VIEWS,
    templates: VIEWS,
    production: true,
  });
  app.decorateReply('page', function page(name, data) {
    this.viewAsync(name, { ...frameOf(this.request, name, assets), ...data }).then(
      // As bytes: a page with letters beyond Latin would otherwise be encoded piece by piece on its way out.
      (page) => this.send(Buffer.from(page)),
      (error: unknown) => this.send(error),
    );
    return this;
  });
}

/** What surrounds every page, worked out from the request alone. */
function frameOf(request: FastifyRequest, name: string, assets: AssetAddresses): Frame {
  const { language, signedIn } = request;
  const here = request.method === 'GET' ? request.url : (request.routeOptions.url ?? '/');
  return {
    words: language.words,
    language: { code: language.code, direction: language.direction, name: language.name },
    languageLinks: LANGUAGES.map(({ code, name }) => ({
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
    signedInAs: signedIn?.signInName ?? '',
    demonstration: signedIn?.demonstration ?? false,
    assets: {
      style: assets.style,
      script: assets.script,
      chart: assets.chart,
      ...assets.ofFolder(name.slice(0, name.indexOf('/'))),
    },
  };
}
