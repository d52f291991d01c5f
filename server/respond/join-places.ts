import { randomBytes } from 'node:crypto';
import { FifoMap } from 'toad-cache';
import { makeCode } from '../core/fieldwork/code.ts';
import { seatsLeft } from '../core/fieldwork/class-numbers.ts';
import type { Stage } from '../core/survey/stage.ts';
import { createClassCounts } from '../storage/class-counts.ts';
import { createClassPlaces } from '../storage/class-places.ts';
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

export function createJoinPlaces({ database, secrets }: Services, contents: WaveContents): JoinPlaces {
  const places = createClassPlaces(database, secrets);
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
    const seats = seatsLeft({ started, ...(await numbersOf(database, key, schoolClass)) });
    if (seats === 0) return 'full';
    const part = schoolClass.parts.find((candidate) => candidate.stage === stage);
    const version = versionForStage(await contents.read(waveId), stage);
    if (!part || !version) throw new Error(`Class ${key.className} has no ${stage}, or no survey is for it.`);
    const code = makeCode(() => randomBytes(1)[0]!);
    const token = await places.join({
      place: { waveId, schoolId, stage, class: part.class || null },
      hmac: secrets.hashCode(code),
      versionId: version.version.id,
      parts: schoolClass.parts.map((one) => ({ stage: one.stage, class: one.class || null })),
      seatsLeft: seats - 1,
    });
    return { code, token };
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
