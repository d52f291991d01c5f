import type { Release } from '../../core/disclosure/release.ts';
import type { Language } from '../../web/language.ts';
import { methodPage } from '../method-page.ts';
import { openMethod, openSection } from '../open/method.ts';

/** A part of what is to be known before somebody reads a file. */
export interface Note {
  title: string;
  paragraphs: readonly string[];
}

type Reached = Pick<Release, 'reached' | 'isNarrowed'>;

/** How to read the table and its gaps, then everything that the page about the method says. */
export function fileNotes(language: Language, release: Reached): Note[] {
  const sections =
    release.reached === 'open' ? openMethod(language).filter(({ id }) => id !== 'open') : methodPage(language).sections;
  return [...tableNotes(language, release), ...sections.map(({ title, paragraphs }) => ({ title, paragraphs }))];
}

/** How to read the table and its gaps; of an open survey first that it is one. */
export function tableNotes(language: Language, { reached, isNarrowed }: Reached): Note[] {
  const { files, open } = language.words;
  const table =
    reached === 'open'
      ? [openNote(language), { title: files.noteTableTitle, paragraphs: [open.filesTable, open.filesSums] }]
      : [{ title: files.noteTableTitle, paragraphs: [files.noteTable, files.noteSums] }];
  return [
    ...table,
    ...(isNarrowed ? [{ title: files.noteAreaTitle, paragraphs: [files.noteArea] }] : []),
    { title: files.noteHiddenTitle, paragraphs: [files.noteHidden, files.noteHiddenAlike] },
    { title: files.noteStatesTitle, paragraphs: [files.noteStates, files.noteNotAsked] },
    { title: files.noteWordingsTitle, paragraphs: [files.noteWordings, files.noteNames] },
    ...(reached === 'open' ? [] : [{ title: files.noteOneSchoolTitle, paragraphs: [files.noteOneSchool] }]),
  ];
}

function openNote(language: Language): Note {
  const { title, paragraphs } = openSection(language);
  return { title, paragraphs };
}
