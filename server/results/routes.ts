import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Role } from '../core/roles.ts';
import type { Release } from '../core/disclosure/release.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createReleases, sha256, type ReleaseEntry } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { filesAddress, METHOD, NO_EARLIER, plainItemAddress, releaseAddress, releaseFileAddress } from './addresses.ts';
import { createQuestionnaire } from './asked.ts';
import { choose, earlierReleases, type Wishes } from './choose.ts';
import { fileItems } from './files/content.ts';
import { csvFile, itemFileName } from './files/csv.ts';
import { factsOf } from './files/facts.ts';
import { fileName, isFormat, mediaType } from './files/formats.ts';
import { filesPage } from './files/page.ts';
import { createFileShelf } from './files/shelf.ts';
import { itemPage } from './item-page.ts';
import { methodPage } from './method-page.ts';
import { indexPage } from './pages.ts';
import { textResultRoutes } from './text-routes.ts';
import type { EarlierWave, ItemView } from './view.ts';

const READERS = ['planner', 'analyst', 'approver'] as const satisfies readonly Role[];

const Id = Type.String({ maxLength: 60 });
const OfRelease = Type.Object({ release: Id });
const OfFile = Type.Object({ release: Id, format: Id });
/** A variable's id is that of its question, a dot and a code. */
const OfItem = Type.Object({ release: Id, item: Type.String({ maxLength: 100 }) });
const Choices = Type.Object({
  band: Type.Optional(Id),
  option: Type.Optional(Id),
  place: Type.Optional(Type.String({ maxLength: 120 })),
  earlier: Type.Optional(Id),
});
const BandOnly = Type.Object({ band: Type.Optional(Id) });

/** Results of published releases, for people who plan. Everything here is read from a release. */
export async function resultRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  textResultRoutes(app, services);
  const releases = createReleases(database);
  const waves = createWaves(database);
  const questionnaire = createQuestionnaire(createSurveys(database));
  const audit = createAudit(database);
  const shelf = createFileShelf();

  app.get('/results', { config: { access: READERS } }, async (request, reply) => {
    const published = await releases.published(person(request).authorityId);
    const [newest] = published;
    if (!newest) return reply.page('results/none', { title: request.language.words.results.noneTitle });
    const page = await index(request, newest, published);
    await record(request, 'results-viewed', releaseAddress(newest.id));
    return reply.page('results/index', page);
  });

  app.get(METHOD, { config: { access: 'signed-in' } }, (request, reply) =>
    reply.page('results/method', methodPage(request.language)),
  );

  app.get(
    '/results/:release',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, published } = await openOwn(request, request.params.release);
      const page = await index(request, entry, published);
      await record(request, 'results-viewed', releaseAddress(entry.id));
      return reply.page('results/index', page);
    },
  );

  app.get(
    '/results/:release/items/:item',
    { schema: { params: OfItem, querystring: Choices }, config: { access: READERS } },
    async (request, reply) => {
      const view = await look(request, request.params, request.query);
      await record(request, 'results-viewed', plainItemAddress(view.entry.id, view.item.id));
      return reply.page('results/item', itemPage(request.language, view));
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
      const files = await filesOf(request, entry, release);
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
      const files = await filesOf(request, entry, release);
      await record(request, 'results-exported', releaseFileAddress(entry.id, format));
      const name = fileName(request.language, release.sha256, format);
      return sendFile(reply, name, mediaType(format), await files.bytes(format));
    },
  );

  function filesOf(request: FastifyRequest, entry: ReleaseEntry, release: Release) {
    return shelf.files(entry, release, request.language.code, () => questionnaire.ofRelease(release));
  }

  async function index(request: FastifyRequest, entry: ReleaseEntry, published: readonly ReleaseEntry[]) {
    const release = await open(entry.id);
    return indexPage(request.language, entry, release, await questionnaire.ofRelease(release), published);
  }

  /** A published release of one's own authority, and all of them. */
  async function openOwn(request: FastifyRequest, id: string) {
    const published = await releases.published(person(request).authorityId);
    const entry = published.find((one) => one.id === id);
    if (!entry) throw new Fault('not-found', 'No published release of this authority has this id.');
    return { entry, published, release: await open(id) };
  }

  async function open(id: string): Promise<Release> {
    const opened = await releases.openPublished(id);
    if (!opened) throw new Fault('not-found', 'This release is not published.');
    return opened.release;
  }

  async function look(
    request: FastifyRequest,
    { release: releaseId, item: itemId }: { release: string; item: string },
    wishes: Wishes,
  ): Promise<ItemView> {
    const { entry, published, release } = await openOwn(request, releaseId);
    const item = release.item(itemId);
    if (!item) throw new Fault('not-found', 'The release has no such question or indicator.');
    const asked = await questionnaire.ofItem(release, item);
    const chosen = choose(release, item, asked, wishes);
    const askedNow = chosen && asked.get(chosen.band.id);
    if (!chosen || !askedNow) throw new Fault('not-found', 'The item has no such band, option or place.');
    const earlierEntries = earlierReleases(await ofSameFamily(request, published, entry), entry);
    return {
      ...chosen,
      entry,
      release,
      item,
      asked,
      askedNow,
      earlierEntries,
      earlier: await earlierWave(earlierEntries, wishes.earlier, item.id, chosen.band.id),
      mayMakeFindings: person(request).roles.includes('planner'),
    };
  }

  /** Releases that ask what this one asks: another family of surveys is no earlier wave of it. */
  async function ofSameFamily(request: FastifyRequest, published: readonly ReleaseEntry[], entry: ReleaseEntry) {
    const all = await waves.list(person(request).authorityId);
    const familyOf = ({ waveId }: ReleaseEntry) => all.find(({ id }) => id === waveId)?.family;
    return published.filter((one) => familyOf(one) === familyOf(entry));
  }

  /** The earlier wave that an address names; the newest if it names none. */
  async function earlierWave(
    entries: readonly ReleaseEntry[],
    wish: string | undefined,
    itemId: string,
    bandId: string,
  ): Promise<EarlierWave | undefined> {
    if (wish === NO_EARLIER) return undefined;
    const entry = wish === undefined ? entries[0] : entries.find(({ id }) => id === wish);
    if (!entry && wish !== undefined) throw new Fault('not-found', 'No earlier published release has this id.');
    if (!entry) return undefined;
    const release = await open(entry.id);
    const item = release.item(itemId);
    const asked = item && (await questionnaire.ofItem(release, item)).get(bandId);
    return { entry, release, asked };
  }

  function record(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    return audit.write({ at: clock(), accountId: person(request).accountId, action, subject });
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
