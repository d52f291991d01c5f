import type { AnswerDeletion } from '../storage/answer-deletions.ts';
import { ANSWER_KINDS, CLOSING_CHECKS, holds, type StoredProof } from '../storage/closing-proofs.ts';
import type { Wave } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { waveHref } from './addresses.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/proof': {
      title: string;
      wave: string;
      backHref: string;
      againHref: string;
      intro: string;
      proofs: {
        made: string;
        holds: boolean;
        words: string;
        checks: { id: string; name: string; found: string; good: boolean }[];
        groups: { name: string; words: string }[];
      }[];
      deletions: {
        words: string;
        proof: string;
        tables: { name: string; deleted: string; left: string }[];
      }[];
    };
  }
}

/** What was found after the close of a wave, each time that somebody looked; and what was deleted of it since. */
export function proofPage(
  language: Language,
  wave: Wave,
  proofs: readonly StoredProof[],
  deletions: readonly AnswerDeletion[],
): Views['fieldwork/proof'] {
  const words = language.words.setup;
  return {
    title: words.proofTitle,
    wave: wave.name,
    backHref: waveHref(wave.id),
    againHref: wave.state === 'closed' ? `${waveHref(wave.id)}/proof` : '',
    intro: wave.state === 'closed' ? words.proofIntro : words.proofNotYet,
    proofs: proofs.map((proof) => proofPart(language, proof)),
    deletions: deletions.map((deletion) => deletionPart(language, deletion)),
  };
}

function proofPart(language: Language, proof: StoredProof): Views['fieldwork/proof']['proofs'][number] {
  const words = language.words.setup;
  const date = language.date(proof.madeAt);
  return {
    made:
      proof.madeBy === null
        ? language.say('setup', 'proofAtClose', { date })
        : language.say('setup', 'proofBy', { date, name: isolated(language, proof.madeBy) }),
    holds: holds(proof),
    words: holds(proof) ? words.proofHolds : words.proofFails,
    checks: CLOSING_CHECKS.map((check) => {
      const found = proof.findings[check];
      return {
        id: check,
        name: words[`check-${check}`],
        found: found === null ? words.onlyAtClose : found === 0 ? words.checkGood : words.checkBad,
        good: found === null || found === 0,
      };
    }),
    groups: ANSWER_KINDS.flatMap((kind) => {
      const { size, groups, people } = proof.smallest[kind];
      if (size === null) return [];
      const values = { size, groups: language.number(groups), people: language.number(people) };
      return [{ name: words[`kind-${kind}`], words: language.say('setup', 'smallestGroup', values) }];
    }),
  };
}

function deletionPart(
  language: Language,
  { dueOn, finishedAt, report }: AnswerDeletion,
): Views['fieldwork/proof']['deletions'][number] {
  const words = language.words.setup;
  const due = language.date(dueOn);
  if (finishedAt === null || report === null)
    return { words: language.say('setup', 'deletionBegun', { due }), proof: '', tables: [] };
  const nothingLeft = Object.values(report.left).every((count) => count === 0) && report.logEmptied;
  return {
    words: language.say('setup', report.afterRestore ? 'deletedAgain' : 'deletedOn', {
      due,
      date: language.date(finishedAt),
    }),
    proof: nothingLeft ? words.nothingLeft : words.somethingLeft,
    tables: Object.entries(report.deleted)
      .filter(([name, count]) => count > 0 || (report.left[name] ?? 0) > 0)
      .map(([name, count]) => ({
        name,
        deleted: language.number(count),
        left: language.number(report.left[name] ?? 0),
      })),
  };
}
