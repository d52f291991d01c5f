import * as fieldwork from './fieldwork.ts';
import type { Tally } from './pupils.ts';
import * as releasing from './release.ts';
import type { People, TakeStep } from './steps.ts';
import type { Town } from './town.ts';

/** A wave that was answered and released. */
export interface AnsweredWave {
  wave: fieldwork.MadeWave;
  tally: Tally;
  responses: number;
  release: releasing.MadeRelease;
}

/** A wave from its making to its close, with everything that pupils do in between, and its release by two people. */
export async function answerWave(
  town: Town,
  seed: string,
  people: People,
  versionId: string,
  step: TakeStep,
): Promise<AnsweredWave> {
  const { administrator } = people;
  const wave = await step('Make a wave', 'administrator', async () => {
    const value = await fieldwork.makeWave(administrator, town, seed, 'Loop wave');
    await fieldwork.demandAsks(town, value, versionId);
    const seen = `asks the new version, ${value.notAgreed.length} secondary schools not to be shown`;
    return { value, seen, path: value.href };
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
    return { value, seen: tallyWords(value), path: '/' };
  });
  await step('Close the wave', 'administrator', async () => {
    await fieldwork.closeWave(administrator, wave);
    await fieldwork.comeBackLate(town, tally);
    return { value: undefined, seen: 'closed for good', path: wave.href };
  });
  const responses = await step('Compare with the database', 'administrator', async () => {
    const value = await fieldwork.compareWithDatabase(town, wave, tally, 6);
    return { value, seen: `${value} responses, ${tally.answered} answered questions`, path: wave.href };
  });
  const release = await step('Make the release', 'analyst', async () => {
    const value = await releasing.makeRelease(people.analyst, people.planner, town, wave);
    return { value, seen: `${value.shownCells} cells shown, ${value.hiddenCells} hidden`, path: value.href };
  });
  await step('Approve the release', 'approver', async () => {
    await releasing.approveRelease(people.approver, release);
    return { value: undefined, seen: 'published by somebody else than its maker', path: release.href };
  });
  return { wave, tally, responses, release };
}

export function tallyWords({ sent, declined, brokenOff, brokenOffKept, inArabic }: Tally): string {
  return `${sent} sent, ${declined} declined, ${brokenOff} broke off (${brokenOffKept} kept), ${inArabic} in Arabic`;
}
