import { isolated, LANGUAGES, type Language, type LanguageCode } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { waveHref } from './addresses.ts';
import { noticeHref } from './notice-page.ts';
import { datesOf } from './wave-words.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import { topicName } from './setup-words.ts';
import { askedLanguages, type WaveFacts } from './wave-facts.ts';

/** The first letter about a wave, and the one that reminds of it. */
export const FAMILY_LETTERS = ['first', 'reminder'] as const;
export type FamilyLetter = (typeof FAMILY_LETTERS)[number];

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/family-letter': {
      title: string;
      backHref: string;
      others: { href: string; words: string; lang: string; current: boolean }[];
      lang: LanguageCode;
      dir: 'ltr' | 'rtl';
      heading: string;
      greeting: string;
      paragraphs: string[];
      noticeWords: string;
      qr: QrDrawing;
      qrWords: string;
      address: string;
      thanks: string;
      /** The whole letter as plain text, to be put into the school's own messages. */
      copy: string;
    };
  }
}

export const familyLetterHref = (waveId: string, letter: FamilyLetter, code: LanguageCode) =>
  `${waveHref(waveId)}/letters/${letter}?language=${code}`;

/** Whether enough is settled for a letter: when the wave is, and until when somebody can opt out. */
export function hasFamilyLetters({ wave, open, setup: { parts } }: WaveFacts): boolean {
  return !open && wave.startsOn !== '' && wave.rehearsalOf === null && parts['opting-out'] !== undefined;
}

/** The letters that a wave has, by kind and language. */
export function familyLetters(language: Language, facts: WaveFacts): { href: string; words: string }[] {
  if (!hasFamilyLetters(facts)) return [];
  const asked = askedLanguages(facts);
  return FAMILY_LETTERS.flatMap((letter) =>
    LANGUAGES.filter(({ code }) => asked.includes(code)).map(({ code, name }) => ({
      href: familyLetterHref(facts.wave.id, letter, code),
      words: language.say('notices', `letter-${letter}`, { language: isolated(language, name) }),
    })),
  );
}

/**
 * A letter to parents and carers about a wave at their child's school. No address is kept: it is printed, or copied
 * into the school's own messages.
 * @param around the language of the page
 * @param within the language of the family
 * @param origin how this server is reached
 */
export function familyLetterPage(
  around: Language,
  within: Language,
  facts: WaveFacts,
  letter: FamilyLetter,
  origin: string,
): Views['fieldwork/family-letter'] {
  const { wave } = facts;
  const words = within.words.notices;
  const asked = askedLanguages(facts);
  const address = `${origin}${noticeHref(wave.id, 'parents')}`;
  const heading = words[`letterHeading-${letter}`];
  const paragraphs = letterParagraphs(within, facts, letter);
  const noticeWords = words.letterNotice;
  return {
    title: around.say('notices', `letter-${letter}`, { language: isolated(around, within.name) }),
    backHref: waveHref(wave.id),
    others: LANGUAGES.filter(({ code }) => asked.includes(code)).map(({ code, name }) => ({
      href: familyLetterHref(wave.id, letter, code),
      words: name,
      lang: code,
      current: code === within.code,
    })),
    lang: within.code,
    dir: within.direction,
    heading,
    greeting: words.letterGreeting,
    paragraphs,
    noticeWords,
    qr: drawQr(address),
    qrWords: words.letterQr,
    address: address.replace(/^https?:\/\//, ''),
    thanks: words.letterThanks,
    copy: [heading, words.letterGreeting, ...paragraphs, `${noticeWords} ${address}`, words.letterThanks].join('\n\n'),
  };
}

function letterParagraphs(within: Language, facts: WaveFacts, letter: FamilyLetter): string[] {
  const { wave, authority, schools, switchedTopics, setup } = facts;
  const words = within.words.notices;
  const optingOut = setup.parts['opting-out'];
  const dates = datesOf(within, wave);
  const topics = switchedTopics.map(({ topic }) => topicName(within, topic));
  const says = {
    authority: isolated(within, authority.name),
    dates,
    date: within.date(optingOut?.optOutsUntil ?? wave.startsOn),
  };
  return [
    within.say('notices', `letterWhat-${letter}`, says),
    ...(letter === 'first' ? [words.letterAbout] : []),
    ...(topics.length > 0 ? [within.say('notices', 'topics', { topics: topics.join(' · ') })] : []),
    words.letterPrivate,
    ...(schools.some(({ agreedToBeShown }) => agreedToBeShown) ? [words.oneSchool] : []),
    within.say('notices', 'optOut', says),
    words.decidesBelow12,
    ...(optingOut ? [words[`disagree-${optingOut.disagreement}`]] : []),
    words.decidesFrom16,
    words.letterPupil,
  ];
}
