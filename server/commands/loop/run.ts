import { ROLES, type Role } from '../../core/roles.ts';
import type { Places } from './chain.ts';
import { answerWave, type AnsweredWave } from './phase-fieldwork.ts';
import { askBack, followChain, type HeardBack } from './phase-feedback.ts';
import { giveReply, type GivenReply } from './phase-reply.ts';
import { renewSurvey, type RenewedSurvey } from './phase-studio.ts';
import type { SeenPromises } from './reply.ts';
import { stepTaker, type People, type Step, type TakeStep } from './steps.ts';
import { signIn, type Town } from './town.ts';
import { demand } from './trouble.ts';

/** What one turn of the loop comes to. Each was seen by a browser; counts also stand in the database. */
export interface LoopFacts {
  started: number;
  declined: number;
  /** Stopped or left unsent, kept or not. */
  brokenOff: number;
  brokenOffKept: number;
  responses: number;
  /** Answered questions of all responses. */
  answered: number;
  released: boolean;
  shownCells: number;
  hiddenCells: number;
  reply: 'published';
  /** The released share that the public reply quotes, in whole per cent. */
  replyShare: number;
  /** How the reply keeps the four promises, as its public page says. */
  promises: SeenPromises;
  /** What children answered to the reply: the first share that its public page says of that, in whole per cent. */
  answeredBack: number;
  /** Links that were walked both ways, from the idea to children's answer. */
  chain: number;
  newVersion: boolean;
  oldVersionUnchanged: boolean;
}

/** Takes every step as its person would, over HTTP, in the order of the loop. @throws StepFailed at the first that fails */
export async function runLoop(town: Town, seed: string, tell: (step: Step) => void): Promise<LoopFacts> {
  const step = stepTaker(town.address, tell);
  const people = await step('Sign in each role', undefined, async () => {
    const value = await signInAll(town);
    return { value, seen: `${ROLES.length} people`, path: '/people/sign-in' };
  });
  const renewed = await renewSurvey(town, seed, people, step);
  const answered = await answerWave(town, seed, people, renewed.version.id, step);
  const given = await giveReply(town, people, answered, renewed.question, step);
  const heard = await askBack(town, seed, people, given.published, step);
  const chain = await followChain(people, placesOf(renewed, answered, given, heard), step);
  await readRecord(people, step);
  const { started, declined, brokenOff, brokenOffKept, answered: questions } = answered.tally;
  const { shownCells, hiddenCells } = answered.release;
  return {
    ...{ started, declined, brokenOff, brokenOffKept, responses: answered.responses, answered: questions },
    ...{ released: true, shownCells, hiddenCells, reply: 'published', replyShare: given.replyShare },
    ...{ promises: given.promises, answeredBack: heard.answeredBack, chain },
    ...{ newVersion: renewed.newVersion, oldVersionUnchanged: renewed.oldVersionUnchanged },
  };
}

async function signInAll(town: Town): Promise<People> {
  const people = await Promise.all(ROLES.map(async (role) => [role, await signIn(town, role)] as const));
  return Object.fromEntries(people) as Record<Role, People[Role]>;
}

/** Where the stations of the chain stand. */
function placesOf(
  { idea, version, question }: RenewedSurvey,
  { release }: AnsweredWave,
  { published }: GivenReply,
  { answers }: HeardBack,
): Places {
  const { findingHref, actionHref, deskHref, href } = published;
  return {
    idea: [idea],
    question: [`${version.href}#asked-${question}`],
    result: [`/results/${release.id}/items/${question}`],
    finding: [findingHref],
    action: [actionHref],
    reply: [deskHref, `${href}#answered-back`],
    'children’s answer': [answers],
  };
}

async function readRecord({ auditor }: People, step: TakeStep): Promise<void> {
  await step('Read the record', 'auditor', async () => {
    const { path } = await auditor.visit('/admin/record');
    // The page shows the newest entries; the file has them all.
    const file = await auditor.follow(/^\/admin\/record[^?]*\.csv/);
    for (const role of ROLES) demand(file.body.includes(`,${role},`), `an entry of the ${role} in the record`, 'none');
    return { value: undefined, seen: 'entries of every role', path };
  });
}
