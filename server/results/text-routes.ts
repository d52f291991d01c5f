import { Type } from 'typebox';
import type { Database } from '../storage/database.ts';
import { createTextReleases } from '../storage/text-releases.ts';
import type { App } from '../web/services.ts';
import { textsAddress } from './addresses.ts';
import { Id, READERS, type Opening } from './opening.ts';
import { textPage } from './text-page.ts';

const OfRelease = Type.Object({ release: Id });

/** Themes and quotes of a published release. Everything here is read from a text release and the release it belongs to. */
export function textResultRoutes(app: App, { openOwn, questionnaire, record }: Opening, database: Database): void {
  const textReleases = createTextReleases(database);

  app.get(
    '/results/:release/texts',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { entry, release } = await openOwn(request, request.params.release, 'themes');
      const texts = await textReleases.openPublished(entry.id);
      const asked = await questionnaire.ofRelease(release);
      await record(request, 'results-viewed', textsAddress(entry.id));
      const shown = texts && { sha256: texts.entry.sha256, content: texts.content };
      return reply.page('results/texts', textPage(request.language, entry, release, shown, asked));
    },
  );
}
