import type { AnsweredWave } from './phase-fieldwork.ts';
import * as replying from './reply.ts';
import { readQuestion, readResults } from './results.ts';
import type { People, TakeStep } from './steps.ts';
import type { Town } from './town.ts';

/** A reply that everybody reads, and how it keeps its promises. */
export interface GivenReply {
  published: replying.PublishedReply;
  /** The released share that it quotes, in whole per cent. */
  replyShare: number;
  promises: replying.SeenPromises;
}

/** From the results of the forum's question to a public reply that is followed up. */
export async function giveReply(
  town: Town,
  people: People,
  { wave, release }: AnsweredWave,
  question: string,
  step: TakeStep,
): Promise<GivenReply> {
  const { planner, 'forum-member': member } = people;
  await step('Read the results', 'planner', async () => {
    const read = await readResults(planner, town, wave, release);
    return { value: undefined, seen: `${read} figures as their files say`, path: `/results/${release.id}` };
  });
  const cell = await step('Read what was said to the new question', 'planner', async () => {
    const value = await readQuestion(planner, town, release, question);
    const path = `/results/${release.id}/items/${question}`;
    return { value, seen: `${value.share}% in ${value.placeName}, lowest of P5–P7`, path };
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
  return { published, replyShare, promises };
}
