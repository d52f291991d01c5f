import { bandName, type Band } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import { COLUMNS, columnWords, type Column, type ColumnName } from './columns.ts';
import { FIVE_STATES, type FileContent, type FileItem, type Wording } from './content.ts';
import { valueLabels } from './values.ts';
import { element, type Xml } from './xml.ts';

/*
 * The part of the codebook about the data: the columns of the file, then every item in each of its wordings with
 * its options and the five states, and the table that the file holds of it.
 */

/** The CSV; the other formats hold the same. */
export const FILE_ID = 'F_facts';

/** Stand beside the options of every item. */
const WITHOUT_ANSWER = FIVE_STATES.filter((state) => state !== 'answered');

const columnId = (name: ColumnName) => `V_${name}`;
const wordingId = ({ name }: Wording) => `I_${name}`;

/** What the table of an item is looked up by, besides the item itself. */
const DIMENSIONS = ['place', 'band'] as const satisfies readonly ColumnName[];
/** Figures of a cell. */
const MEASURES = [
  { name: 'count', aggrMeth: 'count', additivity: 'non-additive' },
  { name: 'base', aggrMeth: 'count', additivity: 'non-additive' },
  { name: 'share_percent', aggrMeth: 'percent', additivity: 'non-additive' },
  { name: 'low_percent', aggrMeth: 'other', additivity: 'non-additive' },
  { name: 'high_percent', aggrMeth: 'other', additivity: 'non-additive' },
] as const satisfies readonly { name: ColumnName; aggrMeth: string; additivity: string }[];

export function dataDescription(content: FileContent): Xml {
  const worded = content.items.flatMap((of) => of.wordings.map((wording) => ({ of, wording })));
  return element('dataDscr', {}, [
    ...domainGroups(content),
    ...content.items.filter(({ wordings }) => wordings.length > 1).map((of) => wordingGroup(content, of)),
    ...COLUMNS.map((column) => columnVariable(content, column)),
    ...worded.map(({ of, wording }) => itemVariable(content, of, wording)),
    ...worded.map(({ of, wording }) => itemTable(content, of, wording)),
  ]);
}

function domainGroups({ language, items }: FileContent): Xml[] {
  const words: Record<string, string> = language.words.results;
  return [...Map.groupBy(items, ({ item }) => item.domain)].map(([domain, members]) =>
    element(
      'varGrp',
      { ID: `D_${domain}`, type: 'subject', var: members.flatMap(({ wordings }) => wordings.map(wordingId)).join(' ') },
      [element('labl', {}, words[`domain-${domain}`] ?? domain)],
    ),
  );
}

/** The wordings of one item, which are not the same question. */
function wordingGroup({ language }: FileContent, { item, variable, wordings }: FileItem): Xml {
  return element(
    'varGrp',
    { ID: `G_${variable}`, name: variable, type: 'version', var: wordings.map(wordingId).join(' ') },
    [element('labl', {}, item.id), element('txt', {}, language.words.files.noteWordings)],
  );
}

function columnVariable(content: FileContent, column: Column & { name: ColumnName }): Xml {
  const { name, type, role } = column;
  const { label, about } = columnWords(content.language.words, name);
  const categories = valueLabels(content, name);
  const isFigure = role === 'figure';
  return element(
    'var',
    {
      ID: columnId(name),
      name,
      files: FILE_ID,
      intrvl: isFigure ? 'contin' : 'discrete',
      representationType: isFigure ? 'numeric' : categories.length > 0 ? 'code' : 'text',
    },
    [
      element('labl', {}, label),
      element('txt', {}, about),
      ...categories.map(({ value, label: words }) =>
        element('catgry', {}, [element('catValu', {}, String(value)), element('labl', {}, words)]),
      ),
      element('varFormat', { type: type === 'number' ? 'numeric' : 'character', schema: 'other' }),
    ],
  );
}

/** Who could answer: everybody of some bands, or of them those whose earlier answer led here. */
function universeWords(language: Language, bands: readonly Band[], askedOf: Wording['askedOf']): string {
  const names = bands.map(bandName).join(', ');
  if (!askedOf) return language.say('files', 'universe', { bands: names });
  const { question, answers } = askedOf;
  return language.say('files', 'universeAskedOf', { bands: names, question, answers: answers.join(' / ') });
}

/** An item in one wording: a variable that the file holds row by row, under the name in its column "wording". */
function itemVariable({ language, release }: FileContent, { item, variable }: FileItem, wording: Wording): Xml {
  const { files, results, open } = language.words;
  const several = release.reached === 'open' ? open.noteSeveral : results.noteSeveral;
  const { question, hint, reads, askedOf, options, bands, versions } = wording;
  const words = reads?.question ?? question;
  const categories = options.map(({ code, words: option }) =>
    element('catgry', item.several ? { excls: 'false' } : {}, [
      element('catValu', {}, code),
      element('labl', {}, option),
    ]),
  );
  const missing = WITHOUT_ANSWER.map((state) =>
    element('catgry', { missing: 'Y', missType: state }, [
      element('catValu', {}, state),
      element('labl', {}, files[`state-${state}`]),
    ]),
  );
  return element(
    'var',
    { ID: wordingId(wording), name: wording.name, files: FILE_ID, representationType: 'code', nature: 'nominal' },
    [
      element('labl', {}, question),
      element('qstn', { responseDomainType: item.several ? 'multiple' : 'category' }, [
        element('qstnLit', {}, words),
        ...(hint === '' ? [] : [element('ivuInstr', {}, hint)]),
      ]),
      element('universe', {}, universeWords(language, bands, askedOf)),
      ...(reads ? [element('txt', {}, language.say('files', 'reads', { options: reads.counted.join(' / ') }))] : []),
      ...(item.several ? [element('txt', {}, several)] : []),
      ...categories,
      ...missing,
      ...versions.map((version) => element('verStmt', {}, [element('version', { type: 'survey' }, version)])),
      element('concept', { vocab: 'item' }, item.id),
      element('concept', { vocab: 'variable' }, variable),
    ],
  );
}

function itemTable({ language }: FileContent, { item }: FileItem, wording: Wording): Xml {
  const dimensions = [...DIMENSIONS.map(columnId), wordingId(wording)];
  return element('nCube', { ID: `N_${wording.name}`, name: wording.name, dmnsQnty: dimensions.length }, [
    element('labl', {}, wording.question),
    ...(item.unlinked ? [element('txt', {}, language.words.results.noteUnlinked)] : []),
    ...dimensions.map((varRef, index) => element('dmns', { rank: index + 1, varRef })),
    ...MEASURES.map(({ name, ...measure }) => element('measure', { varRef: columnId(name), ...measure })),
  ]);
}
