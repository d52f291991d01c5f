import type { NotedParts } from '../core/fieldwork/setup.ts';
import type { Traveller } from '../core/survey/journey.ts';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import { atLevel } from '../core/survey/text.ts';
import type { Band, Level, Stage } from '../core/survey/stage.ts';
import { createAuthorities } from '../storage/authorities.ts';
import type { Database } from '../storage/database.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaves, type Wave, type WaveWay } from '../storage/waves.ts';
import { readAskedReply, replyInSurvey, type ReplyInSurvey } from './asked-reply.ts';
import { createWaveSetup } from '../storage/wave-setup.ts';

/** What answering needs of a wave. None of it changes once the wave is open. */
export interface WaveContent {
  id: string;
  authorityId: string;
  bands: readonly Band[];
  versions: ReadonlyMap<string, VersionContent>;
  /** The languages that every survey of the wave is asked in; its pages offer these. */
  languages: readonly string[];
  /** The same in one word, to tell pages apart. */
  offered: string;
  way: WaveWay;
  /** How pupils of a stage travel in this wave; null for grown-ups. */
  travellerOf(stage: Stage | null): Traveller;
  /** What its pages are marked with. */
  mark: PageMark;
  /** Where its privacy notices are; empty if it has none. */
  noticesHref: string;
}

/** A rehearsal counts for nothing, whose ever it is; a demonstration is of nobody who is real. */
export type PageMark = 'none' | 'demonstration' | 'rehearsal';

/** Whether nothing that is answered in a wave is kept. */
export function isRehearsal({ rehearsalOf }: Pick<Wave, 'rehearsalOf'>): boolean {
  return rehearsalOf !== null;
}

export interface VersionContent {
  version: SurveyVersion;
  texts: ReadonlyMap<string, SurveyText>;
  /** The languages of its words: pages of one version differ where waves are asked in others. */
  languages: string;
  /** The reply that it asks about here; null in a wave that asks about none. */
  reply: ReplyInSurvey | null;
}

export interface WaveContents {
  /** The content of a wave that was read before. */
  known(waveId: string): WaveContent | undefined;
  read(waveId: string): Promise<WaveContent>;
}

/** Reads the content of waves, each once. */
export function createWaveContents(database: Database): WaveContents {
  const waves = createWaves(database);
  const surveys = createSurveys(database);
  const authorities = createAuthorities(database);
  const known = new Map<string, WaveContent>();

  /** Where the notices of a wave are; empty while what they say is not settled. */
  async function noticesOf(waveId: string): Promise<string> {
    const { parts } = await createWaveSetup(database).ofWave(waveId);
    const wave = await waves.find(waveId);
    const isSettled = parts.retention && parts.controller && parts.complaints && parts.conditions;
    return isSettled && wave?.startsOn ? `/fieldwork/notices/${waveId}` : '';
  }

  async function read(waveId: string): Promise<WaveContent> {
    const wave = await waves.find(waveId);
    if (!wave)
      throw new Error(`Wave ${waveId} has a code but no row: expected both. Restore the database from a backup.`);
    const { parts } = await createWaveSetup(database).ofWave(waveId);
    const asked = await readAskedReply(database, waveId);
    const versions = new Map<string, VersionContent>();
    for (const id of wave.versionIds) {
      const version = await surveys.find(id);
      if (!version) continue;
      const texts = askedTexts(await surveys.texts(id), parts);
      const reply = replyInSurvey(asked, version.definition);
      versions.set(id, { version, texts, languages: [...texts.keys()].join('+'), reply });
    }
    const languages = languagesOfAll([...versions.values()]);
    const { authorityId, bands, way, rehearsalOf } = wave;
    const authority = await authorities.find(authorityId);
    const demonstration = authority?.kind === 'demonstration' ? 'demonstration' : 'none';
    return {
      ...{ id: waveId, authorityId, bands, versions, way },
      languages,
      offered: languages.join('+'),
      travellerOf: createTravellers(way),
      mark: rehearsalOf === null ? demonstration : 'rehearsal',
      // A rehearsal shows the notices of the wave that it rehearses.
      noticesHref: await noticesOf(rehearsalOf ?? waveId),
    };
  }

  return {
    known: (waveId) => known.get(waveId),
    async read(waveId) {
      const content = known.get(waveId) ?? (await read(waveId));
      known.set(waveId, content);
      return content;
    },
  };
}

/** Languages that all of these have words in. */
function languagesOfAll([first, ...others]: readonly VersionContent[]): string[] {
  return [...(first?.texts.keys() ?? [])].filter((language) => others.every(({ texts }) => texts.has(language)));
}

/** The words in the languages that the wave is asked in; all that there are where nobody chose. */
function askedTexts(texts: ReadonlyMap<string, SurveyText>, parts: NotedParts): ReadonlyMap<string, SurveyText> {
  const chosen = parts.languages?.languages;
  return chosen ? new Map([...texts].filter(([language]) => chosen.includes(language))) : texts;
}

/** One traveller for each stage: every request needs one, and what follows from it is worked out once. */
function createTravellers(way: WaveWay): WaveContent['travellerOf'] {
  const travellers = new Map<Stage | null, Traveller>();
  return (stage) => {
    const known = travellers.get(stage) ?? { ...way, stage };
    travellers.set(stage, known);
    return known;
  };
}

/** The version of a wave that is asked of a stage unless somebody prefers the easy-read one. */
export function versionForStage(content: WaveContent, stage: Stage | null): VersionContent | undefined {
  return versionWhere(content, stage, false);
}

/** The easy-read version for a stage, where the wave has one. */
export function easyReadForStage(content: WaveContent, stage: Stage | null): VersionContent | undefined {
  return versionWhere(content, stage, true);
}

function versionWhere(content: WaveContent, stage: Stage | null, easyRead: boolean): VersionContent | undefined {
  return [...content.versions.values()].find(({ version: { definition } }) => {
    const isForStage = stage === null ? definition.stages.length === 0 : definition.stages.includes(stage);
    return isForStage && (definition.easyRead === true) === easyRead;
  });
}

/** The words of a version in a language; English stands in only for a version made before that language came. */
export function textIn({ texts, version }: VersionContent, language: string): SurveyText {
  const text = texts.get(language) ?? texts.get('en');
  if (!text)
    throw new Error(`Version ${version.id} has no words: expected at least English. Publish it again with its texts.`);
  return text;
}

/** The words of an item in a language, as somebody of a level reads them. */
export function itemTextIn(content: VersionContent, language: string, itemId: string, level: Level): ItemText {
  return atLevel(textIn(content, language).items[itemId] ?? { text: itemId }, level);
}
