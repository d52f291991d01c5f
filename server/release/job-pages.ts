import type { StoredJob } from '../storage/release-jobs.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { correctionHref, eventsHref } from './addresses.ts';
import { FAILURES, type Failure } from './jobs.ts';

declare module '../web/views.ts' {
  interface Views {
    'release/making': {
      title: string;
      /** Seconds after which the page asks anew where there are no scripts; 0 where nothing changes any more. */
      renewAfter: number;
      state: 'making' | 'failed';
      stateWords: string;
      startedAt: string;
      progress: { words: string; done: number; all: number; eventsHref: string } | null;
      failure: string;
      /** The wave to try again with, empty where this person or this state does not allow it. */
      tryAgain: string;
      /** The form that a failed correction came from, empty like that. */
      correctHref: string;
    };
  }
}

const RENEW_AFTER = 5;

/** A time as people write it, to the minute. */
export function timeWords(language: Language, iso: string): string {
  return language.say('making', 'atTime', { date: language.date(iso), time: iso.slice(11, 16) });
}

/** How much of a job is done. */
export function progressWords(language: Language, { done, pieces }: Pick<StoredJob, 'done' | 'pieces'>): string {
  if (pieces === null) return language.words.making.begins;
  return language.say('making', 'progress', { done: language.number(done), all: language.number(pieces) });
}

export function makingPage(language: Language, job: StoredJob, mayMake: boolean): Views['release/making'] {
  const words = language.words.making;
  const { id, waveId, waveName, corrects, done, pieces, failedAt } = job;
  const isFailed = failedAt !== null;
  return {
    title: language.say('making', isFailed ? 'failedTitle' : 'title', { wave: waveName }),
    renewAfter: isFailed ? 0 : RENEW_AFTER,
    state: isFailed ? 'failed' : 'making',
    stateWords: isFailed ? words.stateFailed : words.stateMaking,
    startedAt: timeWords(language, job.startedAt),
    progress: isFailed
      ? null
      : { words: progressWords(language, job), done, all: pieces ?? 1, eventsHref: eventsHref(id) },
    failure: isFailed ? failureWords(language, job) : '',
    tryAgain: isFailed && mayMake && corrects === null ? waveId : '',
    correctHref: isFailed && mayMake && corrects !== null ? `${correctionHref(corrects)}?from=${id}` : '',
  };
}

function failureWords({ words }: Language, { why, corrects }: StoredJob): string {
  const code = failureCode(why);
  // What a correction together with its release gives away is mended in the correction.
  return code === 'stays-open' && corrects !== null
    ? words.corrections['failed-stays-open']
    : words.making[`failed-${code}`];
}

/** One that this server does not know (any more) is unexpected. */
function failureCode(why: string | null): Failure {
  return FAILURES.find((failure) => failure === why) ?? 'unexpected';
}

/**
 * Jobs as the list of releases shows them: those under way, and the last that failed of a wave without a release, or
 * to correct a release that is neither replaced nor about to be.
 */
export function jobsToShow(jobs: readonly StoredJob[], releases: readonly ReleaseEntry[]): StoredJob[] {
  const isOpen = ({ waveId, corrects, failedAt }: StoredJob) => {
    if (corrects === null) return !releases.some((entry) => entry.waveId === waveId);
    return failedAt === null || !releases.some((entry) => entry.corrects === corrects && entry.refusedAt === null);
  };
  const newest = new Map(jobs.toReversed().map((job) => [job.waveId, job]));
  for (const job of jobs) if (job.failedAt === null) newest.set(job.waveId, job);
  return jobs.filter((job) => newest.get(job.waveId) === job && isOpen(job));
}
