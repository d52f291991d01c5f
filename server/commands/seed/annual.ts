import { mayPublish } from '../../core/loop/annual/checklist.ts';
import { offeredPeriods } from '../../core/loop/annual/period.ts';
import { placeholder } from '../../core/loop/annual/placeholders.ts';
import { SECTION_IDS, type SectionId } from '../../core/loop/annual/sections.ts';
import type { SectionTexts } from '../../core/loop/annual/texts.ts';
import { createReportDesks } from '../../replies/annual/desk.ts';
import { createAnnualReports } from '../../storage/annual-reports.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import { LATEST } from './past-waves.ts';
import written from './annual.json' with { type: 'json' };

/* Annual reports of the demonstration. */

/** Texts of some sections; "{key P5–P7/share}" names a figure by the end of its key. */
type Written = Partial<Record<SectionId, Partial<SectionTexts>>>;

/** Writes the report of the school year of the latest wave, published where that is over, and begins that of this year. */
export async function addAnnualReports(services: Services, authorityId: string, planner: string): Promise<void> {
  const today = services.clock().slice(0, 10);
  const [ofWave, running] = [LATEST.endsOn, today].map((day) => offeredPeriods(day)[1]!);
  await addReport(services, { authorityId, planner }, ofWave!, written.ofWave);
  if (running!.from !== ofWave!.from) await addReport(services, { authorityId, planner }, running!, written.running);
}

async function addReport(
  services: Services,
  { authorityId, planner }: { authorityId: string; planner: string },
  { from, to }: { from: string; to: string },
  texts: Written,
): Promise<void> {
  const { database, clock } = services;
  const reports = createAnnualReports(database);
  const desks = createReportDesks(services);
  const me = plannerOf(authorityId, planner);
  const { id } = await reports.make(authorityId, { from, to }, planner, clock());
  await desks.open(me, id);
  const numbers = await reports.numbers(id, []);
  for (const section of SECTION_IDS) {
    const own = texts[section];
    if (!own) continue;
    const quoting = { adult: withNumbers(own.adult ?? {}, numbers), child: withNumbers(own.child ?? {}, numbers) };
    await reports.write(id, { section, texts: quoting, basedOn: 0 }, planner, clock());
  }
  const { content, items } = await desks.open(me, id);
  if (mayPublish(items)) await reports.publish(id, { after: 0, content }, planner, clock());
}

/** The texts of the demonstration name figures by what they are; which number each has is settled when it is drawn. */
function withNumbers(texts: Readonly<Record<string, string>>, numbers: ReadonlyMap<string, number>) {
  const entries = Object.entries(texts)
    .filter(([, text]) => text !== '')
    .map(([language, text]) => [language, numbered(text, numbers)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function numbered(text: string, numbers: ReadonlyMap<string, number>): string {
  return text.replaceAll(/\{key ([^}]+)\}/g, (_whole, end: string) => {
    const found = [...numbers].find(([key]) => key.endsWith(end));
    if (!found) throw new Error(`The demonstration's annual report has no figure "${end}". Change seed/annual.json.`);
    return placeholder(found[1]);
  });
}

function plannerOf(authorityId: string, accountId: string): SignedIn {
  return {
    ...{ accountId, authorityId, signInName: 'planner', roles: ['planner'] },
    ...{ area: null, sessionId: '', demonstration: true },
  };
}
