import type { ChecklistItem, Lack } from '../../core/loop/annual/checklist.ts';
import type { WrittenIn } from '../../core/loop/annual/personal.ts';
import { aimSection } from '../../core/loop/annual/sections.ts';
import { isolated, type Language } from '../../web/language.ts';
import { ENGAGEMENT, entryHref } from '../engagement/addresses.ts';
import { actionHref, PLAN } from '../plan/addresses.ts';
import { reportHref, sectionHref } from './addresses.ts';
import { languageName, placeWords, sectionName } from './section-names.ts';
import { name } from './statement-words.ts';

type Empty = Extract<Lack, { lack: 'empty' }>;

/** One thing that is still open, and where it is put right. */
export interface LackView {
  lack: string;
  words: string;
  href: string;
}

/** What is still open: what holds the report back, and what is told. */
export function checklistView(
  language: Language,
  reportId: string,
  items: readonly ChecklistItem[],
): { blocking: LackView[]; told: LackView[] } {
  const views = (blocks: boolean) => {
    const lacks = items.filter((item) => item.blocks === blocks).map(({ what }) => what);
    const empty = lacks.filter((what) => what.lack === 'empty');
    // One line for all languages of a text, or the list would hide what is rarer.
    const byPlace = Map.groupBy(empty, ({ section, reader }) => `${section} ${reader}`);
    return [
      ...[...byPlace.values()].map((same) => emptyView(language, reportId, same)),
      ...lacks.filter((what) => what.lack !== 'empty').map((what) => lackView(language, reportId, what)),
    ];
  };
  return { blocking: views(true), told: views(false) };
}

/** @param same one text in the languages in which it is empty */
function emptyView(language: Language, reportId: string, same: readonly Empty[]): LackView {
  const [first] = same as [Empty];
  const codes = same.map((one) => languageName(language, one.language));
  const place = language.say('loop', 'labelOf', {
    part: sectionName(language, first.section, first.reader),
    reader: language.words.loop[`for-${first.reader}`],
    language: new Intl.ListFormat(language.code).format(codes),
  });
  return {
    lack: first.lack,
    words: language.say('annual', first.isNeeded ? 'lack-empty' : 'lack-may-be-empty', { place }),
    href: `${sectionHref(reportId, first.section)}#${first.reader}-${first.language}`,
  };
}

/** What a lack needs to be said. */
interface Telling {
  language: Language;
  reportId: string;
}

type Said = Pick<LackView, 'words' | 'href'>;
type Told = Exclude<Lack['lack'], 'empty'>;
type Of<Kind extends Lack['lack']> = Extract<Lack, { lack: Kind }>;

const finding = (id: string) => `/replies/findings/${id}`;

