import {
  auditTotals,
  type AuditReport,
  type AuditTotals,
  type VariableAudit,
} from '../core/disclosure/audit-report.ts';
import { FEW } from '../core/disclosure/attack/statistical.ts';
import { LEAST_HIDDEN, MOST_AHEAD } from '../core/disclosure/guessing.ts';
import { variableIdOf, type Release } from '../core/disclosure/release.ts';
import { LEAST_BASE, LEAST_NUMERATOR } from '../core/disclosure/rules.ts';
import { variableName } from '../core/statistics/variable-words.ts';
import { bandName } from '../core/survey/stage.ts';
import type { SurveyText } from '../core/survey/text.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { Surveys } from '../storage/surveys.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { releaseHref } from './addresses.ts';
import { timeWords } from './job-pages.ts';
import type { QuestionWords } from './question-words.ts';

/** Figures of an audit as they are printed. */
type AuditFigures = Record<keyof AuditTotals, string>;

declare module '../web/views.ts' {
  interface Views {
    'release/audit': {
      title: string;
      wide: true;
      facts: { name: string; value: string }[];
      /** Names of methods and hashes, which are the same in every language. */
      codes: { name: string; value: string }[];
      steps: { title: string; words: string }[];
      totals: { name: string; value: string }[];
      bands: { name: string; rows: (AuditFigures & QuestionWords)[]; totals: AuditFigures }[];
      backHref: string;
    };
  }
}

export interface AuditedRelease {
  entry: ReleaseEntry;
  release: Release;
  report: AuditReport;
  /** When its making began; undefined where no job made it. */
  startedAt: string | undefined;
}

/** In the order of the page. */
const TOTALS = [
  'targets',
  'certified',
  'programmes',
  'narrowest',
  'shownByRule',
  'withheld',
  'hidden',
  'hits',
  'guesses',
] as const;

/**
 * How a release was made safe, in plain words and in figures that tell of no child.
 * @param accounts sign-in names by account
 * @param questions words of variables, from `auditedWords`
 */
export function auditPage(
  language: Language,
  { entry, release, report, startedAt }: AuditedRelease,
  accounts: ReadonlyMap<string, string>,
  questions: ReadonlyMap<string, QuestionWords>,
): Views['release/audit'] {
  const words = language.words.audits;
  const who = (id: string | null) => (id === null ? undefined : accounts.get(id)) ?? words.nobody;
  const when = (iso: string) => timeWords(language, iso);
  const totals = figures(language, auditTotals(report.variables));
  return {
    title: language.say('audits', 'title', { wave: entry.waveName }),
    wide: true,
    facts: [
      ...(startedAt === undefined ? [] : [{ name: words.startedAt, value: when(startedAt) }]),
      { name: words.madeAt, value: when(entry.madeAt) },
      { name: words.madeBy, value: who(entry.madeBy) },
      { name: words.approvedAt, value: entry.approvedAt ? when(entry.approvedAt) : words.notYet },
      { name: words.approvedBy, value: entry.approvedAt ? who(entry.approvedBy) : words.notYet },
    ],
    codes: [
      { name: words.lattice, value: report.lattice },
      { name: words.protection, value: report.protection },
      { name: words.attack, value: report.attack },
      { name: words.hash, value: entry.sha256 },
      ...(report.auditedWith ?? []).map((value) => ({ name: words.auditedWith, value })),
    ],
    steps: [
      { title: words.lattice, words: words.aboutLattice },
      { title: words.protection, words: words.aboutProtection },
      {
        title: words.rules,
        words: language.say('audits', 'aboutRules', { base: LEAST_BASE, least: LEAST_NUMERATOR }),
      },
      { title: words.attack, words: words.aboutAttack },
      { title: words.withholding, words: words.aboutWithholding },
      ...(report.auditedWith ? [{ title: words.together, words: words.aboutTogether }] : []),
      {
        title: words.guessing,
        words: language.say('audits', 'aboutGuessing', {
          few: FEW,
          points: language.number(MOST_AHEAD * 100),
          least: LEAST_HIDDEN,
        }),
      },
    ],
    totals: TOTALS.map((key) => ({ name: language.say('audits', key, { few: FEW }), value: totals[key] })),
    bands: release.bands.flatMap((band) => {
      const own = report.variables.filter((one) => one.band === band.id);
      if (own.length === 0) return [];
      const rows = own.map((one) => ({ ...figures(language, one), ...wordsOf(one, questions) }));
      return [{ name: bandName(band), rows, totals: figures(language, auditTotals(own)) }];
    }),
    backHref: releaseHref(entry.id),
  };
}

function figures(language: Language, audit: AuditTotals): AuditFigures {
  return {
    targets: language.number(audit.targets),
    certified: language.number(audit.certified),
    programmes: language.number(audit.programmes),
    narrowest: audit.narrowest === null ? language.words.audits.noTargets : language.number(audit.narrowest),
    shownByRule: language.number(audit.shownByRule),
    withheld: language.number(audit.withheld),
    hidden: language.number(audit.hidden),
    hits: language.number(audit.hits),
    guesses: language.number(audit.guesses),
  };
}

const keyOf = ({ band, variable }: Pick<VariableAudit, 'band' | 'variable'>) => `${band} ${variable}`;

function wordsOf(audit: VariableAudit, questions: ReadonlyMap<string, QuestionWords>): QuestionWords {
  return questions.get(keyOf(audit)) ?? { words: audit.variable, lang: 'zxx' };
}

/** The words of every variable as its band was asked it, in the language of the page where the survey has it. */
export async function auditedWords(
  surveys: Surveys,
  release: Release,
  language: Language,
): Promise<Map<string, QuestionWords>> {
  const texts = new Map<string, SurveyText | undefined>();
  const found = new Map<string, QuestionWords>();
  for (const item of release.items.filter(({ kind }) => kind === 'question')) {
    for (const [band, versionId] of Object.entries(item.versions)) {
      if (!texts.has(versionId)) {
        const all = await surveys.texts(versionId);
        texts.set(versionId, all.get(language.code) ?? all.get('en'));
      }
      const text = texts.get(versionId);
      const own = text?.items[item.question];
      if (!text || !own) continue;
      const words = variableName(item, own, (phrase, values) => language.say('results', phrase, values));
      found.set(keyOf({ band, variable: variableIdOf(item) }), { words, lang: text.language });
    }
  }
  return found;
}
