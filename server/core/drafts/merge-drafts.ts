import type { DraftContent } from './draft.ts';
import {
  fieldsOfDraft,
  PLAIN_FIELDS,
  samePlain,
  type DraftFields,
  type LineGroup,
  type LineShape,
  type PlainField,
  type WordsByName,
} from './draft-fields.ts';
import { EMPTY_LINE, emptyForm, emptyWords, PLAIN_WORDS, type DraftForm, type FormWords } from './draft-form.ts';
import { LEVELS } from '../survey/stage.ts';

/*
 * Two drafts made from one, put together: what only one of them changed is taken; where both changed the same thing
 * differently, a person chooses. Two drafts that were made apart have nothing in common, so every difference is a
 * choice.
 */

export type Side = 'mine' | 'theirs';

/** One thing that both changed differently. */
export interface Conflict {
  /** Its name, by which a choice is given: "kind", "en:text", "option:no", "option-order". */
  name: string;
  kind: 'plain' | 'words' | 'line' | 'order';
  /** Of a plain field its name, of words their piece, of a line its code. */
  part: string;
  /** Of words. */
  language: string;
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  conflicts: Conflict[];
  /** The draft as a form, with a side chosen for each conflict; mine where nothing was chosen. */
  form: (choices: Readonly<Record<string, Side>>) => DraftForm;
}

/** A value as it stood and as each side has it. */
interface Three<Value> {
  base: Value;
  mine: Value;
  theirs: Value;
}

const sameExactly = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Which side a value comes from; both changed it differently: neither can be told. */
function sideOf({ base, mine, theirs }: Three<unknown>, hasBase: boolean, same: typeof samePlain): Side | 'conflict' {
  if (same(mine, theirs)) return 'mine';
  if (!hasBase) return 'conflict';
  if (same(base, mine)) return 'theirs';
  return same(base, theirs) ? 'mine' : 'conflict';
}

/**
 * @param base the draft that both were made from; undefined for two proposals that were made apart
 * @param mine the draft of the person who chooses
 * @param survey the id of their survey
 */
export function mergeDrafts(
  base: DraftContent | undefined,
  mine: DraftContent,
  theirs: DraftContent,
  survey: string,
): Merge {
  const sides: Three<DraftFields> = {
    base: fieldsOfDraft(base ?? mine),
    mine: fieldsOfDraft(mine),
    theirs: fieldsOfDraft(theirs),
  };
  const merging = new Merging(sides, base !== undefined);
  return { conflicts: merging.conflicts(), form: (choices) => merging.form(choices, survey) };
}

/** A decision about one named value of two drafts. */
interface Decision extends Conflict {
  side: Side | 'conflict';
}

class Merging {
  private readonly sides: Three<DraftFields>;
  private readonly hasBase: boolean;
  private readonly plain: Decision[];
  private readonly lines: Record<LineGroup, Decision[]>;
  private readonly orders: Record<LineGroup, Decision>;
  private readonly words: Decision[];

  constructor(sides: Three<DraftFields>, hasBase: boolean) {
    this.sides = sides;
    this.hasBase = hasBase;
    this.plain = PLAIN_FIELDS.map((field) => this.decide('plain', field, field, '', (one) => one.plain[field]));
    this.lines = { option: this.lineDecisions('option'), row: this.lineDecisions('row') };
    this.orders = { option: this.orderDecision('option'), row: this.orderDecision('row') };
    this.words = this.wordsDecisions();
  }

  conflicts(): Conflict[] {
    return [...this.plain, ...this.lines.row, ...this.lines.option, this.orders.row, this.orders.option, ...this.words]
      .filter(({ side }) => side === 'conflict')
      .map(({ side: _side, ...conflict }) => conflict);
  }

  form(choices: Readonly<Record<string, Side>>, survey: string): DraftForm {
    const chosen = (decision: Decision): Side =>
      decision.side === 'conflict' ? (choices[decision.name] ?? 'mine') : decision.side;
    const plain = Object.fromEntries(
      this.plain.map((decision) => [decision.part, this.sides[chosen(decision)].plain[decision.part as PlainField]]),
    ) as Record<PlainField, never>;
    const lines = {
      option: this.mergedLines('option', chosen),
      row: this.mergedLines('row', chosen),
    };
    return {
      ...emptyForm(plain.language),
      ...plain,
      survey,
      options: lines.option.map(([code, shape]) => ({ ...EMPTY_LINE, ...shape, code })),
      rows: lines.row.map(([code, shape]) => ({ ...EMPTY_LINE, ...shape, code })),
      words: this.mergedWords(lines, chosen),
    };
  }

  private decide(
    kind: Conflict['kind'],
    name: string,
    part: string,
    language: string,
    valueOf: (fields: DraftFields) => unknown,
  ): Decision {
    const values = {
      base: valueOf(this.sides.base),
      mine: valueOf(this.sides.mine),
      theirs: valueOf(this.sides.theirs),
    };
    const side = sideOf(values, this.hasBase, kind === 'plain' ? samePlain : sameExactly);
    return { name, kind, part, language, mine: values.mine, theirs: values.theirs, side };
  }

