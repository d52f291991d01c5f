import { wordsOr } from '../words.ts';
import type { Caution } from '../../core/disclosure/rules.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { bandName } from '../../core/survey/stage.ts';
import type { ColumnName } from './columns.ts';
import { FIVE_STATES, tidy, type FileContent } from './content.ts';

/** A code of a column and what it means. */
export interface ValueLabel {
  value: string | number;
  label: string;
}

/** What the codes of a column mean, in their order; empty for a column of figures, words or free codes. */
export function valueLabels(content: FileContent, column: ColumnName): ValueLabel[] {
  return LABELS[column]?.(content) ?? [];
}

const CAUTIONS: readonly Caution[] = ['none', 'flagged', 'cautious'];

const yesOrNo = ({ language: { words } }: FileContent) =>
  labelled([0, 1], (flag) => (flag === 1 ? words.files.yes : words.files.no));

const LABELS: Partial<Record<ColumnName, (content: FileContent) => ValueLabel[]>> = {
  place: ({ release }) => release.nodes.map(({ id, name }) => ({ value: id, label: tidy(name) })),
  place_kind: ({ release, language: { words } }) =>
    labelled(new Set(release.nodes.map(({ kind }) => kind)), (kind) =>
      wordsOr(words.files, `place-kind-${kind}`, kind),
    ),
  band: ({ release }) => release.bands.map((band) => ({ value: band.id, label: bandName(band) })),
  item_kind: ({ items, language: { words } }) =>
    labelled(new Set(items.map(({ item }) => item.kind)), (kind) => wordsOr(words.files, `item-kind-${kind}`, kind)),
  domain: ({ language: { words } }) => labelled(DOMAINS, (domain) => words.results[`domain-${domain}`]),
  wording: ({ items }) =>
    items.flatMap(({ wordings }) => wordings.map(({ name, question }) => ({ value: name, label: question }))),
  state: ({ language: { words } }) => labelled(FIVE_STATES, (state) => words.files[`state-${state}`]),
  caution: ({ language: { words } }) => labelled(CAUTIONS, (caution) => words.files[`caution-${caution}`]),
  low_response: yesOrNo,
  reached: ({ release: { reached }, language: { words } }) =>
    labelled([reached], (how) => words.files[`reached-${how}`]),
  one_school: yesOrNo,
};

function labelled<Value extends string | number>(
  values: Iterable<Value>,
  label: (value: Value) => string,
): ValueLabel[] {
  return Array.from(values, (value) => ({ value, label: label(value) }));
}
