import { Type, type Static } from 'typebox';
import { LINE_LENGTH, TEXT_LENGTH, type LoopFault } from '../core/loop/fields.ts';
import { levelOfText, readingAgeFor, type ReadingLevel } from '../core/loop/reading-level.ts';
import {
  DECISIONS,
  isBegun,
  NO_TEXTS,
  PART_LENGTHS,
  partsFor,
  READERS,
  REPLY_PARTS,
  textFor,
  type Decision,
  type Reader,
  type ReplyPart,
  type ReplyText,
  type ReplyTexts,
  type ReplyWords,
} from '../core/loop/reply.ts';
import type { Band } from '../core/survey/stage.ts';
import { LANGUAGES, type Language, type LanguageCode } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';
import { faultOf, faultWords, type TextField } from './fields.ts';
import { tidy, Typed } from './shapes.ts';

/* The form of a reply: three readers side by side, in every language. */

export const CODES = LANGUAGES.map((language) => language.code);

type TypedPart = `${ReplyPart}-${Reader}-${LanguageCode}`;
const partFields = Object.fromEntries(
  CODES.flatMap((code) =>
    READERS.flatMap((reader) =>
      partsFor(reader).map((part) => [`${part}-${reader}-${code}`, Type.Optional(Typed)] as const),
    ),
  ),
) as Record<TypedPart, ReturnType<typeof Type.Optional<typeof Typed>>>;

/** What the form sends; a part that is left out is one that is not written. */
export const ReplyShape = Type.Object(
  {
    decision: Type.Optional(Type.Enum(DECISIONS)),
    owner: Typed,
    dueOn: Type.Optional(Typed),
    nextUpdateOn: Typed,
    ...partFields,
  },
  { additionalProperties: false },
);

/** What was typed, as a reply. Words that nobody began are none. */
export function readReply(form: Static<typeof ReplyShape>): ReplyWords {
  const textsOf = (reader: Reader) =>
    CODES.map((code) => [code, readText(form, reader, code)] as const).filter(([, text]) => isBegun(text));
  const texts = Object.fromEntries(READERS.map((reader) => [reader, Object.fromEntries(textsOf(reader))]));
  return {
    decision: form.decision,
    owner: tidy(form.owner),
    dueOn: tidy(form.dueOn ?? ''),
    nextUpdateOn: tidy(form.nextUpdateOn),
    texts: texts as unknown as ReplyTexts,
  };
}

function readText(form: Static<typeof ReplyShape>, reader: Reader, code: LanguageCode): ReplyText {
  const parts = REPLY_PARTS.map((part) => [part, tidy(form[`${part}-${reader}-${code}`] ?? '')]);
  return Object.fromEntries(parts) as ReplyText;
}

export interface ReplyFormView {
  href: string;
  heading: string;
  faults: FieldFault[];
  decisions: { value: Decision; words: string; checked: boolean }[];
  decisionFault: string;
  texts: { legend: string; parts: { name: string; fields: TextField[] }[]; levels: string[]; suits: string }[];
  fields: TextField[];
}

/** What the form is about. */
export interface FormSubject {
  actionId: string;
  /** Offered as the owner of a new reply. */
  lead: string;
  band: Band;
  /** The reply that waits, if one does. */
  waiting: ReplyWords | undefined;
}

