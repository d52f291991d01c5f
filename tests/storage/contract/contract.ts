import { describe } from 'vitest';
import type { Database } from '../../../server/storage/database.ts';
import { accountAreasContract } from './account-areas.ts';
import { accountsContract } from './accounts.ts';
import { annualReportsContract } from './annual-reports.ts';
import { auditContract } from './audit.ts';
import { boardsContract } from './boards.ts';
import { classesContract } from './classes.ts';
import { codesContract } from './codes.ts';
import { draftChangesContract } from './draft-changes.ts';
import { draftsContract } from './drafts.ts';
import { engagementContract } from './engagement.ts';
import { findingMarksContract } from './finding-marks.ts';
import { forumsContract } from './forums.ts';
import { helpContactsContract } from './help-contacts.ts';
import { invitationsContract } from './invitations.ts';
import { openResponsesContract } from './open-responses.ts';
import { planContract } from './plan.ts';
import { questionOriginsContract } from './question-origins.ts';
import { proposalsContract } from './proposals.ts';
import { releaseCorrectionsContract } from './release-corrections.ts';
import { releaseJobsContract } from './release-jobs.ts';
import { releasesContract } from './releases.ts';
import { repliesContract } from './replies.ts';
import { waveRepliesContract } from './wave-replies.ts';
import { secondFactorsContract } from './second-factors.ts';
import { settlementContract } from './settlement.ts';
import { staffSessionsContract } from './staff-sessions.ts';
import { surveysContract } from './surveys.ts';
import { textReleasesContract } from './text-releases.ts';
import { textSortingContract } from './text-sorting.ts';
import { versionChangesContract } from './version-changes.ts';
import { versionCreditsContract } from './version-credits.ts';
import { waveSetupContract } from './wave-setup.ts';
import { wavesContract } from './waves.ts';
import { writtenTextsContract } from './written-texts.ts';

/** A new database with all tables, and a way to look at it from outside. */
export interface TestDatabase {
  database: Database;
  /** Another connection to the same database: it sees only what is committed. */
  fromOutside(): Database;
  /** Closes and removes everything. */
  end(): Promise<void>;
}

export type OpenDatabase = () => Promise<TestDatabase>;

/**
 * What every database has to keep, whichever engine it is: pages and rules know only the interfaces of
 * storage/. Another engine joins by one more test file that calls this.
 */
export function contract(name: string, openDatabaseForTest: OpenDatabase): void {
  describe(`storage on ${name}`, () => {
    draftsContract(openDatabaseForTest);
    draftChangesContract(openDatabaseForTest);
    settlementContract(openDatabaseForTest);
    codesContract(openDatabaseForTest);
    classesContract(openDatabaseForTest);
    openResponsesContract(openDatabaseForTest);
    wavesContract(openDatabaseForTest);
    waveSetupContract(openDatabaseForTest);
    surveysContract(openDatabaseForTest);
    versionChangesContract(openDatabaseForTest);
    versionCreditsContract(openDatabaseForTest);
    proposalsContract(openDatabaseForTest);
    questionOriginsContract(openDatabaseForTest);
    forumsContract(openDatabaseForTest);
    boardsContract(openDatabaseForTest);
    releasesContract(openDatabaseForTest);
    findingMarksContract(openDatabaseForTest);
    repliesContract(openDatabaseForTest);
    waveRepliesContract(openDatabaseForTest);
    releaseJobsContract(openDatabaseForTest);
    releaseCorrectionsContract(openDatabaseForTest);
    planContract(openDatabaseForTest);
    annualReportsContract(openDatabaseForTest);
    engagementContract(openDatabaseForTest);
    accountsContract(openDatabaseForTest);
    staffSessionsContract(openDatabaseForTest);
    accountAreasContract(openDatabaseForTest);
    secondFactorsContract(openDatabaseForTest);
    invitationsContract(openDatabaseForTest);
    auditContract(openDatabaseForTest);
    helpContactsContract(openDatabaseForTest);
    writtenTextsContract(openDatabaseForTest);
    textSortingContract(openDatabaseForTest);
    textReleasesContract(openDatabaseForTest);
  });
}
