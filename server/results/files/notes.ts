import type { Language } from '../../web/language.ts';
import { methodPage } from '../method-page.ts';

/** A part of what is to be known before somebody reads a file. */
export interface Note {
  title: string;
  paragraphs: readonly string[];
}

/** How to read the table and its gaps, then everything that the page about the method says. */
export function fileNotes(language: Language): Note[] {
  const method = methodPage(language).sections.map(({ title, paragraphs }) => ({ title, paragraphs }));
  return [...tableNotes(language), ...method];
}

/** How to read the table and its gaps. */
export function tableNotes({ words: { files } }: Language): Note[] {
  return [
    { title: files.noteTableTitle, paragraphs: [files.noteTable, files.noteSums] },
    { title: files.noteHiddenTitle, paragraphs: [files.noteHidden, files.noteHiddenAlike] },
    { title: files.noteStatesTitle, paragraphs: [files.noteStates, files.noteNotAsked] },
    { title: files.noteWordingsTitle, paragraphs: [files.noteWordings, files.noteNames] },
    { title: files.noteOneSchoolTitle, paragraphs: [files.noteOneSchool] },
  ];
}
