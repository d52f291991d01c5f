import { randomBytes, randomInt } from 'node:crypto';
import { makeClassLink, makePin } from '../core/fieldwork/class-codes.ts';
import { hashClassLink, hashClassPin } from '../storage/class-secrets.ts';
import type { NewClassSheet } from '../storage/class-sheets.ts';
import type { Secrets } from '../storage/secrets.ts';

/** What is printed on the sheet of a class, once. */
export interface PrintedSheet {
  className: string;
  link: string;
  pin: string;
}

/** A new link and PIN for each class, and what is stored of them. */
export function makeSheets(
  classNames: readonly string[],
  secrets: Secrets,
): { printed: PrintedSheet[]; stored: NewClassSheet[] } {
  const printed = classNames.map((className) => ({
    className,
    link: makeClassLink(() => randomBytes(1)[0]!),
    pin: makePin((limit) => randomInt(limit)),
  }));
  const stored = printed.map(({ className, link, pin }) => {
    const linkHmac = hashClassLink(secrets, link);
    return { className, linkHmac, pinHmac: hashClassPin(secrets, linkHmac, pin) };
  });
  return { printed, stored };
}
