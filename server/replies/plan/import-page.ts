import type { Preview, PreviewRow } from '../../core/loop/plan/compare.ts';
import type { PlanChange } from '../../core/loop/plan/plan.ts';
import { writeQuarter, writeYear } from '../../core/loop/plan/quarters.ts';
import type { TableFault, TableNote } from '../../core/loop/plan/read-table.ts';
import { partsChanged } from '../../core/loop/plan/words.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { labelsOf } from './action-form.ts';
import { importHref, PLAN } from './addresses.ts';
import { formField, type PlanFormField } from './form-fields.ts';
import type { PlanPlaces } from './plan-desk.ts';
import { partWords } from './plan-words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/new-import': {
      title: string;
      faults: FieldFault[];
      fileFault: string;
      href: string;
      backHref: string;
      year: PlanFormField;
    };
    'replies/plan/import': {
      title: string;
      wide: boolean;
      /** Said where the plan changed since it was looked at. */
      changedSince: string;
      lead: string;
      faults: { where: string; words: string }[];
      notes: string[];
      rows: { kind: string; kindWords: string; row: string; reference: string; task: string; changes: string[] }[];
      /** Empty where nothing may be taken. */
      takeHref: string;
      fingerprint: string;
      againHref: string;
    };
  }
}

/** The form to send a table. */
export function newImportPage(
  language: Language,
  { fileFault, thisYear, year }: { fileFault: string; thisYear: number; year: number },
): Views['replies/plan/new-import'] {
  const { plan } = language.words;
  const years = [thisYear - 1, thisYear, thisYear + 1];
  const choices = years.map((one) => ({ value: String(one), words: writeYear(one), chosen: one === year }));
  return {
    title: plan.import,
    faults: fileFault === '' ? [] : [{ field: 'file', message: fileFault }],
    fileFault,
    href: `${PLAN}/imports`,
    backHref: PLAN,
    year: formField({ name: 'year', label: plan.importYear, hint: plan.importYearHint, kind: 'choice', choices }),
  };
}

/** What a table would add and change, what is wrong with it, and what is left out. */
export function importPage(
  language: Language,
  { id, fileName }: { id: string; fileName: string },
  { preview, fingerprint, places, changedSince }: { preview: Preview; fingerprint: string; places: PlanPlaces; changedSince: boolean }, // prettier-ignore
): Views['replies/plan/import'] {
  const { plan } = language.words;
  const count = (kind: PreviewRow['kind']) => preview.rows.filter((row) => row.kind === kind).length;
  const mayTake = preview.faults.length === 0 && count('added') + count('changed') > 0;
  const counts = { added: count('added'), changed: count('changed'), same: count('same') };
  return {
    title: language.say('plan', 'importTitle', { file: isolated(language, fileName) }),
    wide: true,
    changedSince: changedSince ? plan.importChangedSince : '',
    lead: [
      language.say('plan', 'importCounts', counts),
      preview.faults.length > 0
        ? language.say('plan', 'importFaults', { count: preview.faults.length })
        : plan.importNothingYet,
    ].join(' '),
    faults: preview.faults.map((fault) => ({ where: whereWords(language, fault), words: faultWords(language, fault) })),
    notes: preview.notes.map((note) => noteWords(language, note)),
    rows: preview.rows.map(({ kind, row, reference, task, changes, before }) => ({
      kind,
      kindWords: plan[`import-${kind}`],
      row: language.say('plan', 'row', { row }),
      reference,
      task,
      changes: kind === 'added' ? addedWords(language, changes) : changes.flatMap((one) => changeWords(language, one, before, places)), // prettier-ignore
    })),
    takeHref: mayTake ? `${importHref(id)}/taking` : '',
    fingerprint,
    againHref: `${PLAN}/imports/new`,
  };
}

function whereWords(language: Language, { row, column }: TableFault): string {
  const said = language.say('plan', 'row', { row });
  return column === '' ? said : `${said}, ${language.say('plan', 'column', { column: isolated(language, column) })}`;
}

/** What was expected, what was found, what to do. */
function faultWords(language: Language, { problem, found, column }: TableFault): string {
  const said = language.say('plan', `table-${problem}`, { column: isolated(language, column) });
  const what = found === '' ? language.words.plan.foundNothing : language.say('plan', 'found', { found: isolated(language, found.slice(0, 200)) }); // prettier-ignore
  return `${said} ${what}`;
}

function noteWords(language: Language, { kind, row, found }: TableNote): string {
  const colours: Readonly<Record<string, string>> = language.words.plan;
  const shown = kind.startsWith('colour') && kind !== 'column-left-out' ? (colours[`colour-${found}`] ?? found) : found;
  return language.say('plan', `note-${kind}`, { row, found: isolated(language, shown) });
}

function addedWords(language: Language, changes: readonly PlanChange[]): string[] {
  const count = (kind: PlanChange['kind']) => changes.filter((change) => change.kind === kind).length;
  const parts = { measures: count('measure'), values: count('value'), progress: count('progress') };
  return [language.say('plan', 'importAddedWith', parts)];
}

function changeWords(
  language: Language,
  change: PlanChange,
  before: PreviewRow['before'],
  places: PlanPlaces,
): string[] {
  const { plan } = language.words;
  const apart = (text: string) => isolated(language, text || plan.empty);
  switch (change.kind) {
    case 'reword':
      return partsChanged(before!.words, change.words).map(({ field }) =>
        language.say('plan', 'historyChanged', {
          part: labelsOf(language)[field],
          before: apart(partWords(language, field, before!.words, places)),
          after: apart(partWords(language, field, change.words, places)),
        }),
      );
    case 'progress':
      return [language.say('plan', 'historyProgress', { date: language.date(change.on), words: apart(change.words) })];
    case 'judge':
      return [language.say('plan', 'historyJudged', { colour: plan[`colour-${change.colour ?? 'none'}`], reason: apart(change.reason) })]; // prettier-ignore
    case 'end':
      return [language.say('plan', `history-${change.state}`, { reason: apart(change.reason) })];
    case 'measure':
      return [language.say('plan', 'historyMeasured', { measure: apart(change.words.name) })];
    case 'remeasure':
      return [language.say('plan', 'importRemeasured', { measure: apart(change.words.name) })];
    case 'value':
      return [valueWords(language, change, before)];
    case 'make':
    case 'link':
      return [];
  }
}

function valueWords(
  language: Language,
  { measure: id, quarter, value }: Extract<PlanChange, { kind: 'value' }>,
  before: PreviewRow['before'],
): string {
  const measure = before?.measures.find((one) => one.id === id);
  const was = measure?.values.find((one) => one.quarter === quarter)?.value ?? '';
  return language.say('plan', was === '' ? 'historyValue' : 'historyValueChanged', {
    measure: isolated(language, measure?.words.name ?? language.words.plan.newMeasure),
    quarter: isolated(language, writeQuarter(quarter)),
    before: was,
    after: value,
  });
}
