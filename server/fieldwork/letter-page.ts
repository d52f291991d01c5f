import type { Wave } from '../storage/waves.ts';
import type { WaveLink } from '../storage/wave-links.ts';
import { isolated, LANGUAGES, type Language, type LanguageCode } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { waveHref } from './addresses.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import type { AskedVersion } from './wave-facts.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/letter': {
      title: string;
      backHref: string;
      /** The same letter in the other languages that the survey is there in. */
      others: { href: string; words: string; lang: string; current: boolean }[];
      lang: LanguageCode;
      dir: 'ltr' | 'rtl';
      heading: string;
      greeting: string;
      paragraphs: string[];
      scan: string;
      qr: QrDrawing;
      qrWords: string;
      /** Without "https://": that is never typed. */
      address: string;
      until: string;
      languages: string;
      thanks: string;
    };
  }
}

/** What a letter is made from. */
export interface Letter {
  wave: Wave;
  contents: readonly AskedVersion[];
  link: WaveLink;
  /** Where its link leads, whole. */
  address: string;
  authority: string;
  /** Languages that the survey is there in. */
  languages: readonly LanguageCode[];
}

/**
 * A letter to print: one page in the language of whoever gets it, on a page in the language of whoever prints it.
 * @param around the language of the page
 * @param within the language of the letter
 */
export function letterPage(around: Language, within: Language, letter: Letter): Views['fieldwork/letter'] {
  const { wave, contents, link, address } = letter;
  const words = within.words.fieldwork;
  const names = LANGUAGES.filter(({ code }) => letter.languages.includes(code));
  const authority = isolated(within, letter.authority);
  return {
    title: around.say('fieldwork', 'letterTitle', { language: within.name }),
    backHref: `${waveHref(wave.id)}#links`,
    others: names.map(({ code, name }) => ({
      href: `${waveHref(wave.id)}/links/${link.token}/letter?language=${code}`,
      words: name,
      lang: code,
      current: code === within.code,
    })),
    lang: within.code,
    dir: within.direction,
    heading: contents.map(({ texts }) => texts.get(within.code)?.name ?? '').join(' · '),
    greeting: words.letterGreeting,
    paragraphs: [
      within.say('fieldwork', 'letterWhat', { authority }),
      words.letterTime,
      words.letterChoice,
      words.letterName,
      words.letterWho,
      link.localityName === null
        ? words.letterLinkNothing
        : within.say('fieldwork', 'letterLinkLocality', { locality: isolated(within, link.localityName) }),
      words.letterResults,
    ],
    scan: words.letterScan,
    qr: drawQr(address),
    qrWords: words.letterQr,
    address: address.replace(/^https?:\/\//, ''),
    until: within.say('fieldwork', 'letterUntil', { date: within.date(wave.endsOn) }),
    languages: within.say('fieldwork', 'letterLanguages', {
      languages: names.map(({ name }) => isolated(within, name)).join(' · '),
    }),
    thanks: words.letterThanks,
  };
}
