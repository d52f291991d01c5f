import { SKIPPED, type Answer, type Answers, type AnswerValue } from '../core/survey/answer.ts';
import type { SurveyDefinition } from '../core/survey/definition.ts';
import { answersOnPath, walk } from '../core/survey/journey.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import { encodeAnswers, encodeUnlinked } from '../core/survey/slots.ts';
import type { Band, Stage } from '../core/survey/stage.ts';
import { seal, unseal } from './sealing.ts';
import { newToken, type Secrets } from './secrets.ts';
import type { SentWords } from './sent-texts.ts';
import type { KeptAnswers } from './settlement.ts';
import type { SurveyVersion } from './surveys.ts';
import type { WaveWay } from './waves.ts';

/** What to do with an unfinished draft when time runs out, as its author chose; null before the choice. */
export type TimeRunsOut = 'keep' | 'throw-away';

/** How a person likes to read; remembered for the draft and not for the device. */
export interface ReadingHelp {
  size: (typeof READING_CHOICES.size)[number];
  spacing: (typeof READING_CHOICES.spacing)[number];
  typeface: (typeof READING_CHOICES.typeface)[number];
  colours: (typeof READING_CHOICES.colours)[number];
  symbols: (typeof READING_CHOICES.symbols)[number];
  rate: (typeof READING_CHOICES.rate)[number];
}

/** What reading help offers, the usual first. */
export const READING_CHOICES = {
  size: ['usual', 'large', 'larger', 'largest'],
  spacing: ['usual', 'wide'],
  typeface: ['atkinson', 'lexend', 'system'],
  colours: ['device', 'cream', 'dark', 'contrast'],
  symbols: ['off', 'on'],
  rate: ['usual', 'slower'],
} as const;

/** What a person has settled for their draft besides answers. */
export interface DraftSettings {
  timeRunsOut: TimeRunsOut | null;
  reading: ReadingHelp;
  /** The picture that shows earlier answers again and opens what was hidden; null before the choice. */
  picture: string | null;
  /** Wrong pictures in a row; too many, and the picture opens nothing any more. */
  pictureTries: number;
  /** "Hide this": nothing shows until the picture is chosen again. */
  hidden: boolean;
  /** Whether somebody helps; counted for the wave, never kept with the answers. */
  supporter: boolean;
}

/** What a draft holds, encrypted at rest. */
export interface DraftBody extends DraftSettings {
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

const NEW_SETTINGS: DraftSettings = {
  timeRunsOut: null,
  reading: { size: 'usual', spacing: 'usual', typeface: 'atkinson', colours: 'device', symbols: 'off', rate: 'usual' },
  picture: null,
  pictureTries: 0,
  hidden: false,
  supporter: false,
};

export function newDraftBody(): DraftBody {
  return { ...NEW_SETTINGS, answers: {}, session: '', earlier: [], language: 'en', attempt: newToken() };
}

export function sealDraft(secrets: Secrets, waveId: string, codeHmac: string, body: DraftBody): Buffer {
  return seal(secrets.draftKey(waveId, codeHmac), JSON.stringify({ ...body, answers: shortened(body.answers) }));
}

/** @throws if the wave's secret is gone or the bytes were changed */
export function openDraft(secrets: Secrets, waveId: string, codeHmac: string, sealed: Uint8Array): Readonly<DraftBody> {
  const stored = JSON.parse(unseal(secrets.draftKey(waveId, codeHmac), sealed)) as StoredBody;
  const answers: Answers = {};
  for (const [itemId, short] of Object.entries(stored.answers)) answers[itemId] = lengthened(short);
  // Drafts begun before a setting came have none.
  return { ...NEW_SETTINGS, ...stored, reading: { ...NEW_SETTINGS.reading, ...stored.reading }, answers };
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
  /** The answers of one page, by question id, and the session that gave them. */
  given?: { answers: Answers; session: string };
  settings?: Partial<DraftSettings>;
  /** The session that has shown the picture: earlier answers show in it again. */
  shownTo?: string;
  /** A picture was tried: counted where changes come in order, so that no two tries count as one. */
  pictureTried?: true;
}

/** Changes of one wave's drafts that are noted together. */
export function sealChanges(secrets: Secrets, waveId: string, changes: readonly DraftChange[]): Buffer {
  return seal(secrets.draftChangesKey(waveId), JSON.stringify(changes));
}

/** @throws if the wave's secret is gone or the bytes were changed */
export function openChanges(secrets: Secrets, waveId: string, sealed: Uint8Array): DraftChange[] {
  return JSON.parse(unseal(secrets.draftChangesKey(waveId), sealed)) as DraftChange[];
}

/**
 * A draft's body with a change that has been noted. The body before is given up: its answers go on in the new one,
 * since a copy of a long survey's answers is felt on the answer path.
 */
export function changed(before: Readonly<DraftBody>, change: DraftChange): DraftBody {
  const { language, given, settings, shownTo, pictureTried } = change;
  const body: DraftBody = { ...before, ...settings, language };
  if (pictureTried) body.pictureTries += 1;
  if (shownTo !== undefined) {
    body.session = shownTo;
    body.earlier = [];
  }
  if (given) addAnswers(body, given);
  return body;
}

function addAnswers(body: DraftBody, { answers: added, session }: NonNullable<DraftChange['given']>): void {
  const earlier = body.session === session ? body.earlier : Object.keys(body.answers);
  const isAdded = (id: string) => added[id] !== undefined;
  Object.assign(body.answers, added);
  body.session = session;
  body.earlier = earlier.some(isAdded) ? earlier.filter((id) => !isAdded(id)) : earlier;
}

/**
 * The walked path's answers as records hold them; null if nothing on it was answered, unless its
 * author sent it: a survey of skipped questions is a response too.
 * @param bands the wave's reporting bands; a survey that has no stages takes the band from its band question
 */
export function keepAnswers(
  version: SurveyVersion,
  bands: readonly Band[],
  way: WaveWay,
  { stage, body, sent }: { stage: Stage | null; body: DraftBody; sent: boolean },
): KeptAnswers | null {
  const { definition } = version;
  const path = walk(definition, { ...way, stage }, body.answers);
  const answers = answersOnPath(path, body.answers);
  const bandId = bandOf(definition, bands, stage, answers);
  if (bandId === undefined) return null;
  if (!sent && !Object.values(answers).some((answer) => answer.state === 'answered')) return null;
  return {
    versionId: version.id,
    bandId,
    language: body.language,
    answers: encodeAnswers(definition, path, answers),
    unlinked: encodeUnlinked(definition, path, answers),
    texts: textsOf(definition, answers),
  };
}

/** What was written on the walked path. */
function textsOf({ items }: SurveyDefinition, answers: Answers): SentWords[] {
  return items.filter(asksForWords).flatMap(({ id: questionId }) => {
    const answer = answers[questionId];
    return answer?.state === 'answered' ? [{ questionId, words: String(answer.value) }] : [];
  });
}

function bandOf(
  { bandQuestion }: SurveyDefinition,
  bands: readonly Band[],
  stage: Stage | null,
  answers: Answers,
): string | undefined {
  if (stage !== null) return bands.find((band) => band.stages.includes(stage))?.id;
  const answer = bandQuestion === undefined ? undefined : answers[bandQuestion];
  // Whoever did not say is counted with the authority and in no band.
  return answer?.state === 'answered' ? String(answer.value) : NO_BAND;
}

/** The band of those who answered an open survey without saying what it is read from. */
const NO_BAND = 'none';
