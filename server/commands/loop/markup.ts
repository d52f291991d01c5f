import { demand, the } from './trouble.ts';

/*
 * Just enough reading of our own pages to use them as a browser does: attributes are always quoted there
 * (the template check sees to it), so patterns can find links and forms.
 */

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as a reader sees it. */
export function decode(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) =>
      name ? (NAMED[name] ?? whole) : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex ?? '', 16)),
  );
}

/** The words of a piece of page, without its elements. */
export function wordsOf(html: string): string {
  return decode(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The value of an attribute; empty where it stands alone, undefined where it is missing. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>/]|$)`).exec(tag);
  return found ? decode(found[1] ?? '') : undefined;
}

export interface Link {
  href: string;
  words: string;
}

export function linksOf(html: string): Link[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].flatMap(([, tag = '', inner = '']) => {
    const href = attribute(tag, 'href');
    return href === undefined ? [] : [{ href, words: wordsOf(inner) }];
  });
}

/** Rows of a table body: the whole row's opening tag, and its cells in words. */
export function rowsOf(html: string): { tag: string; cells: string[] }[] {
  return [...html.matchAll(/<tr\b([^>]*)>([\s\S]*?)<\/tr>/g)].map(([, tag = '', inner = '']) => ({
    tag,
    cells: [...inner.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => wordsOf(cell)),
  }));
}

/** The sum of a column's figures; words count nothing. A negative column counts from the end. */
export function columnSum(html: string, column: number): number {
  return rowsOf(html)
    .map(({ cells }) => Number((cells.at(column) ?? '').replace(/\D/g, '')))
    .reduce((sum, figure) => sum + figure, 0);
}

/** The value of the first element of a page that bears a mark (an attribute made for programs). */
export function markOf(html: string, mark: string): string | undefined {
  const found = new RegExp(`\\s${mark}="([^"]*)"`).exec(html)?.[1];
  return found === undefined ? undefined : decode(found);
}

/** Typed into, chosen among, or sent as it stands. */
type FieldKind = 'typed' | 'radio' | 'checkbox' | 'option' | 'fixed';

interface Field {
  name: string;
  kind: FieldKind;
  value: string;
  /** Whether it is sent. */
  on: boolean;
  /** Which list of the form an option belongs to; several lists may share a name. */
  list?: number;
}

/** A form as it stands on a page, filled in by name. A field or choice that the page does not offer is trouble. */
export class Form {
  readonly action: string;
  readonly #fields: Field[];
  readonly #buttons: { name: string; value: string }[];

  constructor(action: string, inner: string) {
    this.action = action;
    const { fields, buttons } = readFields(inner);
    this.#fields = fields;
    this.#buttons = buttons;
  }

  /** Names of fields to type into, in the order of the page. */
  typed(): string[] {
    return this.#fields.filter(({ kind }) => kind === 'typed').map(({ name }) => name);
  }

  /** Names that the form asks under, each once, in the order of the page. */
  asked(): string[] {
    return [...new Set(this.#fields.filter(({ kind }) => kind !== 'fixed').map(({ name }) => name))];
  }

  /** Values that can be chosen under a name. */
  choices(name: string): { value: string; kind: FieldKind }[] {
    return this.#chosen(name).map(({ value, kind }) => ({ value, kind }));
  }

  /** Types into the fields of a name, one value each. */
  fill(name: string, ...values: string[]): this {
    const fields = this.#fields.filter((field) => field.name === name && field.kind === 'typed');
    values.forEach((value, index) => {
      the(fields[index], `a field "${name}" in the form ${this.action}`).value = value;
    });
    return this;
  }

  /** Chooses exactly these values under a name. */
  choose(name: string, ...values: string[]): this {
    const fields = this.#chosen(name);
    for (const value of values) {
      const offered = fields.some((field) => field.value === value);
      demand(offered, `the choice ${name}=${value} in the form ${this.action}`, fields.map((f) => f.value).join(', '));
    }
    for (const field of fields) field.on = values.includes(field.value);
    return this;
  }

  /** Chooses one value in each list of a name, in the order of the lists; lists beyond the values stay empty. */
  chooseInOrder(name: string, ...values: string[]): this {
    const options = this.#chosen(name).filter(({ kind }) => kind === 'option');
    const lists = [...new Set(options.map(({ list }) => list))];
    for (const option of options) option.on = option.value === (values[lists.indexOf(option.list)] ?? '');
    return this;
  }

  /** The body that a browser sends when a button is pressed; without a name the button says nothing. */
  press(name?: string, value?: string): string {
    const body = new URLSearchParams();
    for (const field of this.#fields) if (field.on) body.append(field.name, field.value);
    if (name !== undefined && value !== undefined) {
      const there = this.#buttons.some((button) => button.name === name && button.value === value);
      demand(there, `a button ${name}=${value} in the form ${this.action}`, 'none');
      body.append(name, value);
    }
    return body.toString();
  }

  #chosen(name: string): Field[] {
    return this.#fields.filter((field) => field.name === name && field.kind !== 'typed' && field.kind !== 'fixed');
  }
}

/** Forms of a page whose action fits. */
export function formsOf(html: string, action: string | RegExp): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag = '', inner = '']) => {
    const address = attribute(tag, 'action') ?? '';
    const fits = typeof action === 'string' ? address === action : action.test(address);
    return fits ? [new Form(address, inner)] : [];
  });
}

function readFields(inner: string): { fields: Field[]; buttons: { name: string; value: string }[] } {
  const fields: Field[] = [];
  const buttons: { name: string; value: string }[] = [];
  let select: string | undefined;
  let list = 0;
  for (const [, element = '', tag = '', text = ''] of inner.matchAll(
    /<(input|button|select|option|textarea)\b([^>]*)>([^<]*)/g,
  )) {
    const name = attribute(tag, 'name') ?? '';
    const value = attribute(tag, 'value') ?? '';
    if (element === 'select') {
      select = name;
      list += 1;
    } else if (element === 'option') {
      const on = attribute(tag, 'selected') !== undefined;
      fields.push({ name: select ?? '', kind: 'option', value, on, list });
    } else if (name === '') continue;
    else if (element === 'button') buttons.push({ name, value });
    else if (element === 'textarea') fields.push({ name, kind: 'typed', value: decode(text.trimStart()), on: true });
    else fields.push(inputField(name, value, tag));
  }
  firstOptionStands(fields);
  return { fields, buttons };
}

function inputField(name: string, value: string, tag: string): Field {
  const type = attribute(tag, 'type') ?? 'text';
  if (type === 'radio' || type === 'checkbox') {
    return { name, kind: type, value, on: attribute(tag, 'checked') !== undefined };
  }
  return { name, kind: type === 'hidden' ? 'fixed' : 'typed', value, on: true };
}

/** Where no option of a list is selected a browser sends the first. */
function firstOptionStands(fields: Field[]): void {
  const lists = Map.groupBy(
    fields.filter(({ kind }) => kind === 'option'),
    ({ list }) => list,
  );
  for (const options of lists.values()) {
    const [first] = options;
    if (first && !options.some(({ on }) => on)) first.on = true;
  }
}
