import { ROLES, type Role } from '../../core/roles.ts';
import type { Browser } from './browser.ts';
import * as fieldwork from './fieldwork.ts';
import * as releasing from './release.ts';
import * as replying from './reply.ts';
import { readResults } from './results.ts';
import { walkChain } from './chain.ts';
import * as studio from './studio.ts';
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
  promises: replying.SeenPromises;
  /** Links between the question and the public reply that were walked both ways. */
  chain: number;
  newVersion: boolean;
  oldVersionUnchanged: boolean;
}

/** A step that went well. */
export interface Step {
  title: string;
  /** What was seen, in a few words. */
  seen: string;
  /** Where it was done, to look at it again. */
  address: string;
  /** Whose page that is; undefined where anybody may see it. */
  who: Role | undefined;
}

/** A step that did not. Its message says which, what was expected and what was found. */
export class StepFailed extends Error {}

interface Outcome<Value> {
  value: Value;
  seen: string;
  path: string;
}

/** Takes every step as its person would, over HTTP, in the order of the loop. @throws StepFailed at the first that fails */
export async function runLoop(town: Town, seed: string, tell: (step: Step) => void): Promise<LoopFacts> {
  async function step<Value>(
    title: string,
    who: Role | undefined,
    take: () => Promise<Outcome<Value>>,
  ): Promise<Value> {
    try {
      const { value, seen, path } = await take();
      tell({ title, seen, address: `${town.address}${path}`, who });
      return value;
    } catch (error) {
      throw failed(title, error);
    }
  }

  const people = await step('Sign in each role', undefined, async () => {
    const value = await signInAll(town);
    return { value, seen: `${ROLES.length} people`, path: '/people/sign-in' };
  });
  const fieldworkFacts = await answerWave(town, seed, people, step);
  const { wave } = fieldworkFacts;
  const release = await step('Make the release', 'analyst', async () => {
    const value = await releasing.makeRelease(people.analyst, people.planner, town, wave);
    return { value, seen: `${value.shownCells} cells shown, ${value.hiddenCells} hidden`, path: value.href };
  });
  await step('Approve the release', 'approver', async () => {
    await releasing.approveRelease(people.approver, release);
    return { value: undefined, seen: 'published by somebody else than its maker', path: release.href };
  });
  const answeredBack = await answerBack(town, people, wave, release, step);
  const versions = await renewSurvey(town, people, wave, step);
  await step('Read the record', 'auditor', async () => {
    const { path, body } = await people.auditor.visit('/admin/record');
    for (const role of ROLES)
      demand(body.includes(`<bdi>${role}</bdi>`), `an entry of the ${role} in the record`, 'none');
    return { value: undefined, seen: 'entries of every role', path };
  });
  const { tally, responses } = fieldworkFacts;
  const { started, declined, brokenOff, brokenOffKept, answered } = tally;
  const { shownCells, hiddenCells } = release;
  return {
    ...{ started, declined, brokenOff, brokenOffKept, responses, answered },
    ...{ released: true, shownCells, hiddenCells, reply: 'published', ...answeredBack, ...versions },
  };
}

type People = Record<Role, Browser>;
type TakeStep = <Value>(title: string, who: Role | undefined, take: () => Promise<Outcome<Value>>) => Promise<Value>;

/** What went wrong in a step, as one sentence. */
export function failed(title: string, error: unknown): StepFailed {
  const message = error instanceof Error ? error.message : String(error);
  const known = /\bexpected .*, found /s.test(message);
  return new StepFailed(`${title}: ${known ? message : `expected it to go through, found ${message}`}.`, {
    cause: error,
  });
}

async function signInAll(town: Town): Promise<People> {
  const people = await Promise.all(ROLES.map(async (role) => [role, await signIn(town, role)] as const));
  return Object.fromEntries(people) as People;
}

/** A wave from its making to its close, with everything that pupils do in between. */
async function answerWave(town: Town, seed: string, { administrator }: People, step: TakeStep) {
  const wave = await step('Make a wave', 'administrator', async () => {
    const value = await fieldwork.makeWave(administrator, town, seed);
    return { value, seen: `${value.notAgreed.length} secondary schools not to be shown`, path: value.href };
  });
  await step('Open the wave', 'administrator', async () => {
    await fieldwork.openWave(administrator, wave);
    return { value: undefined, seen: 'open', path: wave.href };
  });
  const slips = await step('Make codes for every school', 'administrator', async () => {
    const value = await fieldwork.makeCodes(administrator, town, wave);
    return { value, seen: `${value.length} codes`, path: wave.href };
  });
  const tally = await step('Answer every code', undefined, async () => {
    const value = await fieldwork.letPupilsAnswer(town, slips, seed);
    const { sent, declined, brokenOff, brokenOffKept, inArabic } = value;
    const seen = `${sent} sent, ${declined} declined, ${brokenOff} broke off (${brokenOffKept} kept), ${inArabic} in Arabic`;
    return { value, seen, path: '/' };
  });
  await step('Close the wave', 'administrator', async () => {
    await fieldwork.closeWave(administrator, wave);
    await fieldwork.comeBackLate(town, tally);
    return { value: undefined, seen: 'closed for good', path: wave.href };
  });
  const responses = await step('Compare with the database', 'administrator', async () => {
    const value = await fieldwork.compareWithDatabase(town, wave, tally);
    return { value, seen: `${value} responses, ${tally.answered} answered questions`, path: wave.href };
  });
  return { wave, tally, responses };
}

