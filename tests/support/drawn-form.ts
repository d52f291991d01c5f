import { join } from 'node:path';
import { Eta } from 'eta';
import type { Form } from '../../server/core/survey/read-answer.ts';
import type { QuestionView } from '../../server/web/questions.ts';

/* Questions as HTML, from the real templates, and what a browser would make of them. */

const VIEWS = join(import.meta.dirname, '..', '..', 'views');
const eta = new Eta({ views: VIEWS, cache: true, autoTrim: ['nl', false] });

/** One element, with its text pieces as elements without a name. */
export interface Drawn {
  tag: string;
  attributes: Record<string, string>;
  text: string;
  children: Drawn[];
  parent: Drawn | null;
}

const EMPTY = new Set(['input', 'img', 'circle', 'path', 'br']);
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/gi;
const REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string) => text.replace(/&(#39|[a-z]+);/g, (all, name: string) => REFERENCES[name] ?? all);

/** Draws a question by its own template. @throws if the HTML is not well formed */
export function drawnHtml(view: QuestionView): Drawn {
  const html = eta.render(`/${view.view}`, view);
  const root: Drawn = { tag: 'root', attributes: {}, text: '', children: [], parent: null };
  let open = root;
  let end = 0;
  for (const match of html.matchAll(TOKEN)) {
    const [all, closing, tag = '', attributes = '', text] = match;
    if (match.index !== end)
      throw new Error(`${view.view} has something that is no HTML: ${html.slice(end, end + 80)}`);
    end = match.index + all.length;
    if (text !== undefined) {
      open.children.push({ tag: '', attributes: {}, text: decode(text), children: [], parent: open });
    } else if (closing) {
      if (open.tag !== tag) throw new Error(`${view.view} closes <${tag}> where <${open.tag}> is open.`);
      open = open.parent!;
    } else {
      const element: Drawn = { tag, attributes: attributesIn(attributes), text: '', children: [], parent: open };
      open.children.push(element);
      if (!EMPTY.has(tag)) open = element;
    }
  }
  if (open !== root || end !== html.length) throw new Error(`${view.view} ends inside <${open.tag}>.`);
  return root;
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name.toLowerCase(), decode(value)]));
}

/** All elements below one, in order. */
export function elements(within: Drawn, ...tags: string[]): Drawn[] {
  const found: Drawn[] = [];
  for (const child of within.children) {
    if (child.tag && (tags.length === 0 || tags.includes(child.tag))) found.push(child);
    found.push(...elements(child, ...tags));
  }
  return found;
}

/** The text of an element as it is read, with single spaces. */
export function words(of: Drawn): string {
  const all = (element: Drawn): string => element.text + element.children.map(all).join(' ');
  return all(of).replace(/\s+/g, ' ').trim();
}

export const controls = (drawn: Drawn) => elements(drawn, 'input', 'select', 'textarea');

/** The elements around one, from the inside out. */
export function around(element: Drawn): Drawn[] {
  return element.parent ? [element.parent, ...around(element.parent)] : [];
}

/** What a control is called: by its own attribute, by the label around it or by the label that names it. */
export function nameOf(control: Drawn, drawn: Drawn): string {
  if (control.attributes['aria-label']) return control.attributes['aria-label'];
  const label =
    around(control).find(({ tag }) => tag === 'label') ??
    elements(drawn, 'label').find(
      (one) => one.attributes.for !== undefined && one.attributes.for === control.attributes.id,
    );
  return label ? words(label) : '';
}

/** What a browser sends of the form, by field. */
export function sentBy(drawn: Drawn): Form {
  const form: Record<string, string[]> = {};
  for (const control of controls(drawn)) {
    const value = valueOf(control);
    if (value !== undefined) (form[control.attributes.name!] ??= []).push(value);
  }
  return form;
}

function valueOf(control: Drawn): string | undefined {
  const { type, value, checked } = control.attributes;
  if (control.tag === 'textarea') return control.children.map(({ text }) => text).join('');
  if (control.tag === 'select') {
    const options = elements(control, 'option');
    return (options.find((option) => 'selected' in option.attributes) ?? options[0])?.attributes.value;
  }
  return type === 'text' || checked !== undefined ? value : undefined;
}
