import { randomBytes } from 'node:crypto';
import { partsOf } from '../../core/survey/kinds.ts';
import type { SurveyDefinition } from '../../core/survey/definition.ts';
import type { Answers } from '../../core/survey/answer.ts';
import { SWITCHED_TOPICS } from '../../core/survey/topics.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Stage } from '../../core/survey/stage.ts';
import { HttpClient } from '../http-client.ts';
import { answerSurvey } from '../seed/answers.ts';
import { answerAs, type Plan } from '../simulate/pupil.ts';
import type { DealtSlip } from '../simulate/slips.ts';

/** Somebody who answers and can be recognised by everything that must not be kept. */
export interface Planted {
  code: string;
  /** Where they seemed to come from, and with what. */
  address: string;
  agent: string;
  /** What they wrote into a draft that is thrown away; empty for whoever wrote nothing. */
  text: string;
  attempt: string;
  /** Milliseconds of the time at which they sent; null for whoever did not. */
  sentAt: number | null;
}

export interface Planting {
  port: number;
  definition: SurveyDefinition;
  slip: DealtSlip;
  /** How they end: sent, thrown away on stopping, or left lying with the wish to be thrown away. */
  wish: 'send' | 'stop' | 'leave';
  writes: boolean;
  seed: string;
  number: number;
}

/** Answers one survey over HTTP as somebody with marks of their own. */
export async function plantOne({ port, definition, slip, wish, writes, seed, number }: Planting): Promise<Planted> {
  const mark = randomBytes(9).toString('hex');
  const address = addressOf(number);
  const agent = `Canary/${mark} (${randomBytes(6).toString('hex')})`;
  const text = writes ? `canary ${randomBytes(8).toString('hex')}` : '';
  const client = new HttpClient(port, { 'x-forwarded-for': address, 'user-agent': agent });
  const plan: Plan = {
    ...{ code: slip.code, wish, timeRunsOut: 'throw-away', language: 'en', pages: 200, definition },
    answers: answersOf(definition, slip, text, `${seed}/${number}`),
  };
  try {
    const { attempt } = await answerAs(client, plan);
    return { code: slip.code, address, agent, text, attempt, sentAt: wish === 'send' ? Date.now() : null };
  } finally {
    client.close();
  }
}

/** A documentation address (RFC 3849) that nobody else in the world has. */
function addressOf(number: number): string {
  return `2001:db8:${randomBytes(2).toString('hex')}:${number.toString(16)}:${randomBytes(2).toString('hex')}::${randomBytes(2).toString('hex')}`;
}

function answersOf(definition: SurveyDefinition, slip: DealtSlip, text: string, seed: string): Answers {
  const pupil = {
    ...{ schoolCode: slip.school, clusterCode: null, stage: slip.stage as Stage, asn: null },
    sex: slip.sex === 'female' || slip.sex === 'male' ? slip.sex : null,
    quintile: slip.quintile === '' ? null : Number(slip.quintile),
  } as const;
  const answers = answerSurvey(definition, pupil, seededRandom(seed), { textAllowed: true, topics: SWITCHED_TOPICS });
  const written = definition.items.flatMap(partsOf).filter(({ kind }) => kind === 'short-text' || kind === 'long-text');
  for (const { id } of text === '' ? [] : written) answers[id] = { state: 'answered', value: text };
  return answers;
}
