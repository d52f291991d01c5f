/*
 * A small and strict reader of XML: enough to say that a file is well-formed and to look into it. It knows no
 * document types, no processing instructions but the first line, and no sections of raw text.
 */

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Text of the element itself, in one piece. */
  text: string;
}

const TOKEN = /<\/([\w:.-]+)>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g;
const ENTITY = /&(amp|lt|gt|quot|apos);|&/g;
const LETTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// eslint-disable-next-line no-control-regex -- these are exactly the letters that XML forbids
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** @throws if the file is not well-formed */
export function readXml(file: string): XmlElement {
  const body = file.replace(/^\uFEFF?<\?xml [^>]*\?>\s*/, '');
  if (FORBIDDEN.test(body)) throw new Error('The file holds a letter that XML forbids.');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(body);
    if (!found) throw new Error(`Not well-formed at letter ${at}: ${body.slice(at, at + 60)}`);
    take(open, found, at);
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)!.name} is not closed.`);
  const [only, ...others] = root.children;
  if (!only || others.length > 0 || root.text.trim() !== '') throw new Error('Expected one element around everything.');
  return only;
}

function take(open: XmlElement[], [, closed, opened, attributes = '', empty, text]: RegExpExecArray, at: number): void {
  const current = open.at(-1)!;
  if (text !== undefined) current.text += decoded(text);
  else if (closed !== undefined) {
    if (open.length < 2 || current.name !== closed) throw new Error(`</${closed}> at letter ${at} closes nothing.`);
    open.pop();
  } else {
    const element = { name: opened!, attributes: attributesOf(attributes), children: [], text: '' };
    current.children.push(element);
    if (empty !== '/') open.push(element);
  }
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new Error(`The attribute ${name} stands twice.`);
    attributes[name] = decoded(value);
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replace(ENTITY, (entity, name: string | undefined) => {
    if (name === undefined) throw new Error(`A bare ${entity} in "${text.slice(0, 60)}".`);
    return LETTERS[name]!;
  });
}
