import type { Release } from '../../../server/core/disclosure/release.ts';
import { emptyWords, type PlanWords } from '../../../server/core/loop/plan/words.ts';
import { createPlan } from '../../../server/storage/plan.ts';
import { createReleases } from '../../../server/storage/releases.ts';
import { beginReport } from '../../support/annual-report.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../../support/house.ts';
import { publishReply } from '../chain.ts';
import { cellOf, releaseWave, type ReleasedWave } from '../released.ts';

/*
 * A year in which the small wave was asked, a finding about Northmuir was made and answered, and the plan has an action for
 * one aim; its report is written when the year is over.
 */
export const IN_THE_YEAR = '2026-05-01T09:00:00.000Z';
export const AFTER_IT = '2026-08-20T09:00:00.000Z';

export interface Year {
  house: House;
  clock: TestClock;
  wave: ReleasedWave;
  planner: Record<string, string>;
  /** Addresses of the finding about Northmuir and of the report. */
  finding: string;
  report: string;
}

/** @param kind a real authority has neither finding nor reply, which would have to be read first */
export async function openYear(kind: 'real' | 'demonstration' = 'demonstration'): Promise<Year> {
  const clock = { now: IN_THE_YEAR };
  const house = await openHouse({ clock, authority: { ...AUTHORITY, kind } });
  const wave = await releaseWave(house.services.database, AUTHORITY);
  const planner = await house.as('planner');
  const finding = kind === 'real' ? '' : (await publishReply(house, planner, cellOf(wave.releaseId))).finding;
  await addAction(house, clock.now);
  clock.now = AFTER_IT;
  return { house, clock, wave, planner, finding, report: await beginReport(house, planner) };
}

async function addAction(house: House, at: string): Promise<void> {
  const action: PlanWords = { ...emptyWords(), task: 'Youth club on Fridays', lead: 'Youth Work', dueOn: '2027-03-31', aims: ['wellbeing'] }; // prettier-ignore
  const measure = { name: 'Open evenings', unit: 'evenings', better: 'higher' as const, baseline: '20', target: '40' };
  await createPlan(house.services.database).write(
    AUTHORITY.id,
    [
      { kind: 'make', id: 'club', reference: '7.1', words: action },
      { kind: 'progress', action: 'club', on: '2026-04-12', words: 'The hall is rented.' },
      { kind: 'measure', id: 'evenings', action: 'club', words: measure },
      { kind: 'value', measure: 'evenings', quarter: '2026-Q1', value: '31' },
      { kind: 'value', measure: 'evenings', quarter: '2026-Q3', value: '39' },
    ],
    null,
    at,
  );
}

/** What is printed on a page, in one line. */
export const plain = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ');

/** Puts another release of a wave in place of the one that is quoted. */
export async function correct({ services }: House, { releaseId }: ReleasedWave, corrected?: Release): Promise<void> {
  const { database, clock } = services;
  const releases = createReleases(database);
  const { waveId } = (await releases.entry(releaseId))!;
  const anew = await releases.add(waveId, corrected ?? (await releases.open(releaseId))!, null, clock());
  await releases.approve(anew, null, clock());
  const row = { superseded_id: releaseId, successor_id: anew };
  await database.query.insertInto('release_successions').values(row).execute();
}
