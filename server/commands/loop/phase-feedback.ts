import { findAnswers, readAnswers, seeNotAsked } from './answered-back.ts';
import { CHAIN, walkChain, type Places } from './chain.ts';
import * as fieldwork from './fieldwork.ts';
import { tallyWords } from './phase-fieldwork.ts';
import * as releasing from './release.ts';
import type { PublishedReply } from './reply.ts';
import type { People, TakeStep } from './steps.ts';
import type { Town } from './town.ts';
import { demand } from './trouble.ts';

/** What children said of a reply. */
export interface HeardBack {
  /** The first share that the public page says of their answers, in whole per cent. */
  answeredBack: number;
  /** Where the answers stand in the results. */
  answers: string;
}

/** The children of the place are asked about the reply, in a wave of its own, and their answers stand beside it. */
export async function askBack(
  town: Town,
  seed: string,
  people: People,
  published: PublishedReply,
  step: TakeStep,
): Promise<HeardBack> {
  const { administrator, analyst, approver, planner } = people;
  const replyId = published.deskHref.split('/').at(-1) ?? '';
  const wave = await step('Ask what children think of the reply', 'administrator', async () => {
    await seeNotAsked(town, published);
    const value = await fieldwork.makeWaveAbout(administrator, town, replyId);
    await fieldwork.openWave(administrator, value);
    return { value, seen: `${value.schools} schools of the place that it is about`, path: value.href };
  });
  const tally = await step('Answer about the reply', undefined, async () => {
    const slips = await fieldwork.makeCodes(administrator, town, wave, wave.schools);
    const value = await fieldwork.letPupilsAnswer(town, slips, `${seed}/feedback`);
    return { value, seen: tallyWords(value), path: '/' };
  });
  await step('Close the wave about the reply', 'administrator', async () => {
    await fieldwork.closeWave(administrator, wave);
    const responses = await fieldwork.compareWithDatabase(town, wave, tally, 3);
    return { value: undefined, seen: `${responses} responses`, path: wave.href };
  });
  const release = await step('Release what they said', 'approver', async () => {
    const value = await releasing.makeRelease(analyst, planner, town, wave);
    await releasing.approveRelease(approver, value);
    return { value, seen: `${value.shownCells} cells shown, by two people`, path: value.href };
  });
  const answers = await findAnswers(planner, published, release.id);
  const answeredBack = await step('Read the children’s answers as anybody', undefined, async () => {
    const value = await readAnswers(town, published, wave.id);
    return { value, seen: `${value}% beside the reply`, path: `${published.href}#answered-back` };
  });
  return { answeredBack, answers };
}

/** Walks the whole chain in both directions. @returns the number of its links */
export async function followChain(people: People, places: Places, step: TakeStep): Promise<number> {
  const { planner, 'forum-member': member } = people;
  return step('Walk the chain both ways', 'planner', async () => {
    const walkers = {
      idea: member,
      question: planner,
      result: planner,
      finding: planner,
      action: planner,
      reply: planner,
    };
    const links = await walkChain(walkers, places);
    demand(links.length === CHAIN.length - 1, `${CHAIN.length - 1} links that lead both ways`, links.join(', '));
    return { value: links.length, seen: links.join(', '), path: places.reply[0] ?? '' };
  });
}
