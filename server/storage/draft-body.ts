import { SKIPPED, type Answer, type Answers, type AnswerValue } from '../core/survey/answer.ts';
import { answersOnPath, walk } from '../core/survey/journey.ts';
import { encodeAnswers } from '../core/survey/slots.ts';
import type { Stage } from '../core/survey/stage.ts';
import { seal, unseal } from './sealing.ts';
import { newToken, type Secrets } from './secrets.ts';
import type { KeptAnswers } from './settlement.ts';
import type { SurveyVersion } from './surveys.ts';

/** What to do with an unfinished draft when time runs out, as its author chose; null before the choice. */
export type TimeRunsOut = 'keep' | 'throw-away';

/** What a draft holds, encrypted at rest. */
export interface DraftBody {
  timeRunsOut: TimeRunsOut | null;
  answers: Answers;
  /** The session that answered last: another one does not show its answers again, so whoever finds the slip reads nothing. */
  session: string;
  /** Items answered in sessions before that one, and not again since. */
  earlier: readonly string[];
  /** The language that it was last answered in. */
  language: string;
  /** Makes finishing happen once: it stands in the form that finishes, and its hash is stored with the finish. */
  attempt: string;
}

export function newDraftBody(): DraftBody {
  return { timeRunsOut: null, answers: {}, session: '', earlier: [], language: 'en', attempt: newToken() };
}

export function sealDraft(secrets: Secrets, waveId: string, codeHmac: string, body: DraftBody): Buffer {
  return seal(secrets.draftKey(waveId, codeHmac), JSON.stringify({ ...body, answers: shortened(body.answers) }));
}

/** @throws if the wave's secret is gone or the bytes were changed */
export function openDraft(secrets: Secrets, waveId: string, codeHmac: string, sealed: Uint8Array): Readonly<DraftBody> {
  const stored = JSON.parse(unseal(secrets.draftKey(waveId, codeHmac), sealed)) as StoredBody;
  const answers: Answers = {};
  for (const [itemId, short] of Object.entries(stored.answers)) answers[itemId] = lengthened(short);
  return { ...stored, answers };
}

/** An answer as it is stored: what was answered stands for itself, null for skipped. A draft is a third shorter so. */
type ShortAnswer = AnswerValue | null | { state: 'dont-know' | 'prefer-not-to-say' };
type StoredBody = Omit<DraftBody, 'answers'> & { answers: Record<string, ShortAnswer> };

function shortened(answers: Answers): Record<string, ShortAnswer> {
  const short: Record<string, ShortAnswer> = {};
  for (const itemId of Object.keys(answers)) {
    const answer = answers[itemId]!;
    if (answer.state === 'answered') short[itemId] = answer.value;
    else short[itemId] = answer.state === 'skipped' ? null : { state: answer.state };
  }
  return short;
}

function lengthened(short: ShortAnswer): Answer {
  if (short === null) return SKIPPED;
  return typeof short === 'object' && !Array.isArray(short) ? short : { state: 'answered', value: short };
}

/** A change of one draft; later changes come on top of earlier ones. */
export interface DraftChange {
  codeHmac: string;
  waveId: string;
  language: string;
  answer?: { itemId: string; answer: Answer; session: string };
  timeRunsOut?: TimeRunsOut;
}

/** Changes of one wave's drafts that are noted together. */
export function sealChanges(secrets: Secrets, waveId: string, changes: readonly DraftChange[]): Buffer {
  return seal(secrets.draftChangesKey(waveId), JSON.stringify(changes));
}

/** @throws if the wave's secret is gone or the bytes were changed */
export function openChanges(secrets: Secrets, waveId: string, sealed: Uint8Array): DraftChange[] {
  return JSON.parse(unseal(secrets.draftChangesKey(waveId), sealed)) as DraftChange[];
}

/** A draft's body with a change. */
export function changed(before: Readonly<DraftBody>, change: DraftChange): DraftBody {
  const { language, answer, timeRunsOut = before.timeRunsOut } = change;
  if (!answer) return { ...before, language, timeRunsOut };
  const { itemId, session } = answer;
  const earlier = before.session === session ? before.earlier : Object.keys(before.answers);
  const answers = { ...before.answers };
  answers[itemId] = answer.answer;
  return {
    timeRunsOut,
    answers,
    session,
    earlier: earlier.includes(itemId) ? earlier.filter((id) => id !== itemId) : earlier,
    language,
    attempt: before.attempt,
  };
}

/**
 * The walked path's answers as a response holds them; null if nothing on it was answered, unless its
 * author sent it: a survey of skipped questions is a response too.
 */
export function keepAnswers(
  version: SurveyVersion,
  bandId: string,
  stage: Stage,
  body: DraftBody,
  sent: boolean,
): KeptAnswers | null {
  const path = walk(version.definition, { stage, textAllowed: false }, body.answers);
  const answers = answersOnPath(path, body.answers);
  if (!sent && !Object.values(answers).some((answer) => answer.state === 'answered')) return null;
  return {
    versionId: version.id,
    bandId,
    language: body.language,
    answers: encodeAnswers(version.definition, path, answers),
  };
}
