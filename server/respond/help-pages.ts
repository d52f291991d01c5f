import { levelOf, type Level } from '../core/survey/stage.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { HelpContact } from '../storage/help-contacts.ts';
import { shownContacts, type ShownContact } from '../web/help-words.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { pageOfNobody } from './quiet-pages.ts';
import type { RespondPage } from './respond-page.ts';
import type { WaveContent } from '../web/wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/help': RespondPage & { contacts: ShownContact[]; forPupils: boolean; inSurvey: boolean };
  }
}

/** Whoever asks without a survey gets what a pupil in the middle of school gets. */
export const LEVEL_OF_ANYBODY: Level = 's1-s3';

/** Somebody who asks for help in the middle of a survey. */
export interface AskingInSurvey {
  draft: HeldDraft;
  content: WaveContent;
}

/** The level of whoever asks for help. */
export function levelOfAsking(asking: AskingInSurvey | undefined): Level {
  return asking ? levelOf(asking.draft.stage) : LEVEL_OF_ANYBODY;
}

/**
 * Whom to turn to. The look of a survey's pages stays, with its reading help; the title is one that tells nothing.
 * @param own the contacts of the authority for this level; if it has none, those that Heard knows
 */
export function helpPage(
  language: Language,
  asking: AskingInSurvey | undefined,
  own: readonly HelpContact[],
): Views['respond/help'] {
  const level = levelOfAsking(asking);
  return {
    ...surroundings(language, asking),
    contacts: shownContacts(language, level, own),
    forPupils: level !== 'adult',
    inSurvey: asking !== undefined,
  };
}

function surroundings(language: Language, asking: AskingInSurvey | undefined): RespondPage {
  const { title } = language.words.help;
  if (!asking) return pageOfNobody(title, 'none');
  const { draft, content } = asking;
  const control = draft.ownDevice ? 'leave' : 'hide';
  return { title, unreal: content.mark, reading: draft.body.reading, control };
}