/** From the results to a public reply that is followed up. */
async function answerBack(
  town: Town,
  { planner, 'forum-member': member }: People,
  wave: fieldwork.MadeWave,
  release: releasing.MadeRelease,
  step: TakeStep,
): Promise<Pick<LoopFacts, 'replyShare' | 'promises' | 'chain'>> {
  const cell = await step('Read the results', 'planner', async () => {
    const value = await readResults(planner, town, wave, release);
    return { value, seen: `${value.share}% in ${value.placeName}, lowest of P5–P7`, path: `/results/${release.id}` };
  });
  const finding = await step('Write a finding', 'planner', async () => {
    const value = await replying.writeFinding(planner, release, cell);
    return { value, seen: `about ${cell.item} in ${cell.placeName}`, path: value };
  });
  await step('Write an action', 'planner', async () => {
    await replying.writeAction(planner, town, finding);
    return { value: undefined, seen: 'written', path: finding };
  });
  const written = await step('Write a reply', 'planner', async () => {
    const value = await replying.writeReply(planner, town, finding);
    return { value, seen: 'for three readers in two languages', path: value.deskHref };
  });
  await step('Let the forum read it', 'forum-member', async () => {
    await replying.checkWithForum(planner, member, written);
    return { value: undefined, seen: 'found clear', path: '/studio/forum/replies' };
  });
  const published = await step('Publish the reply', 'planner', async () => {
    const value = await replying.publishReply(planner, town, written);
    return { value, seen: 'complete', path: finding };
  });
  const replyShare = await step('Read the reply as anybody', undefined, async () => {
    const value = await replying.readPublicReply(town, published, cell);
    return { value, seen: `quotes ${value}%, as the file of the results`, path: published.href };
  });
  await step('Bring the next news', 'planner', async () => {
    await replying.bringNews(planner, town, published);
    return { value: undefined, seen: 'before its day, beside what was said', path: published.href };
  });
  const promises = await step('See the promises kept', undefined, async () => {
    const value = await replying.readPromises(town, published);
    return { value, seen: JSON.stringify(value), path: published.href };
  });
  const chain = await step('Walk the chain both ways', 'planner', async () => {
    const links = await walkChain(planner, published);
    return { value: links.length, seen: links.join(', '), path: published.deskHref };
  });
  return { replyShare, promises, chain };
}

/** A question from its proposal to the next version of its survey. */
async function renewSurvey(town: Town, people: People, wave: fieldwork.MadeWave, step: TakeStep) {
  const { analyst, approver } = people;
  const versionIds = await studio.versionsOfWave(town, wave);
  const before = await step('See the survey as it is', 'forum-member', async () => {
    const value = await studio.seeNewest(people['forum-member'], town);
    return { value, seen: `content ${value.hash.slice(0, 12)}`, path: value.href };
  });
  const proposal = await step('Propose a question', 'forum-member', async () => {
    const value = await studio.proposeQuestion(people['forum-member']);
    return { value, seen: 'proposed', path: value };
  });
  await step('Agree to the question', 'youth-worker', async () => {
    await studio.agreeToQuestion(people['youth-worker'], people['forum-member'], proposal);
    return { value: undefined, seen: 'agreed by count', path: proposal };
  });
  await step('Check the ethics', 'approver', async () => {
    await studio.checkQuestion(approver, proposal);
    return { value: undefined, seen: 'approved with a reason', path: proposal };
  });
  const after = await step('Publish the next version', 'analyst', async () => {
    const value = await studio.publishVersion(analyst);
    await studio.demandNewVersion(town, before, value);
    return { value, seen: `content ${value.hash.slice(0, 12)}, in two languages`, path: value.href };
  });
  await step('Look back at the old version', 'analyst', async () => {
    await studio.demandOldVersionUnchanged(analyst, town, wave, { before, versionIds });
    return { value: undefined, seen: 'unchanged, as is its wave', path: before.href };
  });
  return { newVersion: after.id !== before.id, oldVersionUnchanged: true };
}
