import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Claim } from '../core/disclosure/claims.ts';
import type { Release } from '../core/disclosure/release.ts';
import { isFramework } from '../core/survey/frameworks.ts';
import type { Band } from '../core/survey/stage.ts';
import { Fault } from '../errors.ts';
import type { App } from '../web/services.ts';
import type { AskedByBand } from './asked.ts';
import { choose, scalesOf, severalItem } from './choose.ts';
import { openBands } from './open/bands.ts';
import { Id, ItemId, PlaceId, READERS, type Opening } from './opening.ts';
import {
  frameworkAddress,
  gapsAddress,
  hiddenAddress,
  notAskedAddress,
  plainFunnelAddress,
  scoresAddress,
  severalAddress,
  villageAddress,
  wheelAddress,
} from './views/addresses.ts';
import { frameworkPage, type FrameworkPage, type ShareCell } from './views/framework-page.ts';
import { funnelPage, type FunnelPage } from './views/funnel-page.ts';
import { gapsPage, type GapsPage } from './views/gaps-page.ts';
import type { GroupsPage } from './views/groups-page.ts';
import { hiddenPage, type HiddenPage } from './views/hidden-page.ts';
import type { ViewLinks } from './views/links.ts';
import { notAskedPage, type NotAskedPage } from './views/not-asked-page.ts';
import { choosePlace, clustersOnce, type PlaceNavigation } from './views/places.ts';
import { scoresPage, type ScoresPage } from './views/scores-page.ts';
import { severalPage, type SeveralPage } from './views/several-page.ts';
import { villageBands, villagePage, type VillagePage } from './views/village-page.ts';
import { wheelBands, wheelPage, type WheelPage } from './views/wheel-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'results/framework': FrameworkPage;
    'results/village': VillagePage;
    'results/groups': GroupsPage;
    'results/gaps': GapsPage;
    'results/scores': ScoresPage;
    'results/several': SeveralPage;
    'results/funnel': FunnelPage;
    'results/wheel': WheelPage;
    'results/hidden': HiddenPage;
    'results/not-asked': NotAskedPage;
    'results/share-cells': { cells: ShareCell[] };
    'results/view-links': ViewLinks;
    'results/place-chips': PlaceNavigation;
  }
}

const closed = { additionalProperties: false };
const OfRelease = Type.Object({ release: Id });
const OfFramework = Type.Object({ release: Id, framework: Id });
const OfItem = Type.Object({ release: Id, item: ItemId });
const PlaceAndBand = Type.Object({ place: Type.Optional(PlaceId), band: Type.Optional(Id) }, closed);
const BandAndOption = Type.Object({ band: Type.Optional(Id), option: Type.Optional(Id) }, closed);

