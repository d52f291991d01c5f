import { setTimeout as pause } from 'node:timers/promises';
import { createReleases } from '../../storage/releases.ts';
import type { Browser } from './browser.ts';
import { columnSum, formsOf, markOf } from './markup.ts';
import type { MadeWave } from './fieldwork.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* The analyst's and the approver's part: a release is made by one and published by another. */

export interface MadeRelease {
  id: string;
  href: string;
  shownCells: number;
  hiddenCells: number;
}

/** Makes the release; its maker may not approve it, and nobody reads it before somebody else has. */
export async function makeRelease(
  analyst: Browser,
  planner: Browser,
  town: Town,
  wave: Pick<MadeWave, 'id'>,
): Promise<MadeRelease> {
  await analyst.visit('/release');
  const forms = formsOf(analyst.page.body, '/release/releases');
  const form = forms.find((one) => new URLSearchParams(one.press()).get('wave') === wave.id);
  const { path } = await analyst.send(the(form, `a form to make the release of the wave ${wave.id}`));
  const id = the(/^\/release\/releases\/([^/?]+)$/.exec(path)?.[1], `the page of the new release, not ${path}`);
  const body = await whenMade(analyst, path);
  analyst.demandMark('data-state', 'waiting');
  demand(!body.includes(`${path}/approval`), 'no form to approve on the page of its maker', 'one');
  const { status } = await analyst.meddle(`${path}/approval`);
  demand(status === 403, 'the maker who approves all the same to be refused with status 403', status);
  const before = await planner.visit('/results');
  demand(!before.body.includes(id), 'no results before the approval', 'the release among them');
  return { id, href: path, ...(await cellsOf(body, town, id, wave)) };
}

const PAUSE_MILLISECONDS = 250;

/** Asks for the page of a release again and again, as its own renewal does, until it is not being made any more. */
async function whenMade(analyst: Browser, path: string): Promise<string> {
  for (;;) {
    const { body } = await analyst.visit(path);
    if (markOf(body, 'data-state') !== 'making') return body;
    await pause(PAUSE_MILLISECONDS);
  }
}

/** The cells that the page counts, which have to be those of the release itself. */
async function cellsOf(html: string, { services }: Town, id: string, wave: Pick<MadeWave, 'id'>) {
  const [shownCells, hiddenCells] = [columnSum(html, -2), columnSum(html, -1)];
  const releases = createReleases(services.database);
  const [entry, release] = [await releases.entry(id), the(await releases.open(id), 'the release in the database')];
  demand(entry?.waveId === wave.id, `a release of the wave ${wave.id}`, String(entry?.waveId));
  const { shown, hidden } = release.cellCounts();
  const found = `${shownCells} and ${hiddenCells}`;
  demand(
    shown === shownCells && hidden === hiddenCells,
    `${shown} shown and ${hidden} hidden cells on the page`,
    found,
  );
  // Most groups of a small town are too small, so only the tables of everybody say whether the release shows enough.
  const everybody = release.cellCountsOfEverybody();
  demand(
    hiddenCells >= 1 && everybody.hidden < everybody.shown,
    'at least one hidden cell and, of everybody, more shown than hidden',
    `${found}, of everybody ${everybody.shown} and ${everybody.hidden}`,
  );
  return { shownCells, hiddenCells };
}

export async function approveRelease(approver: Browser, release: MadeRelease): Promise<void> {
  await approver.visit('/release');
  await approver.follow(release.href);
  await approver.send(approver.form(`${release.href}/approval`));
  approver.demandMark('data-state', 'published');
}
