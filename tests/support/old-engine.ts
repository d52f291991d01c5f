import type { Page } from '@playwright/test';

/*
 * Engines of 2021 (Safari 14, Chrome 90, Firefox 91) drop cascade layers whole, and every rule whose
 * selector they do not know. Our styles as such an engine understands them.
 */
const MODERN_SELECTOR = /:has\(|:focus-visible/;

/** A style sheet as an old engine understands it: no layers, no rule with a selector that it does not know. */
export function asOldEnginesReadIt(css: string): string {
  const withoutComments = css.replaceAll(/\/\*[^]*?\*\//g, '');
  const withoutLayers = withoutBlocks(withoutComments, /@layer[^{;]*[{;]/);
  return withoutLayers.replaceAll(/[^{}]+\{[^{}]*\}/g, (rule) =>
    MODERN_SELECTOR.test(rule.slice(0, rule.indexOf('{'))) ? '' : rule,
  );
}

/** Takes out every block that begins so, up to its closing brace. */
function withoutBlocks(css: string, beginning: RegExp): string {
  const found = beginning.exec(css);
  if (!found) return css;
  let end = found.index + found[0].length;
  for (let depth = found[0].endsWith('{') ? 1 : 0; depth > 0 && end < css.length; end += 1) {
    if (css[end] === '{') depth += 1;
    if (css[end] === '}') depth -= 1;
  }
  return withoutBlocks(css.slice(0, found.index) + css.slice(end), beginning);
}

/** Lets a page see our styles as an old engine would. */
export async function growOld(page: Page): Promise<void> {
  await page.route('**/*.css*', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: asOldEnginesReadIt(await reply.text()) });
  });
}
