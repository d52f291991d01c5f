import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { allows, type Claim } from '../core/disclosure/claims.ts';
import type { Release } from '../core/disclosure/release.ts';
import { Fault } from '../errors.ts';
import { createFindings } from '../storage/findings.ts';
import { sha256, type ReleaseEntry } from '../storage/releases.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import { person } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { filesAddress, METHOD, NO_EARLIER, plainItemAddress, releaseAddress, releaseFileAddress } from './addresses.ts';
import { choose, type Wishes } from './choose.ts';
import { fileItems } from './files/content.ts';
import { csvFile, itemFileName } from './files/csv.ts';
import { factsOf } from './files/facts.ts';
import { fileName, isFormat, mediaType, PART_OF, type Part } from './files/formats.ts';
import { filesPage } from './files/page.ts';
import { createFileShelf } from './files/shelf.ts';
import { itemPage } from './item-page.ts';
import { methodPage } from './method-page.ts';
import { createOpening, Id, ItemId, PlaceId, READERS } from './opening.ts';
import { openBands } from './open/bands.ts';
import { openIndexPage } from './open/index-page.ts';
import { openItemPage } from './open/item-page.ts';
import { openSection } from './open/method.ts';
import './open/pages.ts';
import { indexPage } from './pages.ts';
import { reportRoutes } from './reports/routes.ts';
import { textResultRoutes } from './text-routes.ts';
import type { EarlierWave, ItemView } from './view.ts';
import { groupsPage } from './views/groups-page.ts';
import { viewRoutes } from './view-routes.ts';

const OfRelease = Type.Object({ release: Id });
const OfFile = Type.Object({ release: Id, format: Id });
const OfItem = Type.Object({ release: Id, item: ItemId });
const Choices = Type.Object({
  band: Type.Optional(Id),
  option: Type.Optional(Id),
  place: Type.Optional(PlaceId),
  earlier: Type.Optional(Id),
});
const BandOnly = Type.Object({ band: Type.Optional(Id) });

