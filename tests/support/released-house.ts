import { REPLY } from '../replies/chain.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from './fieldwork.ts';
import type { House } from './house.ts';
import { withRoutes, type RegisteredRoute } from '../../server/commands/registered-routes.ts';

/*
 * A whole loop over HTTP, small: a wave opened, answered and closed, its release made and approved, a
 * finding, an action, a published reply, a proposed question. What tests of every page start from.
 */
export interface ReleasedHouse {
  house: FieldworkHouse;
  routes: RegisteredRoute[];
  /** Addresses of this house's own things, by the name that routes have for them. */
  wave: string;
  releaseId: string;
  findingId: string;
  replyId: string;
  proposalId: string;
  versionId: string;
}

/** How many pupils answer at each school: enough for two primaries together and for the one secondary. */
const ANSWERING = { burnside: 16, hillview: 14, lochend: 22 } as const;

const CELL = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };

export async function openReleasedHouse(): Promise<ReleasedHouse> {
  const { built: house, routes } = await withRoutes(() => openFieldwork());
  const wave = await house.openWave();
  for (const [school, pupils] of Object.entries(ANSWERING)) {
    const codes = await house.codes(wave, school);
    for (let number = 0; number < pupils; number += 1) await answer(house, codes[number]!, number);
  }
  await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
  const made = await house.post('analyst', '/release/releases', { wave: wave.split('/').at(-1)! });
  const releaseId = lastPart(made.headers.location);
  await whenMade(house, releaseId);
  await house.post('approver', `/release/releases/${releaseId}/approval`, {});
  const { findingId, replyId } = await publishReply(house, releaseId);
  const question = {
    question: 'Is there enough to do at weekends?',
    language: 'en',
    kind: 'one-choice',
    option: ['Yes', 'No'],
    domain: 'local-area',
    why: 'Weekends are long.',
    'opt-out': ['dont-know', 'prefer-not-to-say'],
  };
  const proposed = await house.post('forum-member', '/studio/proposals', { ...question, survey: 'primary' });
  const version = await createSurveys(house.services.database).newestOf('primary');
  const proposalId = lastPart(proposed.headers.location);
  const reworded = { ...question, question: 'Is there enough to do on Sundays?', 'based-on': '1' };
  await house.post('forum-member', `/studio/proposals/${proposalId}/drafts`, reworded);
  return { house, routes, wave, releaseId, findingId, replyId, proposalId, versionId: version?.id ?? '' };
}

/** Waits until a release is not being made any more. @throws if it could not be made */
export async function whenMade(house: House, releaseId: string): Promise<void> {
  const end = nextEnd(house, releaseId);
  const url = `/release/releases/${releaseId}`;
  const stateNow = async () => {
    const { body } = await house.app.inject({ url, headers: await house.as('analyst') });
    return /data-state="([^"]+)"/.exec(body)?.[1];
  };
  let state = await stateNow();
  if (state === 'making') {
    await end;
    state = await stateNow();
  }
  if (state !== 'waiting') throw new Error(`The release is ${state}: expected it to be made. See its page ${url}.`);
}

function nextEnd(house: House, releaseId: string): Promise<void> {
  return new Promise((resolve) => {
    const leave = house.app.releaseJobs.subscribe(releaseId, ({ kind }) => {
      if (kind !== 'done') return;
      leave();
      resolve();
    });
  });
}

const lastPart = (location: string | undefined) => (location ?? '').split('?')[0]!.split('/').at(-1)!;

/** Nine in ten feel safe often enough; every third pupil skips the rest. */
async function answer(house: FieldworkHouse, code: string, number: number): Promise<void> {
  const pupil = await new Pupil(house).start(code);
  while (pupil.url.startsWith('/respond/pages/')) {
    const safe = /name="answer"[^>]* value="mostly"/.test(pupil.page)
      ? number % 4 === 0
        ? 'sometimes'
        : 'mostly'
      : undefined;
    if (safe) await pupil.answer(safe);
    else if (number % 3 === 0 && pupil.page.includes('value="skip"')) await pupil.skip();
    else await pupil.answer();
  }
  await pupil.send();
}

async function publishReply(house: FieldworkHouse, releaseId: string) {
  const cell = { ...CELL, release: releaseId, whyItMatters: 'One in four does not.' };
  const finding = String((await house.post('planner', '/replies/findings', cell)).headers.location).split('?')[0]!;
  const action = { task: 'New lights', lead: 'Roads and Transport', dueOn: '2026-09-01' };
  await house.post('planner', `${finding}/actions`, action);
  const page = async () => (await house.app.inject({ url: finding, headers: await house.as('planner') })).body;
  const form = /action="(\/replies\/actions\/[^"]+\/replies)"/.exec(await page())?.[1] ?? '';
  await house.post('planner', form, REPLY);
  const replyId = /data-written-reply="([^"]+)"/.exec(await page())?.[1] ?? '';
  await house.post('planner', `/replies/replies/${replyId}/publication`, {});
  return { findingId: lastPart(finding), replyId };
}
