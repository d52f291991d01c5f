import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createFindings } from '../storage/findings.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { createQuotations } from './released.ts';
import { Id, Name } from './shapes.ts';
import { createSuggestionDesk } from './suggesting.ts';
import { suggestionsPage } from './suggestion-pages.ts';

const Asked = Type.Object({ release: Type.Optional(Id), place: Type.Optional(Name) });

/** What is worth a look, by rules that are the same for every place. */
export async function suggestionRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const desk = createSuggestionDesk(services);
  const findings = createFindings(database);
  const quotations = createQuotations(database);
  const audit = createAudit(database);

  app.get(
    '/replies/suggestions',
    { schema: { querystring: Asked }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const all = await desk.releases(me);
      const asked = request.query.release;
      const of = asked === undefined ? all[0] : all.find(({ entry }) => entry.id === asked);
      if (!of) throw new Fault('not-found', 'There is no such published release to make findings of.');
      const places = desk.places(of.release);
      const node = places.find(({ id }) => id === (request.query.place ?? 'authority'));
      if (!node) throw new Fault('hidden-result');
      const made = await findings.list(me.authorityId);
      const found = await desk.at(me, of, node);
      const suggestions = await Promise.all(
        found.map(async (suggestion) => {
          const { place } = suggestion;
          const quoted = await quotations.open(me, me.authorityId, of.entry.id, place);
          const same = made.find(
            (one) => one.releaseId === of.entry.id && JSON.stringify(one.place) === JSON.stringify(place),
          );
          return typeof quoted === 'string' ? [] : [{ suggestion, quoted, findingId: same?.id }];
        }),
      );
      const subject = `suggestions/${of.entry.id}/${node.id}`;
      await audit.write({ at: clock(), accountId: me.accountId, action: 'results-viewed', subject });
      const shown = { all, of, node, places, suggestions: suggestions.flat() };
      return reply.page('replies/suggestions', suggestionsPage(request.language, shown));
    },
  );
}
