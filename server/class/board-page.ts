import { writeJoinCode } from '../core/fieldwork/class-codes.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import type { Views } from '../web/views.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { joinAddress, JOIN_HREF } from './addresses.ts';
import { classTitle, type ShownOpening } from './class-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/board': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      wide: true;
      /** The three steps. */
      go: string;
      type: string;
      keep: string;
      /** Where to go by hand. */
      address: string;
      /** Empty while the class is not held open: then it is written in by hand. */
      code: string;
      qr: QrDrawing;
      qrWords: string;
    };
    'class/spare': { title: string; rehearsal: boolean; code: string; address: string };
  }
}

/** How this server is reached, with and without "https://". */
interface Place {
  origin: string;
  host: string;
}

/** What a class sees on the board or on a poster: where to go and what to type. */
export function boardPage(
  language: Language,
  facts: ClassFacts,
  opening: ShownOpening | undefined,
  { origin, host }: Place,
): Views['class/board'] {
  const words = language.words.class;
  return {
    title: classTitle(language, facts),
    rehearsal: isRehearsal(facts.wave),
    wide: true,
    go: words.boardStepGo,
    type: words.boardStepType,
    keep: words.boardStepKeep,
    address: `${host}${JOIN_HREF}`,
    code: opening ? writeJoinCode(opening.code) : '',
    qr: drawQr(opening ? joinAddress(origin, opening.long) : `${origin}${JOIN_HREF}`),
    qrWords: words[opening ? 'boardQr' : 'boardQrAddress'],
  };
}

/** A spare slip, to be copied for one pupil. */
export function sparePage(language: Language, facts: ClassFacts, code: string, host: string): Views['class/spare'] {
  return { title: classTitle(language, facts), rehearsal: isRehearsal(facts.wave), code, address: host };
}
