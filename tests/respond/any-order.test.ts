import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../server/core/survey/answer.ts';
import {
  firstUnseen,
  isReachable,
  numberOf,
  stepNumbered,
  walk,
  type Traveller,
} from '../../server/core/survey/journey.ts';
import { readAnswers, skipped } from '../../server/core/survey/read-answer.ts';
import { encodeAnswers } from '../../server/core/survey/slots.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { firstChoices } from '../support/first-choices.ts';

/*
 * Whatever a pupil does with buttons, Back, reloads, double clicks and other devices, there is exactly one response
 * in the end, and it holds the last answers on the walked path.
 */
let house: FieldworkHouse;
/** Codes with the stage of their pupil; slips come class by class. */
let codes: { code: string; stage: Stage }[];
let version: SurveyVersion;

beforeAll(async () => {
  house = await openFieldwork();
  const dealt = await house.codes(await house.openWave(), 'burnside');
  codes = dealt.map((code, index) => ({
    code,
    stage: BURNSIDE[Math.floor((index * BURNSIDE.length) / dealt.length)]!,
  }));
  version = (await createSurveys(house.services.database).newestOf('primary'))!;
});
afterAll(() => house.close());

/** As many pupils in each of its three classes. */
const BURNSIDE: Stage[] = ['P5', 'P6', 'P7'];

type Move =
  | { do: 'answer'; page: number; choice: number; twice: boolean }
  | { do: 'skip'; page: number }
  | { do: 'look'; page: number }
  | { do: 'other-device' }
  | { do: 'old-device' };

/** A page on or near the way: most of the time the next one. */
const page = fc.oneof({ weight: 5, arbitrary: fc.constant(-1) }, fc.integer({ min: 1, max: 30 }));
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      page,
      choice: fc.integer({ min: 0, max: 5 }),
      twice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('skip' as const), page }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('look' as const), page }) },
  { weight: 1, arbitrary: fc.constantFrom<Move>({ do: 'other-device' }, { do: 'old-device' }) },
);

/** What the pupil has said, as far as it must count. */
class Model {
  readonly #traveller: Traveller;
  answers: Answers = {};

  constructor(stage: Stage) {
    this.#traveller = { stage, textAllowed: false, topics: [] };
  }

  path() {
    return walk(version.definition, this.#traveller, this.answers);
  }

  nextNumber(): number | undefined {
    const next = this.path().find((step) => step.keys.some((key) => this.answers[key] === undefined));
    return next && numberOf(version.definition, next);
  }

  /** Takes a form in as the server must. */
  post(number: number, form: Record<string, string[]> | 'skip'): void {
    const step = stepNumbered(version.definition, number);
    const path = this.path();
    if (!step || !isReachable(path, firstUnseen(path, this.answers), step)) return;
    const reading = form === 'skip' ? { answers: skipped(step) } : readAnswers(step, form);
    if ('answers' in reading) this.answers = { ...this.answers, ...reading.answers };
  }
}

/** A choice of the question on a page, by number; several choices where several can be ticked. */
function formFor(number: number, choice: number): Record<string, string[]> {
  const item = stepNumbered(version.definition, number)?.item;
  if (!item || item.kind === 'information') return {};
  const options = 'options' in item ? item.options.map(({ code }) => code) : ['Some words'];
  return { answer: [options[choice % options.length]!] };
}

const bytesOf = async () => {
  const rows = await house.services.database.query.selectFrom('responses').select(['id', 'answers']).execute();
  return new Map(rows.map((row) => [row.id, Buffer.from(row.answers).toString('hex')]));
};

async function play(moves: readonly Move[]): Promise<{ model: Model; newest: Pupil }> {
  const { code, stage } = codes.pop()!;
  const model = new Model(stage);
  let newest = await new Pupil(house).start(code);
  let older: Pupil | undefined;
  for (const one of moves) {
    if (one.do === 'other-device') {
      older = newest;
      newest = await new Pupil(house).post('/respond/sessions', { code });
      continue;
    }
    if (one.do === 'old-device') {
      // What an older device still sends counts for nothing.
      if (older) await older.post('/respond/pages/1', { version: version.id, ...formFor(1, 0), move: 'next' });
      continue;
    }
    const number = one.page > 0 ? one.page : (model.nextNumber() ?? 1);
    const url = `/respond/pages/${number}`;
    if (one.do === 'look') await newest.go(url);
    else if (one.do === 'skip') {
      await newest.post(url, { version: version.id, move: 'skip' });
      model.post(number, 'skip');
    } else {
      const form = formFor(number, one.choice);
      const fields = { version: version.id, move: 'next', ...form };
      if (one.twice) await Promise.all([newest.copy().post(url, fields), newest.copy().post(url, fields)]);
      else await newest.post(url, fields);
      model.post(number, form);
    }
  }
  return { model, newest };
}

async function finish(model: Model, pupil: Pupil): Promise<void> {
  await pupil.go('/respond/next');
  while (pupil.url.startsWith('/respond/pages/')) {
    const form = firstChoices(pupil.page);
    const number = Number(pupil.url.slice('/respond/pages/'.length));
    await pupil.answer();
    model.post(number, Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]])));
  }
  const attempt = pupil.hidden('attempt');
  await Promise.all([0, 1].map(() => pupil.copy().post('/respond/sending', { attempt })));
}

test('any sequence of moves ends in one response that holds the last answers on the walked path', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
      const before = await bytesOf();
      const { model, newest } = await play(moves);
      await finish(model, newest);
      const added = [...(await bytesOf())].filter(([id]) => !before.has(id));
      expect(added.map(([, bytes]) => bytes)).toEqual([
        Buffer.from(encodeAnswers(version.definition, model.path(), model.answers)).toString('hex'),
      ]);
    }),
    { numRuns: 20 },
  );
}, 120_000);
