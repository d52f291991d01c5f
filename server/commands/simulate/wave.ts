import { seededRandom, type Random } from '../../core/seeded-random.ts';
import { SWITCHED_TOPICS } from '../../core/survey/topics.ts';
import type { SurveyDefinition } from '../../core/survey/definition.ts';
import { readSurveyFolders } from '../../storage/survey-folders.ts';
import { HttpClient } from '../http-client.ts';
import { answerSurvey } from '../seed/answers.ts';
import { demonstrationAuthority, FIELDWORK } from '../seed/authority.ts';
import { SEED } from '../seed/past-waves.ts';
import { respondents, type SeededPupil } from '../seed/respondents.ts';
import { answerAs, type Plan } from './pupil.ts';
import type { PupilWithCode } from './slips.ts';

/** What came of a simulated wave, as its pupils saw it. */
export interface Simulated {
  pupils: number;
  sent: number;
  declined: number;
  stopped: number;
  left: number;
  /** Pages whose answer or skip was taken, and those with an answer. */
  pages: number;
  answered: number;
  inArabic: number;
  errors: number;
  /** What the first errors said. */
  firstErrors: string[];
  seconds: number;
  /** Milliseconds of every POST of a question page. */
  posts: Float64Array;
}

const FIRST_ERRORS = 5;
/** Of ten thousand; about as many as in fieldwork at school. */
const WISHES = { decline: 0.02, stop: 0.02, leave: 0.015, send: 0.945 } as const;
const HALF_WAY = 25;
const IN_ARABIC = 0.01;

/**
 * Who answers: pupils of the demonstration's roll, with rates that differ between schools as in its earlier waves.
 * @param wanted at least 1
 */
export function pupilsWhoCome(wanted: number, seed: string): SeededPupil[] {
  const authority = demonstrationAuthority(SEED);
  const usual = FIELDWORK.primary.answers + FIELDWORK.secondary.answers;
  const pupils = [FIELDWORK.primary, FIELDWORK.secondary].flatMap(({ stages, answers }) => {
    const own = wanted <= usual ? answers : Math.round((answers * wanted) / usual);
    return respondents(authority, { stages: [...stages], answers: own, seed: `${seed}/pupils` });
  });
  return seededRandom(`${seed}/order`).shuffled(pupils).slice(0, wanted);
}

/** Lets all of them answer, so many at once, each on a connection of their own. */
export async function simulate(
  port: number,
  pupils: readonly PupilWithCode[],
  { atOnce, seed }: { atOnce: number; seed: string },
): Promise<Simulated> {
  const surveys = readSurveyFolders().map(({ definition }) => definition);
  const simulated: Simulated = {
    ...{ pupils: pupils.length, sent: 0, declined: 0, stopped: 0, left: 0, pages: 0, answered: 0, inArabic: 0 },
    ...{ errors: 0, firstErrors: [], seconds: 0, posts: new Float64Array(0) },
  };
  const posts: number[][] = [];
  const began = performance.now();
  const waiting = pupils.entries();
  const device = async () => {
    for (const [index, pupil] of waiting) {
      posts.push(await answerOne(port, planFor(surveys, pupil, seededRandom(`${seed}/pupil/${index}`)), simulated));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, device));
  return { ...simulated, seconds: (performance.now() - began) / 1000, posts: Float64Array.from(posts.flat()) };
}

/** @returns milliseconds of the pupil's POSTs */
async function answerOne(port: number, plan: Plan, simulated: Simulated): Promise<number[]> {
  const client = new HttpClient(port);
  try {
    const seen = await answerAs(client, plan);
    simulated.pages += seen.pages;
    simulated.answered += seen.answered;
    if (plan.language === 'ar') simulated.inArabic += 1;
    simulated[({ send: 'sent', decline: 'declined', stop: 'stopped', leave: 'left' } as const)[plan.wish]] += 1;
    return seen.posts;
  } catch (error) {
    simulated.errors += 1;
    const message = error instanceof Error ? error.message : String(error);
    if (simulated.firstErrors.length < FIRST_ERRORS) simulated.firstErrors.push(`who was to ${plan.wish}: ${message}`);
    return [];
  } finally {
    client.close();
  }
}

function planFor(surveys: readonly SurveyDefinition[], { pupil, code }: PupilWithCode, random: Random): Plan {
  const names = ['decline', 'stop', 'leave', 'send'] as const;
  const usual = surveys.find((one) => one.family === 'pupils' && !one.easyRead && one.stages.includes(pupil.stage));
  if (!usual) throw new Error(`Stage ${pupil.stage}: expected a shipped survey of the family pupils, found none.`);
  return {
    code,
    wish: names[random.weighted(names.map((name) => WISHES[name]))]!,
    timeRunsOut: random.chance(0.6) ? 'keep' : 'throw-away',
    language: random.chance(IN_ARABIC) ? 'ar' : 'en',
    pages: 1 + random.below(HALF_WAY),
    definition: usual,
    // Everything that might be asked: which topics are on, the server knows.
    answers: answerSurvey(usual, pupil, random, { textAllowed: true, topics: SWITCHED_TOPICS }),
  };
}
