import type { Contribution } from '../../storage/contributions.ts';
import type { HelpContact } from '../../storage/help-contacts.ts';
import { shownContacts, type ShownContact } from '../../web/help-words.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { contributionHref, shownContribution, type ShownContribution } from './contribution-words.ts';
import type { InForum } from './forum-access.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/contribution': {
      title: string;
      faults: FieldFault[];
      contribution: ShownContribution;
      /** Whom to turn to, where the words may say that somebody is in danger; for their author. */
      help: ShownContact[];
      helpIntro: string;
      /** What this person may do with it; each an address, empty where they may not. */
      consentHref: string;
      mayBePublic: boolean;
      reportHref: string;
      hasReported: boolean;
      hideHref: string;
      restoreHref: string;
      settleHref: string;
      reports: string[];
      settleReportsHref: string;
      typed: { words: string; reason: string; note: string };
      backHref: string;
    };
    'studio/forum/contribution-card': { contribution: ShownContribution };
  }
}

/** What was typed into a form of the page, and what is wrong with it. */
export interface ContributionForms {
  faults: FieldFault[];
  typed: Partial<Views['studio/forum/contribution']['typed']>;
  hasReported: boolean;
}

export function contributionPage(
  language: Language,
  viewer: InForum,
  contribution: Contribution,
  {
    help,
    now,
    backHref,
    forms,
  }: { help: readonly HelpContact[]; now: string; backHref: string; forms: ContributionForms },
): Views['studio/forum/contribution'] {
  const shown = shownContribution(language, viewer, contribution, now);
  const href = contributionHref(contribution.id);
  const isHarm = contribution.hold?.reason === 'harm';
  const ifWorker = (path: string, holds: boolean) => (viewer.isWorker && holds ? `${href}/${path}` : '');
  return {
    title: language.words.forum[shown.own ? 'contributionOwnTitle' : 'contributionTitle'],
    faults: forms.faults,
    contribution: shown,
    help: shown.own && isHarm ? shownContacts(language, 's1-s3', help) : [],
    helpIntro: language.say('forum', 'helpIntro', { name: viewer.forum.workers[0]?.shownAs ?? '' }),
    consentHref: shown.own && shown.sight === 'shown' ? `${href}/consent` : '',
    mayBePublic: contribution.mayBePublic,
    reportHref: shown.own || viewer.isWorker ? '' : `${href}/reports`,
    hasReported: forms.hasReported,
    hideHref: ifWorker('hiding', ['shown', 'waiting'].includes(shown.sight)),
    restoreHref: ifWorker('restoring', shown.sight === 'hidden'),
    settleHref: ifWorker('decision', shown.sight === 'held'),
    reports: viewer.isWorker ? contribution.reports.map(({ words }) => words) : [],
    settleReportsHref: ifWorker('reports/settling', contribution.reports.length > 0),
    typed: { words: '', reason: '', note: '', ...forms.typed },
    backHref,
  };
}
