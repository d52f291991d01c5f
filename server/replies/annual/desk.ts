import { checklist, type ChecklistItem } from '../../core/loop/annual/checklist.ts';
import { contentText, figuresOf, makeContent, type ReportContent } from '../../core/loop/annual/content.ts';
import { drawReport, figureKeys } from '../../core/loop/annual/draw.ts';
import { newestTexts, unreadTexts, type Unread } from '../../core/loop/annual/texts.ts';
import { Fault } from '../../errors.ts';
import { createAnnualReports, type AnnualReport, type EditionEntry, type WrittenVersion } from '../../storage/annual-reports.ts'; // prettier-ignore
import { createAuthorities, type Authority } from '../../storage/authorities.ts';
import { createReleases, sha256 } from '../../storage/releases.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import { createKnownNames } from '../engagement/personal.ts';
import { CODES } from '../reply-form.ts';
import { gatherFacts } from './gather.ts';
import { reportWords } from './report-words.ts';

/** All that planners know of one report. */
export interface OpenedReport {
  report: AnnualReport;
  authority: Authority;
  /** The report as it would be published now. */
  content: ReportContent;
  /** Changes with whatever the content says: somebody publishes what they have looked at. */
  fingerprint: string;
  items: ChecklistItem[];
  /** What was written, oldest first. */
  versions: WrittenVersion[];
  unread: Unread[];
  /** The newest first, also those that were withdrawn. */
  editions: EditionEntry[];
  /** Names of waves whose release the newest edition that stands quotes and that was corrected since. */
  correctedSince: string[];
}

export interface ReportDesks {
  /** @throws Fault 'not-found' for a report that there is not, or is of another authority */
  open(me: SignedIn, id: string): Promise<OpenedReport>;
}

/** A report is about the whole authority, so whoever is bound to an area neither writes nor sees what is not public. */
export function demandWhole({ area }: SignedIn): void {
  if (area !== null) throw new Fault('not-allowed', 'Annual reports are made by planners of the whole authority.');
}

export function createReportDesks(services: Services): ReportDesks {
  const { database, languages } = services;
  const reports = createAnnualReports(database);
  const authorities = createAuthorities(database);
  const releases = createReleases(database);
  const namesOf = createKnownNames(services);

  /** Waves that an edition quotes by a release in whose place another one stands by now. */
  async function correctedIn(authorityId: string, reportId: string): Promise<string[]> {
    const quoted = new Set((await reports.edition(reportId))?.content.sources.map(({ release }) => release));
    const known = await releases.list(authorityId);
    return known
      .filter(({ id, supersededBy }) => supersededBy !== null && quoted.has(id))
      .map(({ waveName }) => waveName);
  }

  return {
    async open(me, id) {
      demandWhole(me);
      const report = await reports.find(id);
      const authority = await authorities.find(me.authorityId);
      if (report?.authorityId !== authority?.id || !report || !authority) throw new Fault('not-found');
      const [facts, versions, readings, editions, knownNames] = await Promise.all([
        gatherFacts(services, authority.id, report.period),
        reports.texts(id),
        reports.readings(id),
        reports.editions(id),
        namesOf(authority.id),
      ]);
      const drawn = drawReport(facts);
      const numbers = await reports.numbers(id, figureKeys(drawn));
      const texts = new Map([...newestTexts(versions)].map(([section, version]) => [section, version.texts]));
      const unread = unreadTexts(versions, readings, CODES);
      const isDemonstration = authority.kind === 'demonstration';
      const head = {
        authority: { id: authority.id, name: authority.name, isDemonstration },
        period: report.period,
        drawnOn: facts.today,
        languages: CODES,
        unread: CODES.filter((code) => unread.some(({ language }) => language === code)),
      };
      const content = makeContent(head, drawn, { numbers, texts }, reportWords(languages, authority.id));
      const figures = new Set(figuresOf(content).keys());
      return {
        ...{ report, authority, content, versions, unread, editions },
        fingerprint: sha256(contentText(content)),
        items: checklist({ facts, texts, languages: CODES, figures, unread, knownNames, isDemonstration }),
        correctedSince: await correctedIn(authority.id, id),
      };
    },
  };
}