const TELLINGS: { [Kind in Told]: (telling: Telling, what: Of<Kind>) => Said } = {
  gone: ({ language, reportId }, what) => ({
    words: language.say('annual', 'lack-gone', { place: placeWords(language, what), number: language.number(what.number) }), // prettier-ignore
    href: fieldHref(reportId, what),
  }),
  'without-source': ({ language, reportId }, what) => ({
    words: language.say('annual', 'lack-without-source', {
      place: placeWords(language, what),
      numbers: what.found.map((digits) => isolated(language, digits)).join(language.words.annual.listComma),
    }),
    href: fieldHref(reportId, what),
  }),
  'too-hard': ({ language, reportId }, { age, suits, language: code }) => ({
    words: language.say('annual', 'lack-too-hard', {
      age: language.number(age),
      suits: language.number(suits),
      language: languageName(language, code),
    }),
    href: `${reportHref(reportId)}#sections`,
  }),
  unread: ({ language, reportId }, { language: code, sections }) => ({
    words: language.say('annual', 'lack-unread', {
      language: languageName(language, code),
      sections: new Intl.ListFormat(language.code).format(sections.map((id) => sectionName(language, id))),
    }),
    href: `${reportHref(reportId)}#languages`,
  }),
  'period-runs': ({ language, reportId }, { to }) => ({
    words: language.say('annual', 'lack-period-runs', { date: language.date(to) }),
    href: reportHref(reportId),
  }),
  'nothing-asked': ({ language, reportId }) => ({
    words: language.words.annual['lack-nothing-asked'],
    href: sectionHref(reportId, 'asked'),
  }),
  'aim-without-action': ({ language }, { aim }) => ({
    words: language.say('annual', 'lack-aim', { aim: sectionName(language, aimSection(aim)) }),
    href: PLAN,
  }),
  'no-aim': ({ language }, { id, reference }) => ({
    words: language.say('annual', 'lack-no-aim', { reference: isolated(language, reference) }),
    href: `${actionHref(id)}/change#aims`,
  }),
  'no-progress': ({ language }, { id, reference }) => ({
    words: language.say('annual', 'lack-no-progress', { reference: isolated(language, reference) }),
    href: actionHref(id),
  }),
  'no-value': ({ language }, { id, reference, measure }) => ({
    words: language.say('annual', 'lack-no-value', { reference: isolated(language, reference), measure: isolated(language, measure) }), // prettier-ignore
    href: actionHref(id),
  }),
  'priority-without-reply': ({ language }, { id, name: names }) => ({
    words: language.say('annual', 'lack-priority', { finding: isolated(language, name(language, names)) }),
    href: finding(id),
  }),
  corrected: ({ language }, { id, name: names, wave }) => ({
    words: language.say('annual', 'lack-corrected', { finding: isolated(language, name(language, names)), wave: isolated(language, wave) }), // prettier-ignore
    href: finding(id),
  }),
  'no-involvement': ({ language }) => ({
    words: language.words.annual['lack-no-involvement'],
    href: ENGAGEMENT,
  }),
  'nothing-changed': ({ language }, { id, title }) => ({
    words: language.say('annual', 'lack-nothing-changed', { entry: isolated(language, title) }),
    href: entryHref(id),
  }),
  'no-feedback': ({ language, reportId }) => ({
    words: language.words.annual['lack-no-feedback'],
    href: sectionHref(reportId, 'answers'),
  }),
  personal: ({ language, reportId }, { where, found }) => ({
    words: language.say('annual', 'lack-personal', {
      place: writtenIn(language, where),
      words: found.map((words) => isolated(language, words)).join(language.words.annual.listComma),
    }),
    href: writtenHref(reportId, where),
  }),
  'left-out': ({ language, reportId }, { what }) => leftOut(language, reportId, what),
};

function writtenIn(language: Language, where: WrittenIn): string {
  if (where.in === 'text') return placeWords(language, where);
  return where.in === 'action'
    ? language.say('annual', 'inAction', { reference: isolated(language, where.reference) })
    : language.say('annual', 'inEntry', { entry: isolated(language, where.title) });
}

function writtenHref(reportId: string, where: WrittenIn): string {
  if (where.in === 'text') return fieldHref(reportId, where);
  return where.in === 'action' ? actionHref(where.id) : entryHref(where.id);
}

const fieldHref = (reportId: string, { section, reader, language }: Pick<Empty, 'section' | 'reader' | 'language'>) =>
  `${sectionHref(reportId, section)}#${reader}-${language}`;

function lackView(language: Language, reportId: string, what: Extract<Lack, { lack: Told }>): LackView {
  const tell = TELLINGS[what.lack] as (telling: Telling, what: Lack) => Said;
  return { lack: what.lack, ...tell({ language, reportId }, what) };
}

function leftOut(language: Language, reportId: string, what: Of<'left-out'>['what']): Said {
  const { annual } = language.words;
  switch (what.why) {
    case 'wave-without-release':
      return {
        words: language.say('annual', 'left-wave', { wave: isolated(language, what.name) }),
        href: sectionHref(reportId, 'asked'),
      };
    case 'finding-not-public':
      return { words: annual['left-not-public'], href: finding(what.id) };
    case 'finding-hidden-now':
      return { words: annual['left-hidden'], href: finding(what.id) };
    case 'finding-not-taken-up':
      return {
        words: language.say('annual', 'left-not-taken-up', { finding: isolated(language, name(language, what.name)) }),
        href: finding(what.id),
      };
    case 'action-not-public':
      return {
        words: language.say('annual', 'left-action', { reference: isolated(language, what.reference) }),
        href: actionHref(what.id),
      };
    case 'entry-not-public':
      return {
        words: language.say('annual', 'left-entry', { entry: isolated(language, what.title) }),
        href: entryHref(what.id),
      };
    case 'entry-unfinished':
      return {
        words: language.say('annual', 'left-unfinished', { entry: isolated(language, what.title) }),
        href: entryHref(what.id),
      };
  }
}
