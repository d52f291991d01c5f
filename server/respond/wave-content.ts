import type { SurveyText } from '../core/survey/definition.ts';
import type { Band, Stage } from '../core/survey/stage.ts';
import { createAuthorities } from '../storage/authorities.ts';
import type { Database } from '../storage/database.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaves } from '../storage/waves.ts';

/** What answering needs of a wave. None of it changes once the wave is made. */
export interface WaveContent {
  bands: readonly Band[];
  versions: ReadonlyMap<string, VersionContent>;
  /** Whether the authority is a demonstration. */
  demonstration: boolean;
}

export interface VersionContent {
  version: SurveyVersion;
  texts: ReadonlyMap<string, SurveyText>;
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

  async function read(waveId: string): Promise<WaveContent> {
    const wave = await waves.find(waveId);
    if (!wave)
      throw new Error(`Wave ${waveId} has a code but no row: expected both. Restore the database from a backup.`);
    const versions = new Map<string, VersionContent>();
    for (const id of wave.versionIds) {
      const version = await surveys.find(id);
      if (version) versions.set(id, { version, texts: await surveys.texts(id) });
    }
    const authority = await authorities.find(wave.authorityId);
    return { bands: wave.bands, versions, demonstration: authority?.kind === 'demonstration' };
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

/** The version of a wave that is asked of a stage. */
export function versionForStage(content: WaveContent, stage: Stage): VersionContent | undefined {
  return [...content.versions.values()].find(({ version }) => version.definition.stages.includes(stage));
}

/** The words of a version in a language; English stands in only for a version made before that language came. */
export function textIn({ texts, version }: VersionContent, language: string): SurveyText {
  const text = texts.get(language) ?? texts.get('en');
  if (!text)
    throw new Error(`Version ${version.id} has no words: expected at least English. Publish it again with its texts.`);
  return text;
}
