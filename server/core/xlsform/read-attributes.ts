import type { SurveyItem } from '../survey/definition.ts';
import { OWN } from './columns.ts';
import { faultOf, type Reading } from './reading.ts';
import type { TableRow } from './table.ts';
import { NONE } from './write-items.ts';

/* What Heard's own columns say of an item. Each is tried by itself, and listed where Heard could not hold it. */

type Change = Record<string, unknown>;

/** Words of a cell, one behind the other. */
export function listOf(text: string): string[] {
  return text === NONE || text === '' ? [] : text.split(/\s+/);
}

const numbered = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
const tag = (name: string, read: (text: string) => unknown) => (item: SurveyItem, text: string) => ({
  tags: { ...('tags' in item ? item.tags : {}), [name]: read(text) },
});
const asIs = (text: string) => text;

const ATTRIBUTES: Record<string, (item: SurveyItem, text: string) => Change> = {
  stages: (_item, text) => ({ stages: listOf(text) }),
  topic: (_item, text) => ({ topic: text }),
  section: (_item, text) => ({ section: text }),
  symbol: (_item, text) => ({ symbol: text }),
  domain: tag('domain', asIs),
  shanarri: tag('shanarri', listOf),
  uncrc: tag('uncrc', (text) => listOf(text).map(numbered)),
  clustering: tag('clustering', asIs),
  'opt-outs': (_item, text) => ({ optOuts: listOf(text) }),
  places: (_item, text) => ({ places: numbered(text) }),
};

/** An item with all that Heard's own columns say of it. */
export function withAttributes(item: SurveyItem, row: TableRow, reading: Reading): SurveyItem {
  let found = item;
  for (const [name, change] of Object.entries(ATTRIBUTES)) {
    const cell = row.get(`${OWN}${name}`);
    if (!cell) continue;
    // Whether the whole is an item of its kind is what faultOf finds out.
    const candidate = { ...found, ...change(found, cell.value.trim()) };
    const fault = faultOf(candidate, reading);
    if (fault === undefined) {
      found = candidate;
      reading.ledger.take(cell);
    } else reading.ledger.list(cell, `Heard cannot hold this: ${fault}.`);
  }
  return found;
}
