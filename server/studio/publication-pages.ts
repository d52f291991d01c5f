import { textParts, usualPlace, wordsOf, type Changes, type TextPart } from '../core/survey/next-version.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { wordsField } from './pages.ts';
import type { SeenProposal } from './proposals/seen-proposals.ts';
import { fieldName, type PublicationFault, type PublicationForm } from './publication-form.ts';
import {
  apart,
  directionOf,
  itemView,
  languageName,
  textFor,
  written,
  type Choice,
  type ItemView,
  type WordedVersion,
  type WordsField,
  type Written,
} from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/new-publication': {
      title: string;
      survey: string;
      version: string;
      name: Written;
      from: string;
      faults: FieldFault[];
      /** Faults of the whole content as the machine says them, in English; empty as a rule. */
      exactFaults: string[];
      more: boolean;
      proposals: {
        id: string;
        text: Written;
        chosen: boolean;
        place: { id: string; fault: string; choices: Choice[] };
        languages: { title: string; fields: WordsField[] }[];
      }[];
    };
    'studio/version': {
      title: string;
      name: Written;
      facts: { name: string; value: string }[];
      hash: string;
      statuses: { language: string; lang: string; status: string }[];
      /** Undefined for the first version: there is nothing to compare it with. */
      changes: {
        than: string;
        groups: { title: string; items: { id: string; href: string; text: Written }[] }[];
        unchangedTitle: string;
        unchanged: { id: string; href: string; text: Written }[];
      } | null;
      items: (ItemView & { added: boolean })[];
      versions: { href: string; words: string; current: boolean }[];
    };
  }
}

/** As many as fit on one form. */
export const AT_ONCE = 8;

export function newPublicationPage(
  language: Language,
  { version, texts }: WordedVersion,
  waiting: readonly SeenProposal[],
  state: { form: PublicationForm | undefined; faults: readonly PublicationFault[]; exactFaults: readonly string[] },
): Views['studio/new-publication'] {
  const { studio } = language.words;
  const { form, faults, exactFaults } = state;
  const name = nameOf(language, { version, texts });
  const say = (code: PublicationFault['code']) => studio[`fault-${code}`];
  const summary = faults.map(({ field, about, code }) => ({
    field,
    message: about ? `${apart(about)}: ${say(code)}` : say(code),
  }));
  if (exactFaults.length > 0) summary.push({ field: 'exact-faults', message: studio['fault-not-sound'] });
  return {
    title: studio.publishTitle,
    survey: version.surveyId,
    version: version.id,
    name,
    from: language.say('studio', 'publishFrom', {
      number: language.number(version.number),
      next: language.number(version.number + 1),
    }),
    faults: summary,
    exactFaults: [...exactFaults],
    more: waiting.length > AT_ONCE,
    proposals: waiting.slice(0, AT_ONCE).map((proposal) => {
      const place = fieldName(proposal.id, 'after');
      const faultAt = (field: string) => {
        const found = faults.find((fault) => fault.field === field);
        return found ? say(found.code) : '';
      };
      return {
        id: proposal.id,
        text: written(proposal.text.text, proposal.language),
        chosen: form ? form.chosen.includes(proposal.id) : true,
        place: {
          id: place,
          fault: faultAt(place),
          choices: placeChoices(
            language,
            { version, texts },
            form?.field(place) ?? usualPlace(version.definition) ?? '',
          ),
        },
        languages: [...texts.keys()]
          .filter((code) => code !== proposal.language)
          .map((code) => ({
            title: language.say('studio', 'wordsIn', { language: apart(languageName(code)) }),
            fields: textParts(proposal.item).map((part) => {
              const id = fieldName(proposal.id, code, part);
              return wordsField(id, partLabel(language, part), {
                source: written(wordsOf(proposal.text, part), proposal.language),
                value: form?.field(id) ?? '',
                fault: faultAt(id),
                lang: code,
                dir: directionOf(code),
              });
            }),
          })),
      };
    }),
  };
}

function partLabel(language: Language, part: TextPart): string {
  const { studio } = language.words;
  if (part === 'text') return studio.partQuestion;
  if (part === 'hint') return studio.partHint;
  if (part === 'low') return studio.partLow;
  if (part === 'high') return studio.partHigh;
  return part.startsWith('row.') ? studio.partRow : studio.partOption;
}

function placeChoices(language: Language, { version, texts }: WordedVersion, chosen: string): Choice[] {
  const text = textFor(language, texts);
  const lang = text?.language ?? language.code;
  return [
    { value: '', words: language.words.studio.placeFirst, lang: language.code, chosen: chosen === '' },
    ...version.definition.items.map(({ id }) => ({
      value: id,
      words: text?.items[id]?.text ?? id,
      lang,
      chosen: id === chosen,
    })),
  ];
}

function nameOf(language: Language, { version, texts }: WordedVersion): Written {
  const text = textFor(language, texts);
  return written(text?.name ?? version.surveyId, text?.language ?? language.code);
}

export function versionPage(
  language: Language,
  worded: WordedVersion,
  before: { worded: WordedVersion; changes: Changes } | undefined,
  history: readonly { id: string; number: number; publishedAt: string }[],
): Views['studio/version'] {
  const { studio } = language.words;
  const { version, texts } = worded;
  const text = textFor(language, texts);
  const lang = text?.language ?? language.code;
  const wordsIn = (id: string) => text?.items[id]?.text ?? id;
  const number = (of: { number: number }) =>
    language.say('studio', 'versionNumber', { number: language.number(of.number) });
  return {
    title: number(version),
    name: nameOf(language, worded),
    facts: [
      { name: studio.published, value: language.date(version.publishedAt) },
      { name: studio.questionsAndPages, value: language.number(version.definition.items.length) },
    ],
    hash: version.contentHash,
    statuses: [...texts.values()].map((one) => ({
      language: languageName(one.language),
      lang: one.language,
      status: studio[`status-${one.status}`],
    })),
    changes: before ? changesView(language, worded, before, number(before.worded.version)) : null,
    items: version.definition.items.map((item) => ({
      ...itemView(language, item, text?.items[item.id] ?? { text: item.id }, lang, wordsIn),
      added: before?.changes.added.includes(item.id) ?? false,
    })),
    versions: history.map((one) => ({
      href: `/studio/versions/${one.id}`,
      words: language.say('studio', 'versionOf', {
        number: language.number(one.number),
        date: language.date(one.publishedAt),
      }),
      current: one.id === version.id,
    })),
  };
}

function changesView(
  language: Language,
  now: WordedVersion,
  before: { worded: WordedVersion; changes: Changes },
  than: string,
): NonNullable<Views['studio/version']['changes']> {
  const { studio } = language.words;
  const { changes } = before;
  const listed = (ids: readonly string[], of: WordedVersion, here: boolean) => {
    const text = textFor(language, of.texts);
    return ids.map((id) => ({
      id,
      href: here ? `#asked-${id}` : '',
      text: written(text?.items[id]?.text ?? id, text?.language ?? language.code),
    }));
  };
  const groups = [
    { title: studio.changesAdded, items: listed(changes.added, now, true) },
    { title: studio.changesChanged, items: listed(changes.changed, now, true) },
    { title: studio.changesRemoved, items: listed(changes.removed, before.worded, false) },
  ];
  return {
    than: language.say('studio', 'changesThan', { version: than }),
    groups: groups.filter((group) => group.items.length > 0),
    unchangedTitle: language.say('studio', 'unchanged', { count: changes.unchanged.length }),
    unchanged: listed(changes.unchanged, now, true),
  };
}
