import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAnnualReports } from '../storage/annual-reports.ts';
import { createAuthorities, type Authority } from '../storage/authorities.ts';
import { createReleases } from '../storage/releases.ts';
import { originOf } from '../web/origin.ts';
import { createReadableReleases } from '../web/readable-releases.ts';
import type { App, Services } from '../web/services.ts';
import { feedPage } from './feed-page.ts';
import { PLACE_KINDS, placeHref, type PlaceKind, type PublicPlace } from './public-addresses.ts';
import { createPublicReplies } from './public-answered.ts';
import { speakIn, InLanguage } from './public-language.ts';
import { authoritiesPage, authorityPage, partPage, placeEmbedPage } from './public-pages.ts';
import { repliesAt } from './public-places.ts';
import { Name } from './shapes.ts';

const OfAuthority = Type.Object({ authority: Name });
const OfPart = Type.Object({ authority: Name, code: Name });
const anyone = { access: 'anyone', headers: 'public' } as const;
const framed = { access: 'anyone', headers: 'framed' } as const;
const ATOM = 'application/atom+xml; charset=utf-8';

interface OpenedPlace {
  authority: Authority;
  place: PublicPlace;
  name: string;
}

/** What was answered, for everybody: by authority, locality and cluster, as page, feed and frame. */
export async function publicRoutes(app: App, services: Services): Promise<void> {
  const { database, clock, languages } = services;
  const authorities = createAuthorities(database);
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const reports = createAnnualReports(database);
  const published = createPublicReplies(services);

  app.get('/replies', { config: anyone }, async (request, reply) => {
    const known = await authorities.list();
    const counted = await Promise.all(
      known.map(async (authority) => ({ authority, replies: (await published.all(authority.id)).length })),
    );
    return reply.page('replies/authorities', authoritiesPage(request.language, counted));
  });

  app.get('/replies/:authority', { schema: { params: OfAuthority }, config: anyone }, async (request, reply) => {
    const authority = await published.authority(request.params.authority);
    const [all, priorities, answeredBack, annual] = await Promise.all([
      published.all(authority.id),
      published.priorities(authority.id),
      published.answeredBack(authority.id),
      reports.published(authority.id),
    ]);
    const facts = { priorities, answeredBack, annual, today: clock().slice(0, 10) };
    return reply.page('replies/place', authorityPage(request.language, authority, all, facts));
  });

  /** @throws Fault 'not-found' for a place that neither a reply nor the newest release knows */
  async function openPart(kind: PlaceKind, { authority: id, code }: { authority: string; code: string }) {
    const authority = await published.authority(id);
    const place: PublicPlace = { authorityId: authority.id, kind, code };
    const all = await published.all(authority.id);
    const [first] = repliesAt(all, place);
    const name = first?.quoted.figure.node.name ?? (await placeName(authority.id, `${kind}:${code}`));
    if (name === undefined) throw new Fault('not-found');
    return { authority, place, name, all };
  }

  /** The name of a place without replies, as the newest release knows it. */
  async function placeName(authorityId: string, node: string): Promise<string | undefined> {
    const [newest] = await releases.published(authorityId);
    const opened = newest && (await readable.open(newest.id, 'everybody'));
    return opened?.release.node(node)?.name;
  }

  async function openWhole(id: string) {
    const authority = await published.authority(id);
    const place: PublicPlace = { authorityId: authority.id, kind: 'authority', code: '' };
    return { authority, place, name: authority.name, all: await published.all(authority.id) };
  }

  const feed = (request: FastifyRequest, at: OpenedPlace & Awaited<ReturnType<typeof openWhole>>) =>
    feedPage(request.language, { ...at, origin: originOf(request, services) });

  for (const kind of PLACE_KINDS) {
    const address = placeHref({ authorityId: ':authority', kind, code: ':code' }).replaceAll('%3A', ':');
    app.get(address, { schema: { params: OfPart }, config: anyone }, async (request, reply) => {
      const { authority, all, ...at } = await openPart(kind, request.params);
      const answeredBack = await published.answeredBack(authority.id);
      return reply.page('replies/place', partPage(request.language, authority, at, all, answeredBack));
    });
    app.get(
      `${address}/feed`,
      { schema: { params: OfPart, querystring: InLanguage }, config: anyone },
      async (request, reply) => {
        speakIn(request, languages, request.query);
        return reply.type(ATOM).page('replies/feed', feed(request, await openPart(kind, request.params)));
      },
    );
    app.get(
      `${address}/embed`,
      { schema: { params: OfPart, querystring: InLanguage }, config: framed },
      async (request, reply) => {
        speakIn(request, languages, request.query);
        const { authority, all, ...at } = await openPart(kind, request.params);
        const place = { ...at, origin: originOf(request, services) };
        return reply.page('replies/place-embed', placeEmbedPage(request.language, authority, place, all));
      },
    );
  }

  app.get(
    '/replies/:authority/feed',
    { schema: { params: OfAuthority, querystring: InLanguage }, config: anyone },
    async (request, reply) => {
      speakIn(request, languages, request.query);
      return reply.type(ATOM).page('replies/feed', feed(request, await openWhole(request.params.authority)));
    },
  );

  app.get(
    '/replies/:authority/embed',
    { schema: { params: OfAuthority, querystring: InLanguage }, config: framed },
    async (request, reply) => {
      speakIn(request, languages, request.query);
      const { authority, all, ...at } = await openWhole(request.params.authority);
      const place = { ...at, origin: originOf(request, services) };
      return reply.page('replies/place-embed', placeEmbedPage(request.language, authority, place, all));
    },
  );
}
