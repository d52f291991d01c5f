import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formFaults } from '../../core/drafts/form-faults.ts';
import type { FormFault } from '../../core/drafts/form-fault.ts';
import { wordsIn, type DraftForm } from '../../core/drafts/draft-form.ts';
import { questionId } from '../../core/survey/proposal.ts';
import { assetAddresses } from '../../web/assets.ts';
import type { Services } from '../../web/services.ts';
import { surveyOf, type DraftContext, type DraftState } from './draft-context.ts';
import { draftFormPage } from './draft-form-page.ts';

const SYMBOLS = join(import.meta.dirname, '..', '..', '..', 'public', 'symbols');

/** What every address of drafts needs: to judge a form and to show it. */
export interface DraftDesk {
  /** Everything that is wrong with a form; empty when it can be kept. */
  faults(context: Pick<DraftContext, 'surveys' | 'before' | 'itemId'>, form: DraftForm): FormFault[];
  show(request: FastifyRequest, reply: FastifyReply, context: DraftContext, state: DraftState): FastifyReply;
}

export function createDraftDesk({ languages }: Services): DraftDesk {
  const { pageStyle, pageScript } = assetAddresses().ofFolder('respond');
  const symbols = readdirSync(SYMBOLS).flatMap((name) => (name.endsWith('.svg') ? [name.slice(0, -4)] : []));
  const optOutWords = [...languages.values()].flatMap(({ words: { studio, respond } }) => [
    studio['optOut-dont-know'],
    studio['optOut-prefer-not-to-say'],
    respond['optOut-dont-know'],
    respond['optOut-prefer-not-to-say'],
  ]);

  return {
    faults(context, form) {
      const survey = surveyOf(context, form);
      const place = {
        survey: survey?.version.definition,
        languages: [...(survey?.texts.keys() ?? [])],
        optOutWords,
        symbols,
        before: context.before,
      };
      return formFaults(form, place, context.itemId ?? freeId(form, survey?.version.definition.items ?? []));
    },
    show: (request, reply, context, state) =>
      reply.page(
        'studio/drafts/form',
        draftFormPage(request.language, languages, { style: pageStyle, script: pageScript }, context, state),
      ),
  };
}

/** The id that a new question would get in its survey. */
function freeId(form: DraftForm, items: readonly { id: string }[]): string {
  return questionId(
    wordsIn(form, form.language).text,
    items.map(({ id }) => id),
  );
}
