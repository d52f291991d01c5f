import { Type } from 'typebox';
import { publicObstacle } from '../core/loop/finding.ts';
import { Fault } from '../errors.ts';
import { createAuthorities, type Authority } from '../storage/authorities.ts';
import { createReleases } from '../storage/releases.ts';
import { createReplies, type PublishedReply } from '../storage/replies.ts';
import { createReadableReleases } from '../web/readable-releases.ts';
import type { App, Services } from '../web/services.ts';
import { authoritiesPage, authorityPage, clusterPage, replyPage, type Answered } from './public-pages.ts';
import { createQuotations } from './released.ts';
import { Id, Name } from './shapes.ts';

const OfAuthority = Type.Object({ authority: Name });
const OfCluster = Type.Object({ authority: Name, code: Name });
const OfReply = Type.Object({ authority: Name, reply: Id });
const anyone = { access: 'anyone', headers: 'public' } as const;

/** What was answered, for everybody. Every page is made of the release and the reply's words alone. */
export async function publicRoutes(app: App, { database }: Services): Promise<void> {
  const authorities = createAuthorities(database);
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const replies = createReplies(database);
  const quotations = createQuotations(database);

  async function authorityOf(id: string): Promise<Authority> {
    const authority = await authorities.find(id);
    if (!authority) throw new Fault('not-found');
    return authority;
  }

  /** A reply with its figure; nothing where either may not be public, whatever a row says. */
  async function answered(reply: PublishedReply): Promise<Answered | undefined> {
    const { authorityId, releaseId, place } = reply.finding;
    const quoted = await quotations.open('everybody', authorityId, releaseId, place);
    if (typeof quoted === 'string' || publicObstacle(quoted.figure)) return undefined;
    return { reply, quoted };
  }

  async function allAnswered(authorityId: string): Promise<Answered[]> {
    const found = await Promise.all((await replies.published(authorityId)).map(answered));
    return found.filter((one) => one !== undefined);
  }

  app.get('/replies', { config: anyone }, async (request, reply) => {
    const known = await authorities.list();
    const counted = await Promise.all(
      known.map(async (authority) => ({ authority, replies: (await allAnswered(authority.id)).length })),
    );
    return reply.page('replies/authorities', authoritiesPage(request.language, counted));
  });

  app.get('/replies/:authority', { schema: { params: OfAuthority }, config: anyone }, async (request, reply) => {
    const authority = await authorityOf(request.params.authority);
    return reply.page('replies/place', authorityPage(request.language, authority, await allAnswered(authority.id)));
  });

  app.get(
    '/replies/:authority/clusters/:code',
    { schema: { params: OfCluster }, config: anyone },
    async (request, reply) => {
      const authority = await authorityOf(request.params.authority);
      const node = `cluster:${request.params.code}`;
      const all = await allAnswered(authority.id);
      const here = all.filter(({ quoted }) => quoted.figure.node.id === node);
      const name = here[0]?.quoted.figure.node.name ?? (await clusterName(authority.id, node));
      if (name === undefined) throw new Fault('not-found');
      return reply.page('replies/place', clusterPage(request.language, authority, name, here));
    },
  );

  /** The name of a cluster without replies, as the newest release knows it. */
  async function clusterName(authorityId: string, node: string): Promise<string | undefined> {
    const [newest] = await releases.published(authorityId);
    const opened = newest && (await readable.open(newest.id, 'everybody'));
    return opened?.release.node(node)?.name;
  }

  app.get('/replies/:authority/:reply', { schema: { params: OfReply }, config: anyone }, async (request, reply) => {
    const authority = await authorityOf(request.params.authority);
    const published = await replies.findPublished(request.params.reply);
    const found = published && (await answered(published));
    if (found?.reply.finding.authorityId !== authority.id) throw new Fault('not-found');
    return reply.page('replies/reply', replyPage(request.language, authority, found));
  });
}
