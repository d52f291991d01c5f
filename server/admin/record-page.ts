import type { ChainHead } from '../core/audit-chain.ts';
import type { AuditAction, AuditEntry } from '../storage/audit.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import type { DoneCheck } from './record-checks.ts';
import { recordHref, type RecordQuery } from './record-filter.ts';

declare module '../web/views.ts' {
  interface Views {
    'admin/record': {
      title: string;
      wide: true;
      faults: FieldFault[];
      check: { state: 'unchecked' | 'sound' | 'broken'; words: string; when: string };
      head: { number: string; hash: string };
      form: { from: string; to: string };
      actionChoices: { value: string; words: string; chosen: boolean }[];
      personChoices: { value: string; words: string; chosen: boolean }[];
      filtered: boolean;
      entries: {
        number: string;
        when: string;
        who: string;
        what: string;
        whatHref: string;
        subject: string;
      }[];
      firstHref: string;
      olderHref: string;
      fileHref: string;
    };
  }
}

/** What the page of the record is made of. `older` says whether there are entries before the last one listed. */
export interface RecordFacts {
  query: RecordQuery;
  faults: FieldFault[];
  entries: readonly AuditEntry[];
  older: boolean;
  actions: readonly AuditAction[];
  people: readonly { id: string; name: string }[];
  head: ChainHead;
  /** The last check of the whole record; null if nobody asked for one since the server started. */
  check: DoneCheck | null;
}

export function recordPage(language: Language, facts: RecordFacts): Views['admin/record'] {
  const { query, entries, head } = facts;
  const words = language.words.admin;
  const { before, ...filter } = query;
  const last = entries.at(-1);
  return {
    title: words.recordTitle,
    wide: true,
    faults: facts.faults,
    check: checkWords(language, facts.check),
    head: { number: language.number(head.sequence), hash: head.hash },
    form: { from: query.from ?? '', to: query.to ?? '' },
    actionChoices: actionChoices(language, facts.actions, query.action),
    personChoices: [
      { value: '', words: words.recordEverybody, chosen: !query.person },
      ...facts.people.map(({ id, name }) => ({ value: id, words: name, chosen: id === query.person })),
    ],
    filtered: Object.values(filter).some((value) => value !== undefined && value !== ''),
    entries: entries.map((entry) => ({
      number: language.number(entry.sequence),
      when: atSecond(entry.at),
      who: entry.who ?? words.nobody,
      what: words[`action-${entry.action}`],
      whatHref: recordHref({ ...filter, action: entry.action }),
      subject: entry.subject,
    })),
    firstHref: before === undefined ? '' : recordHref(filter),
    olderHref: facts.older && last ? recordHref({ ...filter, before: last.sequence }) : '',
    fileHref: recordHref(filter, '/admin/record/entries.csv'),
  };
}

function actionChoices(language: Language, actions: readonly AuditAction[], chosen: string | undefined) {
  const words = language.words.admin;
  const choices = actions
    .map((action) => ({ value: action, words: words[`action-${action}`], chosen: action === chosen }))
    .toSorted((one, other) => one.words.localeCompare(other.words, language.code));
  return [{ value: '', words: words.recordEverything, chosen: !chosen }, ...choices];
}

const atSecond = (time: string) => time.slice(0, 19).replace('T', ' ');

function checkWords(language: Language, check: DoneCheck | null): Views['admin/record']['check'] {
  if (!check) return { state: 'unchecked', words: language.words.admin.recordUnchecked, when: '' };
  const { entries, broken } = check;
  const when = atSecond(check.at);
  if (!broken) return { state: 'sound', words: language.say('admin', 'recordSound', { count: entries }), when };
  const number = language.number(broken.sequence);
  return { state: 'broken', words: language.say('admin', `recordBroken-${broken.why}`, { number }), when };
}
