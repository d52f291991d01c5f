import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { codeAddress, waveHref } from './addresses.ts';
import { isRehearsal } from '../web/wave-content.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import { brailleFile, slipsCsv, textFile, type Slip } from './slip-sheet.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/slips': {
      title: string;
      /** Whether answers are thrown away. */
      rehearsal: boolean;
      count: string;
      address: string;
      files: Record<'csv' | 'text' | 'braille', { href: string; name: string }>;
      backHref: string;
      slips: {
        number: string;
        code: string;
        group: string;
        /** The code in groups of four. */
        groups: string[];
        /** What to say for each character. */
        spoken: string[];
        /** Where the code leads on a device of one's own, and the same as a QR code. */
        ownAddress: string;
        qr: QrDrawing;
        qrWords: string;
      }[];
    };
  }
}

/** The codes of one school, made just now. */
export interface SlipSheet {
  wave: { id: string; rehearsalOf: string | null };
  school: { name: string; code: string };
  /** How this server is reached, with and without "https://". */
  origin: string;
  host: string;
  slips: readonly Slip[];
}

/** Slips in every format. All of them lie in this one page: there is no second request, so nothing keeps the codes. */
export function slipsPage(language: Language, sheet: SlipSheet): Views['fieldwork/slips'] {
  const { slips, school, wave } = sheet;
  const rehearsal = isRehearsal(wave);
  const file = (type: string, content: string, ending: string) => ({
    href: `data:${type};charset=utf-8,${encodeURIComponent(content)}`,
    name: `${rehearsal ? 'rehearsal-' : ''}codes-${school.code}.${ending}`,
  });
  return {
    title: language.say('fieldwork', 'slipsTitle', { school: school.name }),
    count: language.say('fieldwork', 'slipsCount', { count: slips.length }),
    address: sheet.host,
    files: {
      csv: file('text/csv', slipsCsv(slips), 'csv'),
      text: file('text/plain', textFile(slips), 'txt'),
      braille: file('text/plain', brailleFile(slips), 'brf'),
    },
    rehearsal,
    backHref: waveHref(wave.id),
    slips: slips.map((slip) => {
      const ownAddress = codeAddress(sheet.origin, slip.code);
      const number = language.say('fieldwork', 'slipNumber', { number: slip.number });
      return {
        number,
        code: slip.code,
        group: groupWords(language, slip),
        groups: slip.code.split('-'),
        spoken: spokenCode(language, slip.code),
        ownAddress,
        qr: drawQr(ownAddress),
        qrWords: language.say('fieldwork', 'slipQr', { slip: number }),
      };
    }),
  };
}

/** What somebody says who reads a code out, a phrase for each of its characters. */
function spokenCode(language: Language, code: string): string[] {
  const words: Record<string, string> = language.words.fieldwork;
  return [...code]
    .filter((character) => character !== '-')
    .map((character) => words[`spell-${character}`] ?? character);
}

function groupWords(language: Language, slip: Slip): string {
  const words = language.words.fieldwork;
  const sex = slip.sex === 'female' || slip.sex === 'male' ? words[`sex-${slip.sex}`] : slip.sex;
  const known = [
    sex,
    slip.quintile === null ? null : `${words.quintileLabel} ${slip.quintile}`,
    slip.asn === null ? null : `${words.asnLabel} ${slip.asn}`,
  ].filter((part) => part !== null);
  const place = slip.class ?? slip.stage;
  return `${place}: ${known.length > 0 ? known.join(' · ') : words.anyone}`;
}
