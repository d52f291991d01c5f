import type { AuditEntry } from '../storage/audit.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'admin/record': { title: string; entries: { when: string; who: string; what: string; subject: string }[] };
  }
}

export function recordPage(language: Language, entries: readonly AuditEntry[]): Views['admin/record'] {
  const words = language.words.admin;
  return {
    title: words.recordTitle,
    entries: entries.map((entry) => ({
      when: entry.at.slice(0, 19).replace('T', ' '),
      who: entry.who ?? words.nobody,
      what: words[`action-${entry.action}`],
      subject: entry.subject,
    })),
  };
}
