import type { PublishedReply } from '../storage/replies.ts';
import { publicReplyHref } from '../web/feedback-addresses.ts';
import { isolated, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { placeOfReply, type ReplyChoices } from './reply-offers.ts';
import { stepPage, type StepPage } from './setup-pages.ts';
import type { WaveFacts } from './wave-facts.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/setup-reply': StepPage & {
      replies: {
        id: string;
        title: string;
        lang: string;
        about: string;
        href: string;
        readWords: string;
        chosen: boolean;
      }[];
      fault: string;
    };
  }
}

export function replyStepPage(
  language: Language,
  facts: WaveFacts,
  choices: ReplyChoices,
  faults: FieldFault[] = [],
): Views['fieldwork/setup-reply'] {
  const { words } = language;
  return {
    ...stepPage(language, 'reply', facts, faults),
    fault: faults[0]?.message ?? '',
    replies: choices.replies.map((reply) => {
      const { title, lang } = childTitle(language, reply);
      const about = [
        isolated(language, placeOfReply(reply, facts, choices)),
        words.replies[`decision-${reply.decision}`],
        language.say('feedback', 'publishedOn', { date: language.date(reply.publishedAt) }),
      ];
      return {
        id: reply.id,
        title,
        lang,
        about: about.join(' · '),
        href: publicReplyHref(facts.authority.id, reply.id),
        readWords: language.say('feedback', 'readOf', { title: isolated(language, title) }),
        chosen: reply.id === facts.reply?.id,
      };
    }),
  };
}

/** What the reply of a wave is called; empty where it has none. */
export function replyTitle(language: Language, { reply }: Pick<WaveFacts, 'reply'>): string {
  return reply ? isolated(language, childTitle(language, reply).title) : '';
}

/** The title for children in the language of the page, else in one that it has. */
export function childTitle(language: Language, { texts }: Pick<PublishedReply, 'texts'>) {
  const own = texts.child[language.code]?.title;
  if (own) return { title: own, lang: language.code };
  const [lang = language.code, text] = Object.entries(texts.child)[0] ?? [];
  return { title: text?.title ?? '', lang };
}
