import { writeClassLink, writePin } from '../core/fieldwork/class-codes.ts';
import { isolated, type Language } from '../web/language.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import type { Views } from '../web/views.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { CLASS_HREF, schoolHref, sheetAddress } from './addresses.ts';
import type { PrintedSheet } from './sheets.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/sheets': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      backHref: string;
      sheets: {
        heading: string;
        wave: string;
        /** Where to go by hand, what to type there, and where the QR code leads. */
        address: string;
        link: string;
        pin: string;
        fullAddress: string;
        qr: QrDrawing;
        qrWords: string;
        steps: string[];
        until: string;
      }[];
    };
  }
}

/** The sheets of some classes of a school, made just now. */
export interface SheetFacts {
  wave: { id: string; name: string; endsOn: string; rehearsalOf: string | null };
  school: { id: string; name: string };
  sheets: readonly PrintedSheet[];
  /** How this server is reached, with and without "https://". */
  origin: string;
  host: string;
}

/** One sheet a class. It is all that a supply teacher needs. */
export function sheetsPage(
  language: Language,
  { wave, school, sheets, origin, host }: SheetFacts,
): Views['class/sheets'] {
  const words = language.words.class;
  return {
    title: language.say('class', 'sheetsTitle', { school: isolated(language, school.name) }),
    rehearsal: isRehearsal(wave),
    backHref: schoolHref(wave.id, school.id),
    sheets: sheets.map(({ className, link, pin }) => {
      const fullAddress = sheetAddress(origin, link);
      return {
        heading: language.say('class', 'classOfSchool', { class: className, school: school.name }),
        wave: wave.name,
        address: `${host}${CLASS_HREF}`,
        link: writeClassLink(link),
        pin: writePin(pin),
        fullAddress,
        qr: drawQr(fullAddress),
        qrWords: language.say('class', 'sheetQr', { class: className }),
        steps: [
          words.sheetStepSignIn,
          words.sheetStepRead,
          words.sheetStepOpen,
          words.sheetStepWatch,
          words.sheetStepEnd,
        ],
        until: language.say('class', 'sheetUntil', { date: language.date(wave.endsOn) }),
      };
    }),
  };
}
