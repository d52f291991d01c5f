import type { VersionContent } from '../core/survey/version-changes.ts';
import type { Surveys } from '../storage/surveys.ts';
import type { Language } from '../web/language.ts';
import { textFor, written, type SurveyName, type WordedVersion } from './words.ts';

/** The newest version of every survey of every family, with its words. */
export async function newestSurveys(surveys: Surveys): Promise<WordedVersion[]> {
  const families = await surveys.families();
  const versions = (await Promise.all(families.map((family) => surveys.newestOfFamily(family)))).flat();
  return Promise.all(versions.map(async (version) => ({ version, texts: await surveys.texts(version.id) })));
}

/** What those surveys are called, for one reader. */
export function nameSurveys(language: Language, newest: readonly WordedVersion[]): SurveyName[] {
  return newest.map(({ version, texts }) => {
    const text = textFor(language, texts);
    return {
      surveyId: version.surveyId,
      versionId: version.id,
      number: version.number,
      name: written(text?.name ?? version.surveyId, text?.language ?? language.code),
    };
  });
}

/** Ids that a new question of a family may not take: those of its items and indicators. */
export function takenIdsOf(newest: readonly WordedVersion[], family: string): string[] {
  const own = newest.filter(({ version }) => version.family === family);
  return own.flatMap(({ version: { definition } }) =>
    [...definition.items, ...definition.indicators].map(({ id }) => id),
  );
}

/** Structure and all words of a version. */
export function contentOf({ version, texts }: WordedVersion): VersionContent {
  return { definition: version.definition, texts: [...texts.values()] };
}
