import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/*
 * What axe finds on a page, whole but for one thing: contrast takes it two milliseconds for every element with words, and
 * a page of results has thousands of cells that look alike. Each look is therefore measured once on every page.
 */

/** Marks what the contrast of is measured. */
const MARK = 'data-look';

const SOURCE = `${axe.source}; axe.configure({ rules: [{ id: 'color-contrast', selector: '[${MARK}]' }] });`;

/** Everything that axe finds on a page, in words; empty when it is clean. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(markLooks, MARK);
  const { violations } = await new AxeBuilder({ page, axeSource: SOURCE })
    .setLegacyMode(true)
    // What passes need not be listed with its address in the page.
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/**
 * Marks one element of each look: of those with the same letters and colours, lying in boxes with the same backgrounds, one
 * that is in sight. What is placed freely, drawn, in a form or empty is always marked: there other things count too.
 */
function markLooks(mark: string): void {
  interface Box {
    look: string;
    always: boolean;
    left: number;
    right: number;
  }
  const LETTERS = ['color', 'font-size', 'font-weight', 'font-style', 'text-shadow', '-webkit-text-stroke-width'];
  const BACKGROUND = ['background-color', 'background-image', 'opacity', 'filter', 'mix-blend-mode', 'clip-path'];
  const IN_A_FORM = 'label, input, select, textarea, button, [disabled], [aria-disabled], [inert]';
  const boxes = new Map<Element, Box>();
  const seen = new Set<string>();

  function boxOf(element: Element | null): Box {
    if (!element) return { look: '', always: false, left: 0, right: document.documentElement.clientWidth };
    const known = boxes.get(element);
    if (known) return known;
    const around = boxOf(element.parentElement);
    const style = getComputedStyle(element);
    const isPlaced = !['static', 'relative'].includes(style.position) || style.float !== 'none';
    const scrolls = style.overflowX !== 'visible';
    const { left, right } = element.getBoundingClientRect();
    const box = {
      look: `${around.look}/${BACKGROUND.map((name) => style.getPropertyValue(name)).join()}`,
      always: around.always || isPlaced || style.transform !== 'none' || !(element instanceof HTMLElement),
      left: scrolls ? Math.max(around.left, left) : around.left,
      right: scrolls ? Math.min(around.right, right) : around.right,
    };
    boxes.set(element, box);
    return box;
  }

  function isInSight(element: Element, { left, right }: Box): boolean {
    const own = element.getBoundingClientRect();
    return (
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
      own.width > 0 &&
      own.left >= left &&
      own.right <= right
    );
  }

  for (const element of document.querySelectorAll('*')) {
    const box = boxOf(element);
    const style = getComputedStyle(element);
    const look = `${element.tagName} ${LETTERS.map((name) => style.getPropertyValue(name)).join()} ${box.look}`;
    const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
    const isUsual = hasWords && !box.always && element.closest(IN_A_FORM) === null;
    if (isUsual && seen.has(look)) continue;
    if (isUsual && isInSight(element, box)) seen.add(look);
    element.setAttribute(mark, '');
  }
}
