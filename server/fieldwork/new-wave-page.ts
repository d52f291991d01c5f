import type { PublishedReply } from '../storage/replies.ts';
import { isolated, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { childTitle } from './reply-step-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/new-wave': {
      title: string;
      faults: FieldFault[];
      name: string;
      nameFault: string;
      families: { value: string; words: string; chosen: boolean }[];
      familyFault: string;
      /** The reply that the wave will ask about; null where it was not made from one. */
      reply: { id: string; words: string } | null;
      /** Whether some family is open to whoever comes, and so needs neither bands nor schools. */
      someOpen: boolean;
    };
  }
}

/** What somebody has put into the form of a new wave so far. */
export interface WaveForm {
  name: string;
  family: string;
  /** Set where a reply's page led here. */
  reply?: PublishedReply | undefined;
}

/** A family of surveys that a wave can ask. */
export interface Family {
  id: string;
  /** Whether it is open to whoever comes. */
  open: boolean;
}

export function newWavePage(
  language: Language,
  form: WaveForm,
  families: readonly Family[],
  faults: FieldFault[],
): Views['fieldwork/new-wave'] {
  const faultOn = (field: string) => faults.find((fault) => fault.field === field)?.message ?? '';
  return {
    title: language.words.fieldwork.newTitle,
    faults,
    name: form.name,
    nameFault: faultOn('name'),
    families: families.map(({ id, open }) => ({
      value: id,
      words: open ? language.say('fieldwork', 'openFamily', { family: id }) : id,
      chosen: id === form.family,
    })),
    familyFault: faultOn('family'),
    reply: form.reply ? { id: form.reply.id, words: aboutReply(language, form.reply) } : null,
    someOpen: families.some(({ open }) => open),
  };
}

/** What is wrong with the form of a new wave. */
export function waveFaults(
  words: Language['words']['fieldwork'],
  form: WaveForm,
  family: Family | undefined,
): FieldFault[] {
  return [
    ...(form.name.length < 3 ? [{ field: 'name', message: words.faultName }] : []),
    ...(family ? [] : [{ field: 'family', message: words.faultFamily }]),
  ];
}

function aboutReply(language: Language, reply: PublishedReply): string {
  return language.say('feedback', 'newAbout', { title: isolated(language, childTitle(language, reply).title) });
}
