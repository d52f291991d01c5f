/*
 * What a form on a page sends as it stands, as a browser without JavaScript would send it.
 */

export type Fields = Record<string, string[]>;

const attributeOf = (tag: string, name: string) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

function unescaped(words: string): string {
  return words.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

/** @param start what the opening tag of the form has in it, such as `id="draft"` */
export function formFields(body: string, start: string): Fields {
  const from = body.indexOf(start);
  if (from < 0) throw new Error(`There is no form with ${start} on the page.`);
  const form = body.slice(from, body.indexOf('</form>', from));
  const fields: Fields = {};
  const put = (name: string, value: string) => {
    if (name !== '') fields[name] = [...(fields[name] ?? []), value];
  };
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const isSent = !/type="(radio|checkbox)"/.test(tag) || tag.includes(' checked');
    if (isSent) put(attributeOf(tag, 'name'), attributeOf(tag, 'value'));
  }
  for (const [, tag = '', words = ''] of form.matchAll(/<textarea([^>]*)>([^<]*)<\/textarea>/g))
    put(attributeOf(tag, 'name'), unescaped(words));
  for (const [, tag = '', inner = ''] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g))
    put(attributeOf(tag, 'name'), /value="([^"]*)"[^>]*selected/.exec(inner)?.[1] ?? '');
  return fields;
}
