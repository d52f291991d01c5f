import type { Role } from '../../core/roles.ts';
import { createSurveys } from '../../storage/surveys.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import { newestSurveys } from '../surveys.ts';
import type { WordedVersion } from '../words.ts';
import { DraftBody, LARGEST_FORM, readBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import { previewOf } from './draft-preview.ts';

const WRITERS: readonly Role[] = ['forum-member', 'youth-worker'];

/** What a new question's form knows. */
export function newContext(
  { words: { drafts } }: Language,
  surveys: readonly WordedVersion[],
  idea: DraftContext['idea'],
): DraftContext {
  return {
    surveys,
    isSettled: false,
    before: undefined,
    idea,
    action: '/studio/proposals',
    backHref: '/studio',
    title: drafts.newTitle,
    intro: drafts.newIntro,
    send: drafts.send,
    carried: idea ? { card: idea.cardId } : {},
  };
}

/** Drafts of questions: how one looks while it is written. */
export function draftRoutes(app: App, services: Services): void {
  const { database, languages } = services;
  const surveys = createSurveys(database);

  app.post(
    '/studio/drafts/preview',
    { schema: { body: DraftBody }, config: { access: WRITERS }, bodyLimit: LARGEST_FORM },
    async (request, reply) => {
      const { language } = request;
      const read = readBody(request.body);
      const context = newContext(language, await newestSurveys(surveys), null);
      const preview = previewOf(language, languages, context, read);
      return reply.page('studio/drafts/preview-page', { title: language.words.drafts.previewTitle, preview });
    },
  );
}
