/** The first choice in each answer field of a page; words or a number where they are asked for. */
export function firstChoices(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, value] of page.matchAll(
    /<input type="(?:radio|checkbox)" name="(answer[^"]*)"[^>]* value="([^"]*)"/g,
  )) {
    if (!value!.startsWith('state:')) fields[name!] ??= value!;
  }
  for (const [, options] of page.matchAll(/<select name="answer"[^>]*>([\s\S]*?)<\/select>/g)) {
    fields.answer ??= /<option value="([^"]+)"/.exec(options!)![1]!;
  }
  if (/<textarea name="answer"|<input type="text" name="answer"/.test(page)) fields.answer ??= 'Some words';
  if (/inputmode="numeric" name="answer"/.test(page)) fields.answer ??= '2';
  return fields;
}
