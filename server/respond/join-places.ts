import { randomBytes } from 'node:crypto';
import { FifoMap } from 'toad-cache';
import { makeCode } from '../core/fieldwork/code.ts';
import { hasSeat } from '../core/fieldwork/class-numbers.ts';
import type { Stage } from '../core/survey/stage.ts';
import { createClassCounts } from '../storage/class-counts.ts';
import { createCodes } from '../storage/codes.ts';
import type { Drafts } from '../storage/drafts.ts';
import { numbersOf, type ClassFacts } from '../web/class-facts.ts';
import type { Services } from '../web/services.ts';
import { versionForStage, type WaveContents } from '../web/wave-content.ts';

/** A place in a class: the code to resume with, and the session of the device. */
export interface JoinedPlace {
  code: string;
  token: string;
}

/** Forms whose outcome is remembered, so that a second press of the button takes no second place. */
const FORMS_REMEMBERED = 5000;
const REMEMBERED_MILLISECONDS = 15 * 60_000;

/** Deals places in classes that are held open. */
export interface JoinPlaces {
  /** Whether a form has been given its place already: a second press leads where the first one does. */
  isGiven(form: string): boolean;
  /** @param form the token of the form that asks; the same form is given the same place again */
  take(facts: ClassFacts, stage: Stage, form: string): Promise<JoinedPlace | 'full'>;
}

export function createJoinPlaces({ database, secrets }: Services, drafts: Drafts, contents: WaveContents): JoinPlaces {
  const codes = createCodes(database);
  const counts = createClassCounts(database);
  const given = new FifoMap<Promise<JoinedPlace | 'full'>>(FORMS_REMEMBERED, REMEMBERED_MILLISECONDS);
  const turns = new Map<string, Promise<unknown>>();

  /** One after the other in each class, so that thirty who press at once are not given the last place twice. */
  function inTurn<Outcome>(facts: ClassFacts, work: () => Promise<Outcome>): Promise<Outcome> {
    const { waveId, schoolId, className } = facts.key;
    const id = JSON.stringify([waveId, schoolId, className]);
    const outcome = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(id, outcome);
    const done = () => {
      if (turns.get(id) === outcome) turns.delete(id);
    };
    void outcome.then(done, done);
    return outcome;
  }

  async function deal({ key, schoolClass }: ClassFacts, stage: Stage): Promise<JoinedPlace | 'full'> {
    const { waveId, schoolId } = key;
    const { started } = await counts.of(waveId, schoolId, schoolClass.parts);
    if (!hasSeat({ started, ...(await numbersOf(database, key, schoolClass)) })) return 'full';
    const part = schoolClass.parts.find((candidate) => candidate.stage === stage);
    const version = versionForStage(await contents.read(waveId), stage);
    if (!part || !version) throw new Error(`Class ${key.className} has no ${stage}, or no survey is for it.`);
    const code = makeCode(() => randomBytes(1)[0]!);
    const hmac = secrets.hashCode(code);
    await codes.addByJoining({ waveId, schoolId, stage, class: part.class || null }, hmac);
    const found = { hmac, waveId, state: 'unspent', stage, closing: false } as const;
    return { code, token: await drafts.carryOn(found, version.version.id) };
  }

  return {
    isGiven: (form) => given.get(form) !== undefined,
    take(facts, stage, form) {
      const before = given.get(form);
      if (before) return before;
      const place = inTurn(facts, () => deal(facts, stage));
      given.set(form, place);
      // Whoever found the class full, or met trouble, may try the same form again.
      void place.then(
        (outcome) => outcome === 'full' && given.delete(form),
        () => given.delete(form),
      );
      return place;
    },
  };
}
