import type { Promises, PromisesTogether } from '../core/loop/promises.ts';
import type { Language } from '../web/language.ts';

export const PROMISES = ['full', 'friendly', 'fast', 'followedUp'] as const;
export type PromiseName = (typeof PROMISES)[number];

/** One promise and how it is kept, for people and (as a plain value) for programs. */
export interface PromiseView {
  name: PromiseName;
  title: string;
  about: string;
  state: string;
  value: string;
}

/** How one reply keeps the promises. */
export function promiseViews(language: Language, promises: Promises): PromiseView[] {
  const { loop } = language.words;
  const kept = (holds: boolean) => loop[holds ? 'kept' : 'notKept'];
  const states: Record<PromiseName, string> = {
    full: kept(promises.full),
    friendly: kept(promises.friendly),
    fast: language.say('loop', 'days', { count: promises.fastDays }),
    followedUp: loop[`followedUp-${promises.followedUp}`],
  };
  const values = { ...promises, fast: promises.fastDays };
  return PROMISES.map((name) => view(language, name, states[name], String(values[name])));
}

/** How all replies of a place keep them. */
export function promisesTogetherViews(language: Language, all: PromisesTogether): PromiseView[] {
  const outOf = (count: number, of: number) =>
    language.say('loop', 'outOf', { count: language.number(count), all: language.number(of) });
  const states: Record<PromiseName, string> = {
    full: outOf(all.full, all.replies),
    friendly: outOf(all.friendly, all.replies),
    // Half of one reply would be odd.
    fast: language.say('loop', all.replies === 1 ? 'days' : 'middleDays', { count: all.fastDays ?? 0 }),
    followedUp: all.due === 0 ? language.words.loop.nothingDue : outOf(all.followedUp, all.due),
  };
  const values = { ...all, fast: all.fastDays ?? '' };
  return PROMISES.map((name) => view(language, name, states[name], String(values[name])));
}

function view(language: Language, name: PromiseName, state: string, value: string): PromiseView {
  const { loop } = language.words;
  return { name, title: loop[`promise-${name}`], about: loop[`about-${name}`], state, value };
}
