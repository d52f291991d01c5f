import { SKIPPED, type Answer, type Answers } from '../../core/survey/answer.ts';
import type { Part, SurveyDefinition } from '../../core/survey/definition.ts';
import type { NumberQuestion } from '../../core/survey/kinds/number.ts';
import type { TickAllQuestion } from '../../core/survey/kinds/tick-all.ts';
import { walk, type Traveller } from '../../core/survey/journey.ts';
import { STAGES, type Stage } from '../../core/survey/stage.ts';
import { modelsOf, PERSON_SPREAD, SCALE_SPREAD, type PartModel } from './answer-models.ts';
import type { Random } from '../../core/seeded-random.ts';

/*
 * The stated model of the demonstration's answers. A pupil's tendency to a good answer is, in log odds,
 *
 *   what the pupil brings     normal, 0.55, the same through the whole survey
 *   + for items of a scale    normal, 1.5, the same for all items of the scale
 *   + cluster and school      by question; school climate differs twice as much between schools as the rest;
 *                             together at most 0.4 either way, which is ten points where shares are even
 *   + quintile                0.04 to 0.14 a step, least deprived best
 *   + stage                   −0.02 to −0.09 a year, counted from S1
 *   + sex, ASN                at most 0.12 either way; −0.2 with additional support needs
 *   + drift                   by question and by cluster and question, for a wave of another year
 *
 * and moves all thresholds of a question (or of a row) together. Questions about oneself depend on none of this,
 * nor does what is ranked.
 * Works for any definition: what is not stated is derived from the ids of questions and options.
 */

/** A pupil as far as the model looks. */
export interface AnsweringPupil {
  schoolCode: string;
  clusterCode: string | null;
  /** Null for grown-ups who answer about a child. */
  stage: Stage | null;
  sex: 'female' | 'male' | null;
  quintile: number | null;
  asn: 'yes' | 'no' | null;
}

export interface AnswerOptions extends Omit<Traveller, 'stage'> {
  /** How far this wave lies from the model: 0 is the model itself, 1 about as far as two years. */
  drift?: number;
  /** What is answered already, such as what a band is read from. */
  given?: Answers;
}

/** Few enough to be harmless in a demonstration, and within the shortest limit that a question can set. */
const WORDS = ['More things to do', 'A safe bike path', 'A cleaner park', 'Somewhere to meet', 'Later buses'];

/**
 * Answers a whole survey as one pupil would: every page on the path, information pages as
 * skipped, with some questions not known, not said or left blank. Never stops half way.
 */
export function answerSurvey(
  definition: SurveyDefinition,
  pupil: AnsweringPupil,
  random: Random,
  { drift = 0, given = {}, ...allowed }: AnswerOptions,
): Answers {
  const models = modelsOf(definition);
  const traveller = { stage: pupil.stage, ...allowed };
  const general = PERSON_SPREAD * random.normal();
  const ofScale = new Map(definition.scales?.map(({ id }) => [id, SCALE_SPREAD * random.normal()]));
  const personIn = ({ scale }: PartModel) => general + (scale === undefined ? 0 : ofScale.get(scale)!);
  const answers: Answers = { ...given };
  // Routes open as answers are given and never close again, so this ends with the last one opened.
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const { parts, keys } of walk(definition, traveller, answers)) {
      // A page is answered as a whole, so its first question tells for all of it.
      if (answers[keys[0]!] !== undefined) continue;
      isNew = true;
      if (parts.length === 0) answers[keys[0]!] = SKIPPED;
      for (const part of parts) {
        const model = models.get(part.id)!;
        answers[part.id] = answerPart(part, model, pupil, personIn(model), random, drift);
      }
    }
  }
  return answers;
}

