import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/script': {
      title: string;
      levels: { href: string; words: string; current: boolean }[];
      before: string[];
      readOut: string[];
      readOutText: string[];
      during: string[];
      after: string[];
      readOutEnd: string;
      supporter: string[];
    };
    'fieldwork/supporter': { title: string; points: string[] };
  }
}

/** Levels that a class is spoken to at; grown-ups who answer about a child read a letter. */
export const SCRIPT_LEVELS = ['p5-p7', 's1-s3', 's4-s6'] as const;
export type ScriptLevel = (typeof SCRIPT_LEVELS)[number];

/** What an adult does and says when a class answers. */
export function scriptPage(language: Language, level: ScriptLevel): Views['fieldwork/script'] {
  const words = language.words.fieldwork;
  const { respond, layout } = language.words;
  const say = (key: `say${'Reading' | 'Start' | 'Text'}-${ScriptLevel}`) =>
    // Buttons are named as they stand on the pages of the survey.
    language.say('fieldwork', key, {
      start: respond.start,
      send: respond.send,
      reading: layout.readingHelp,
      hide: layout.hideThis,
    });
  return {
    title: words.scriptTitle,
    levels: SCRIPT_LEVELS.map((each) => ({
      href: `/fieldwork/script?level=${each}`,
      // Stages are proper names in every language.
      words: each.toUpperCase().replace('-', '–'),
      current: each === level,
    })),
    before: [words.beforeSeats, words.beforeReady, words.beforeDeal, words.beforeNeeds],
    readOut: [
      words[`sayWhat-${level}`],
      words[`sayChoice-${level}`],
      words[`sayPrivate-${level}`],
      words[`sayWatched-${level}`],
      words[`sayTalk-${level}`],
      say(`sayReading-${level}`),
      say(`sayStart-${level}`),
    ],
    readOutText: [say(`sayText-${level}`), words[`sayTextNames-${level}`]],
    during: [words.duringStand, words.duringWords, words.duringStop, words.duringUpset, words.duringDevice],
    after: [words.afterTalk, words.afterSlips],
    readOutEnd: words[`sayEnd-${level}`],
    supporter: supporterPoints(language),
  };
}

/** How to help one pupil to answer without steering. */
export function supporterPage(language: Language): Views['fieldwork/supporter'] {
  return { title: language.words.fieldwork.supporterTitle, points: supporterPoints(language) };
}

function supporterPoints(language: Language): string[] {
  const { fieldwork: words, respond } = language.words;
  return [
    words.supporterAgree,
    words.supporterSay,
    words.supporterBeside,
    language.say('fieldwork', 'supporterRead', {
      dontKnow: respond['optOut-dont-know'],
      ratherNot: respond['optOut-prefer-not-to-say'],
      skip: respond.skip,
    }),
    words.supporterExplain,
    words.supporterNever,
    words.supporterLookAway,
    words.supporterPoint,
    words.supporterTranslate,
    words.supporterBreak,
    words.supporterQuiet,
  ];
}
