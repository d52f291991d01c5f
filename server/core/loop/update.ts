import { faultsAmong, futureDateProblem, TEXT_LENGTH, textProblem, type LoopFault } from './fields.ts';

/** News after a reply, as somebody writes it. */
export interface UpdateWords {
  /** By language. */
  words: Readonly<Record<string, string>>;
  /** A civil date; null where this is the last news. */
  nextUpdateOn: string | null;
}

/** What an update lacks on a day: its words in a language, or when the next news comes. */
export function updateFaults(
  { words, nextUpdateOn }: UpdateWords,
  languages: readonly string[],
  today: string,
): LoopFault<'nextUpdateOn' | `words-${string}`>[] {
  return faultsAmong([
    ...languages.map(
      (language) => [`words-${language}` as const, textProblem(words[language] ?? '', TEXT_LENGTH)] as const,
    ),
    ['nextUpdateOn', nextUpdateOn === null ? undefined : futureDateProblem(nextUpdateOn, today)],
  ]);
}