function answerPart(
  part: Part,
  model: PartModel,
  pupil: AnsweringPupil,
  person: number,
  random: Random,
  drift: number,
): Answer {
  const state = stateInstead(part, model, random);
  if (state) return state;
  const tendency = model.nominal ? 0 : person + tendencyOf(model, pupil, drift);
  switch (part.kind) {
    case 'tick-all':
      return { state: 'answered', value: ticked(part, model, tendency, random) };
    case 'ranking':
      return { state: 'answered', value: ranked(part.places, model, random) };
    case 'number':
      return { state: 'answered', value: numberIn(part, model, chosen(model, pupil, tendency, random), random) };
    case 'short-text':
    case 'long-text':
      return random.chance(0.25) ? { state: 'answered', value: WORDS[random.below(WORDS.length)]! } : SKIPPED;
    case 'one-choice':
    case 'faces':
    case 'ladder':
      return model.choices[chosen(model, pupil, tendency, random)]!;
  }
}

const NO_ANSWERS: Answer[] = [{ state: 'dont-know' }, { state: 'prefer-not-to-say' }, SKIPPED];

/** Don't know, prefer not to say or left blank, for those who give no answer. */
function stateInstead(part: Part, model: PartModel, random: Random): Answer | undefined {
  let left = random.next();
  for (const answer of NO_ANSWERS) {
    const { state } = answer;
    if (state === 'answered' || (state !== 'skipped' && !part.optOuts.includes(state))) continue;
    left -= model.rates[state];
    if (left < 0) return answer;
  }
  return undefined;
}

/** Of cluster and school together, in log odds. */
export const MOST_OF_PLACE = 0.4;

const FIRST_SECONDARY = STAGES.indexOf('S1');

/** All but what the pupil brings. */
function tendencyOf(model: PartModel, pupil: AnsweringPupil, drift: number): number {
  const { clusterCode: cluster, schoolCode: school, quintile, stage } = pupil;
  const sex = pupil.sex === null ? 0 : pupil.sex === 'female' ? model.sex : -model.sex;
  const place = (cluster === null ? 0 : model.ofCluster(cluster)) + model.ofSchool(school);
  const drifted = model.drift + (cluster === null ? 0 : model.driftOfCluster(cluster));
  return (
    Math.min(MOST_OF_PLACE, Math.max(-MOST_OF_PLACE, place)) +
    drift * drifted +
    (quintile === null ? 0 : model.quintile * (quintile - 3)) -
    (stage === null ? 0 : model.year * (STAGES.indexOf(stage) - FIRST_SECONDARY)) +
    sex -
    (pupil.asn === 'yes' ? 0.2 : 0)
  );
}

/** The place of the first option, from the best down, whose threshold a logistic draw does not pass. */
function chosen(model: PartModel, pupil: AnsweringPupil, tendency: number, random: Random): number {
  const thresholds = (pupil.sex && model.thresholdsBySex?.[pupil.sex]) ?? model.thresholds;
  const draw = random.next();
  const logit = Math.log(draw / (1 - draw)) - tendency;
  const index = thresholds.findIndex((threshold) => logit <= threshold);
  return index < 0 ? model.codes.length - 1 : index;
}

/** Each option by itself; an exclusive one stands alone, and an empty hand tries again. */
function ticked(item: TickAllQuestion, model: PartModel, tendency: number, random: Random): string[] {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const ticks = model.ticks.filter(({ logit, slope }) =>
      random.chance(1 / (1 + Math.exp(-logit - slope * tendency))),
    );
    const alone = ticks.find(({ exclusive }) => exclusive);
    if (alone) return [alone.code];
    if (ticks.length > 0) return ticks.map(({ code }) => code);
  }
  return [item.options[0]!.code];
}

/** Options one after the other, the wanted ones first; now and then the last places stay empty. */
function ranked(places: number, { codes, wants }: PartModel, random: Random): string[] {
  const left = codes.map((code, index) => ({ code, want: wants[index]! }));
  const given = Math.min(codes.length, random.chance(0.12) ? 1 + random.below(places) : places);
  return Array.from({ length: given }, () => {
    const index = random.weighted(left.map(({ want }) => want));
    return left.splice(index, 1)[0]!.code;
  });
}

/** Any number of a group, each as likely as the other. */
function numberIn({ groups }: NumberQuestion, { codes }: PartModel, choice: number, random: Random): number {
  const { from, to } = groups.find(({ code }) => code === codes[choice])!;
  return from + random.below(to - from + 1);
}