/** The form for a reply: what was typed, else the reply that waits, else empty but for the owner. */
export function replyForm(
  language: Language,
  { actionId, lead, band, waiting }: FormSubject,
  typed: { reply?: ReplyWords; faults: readonly LoopFault[] },
): ReplyFormView {
  const words = language.words.replies;
  const blank: ReplyWords = { decision: undefined, owner: lead, dueOn: '', nextUpdateOn: '', texts: NO_TEXTS };
  const reply = typed.reply ?? waiting ?? blank;
  const faults = replyFaultWords(language, typed.faults);
  const field = (name: string, label: string, hint: string, value: string, kind: TextField['kind']): TextField => ({
    ...{ name, label, hint, value, kind, fault: faultOf(faults, name), isOptional: true },
    longest: String(kind === 'lines' ? TEXT_LENGTH : LINE_LENGTH),
    lang: '',
    direction: kind === 'date' ? 'ltr' : 'auto',
  });
  const partField = (part: ReplyPart, reader: Reader, { code, direction }: (typeof LANGUAGES)[number]): TextField => ({
    ...field(
      `${part}-${reader}-${code}`,
      `${words[`part-${part}`]} · ${language.words.loop[`for-${reader}`]}`,
      reader === 'child' ? words[`hint-${part}`] : '',
      textFor(reply, reader, code)[part],
      part === 'title' ? 'line' : 'lines',
    ),
    lang: code,
    direction,
  });
  return {
    href: `/replies/actions/${actionId}/replies`,
    heading: waiting ? words.changeReplyTitle : words.newReplyTitle,
    faults,
    decisions: DECISIONS.map((value) => ({
      value,
      words: words[`decision-${value}`],
      checked: value === reply.decision,
    })),
    decisionFault: faultOf(faults, 'decision'),
    texts: LANGUAGES.map((written) => ({
      legend: words[`language-${written.code}`],
      parts: REPLY_PARTS.map((part) => ({
        name: words[`part-${part}`],
        fields: READERS.filter((reader) => partsFor(reader).includes(part)).map((reader) =>
          partField(part, reader, written),
        ),
      })),
      levels: READERS.map((reader) => levelWords(language, reader, textFor(reply, reader, written.code), written.code)),
      suits: suitsWords(language, textFor(reply, 'child', written.code), written.code, band),
    })),
    fields: [
      field('owner', words.owner, words.roleHint, reply.owner, 'line'),
      field('dueOn', language.words.loop.due, language.words.loop.dueHint, reply.dueOn, 'date'),
      field('nextUpdateOn', words.nextUpdate, words.nextUpdateHint, reply.nextUpdateOn, 'date'),
    ],
  };
}

/** What is wrong or missing, each with what its field is called where it stands alone: "And why (For children, Arabic)". */
export function replyFaultWords(language: Language, faults: readonly LoopFault[]): FieldFault[] {
  const longest = (field: string) => PART_LENGTHS[field.split('-')[0] as ReplyPart] ?? LINE_LENGTH;
  return faultWords(language, faults, replyLabels(language), longest);
}

function replyLabels(language: Language): Record<string, string> {
  const { replies: words, loop } = language.words;
  const parts = CODES.flatMap((code) =>
    READERS.flatMap((reader) =>
      partsFor(reader).map((part) => {
        const values = {
          part: words[`part-${part}`],
          reader: loop[`for-${reader}`],
          language: words[`language-${code}`],
        };
        return [`${part}-${reader}-${code}`, language.say('loop', 'labelOf', values)] as const;
      }),
    ),
  );
  return {
    decision: words.decision,
    owner: words.owner,
    dueOn: loop.due,
    nextUpdateOn: words.nextUpdate,
    ...Object.fromEntries(parts),
  };
}

/** "For children: about age 7 (86 words, 10.8 to a sentence, 2 that children may not know)." */
export function levelWords(language: Language, reader: Reader, text: ReplyText, written: string): string {
  const name = language.words.loop[`for-${reader}`];
  if (!isBegun(text)) return language.say('loop', 'levelEmpty', { reader: name });
  return inWords(language, name, levelOfText(text, reader, written));
}

/** How hard a passage is to read, for whom it is. */
export function inWords(language: Language, reader: string, level: ReadingLevel): string {
  const counts = language.say('loop', level.hardWords === null ? 'counts' : 'countsHard', {
    words: language.number(level.words),
    perSentence: language.number(level.wordsPerSentence),
    hard: language.number(level.hardWords ?? 0),
  });
  if (level.hardWords === null) return language.say('loop', 'levelCounts', { reader, counts });
  if (level.age === null) return language.say('loop', 'levelShort', { reader, counts });
  return language.say('loop', 'levelAge', { reader, age: language.number(level.age), counts });
}

/** Which age the children's words should suit, where they can be judged at all. */
function suitsWords(language: Language, text: ReplyText, written: string, band: Band): string {
  const { hardWords, age } = levelOfText(text, 'child', written);
  if (hardWords === null) return '';
  const suits = readingAgeFor(band);
  const values = { age: language.number(suits) };
  return language.say('loop', age !== null && age > suits ? 'levelTooHard' : 'levelSuits', values);
}
