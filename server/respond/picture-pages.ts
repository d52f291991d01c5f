import type { Language } from '../web/language.ts';
import { drawnPictures, type DrawnPicture } from '../web/pictures.ts';
import type { Views } from '../web/views.ts';
import { nextHref, type Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';

/** Chosen by those who want no picture: then nothing shows earlier answers again. */
export const NO_PICTURE = 'none';

/** Wrong pictures in a row after which the picture opens nothing any more. */
export const MOST_TRIES = 3;

declare module '../web/views.ts' {
  interface Views {
    'respond/picture-choice': RespondPage & { faults: FieldFault[]; pictures: DrawnPicture[]; none: string };
    'respond/picture': RespondPage & {
      heading: string;
      intro: string;
      faults: FieldFault[];
      pictures: DrawnPicture[];
      /** The way on for those who do not know the picture. */
      backHref: string;
      backWords: string;
    };
  }
}

export function pictureChoicePage(
  language: Language,
  place: Place,
  choiceMissing: boolean,
): Views['respond/picture-choice'] {
  const { respond: words } = language.words;
  return {
    ...respondPage(place, words.title),
    faults: choiceMissing ? [{ field: 'picture-0', message: words.pictureChoiceFault }] : [],
    pictures: drawnPictures(language),
    none: NO_PICTURE,
  };
}

/** Asks for the picture: to open what was hidden, or to show the answers of an earlier session. */
export function picturePage(
  language: Language,
  place: Place,
  asked: { hidden: boolean; wrong: boolean },
): Views['respond/picture'] {
  const { respond: words } = language.words;
  return {
    ...respondPage(place, words.title),
    control: place.ownDevice ? 'leave' : 'none',
    heading: asked.hidden ? words.hiddenTitle : words.earlierTitle,
    intro: asked.hidden ? words.hiddenIntro : words.earlierIntro,
    faults: asked.wrong ? [{ field: 'picture-0', message: words.pictureWrong }] : [],
    pictures: drawnPictures(language),
    backHref: asked.hidden ? '/' : nextHref(place),
    backWords: asked.hidden ? words.hiddenCode : words.noEarlier,
  };
}
