import { MISSING } from '../core/fieldwork/opening.ts';
import { asksAboutReply } from '../core/fieldwork/reply-wave.ts';
import { FILE_STEPS, stepsOf, type SetupStep } from '../core/fieldwork/setup.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { fileHref, stepHref, waveHref } from './addresses.ts';
import { replyTitle } from './reply-step-page.ts';
import { missingLines, missingWords, notedLines, stepName, topicName } from './setup-words.ts';
import type { WaveFacts } from './wave-facts.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/task-list': {
      progress: string;
      groups: {
        id: string;
        name: string;
        tasks: {
          step: SetupStep;
          href: string;
          name: string;
          done: boolean;
          stateWords: string;
          /** What was settled, or what is missing. */
          details: string[];
        }[];
      }[];
      missing: { words: string; href: string }[];
      links: { href: string; words: string }[];
      openHref: string;
      openIntro: string;
    };
  }
}

/** The steps under the headings that they stand under. */
const GROUPS: readonly { id: 'asked' | 'people' | 'file' | 'trial'; steps: readonly SetupStep[] }[] = [
  { id: 'asked', steps: ['reply', 'stages', 'schools', 'dates', 'topics', 'readers', 'languages'] },
  { id: 'people', steps: ['help', 'target', 'opting-out'] },
  { id: 'file', steps: FILE_STEPS },
  { id: 'trial', steps: ['rehearsal'] },
];

/** The steps that this wave has: those of a reply, topics and readers only where its surveys ask about such things. */
export function stepsOfWave({ wave, open, askedTopics, asksForText }: WaveFacts): SetupStep[] {
  return stepsOf(open ? 'open' : 'roll').filter(
    (step) =>
      (step !== 'reply' || asksAboutReply(wave)) &&
      (step !== 'topics' || askedTopics.length > 0) &&
      (step !== 'readers' || asksForText),
  );
}

/** What is done and what is missing before a wave may open, in words. */
export function taskList(language: Language, facts: WaveFacts): Views['fieldwork/task-list'] {
  const { wave, missing } = facts;
  const words = language.words.setup;
  const steps = stepsOfWave(facts);
  const missingOf = (step: SetupStep) => missing.filter((candidate) => MISSING[candidate] === step);
  const done = steps.filter((step) => missingOf(step).length === 0);
  return {
    progress: language.say('setup', 'progress', { done: done.length, all: steps.length }),
    groups: GROUPS.map(({ id, steps: ofGroup }) => ({
      id,
      name: words[`group-${id}`],
      tasks: ofGroup
        .filter((step) => steps.includes(step))
        .map((step) => ({
          step,
          href: stepHref(wave.id, step),
          name: stepName(language, step),
          done: done.includes(step),
          stateWords: done.includes(step) ? words.done : words.notDone,
          details: done.includes(step)
            ? settled(language, step, facts)
            : missingOf(step).map((candidate) => missingWords(language, candidate, facts)),
        })),
    })).filter(({ tasks }) => tasks.length > 0),
    missing: missingLines(language, facts),
    links: [
      { href: fileHref(wave.id), words: words.fileLink },
      { href: `${waveHref(wave.id)}/facts`, words: words.factsLink },
    ],
    openHref: `${waveHref(wave.id)}/opening`,
    openIntro: facts.open ? words.openIntroOpen : words.openIntro,
  };
}

/** What was settled in a step, as short as it can be said. */
function settled(language: Language, step: SetupStep, facts: WaveFacts): string[] {
  const { setup } = facts;
  const words = language.words.setup;
  if (step === 'rehearsal') return [setup.parts.rehearsal ? words.rehearsalLeftOut : words.rehearsalHeld];
  if (isOfWave(step)) return [ofWave(language, step, facts)];
  return notedLines(language, step, facts).map(({ label, value }) => `${label}: ${value}`);
}

/** Steps that change the wave itself, in place of noting a part. */
const OF_WAVE = ['reply', 'stages', 'schools', 'dates', 'topics', 'readers'] as const;
type StepOfWave = (typeof OF_WAVE)[number];
const isOfWave = (step: SetupStep): step is StepOfWave => (OF_WAVE as readonly SetupStep[]).includes(step);

function ofWave(language: Language, step: StepOfWave, facts: WaveFacts): string {
  const { wave, schools, switchedTopics, readers } = facts;
  const words = language.words.setup;
  if (step === 'reply') return replyTitle(language, facts);
  if (step === 'stages') return wave.bands.map(bandName).join(' · ');
  if (step === 'dates')
    return language.say('fieldwork', 'between', { from: language.date(wave.startsOn), to: language.date(wave.endsOn) });
  if (step === 'schools') {
    const agreed = schools.filter(({ agreedToBeShown }) => agreedToBeShown).length;
    return language.say('setup', 'schoolsSettled', { schools: schools.length, agreed });
  }
  if (step === 'readers')
    return readers.length > 0 ? language.say('setup', 'readersSettled', { count: readers.length }) : words.readersNone;
  const topics = switchedTopics.map(({ topic }) => topicName(language, topic));
  return topics.length > 0 ? topics.join(' · ') : words.topicsNone;
}
