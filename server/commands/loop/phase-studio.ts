import * as fieldwork from './fieldwork.ts';
import { beginForum, joinForum, putIdea } from './forum.ts';
import type { People, TakeStep } from './steps.ts';
import * as studio from './studio.ts';
import type { Town } from './town.ts';

/** A question from the idea to the version that asks it. */
export interface RenewedSurvey {
  /** The page of the idea. */
  idea: string;
  version: studio.SeenVersion;
  /** The id of the question in it. */
  question: string;
  newVersion: boolean;
  oldVersionUnchanged: boolean;
}

/**
 * A forum begins, somebody in it has an idea, and the idea becomes a question of the next version of a survey, while a wave
 * that asks the version before stays as it was. Whoever joins is the forum member of all later steps.
 */
export async function renewSurvey(town: Town, seed: string, people: People, step: TakeStep): Promise<RenewedSurvey> {
  const { administrator, 'youth-worker': youthWorker, analyst } = people;
  const desk = await step('Begin a youth forum', 'administrator', async () => {
    const value = await beginForum(administrator, youthWorker);
    return { value, seen: 'with two youth workers', path: value };
  });
  people['forum-member'] = await step('Join the forum', 'forum-member', async () => {
    const value = await joinForum(youthWorker, town, desk);
    return { value, seen: 'under a made-up name', path: '/studio/forum' };
  });
  const member = people['forum-member'];
  const idea = await step('Have an idea', 'forum-member', async () => {
    const value = await putIdea(youthWorker, member);
    return { value, seen: 'on the board, after a need and what gets in its way', path: value };
  });
  const before = await step('See the survey as it is', 'forum-member', async () => {
    const value = await studio.seeNewest(member, town);
    return { value, seen: `content ${value.hash.slice(0, 12)}`, path: value.href };
  });
  const wave = await step('Ask the survey as it is', 'administrator', async () => {
    const value = await fieldwork.makeWave(administrator, town, seed, 'Earlier wave');
    await fieldwork.openWave(administrator, value);
    return { value, seen: 'a wave is open', path: value.href };
  });
  const versionIds = await studio.versionsOfWave(town, wave);
  await proposeAndAgree(idea, people, step);
  const { version, question } = await step('Publish the next version', 'analyst', async () => {
    const seen = await studio.publishVersion(analyst);
    const value = { version: seen, question: await studio.demandNewVersion(town, before, seen) };
    return { value, seen: `content ${seen.hash.slice(0, 12)}, in two languages`, path: seen.href };
  });
  await step('Look back at the old version', 'analyst', async () => {
    await studio.demandOldVersionUnchanged(analyst, town, wave, { before, versionIds });
    return { value: undefined, seen: 'unchanged, as is its wave', path: before.href };
  });
  await step('Close the earlier wave', 'administrator', async () => {
    await fieldwork.closeWave(administrator, wave);
    return { value: undefined, seen: 'nobody answered it', path: wave.href };
  });
  return { idea, version, question, newVersion: version.id !== before.id, oldVersionUnchanged: true };
}

/** The idea is proposed as a question, the forum counts, an approver looks at it. */
async function proposeAndAgree(idea: string, people: People, step: TakeStep): Promise<void> {
  const { 'forum-member': member, 'youth-worker': youthWorker, approver } = people;
  const proposal = await step('Propose a question', 'forum-member', async () => {
    const value = await studio.proposeQuestion(member, idea);
    return { value, seen: 'from the idea', path: value };
  });
  await step('Agree to the question', 'youth-worker', async () => {
    await studio.agreeToQuestion(youthWorker, member, proposal);
    return { value: undefined, seen: 'agreed by count', path: proposal };
  });
  await step('Check the ethics', 'approver', async () => {
    await studio.checkQuestion(approver, proposal);
    return { value: undefined, seen: 'approved with a reason', path: proposal };
  });
}
