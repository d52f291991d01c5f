import type { SurveyItem } from '../survey/definition.ts';
import { OWN } from './columns.ts';
import { codeFor } from './names.ts';
import { takeOptions, takeOptionWords, takeSymbol } from './read-choices.ts';
import { takeAppearance, type KindRead, type QuestionRow } from './read-kinds.ts';
import { takeWords } from './read-words.ts';
import type { Reading } from './reading.ts';
import type { RowNode } from './row-tree.ts';
import type { TableRow } from './table.ts';

/* Groups of the same choice in several rows, which are grids and wheels in Heard. */

const tags = () => ({ domain: 'about-you' as const, shanarri: [], uncrc: [] });

/** A group as a grid or a wheel, if all that lies in it is the same choice and it is drawn as a table. */
export function readGrid(
  { row, inner, end }: RowNode,
  { id, words }: Omit<QuestionRow, 'type' | 'choices'>,
  reading: Reading,
): KindRead {
  const isTable = row.text('appearance').split(/\s+/).includes('table-list');
  const lists = new Set(inner.map(({ type }) => (type.name === 'select_one' ? type.list : '')));
  const [list = '', ...others] = lists;
  const choices = reading.lists.get(list);
  if (!isTable || others.length > 0 || !choices) return { fault: 'it is no table of the same choice' };
  takeAppearance({ row, type: 'begin group' }, reading);
  reading.ledger.take(end?.get('type'), end?.get('name'));
  const rows = takeRows(row.text('name'), inner, words, reading);
  const asked = { id, tags: tags(), optOuts: ['dont-know' as const, 'prefer-not-to-say' as const] };
  const isWheel = row.text(`${OWN}kind`) === 'place-wheel';
  const options = takeOptions(choices, reading.ledger);
  takeOptionWords(choices, words, reading.languages, reading.ledger);
  if (!isWheel) return { item: { kind: 'grid', ...asked, rows, options }, answers: [] };
  const points = Number(row.text(`${OWN}points`));
  if (options.some(({ code }, index) => code !== String(index + 1)) || options.length !== points)
    return { fault: 'the points of a wheel are the choices 1, 2, 3 …' };
  reading.ledger.take(row.get(`${OWN}points`));
  // Other numbers of points than 3 and 7 are what faultOf finds.
  return { item: { kind: 'place-wheel', ...asked, themes: rows, points } as SurveyItem, answers: [] };
}

/** The rows of a grid: their codes, words and symbols. What else they say is listed. */
function takeRows(
  group: string,
  nodes: readonly RowNode[],
  words: QuestionRow['words'],
  reading: Reading,
): { code: string; symbol?: string }[] {
  const { ledger } = reading;
  const codes = new Set<string>();
  return nodes.map(({ row, type }) => {
    const code = codeFor(withoutGroup(row.text('name'), group), codes);
    codes.add(code);
    ledger.take(row.get('type'), row.get('name'));
    if ('besides' in type && type.besides !== '')
      ledger.list(row.get('type'), `Heard adds no choice of itself (found "${type.besides}").`);
    addRowWords(row, code, words, reading);
    return { code, ...takeSymbol(row, ledger) };
  });
}

/** The name of a row of Heard's grids begins with that of the grid: `school.lessons`. */
function withoutGroup(name: string, group: string): string {
  return name.startsWith(`${group}.`) ? name.slice(group.length + 1) : name;
}

function addRowWords(row: TableRow, code: string, words: QuestionRow['words'], reading: Reading): void {
  for (const [language, value] of Object.entries(takeWords(row, 'label', reading.languages, reading.ledger))) {
    const text = words.get(language);
    if (text) text.rows = { ...text.rows, [code]: value };
    else
      reading.ledger.list(
        row.get(`label::${language}`) ?? row.get('label::'),
        `The group has no label in the language ${language}.`,
      );
  }
}