/** Views of a release beside its items: by framework, as a village, as a funnel, as a wheel, and what is missing. */
export function viewRoutes(app: App, { openOwn, questionnaire, record }: Opening): void {
  const config = { access: READERS };

  /** A release at the place and band that an address names, for views of a place. */
  async function lookAt(
    request: FastifyRequest,
    { release: id, ...wishes }: { release: string; place?: string; band?: string },
    claim: Claim,
    bandsOf: (release: Release, asked: ReadonlyMap<string, AskedByBand>) => Band[],
  ) {
    const { entry, release } = await openOwn(request, id, claim);
    const asked = await questionnaire.ofRelease(release);
    const chosen = choosePlace(release, bandsOf(release, asked), wishes);
    if (!chosen) throw new Fault('not-found', 'The release has no such place or band.');
    return { entry, release, asked, chosen };
  }

  app.get(
    '/results/:release/frameworks/:framework',
    { schema: { params: OfFramework }, config },
    async (request, reply) => {
      const { framework } = request.params;
      const { entry, release } = await openOwn(request, request.params.release);
      if (!isFramework(framework)) throw new Fault('not-found', 'There is no such framework.');
      const asked = await questionnaire.ofRelease(release);
      const { nameOf } = openBands(request.language, await questionnaire.ofBands(release));
      await record(request, 'results-viewed', frameworkAddress(entry.id, framework));
      return reply.page('results/framework', frameworkPage(request.language, entry, release, asked, framework, nameOf));
    },
  );

  app.get(
    '/results/:release/village',
    { schema: { params: OfRelease, querystring: PlaceAndBand }, config },
    async (request, reply) => {
      const { entry, release, asked, chosen } = await lookAt(
        request,
        { ...request.query, ...request.params },
        'village',
        villageBands,
      );
      await record(request, 'results-viewed', villageAddress(entry.id));
      return reply.page('results/village', villagePage(request.language, entry, release, asked, chosen));
    },
  );

  app.get(
    '/results/:release/gaps',
    { schema: { params: OfRelease, querystring: PlaceAndBand }, config },
    async (request, reply) => {
      const { entry, release, asked, chosen } = await lookAt(
        request,
        { ...request.query, ...request.params },
        'gaps',
        villageBands,
      );
      await record(request, 'results-viewed', gapsAddress(entry.id));
      return reply.page('results/gaps', gapsPage(request.language, entry, release, asked, chosen));
    },
  );

  app.get(
    '/results/:release/wheel',
    { schema: { params: OfRelease, querystring: PlaceAndBand }, config },
    async (request, reply) => {
      const { entry, release, asked, chosen } = await lookAt(
        request,
        { ...request.query, ...request.params },
        'wheel',
        wheelBands,
      );
      await record(request, 'results-viewed', wheelAddress(entry.id));
      return reply.page('results/wheel', wheelPage(request.language, entry, release, asked, chosen));
    },
  );

  app.get('/results/:release/several', { schema: { params: OfRelease }, config }, async (request, reply) => {
    const { entry, release } = await openOwn(request, request.params.release, 'comparison');
    const item = severalItem(release);
    if (!item) throw new Fault('not-found', 'The release counts no poor outcomes.');
    const asked = await questionnaire.ofItem(release, item);
    await record(request, 'results-viewed', severalAddress(entry.id));
    return reply.page('results/several', severalPage(request.language, entry, release, item, asked));
  });

  app.get('/results/:release/scores', { schema: { params: OfRelease }, config }, async (request, reply) => {
    const { entry, release } = await openOwn(request, request.params.release, 'groups');
    if (scalesOf(release).length === 0) throw new Fault('not-found', 'The release has no scales.');
    const asked = await questionnaire.ofRelease(release);
    await record(request, 'results-viewed', scoresAddress(entry.id));
    return reply.page('results/scores', scoresPage(request.language, entry, release, asked));
  });

  app.get(
    '/results/:release/items/:item/funnel',
    { schema: { params: OfItem, querystring: BandAndOption }, config },
    async (request, reply) => {
      const { entry, release } = await openOwn(request, request.params.release, 'funnel');
      const item = release.item(request.params.item);
      // What was asked without the school has no clusters to set beside each other.
      if (!item || item.unlinked || item.kind === 'outcomes')
        throw new Fault('not-found', 'The release has no funnel of this item.');
      const asked = await questionnaire.ofItem(release, item);
      const chosen = choose(release, item, asked, request.query);
      const askedNow = chosen && asked.get(chosen.band.id);
      if (!chosen || !askedNow) throw new Fault('not-found', 'The item has no such band or option.');
      await record(request, 'results-viewed', plainFunnelAddress(entry.id, item.id));
      const { band, option } = chosen;
      const view = { entry, release, item, asked, askedNow, band, option };
      return reply.page('results/funnel', funnelPage(request.language, view, clustersOnce(release)));
    },
  );

  app.get('/results/:release/hidden', { schema: { params: OfRelease }, config }, async (request, reply) => {
    const { entry, release } = await openOwn(request, request.params.release);
    const asked = await questionnaire.ofRelease(release);
    const { nameOf } = openBands(request.language, await questionnaire.ofBands(release));
    await record(request, 'results-viewed', hiddenAddress(entry.id));
    return reply.page('results/hidden', hiddenPage(request.language, entry, release, asked, nameOf));
  });

  app.get('/results/:release/not-asked', { schema: { params: OfRelease }, config }, async (request, reply) => {
    const { entry, release } = await openOwn(request, request.params.release, 'not-asked');
    await record(request, 'results-viewed', notAskedAddress(entry.id));
    return reply.page('results/not-asked', notAskedPage(request.language, entry, release));
  });
}
