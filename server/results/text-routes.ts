import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createReleases } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createTextReleases } from '../storage/text-releases.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { textsAddress } from './addresses.ts';
import { READERS } from './opening.ts';
import { createQuestionnaire } from './asked.ts';
import { textPage } from './text-page.ts';

const OfRelease = Type.Object({ release: Type.String({ maxLength: 60 }) });

/** Themes and quotes of a published release. Everything here is read from a text release and the release it belongs to. */
export function textResultRoutes(app: App, { database, clock }: Services): void {
  const releases = createReleases(database);
  const textReleases = createTextReleases(database);
  const questionnaire = createQuestionnaire(createSurveys(database));
  const audit = createAudit(database);

  app.get(
    '/results/:release/texts',
    { schema: { params: OfRelease }, config: { access: READERS } },
    async (request, reply) => {
      const { authorityId, accountId } = person(request);
      const published = await releases.published(authorityId);
      const entry = published.find(({ id }) => id === request.params.release);
      const opened = entry && (await releases.openPublished(entry.id));
      if (!opened) throw new Fault('not-found', 'No published release of this authority has this id.');
      const { release } = opened;
      const texts = await textReleases.openPublished(opened.entry.id);
      const asked = await questionnaire.ofRelease(release);
      await audit.write({ at: clock(), accountId, action: 'results-viewed', subject: textsAddress(opened.entry.id) });
      const shown = texts && { sha256: texts.entry.sha256, content: texts.content };
      return reply.page('results/texts', textPage(request.language, opened.entry, release, shown, asked));
    },
  );
}
