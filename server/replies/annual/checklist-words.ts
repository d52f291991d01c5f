import type { ChecklistItem, Lack } from '../../core/loop/annual/checklist.ts';
import { aimSection } from '../../core/loop/annual/sections.ts';
import { isolated, type Language } from '../../web/language.ts';
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

function lackView(language: Language, reportId: string, what: Exclude<Lack, Empty>): LackView {
  const say = (key: Parameters<typeof language.say<'annual'>>[1], values: Record<string, string> = {}) =>
    language.say('annual', key, values);
  const view = (words: string, href: string): LackView => ({ lack: what.lack, words, href });
  const finding = (id: string) => `/replies/findings/${id}`;
  const plain = (text: string) => isolated(language, text);
  switch (what.lack) {
    case 'gone':
      return view(say('lack-gone', { place: placeWords(language, what), number: language.number(what.number) }), `${sectionHref(reportId, what.section)}#${what.reader}-${what.language}`); // prettier-ignore
    case 'without-source':
      return view(say('lack-without-source', { place: placeWords(language, what), numbers: what.found.map(plain).join(language.words.annual.listComma) }), `${sectionHref(reportId, what.section)}#${what.reader}-${what.language}`); // prettier-ignore
    case 'too-hard':
      return view(say('lack-too-hard', { age: language.number(what.age), suits: language.number(what.suits), language: languageName(language, what.language) }), `${reportHref(reportId)}#sections`); // prettier-ignore
    case 'unread': {
      const list = new Intl.ListFormat(language.code).format(what.sections.map((id) => sectionName(language, id)));
      return view(say('lack-unread', { language: languageName(language, what.language), sections: list }), `${reportHref(reportId)}#languages`); // prettier-ignore
    }
    case 'period-runs':
      return view(say('lack-period-runs', { date: language.date(what.to) }), reportHref(reportId));
    case 'nothing-asked':
      return view(say('lack-nothing-asked'), sectionHref(reportId, 'asked'));
    case 'aim-without-action':
      return view(say('lack-aim', { aim: sectionName(language, aimSection(what.aim)) }), PLAN);
    case 'no-aim':
      return view(say('lack-no-aim', { reference: plain(what.reference) }), `${actionHref(what.id)}/change#aims`);
    case 'no-progress':
      return view(say('lack-no-progress', { reference: plain(what.reference) }), actionHref(what.id));
    case 'no-value':
      return view(say('lack-no-value', { reference: plain(what.reference), measure: plain(what.measure) }), actionHref(what.id)); // prettier-ignore
    case 'priority-without-reply':
      return view(say('lack-priority', { finding: plain(name(language, what.name)) }), finding(what.id));
    case 'corrected':
      return view(say('lack-corrected', { finding: plain(name(language, what.name)), wave: plain(what.wave) }), finding(what.id)); // prettier-ignore
    case 'no-involvement':
      return view(say('lack-no-involvement'), sectionHref(reportId, 'involved'));
    case 'nothing-changed':
      return view(say('lack-nothing-changed', { entry: plain(what.title) }), sectionHref(reportId, 'involved'));
    case 'no-feedback':
      return view(say('lack-no-feedback'), sectionHref(reportId, 'answers'));
    case 'left-out':
      return leftOutView(language, reportId, what.what, view);
  }
}

function leftOutView(
  language: Language,
  reportId: string,
  what: Extract<Lack, { lack: 'left-out' }>['what'],
  view: (words: string, href: string) => LackView,
): LackView {
  switch (what.why) {
    case 'wave-without-release':
      return view(language.say('annual', 'left-wave', { wave: isolated(language, what.name) }), sectionHref(reportId, 'asked')); // prettier-ignore
    case 'finding-not-public':
      return view(language.words.annual['left-not-public'], `/replies/findings/${what.id}`);
    case 'finding-hidden-now':
      return view(language.words.annual['left-hidden'], `/replies/findings/${what.id}`);
    case 'action-not-public':
      return view(language.say('annual', 'left-action', { reference: isolated(language, what.reference) }), actionHref(what.id)); // prettier-ignore
    case 'entry-not-public':
      return view(language.say('annual', 'left-entry', { entry: isolated(language, what.title) }), sectionHref(reportId, 'involved')); // prettier-ignore
  }
}