  /** Whether each line is there and what it is like. A line that one side took out and the other reworded is a choice. */
  private lineDecisions(group: LineGroup): Decision[] {
    const codes = this.codesOf(group);
    return codes.map((code) => {
      const wholeLine = (fields: DraftFields) => {
        const shape = fields.lines[group].get(code);
        return shape && { shape, words: lineWords(fields, group, code) };
      };
      const isIn = (side: Side) => this.sides[side].lines[group].has(code);
      const name = `${group}:${code}`;
      if (isIn('mine') !== isIn('theirs')) return this.presence(group, name, code, wholeLine);
      return this.decide('line', name, code, '', (fields) => fields.lines[group].get(code));
    });
  }

  private presence(
    group: LineGroup,
    name: string,
    code: string,
    wholeLine: (fields: DraftFields) => unknown,
  ): Decision {
    const decision = this.decide('line', name, code, '', wholeLine);
    // A line that only one draft has and that both never had in common was added: it is no loss to take it along.
    const isNew = this.hasBase && !this.sides.base.lines[group].has(code);
    return isNew ? { ...decision, side: this.sides.mine.lines[group].has(code) ? 'mine' : 'theirs' } : decision;
  }

  private codesOf(group: LineGroup): string[] {
    const { base, mine, theirs } = this.sides;
    return [...new Set([mine, theirs, base].flatMap((fields) => [...fields.lines[group].keys()]))];
  }

  /** The order of the lines that both have. */
  private orderDecision(group: LineGroup): Decision {
    const { mine, theirs } = this.sides;
    const common = (fields: DraftFields) =>
      [...fields.lines[group].keys()].filter((code) => mine.lines[group].has(code) && theirs.lines[group].has(code));
    return this.decide('order', `${group}-order`, group, '', common);
  }

  private wordsDecisions(): Decision[] {
    const { base, mine, theirs } = this.sides;
    const languages = [...new Set([mine, theirs, base].flatMap(({ words }) => Object.keys(words)))];
    return languages.flatMap((language) => {
      const wordsOf = (fields: DraftFields): WordsByName => fields.words[language] ?? {};
      const pieces = [...new Set([mine, theirs, base].flatMap((fields) => Object.keys(wordsOf(fields))))];
      return pieces
        .filter((piece) => !this.isHalfLine(piece))
        .map((piece) =>
          this.decide('words', `${language}:${piece}`, piece, language, (one) => wordsOf(one)[piece] ?? ''),
        );
    });
  }

  /** Words of a line that only one side has go with the line. */
  private isHalfLine(piece: string): boolean {
    const [group = '', code = ''] = splitPiece(piece);
    if (group !== 'option' && group !== 'row') return false;
    const { mine, theirs } = this.sides;
    return mine.lines[group].has(code) !== theirs.lines[group].has(code);
  }

  /** Lines in the order of one side; what only the other has stands after the line that it stood after there. */
  private mergedLines(group: LineGroup, chosen: (decision: Decision) => Side): [string, LineShape][] {
    const lead = chosen(this.orders[group]);
    const other = lead === 'mine' ? 'theirs' : 'mine';
    const sideOfLine = new Map(this.lines[group].map((decision) => [decision.part, chosen(decision)]));
    const codes = [...this.sides[lead].lines[group].keys()];
    const others = [...this.sides[other].lines[group].keys()];
    others.forEach((code, index) => {
      if (codes.includes(code)) return;
      const before = others.slice(0, index).findLast((earlier) => codes.includes(earlier));
      codes.splice(before === undefined ? 0 : codes.indexOf(before) + 1, 0, code);
    });
    return codes.flatMap((code) => {
      const shape = this.sides[sideOfLine.get(code) ?? lead].lines[group].get(code);
      return shape ? [[code, shape] as [string, LineShape]] : [];
    });
  }

  private mergedWords(
    lines: Record<LineGroup, [string, LineShape][]>,
    chosen: (decision: Decision) => Side,
  ): Record<string, FormWords> {
    const sides = new Map(this.words.map((decision) => [decision.name, chosen(decision)]));
    const languages = new Set([this.sides.mine, this.sides.theirs].flatMap(({ words }) => Object.keys(words)));
    return Object.fromEntries(
      [...languages].map((language) => {
        const wordsOf = (piece: string) => {
          const side = sides.get(`${language}:${piece}`);
          const [mine, theirs] = [this.sides.mine, this.sides.theirs].map((one) => one.words[language]?.[piece] ?? '');
          if (side !== undefined) return (side === 'mine' ? mine : theirs) ?? '';
          return mine || theirs || '';
        };
        return [language, formWords(lines, wordsOf)];
      }),
    );
  }
}

function formWords(lines: Record<LineGroup, [string, LineShape][]>, wordsOf: (piece: string) => string): FormWords {
  const words = emptyWords();
  for (const piece of PLAIN_WORDS) words[piece] = wordsOf(piece);
  for (const level of LEVELS) {
    words.levels[level] = { text: wordsOf(`level.${level}.text`), hint: wordsOf(`level.${level}.hint`) };
  }
  const linesIn = (group: LineGroup) => lines[group].map(([code]) => wordsOf(`${group}.${code}`));
  return { ...words, options: linesIn('option'), rows: linesIn('row') };
}

/** The words of a line in every language. */
function lineWords(fields: DraftFields, group: LineGroup, code: string): Record<string, string> {
  const entries = Object.entries(fields.words).map(([language, words]) => [language, words[`${group}.${code}`] ?? '']);
  return Object.fromEntries(entries) as Record<string, string>;
}

function splitPiece(piece: string): [string, string] {
  const dot = piece.indexOf('.');
  return dot < 0 ? [piece, ''] : [piece.slice(0, dot), piece.slice(dot + 1)];
}
