/** A piece of an XML file, ready to be put into another one. */
export type Xml = string & { readonly xml: true };

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * An element with its attributes, and either a text or further elements in it.
 * Attributes that are undefined are left out.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: string | readonly Xml[] = [],
): Xml {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const start = [name, ...given.map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(' ');
  if (typeof content !== 'string') {
    return (content.length === 0 ? `<${start}/>` : `<${start}>\n${content.join('\n')}\n</${name}>`) as Xml;
  }
  return `<${start}>${escaped(content)}</${name}>` as Xml;
}

/** A whole file. */
export function xmlFile(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPED[letter] ?? letter);
}