/** Results of published releases, for people who plan. Everything here is read from a release. */
export async function resultRoutes(app: App, services: Services): Promise<void> {
  const opening = createOpening(services);
  const { questionnaire, open, openOwn, record } = opening;
  const findings = createFindings(services.database);
  const waveReplies = createWaveReplies(services.database);
  const shelf = createFileShelf();
  textResultRoutes(app, opening, services.database);
  viewRoutes(app, opening);
  reportRoutes(app, opening);

  app.get('/results', { config: { access: READERS } }, async (request, reply) => {
    const published = await opening.published(request);
    const [newest] = published;
    if (!newest) return reply.page('results/none', { title: request.language.words.results.noneTitle });
    return index(request, reply, newest, published);
  });

  app.get(METHOD, { config: { access: 'signed-in' } }, (request, reply) => {
    const { title, sections } = methodPage(request.language);
    return reply.page('results/method', { title, sections: [...sections, openSection(request.language)] });
  });

  app.get(
    '/results/:release',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, published } = await openOwn(request, request.params.release);
      return index(request, reply, entry, published);
    },
  );

  app.get(
    '/results/:release/items/:item',
    { schema: { params: OfItem, querystring: Choices }, config: { access: READERS } },
    async (request, reply) => {
      const view = await look(request, request.params, request.query);
      await record(request, 'results-viewed', plainItemAddress(view.entry.id, view.item.id));
      if (view.release.reached === 'roll')
        return reply.page('results/item', itemPage(request.language, view, await findingsOf(request, view)));
      const bands = openBands(request.language, await questionnaire.ofBands(view.release));
      return reply.page('results/open-item', openItemPage(request.language, view, bands));
    },
  );

  /** Findings of the item, for who may make them; a place outside of one's area is none that the release has. */
  async function findingsOf(request: FastifyRequest, { entry, item, release, mayMakeFindings }: ItemView) {
    if (!mayMakeFindings) return [];
    const all = await findings.list(person(request).authorityId);
    return all.filter(
      ({ releaseId, place }) => releaseId === entry.id && place.item === item.id && release.node(place.node),
    );
  }

  app.get(
    '/results/:release/items/:item/groups',
    { schema: { params: OfItem, querystring: Choices }, config: { access: READERS } },
    async (request, reply) => {
      const view = await look(request, request.params, { ...request.query, earlier: NO_EARLIER }, 'groups');
      await record(request, 'results-viewed', plainItemAddress(view.entry.id, view.item.id));
      return reply.page('results/groups', groupsPage(request.language, view));
    },
  );

  app.get(
    '/results/:release/items/:item/file.csv',
    { schema: { params: OfItem, querystring: BandOnly }, config: { access: READERS, headers: 'files' } },
    async (request, reply) => {
      const view = await look(request, request.params, { ...request.query, earlier: NO_EARLIER });
      await record(request, 'results-exported', plainItemAddress(view.entry.id, view.item.id));
      const name = itemFileName(view.release.wave.name, view.item.id, view.band.id);
      return sendFile(reply, name, mediaType('csv'), itemCsv(request.language, view));
    },
  );

  app.get(
    '/results/:release/files',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, release } = await openOwn(request, request.params.release);
      const files = await filesOf(request, entry, release, 'figures');
      await record(request, 'results-viewed', filesAddress(entry.id));
      return reply.page('results/files', filesPage(request.language, entry, release, files));
    },
  );

  app.get(
    '/results/:release/files/:format',
    { schema: { params: OfFile }, config: { access: READERS, headers: 'files' } },
    async (request, reply) => {
      const { format } = request.params;
      const { entry, release } = await openOwn(request, request.params.release);
      if (!isFormat(format)) throw new Fault('not-found', 'A release has no file of this format.');
      const files = await filesOf(request, entry, release, PART_OF[format]);
      await record(request, 'results-exported', releaseFileAddress(entry.id, format));
      const name = fileName(request.language, release, format);
      return sendFile(reply, name, mediaType(format), await files.bytes(format));
    },
  );

  function filesOf(request: FastifyRequest, entry: ReleaseEntry, release: Release, part: Part) {
    return shelf.files(entry, release, request.language.code, () => questionnaire.ofRelease(release), part);
  }

  async function index(
    request: FastifyRequest,
    reply: FastifyReply,
    entry: ReleaseEntry,
    published: readonly ReleaseEntry[],
  ) {
    const release = await open(request, entry.id);
    const asked = await questionnaire.ofRelease(release);
    await record(request, 'results-viewed', releaseAddress(entry.id));
    const { language } = request;
    if (release.reached === 'roll') {
      const about = await waveReplies.ofWave(entry.waveId);
      return reply.page('results/index', indexPage(language, entry, release, asked, published, about?.replyId));
    }
    const bands = openBands(language, await questionnaire.ofBands(release));
    return reply.page('results/open-index', openIndexPage(language, { entry, release, published }, asked, bands));
  }

  async function look(
    request: FastifyRequest,
    { release: releaseId, item: itemId }: { release: string; item: string },
    wishes: Wishes,
    claim?: Claim,
  ): Promise<ItemView> {
    const { entry, published, release } = await openOwn(request, releaseId, claim);
    const item = release.item(itemId);
    if (!item) throw new Fault('not-found', 'The release has no such question or indicator.');
    const asked = await questionnaire.ofItem(release, item);
    const chosen = choose(release, item, asked, wishes);
    const askedNow = chosen && asked.get(chosen.band.id);
    if (!chosen || !askedNow) throw new Fault('not-found', 'The item has no such band, option or place.');
    const earlierEntries = allows(release, 'comparison') ? await opening.earlier(request, { entry, published }) : [];
    if (wishes.earlier !== undefined) await opening.demandCurrent(request, wishes.earlier);
    return {
      ...chosen,
      entry,
      release,
      item,
      asked,
      askedNow,
      earlierEntries,
      earlier: await earlierWave(request, earlierEntries, wishes.earlier, item.id, chosen.band.id),
      mayMakeFindings: allows(release, 'finding') && person(request).roles.includes('planner'),
    };
  }

  /** The earlier wave that an address names; the newest if it names none. */
  async function earlierWave(
    request: FastifyRequest,
    entries: readonly ReleaseEntry[],
    wish: string | undefined,
    itemId: string,
    bandId: string,
  ): Promise<EarlierWave | undefined> {
    if (wish === NO_EARLIER) return undefined;
    const entry = wish === undefined ? entries[0] : entries.find(({ id }) => id === wish);
    if (!entry && wish !== undefined) throw new Fault('not-found', 'No earlier published release has this id.');
    if (!entry) return undefined;
    const release = await open(request, entry.id);
    const item = release.item(itemId);
    const asked = item && (await questionnaire.ofItem(release, item)).get(bandId);
    return { entry, release, asked };
  }
}

/** The facts of one item for the band that is looked at. */
function itemCsv(language: Language, { entry, release, item, band, askedNow }: ItemView): string {
  const only = new Map([[item.id, new Map([[band.id, askedNow]])]]);
  return csvFile(factsOf({ language, entry, release, items: fileItems(language, release, only, sha256) }));
}

function sendFile(reply: FastifyReply, name: string, type: string, content: string | Buffer): FastifyReply {
  return reply.header('content-disposition', `attachment; filename="${name}"`).type(type).send(content);
}
