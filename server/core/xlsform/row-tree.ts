import type { TableRow } from './table.ts';
import { readType, type RowType } from './types.ts';

/** A row of the sheet "survey", with the rows between its beginning and its end where it begins something. */
export interface RowNode {
  row: TableRow;
  type: RowType;
  inner: RowNode[];
  end?: TableRow;
}

/** Rows as a tree. A group without an end goes on to the last row; an end without a beginning stays as it is. */
export function rowTree(rows: readonly TableRow[]): RowNode[] {
  const roots: RowNode[] = [];
  const open: RowNode[] = [];
  for (const row of rows) {
    const node: RowNode = { row, type: readType(row.text('type')), inner: [] };
    const { name } = node.type;
    const last = open.at(-1);
    const endsLast = last && name === last.type.name.replace('begin', 'end');
    if (endsLast) {
      last.end = row;
      open.pop();
      continue;
    }
    (last?.inner ?? roots).push(node);
    if (name === 'begin group' || name === 'begin repeat') open.push(node);
  }
  return roots;
}
