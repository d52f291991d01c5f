import type { ReadingHelp } from '../storage/draft-body.ts';
import type { LanguageCode, Words } from './language.ts';

/*
 * What each template may read. Capabilities add their own pages to this interface from their pages.ts;
 * `npm run check` holds every template in views/ against it.
 */
export interface Views {
  /** `renewAfter`: seconds after which the page is asked for anew where there are no scripts. */
  'layouts/page': { body: Html; title: string; wide?: boolean; renewAfter?: number };
  'layouts/respond': {
    body: Html;
    title: string;
    unreal: 'none' | 'demonstration' | 'rehearsal';
    reading: ReadingHelp;
    control: 'leave' | 'hide' | 'done' | 'none';
  };
  'parts/error-summary': { faults: FieldFault[] };
  'parts/mark': object;
  'errors/fault': { title: string; message: string; reference: string; homeHref: string; homeWords: string };
}

/** Text that is already HTML and is printed as it stands; only templates make it. */
export type Html = string & { readonly __html: true };

/** What was wrong with one field of a form, in words, with the id of the field to go to. */
export interface FieldFault {
  field: string;
  message: string;
}

/** What every template can read besides its own data. */
export interface Frame {
  words: Words;
  language: { code: LanguageCode; direction: 'ltr' | 'rtl'; name: string };
  languageLinks: { code: string; name: string; href: string; current: boolean }[];
  navigation: { href: string; words: string; current: boolean }[];
  /** The name that the person signed in with, empty for everybody else. */
  signedInAs: string;
  /** Which area somebody bound to one sees, on the pages that it narrows; empty for everybody else. */
  area: string;
  /** Set on the pages of a demonstration: they say that nothing on them is real. */
  demonstration: boolean;
  /** Addresses of files in public/, with their content hash; a page's own are empty where it has none. */
  assets: {
    style: string;
    script: string;
    chart: string;
    explorer: string;
    funnel: string;
    reportStyle: string;
    reportScript: string;
    pageStyle: string;
    pageScript: string;
  };
}
