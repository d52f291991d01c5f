import { ANY_LANGUAGE, LEAST_ALIKE } from './groups.ts';

/*
 * What an answer to an open survey knows besides its band, made coarser at the close until no combination is held by
 * fewer than three: the one parent of a locality who answered in a language must not stand out.
 */
export interface OpenGroup {
  id: string;
  versionId: string;
  bandId: string;
  language: string;
  localityId: string | null;
}

/** @returns the rows that had to change, as they are now; all of a band give up the same */
export function coarserOpenGroups(rows: readonly OpenGroup[]): OpenGroup[] {
  const before = new Map(rows.map((row) => [row.id, tells(row)]));
  const settled = [...Map.groupBy(rows, ({ versionId, bandId }) => `${versionId} ${bandId}`).values()].flatMap(settle);
  return settled.filter((row) => tells(row) !== before.get(row.id));
}

function settle(rows: readonly OpenGroup[]): readonly OpenGroup[] {
  const plainer = hasSmall(rows) ? rows.map((row) => ({ ...row, language: ANY_LANGUAGE })) : rows;
  return hasSmall(plainer) ? plainer.map((row) => ({ ...row, localityId: null })) : plainer;
}

function hasSmall(rows: readonly OpenGroup[]): boolean {
  return [...Map.groupBy(rows, tells).values()].some((group) => group.length < LEAST_ALIKE);
}

const tells = ({ language, localityId }: OpenGroup) => `${language} ${localityId ?? ''}`;
