import { bandName } from '../../core/survey/stage.ts';
import { aboutFiles } from './about.ts';
import { dataDescription, FILE_ID } from './codebook-data.ts';
import { COLUMNS, type Fact } from './columns.ts';
import type { FileContent } from './content.ts';
import { fileNotes } from './notes.ts';
import { element, xmlFile, type Xml } from './xml.ts';

/*
 * The codebook: DDI Codebook 2.5, which archives read. It describes the release as a study, the CSV as its file,
 * each column and each item as a variable, and what can be looked up of an item as a table over place and band.
 * The order of the elements is that of the schema.
 */

/** @param csvName the name of the file that it describes */
export function codebookFile(content: FileContent, facts: Iterable<Fact>, csvName: string): string {
  const { language } = content;
  const root = element(
    'codeBook',
    {
      xmlns: 'ddi:codebook:2_5',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'ddi:codebook:2_5 http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd',
      version: '2.5',
      ID: 'codebook',
      'xml:lang': language.code,
    },
    [documentDescription(content), study(content), file(content, facts, csvName), dataDescription(content)],
  );
  return xmlFile(root);
}

function documentDescription(content: FileContent): Xml {
  const { words } = content.language;
  const { title, released } = aboutFiles(content);
  return element('docDscr', {}, [
    element('citation', {}, [
      element('titlStmt', {}, [element('titl', {}, `${words.files.codebookTitle}: ${title}`)]),
      element('prodStmt', {}, [
        element('producer', {}, words.layout.brand),
        element('prodDate', { date: released }, released),
      ]),
    ]),
    element('guide', {}, words.files.codebookGuide),
  ]);
}

function study(content: FileContent): Xml {
  return element('stdyDscr', {}, [citation(content), subject(content), method(content), access(content)]);
}

function citation(content: FileContent): Xml {
  const { brand } = content.language.words.layout;
  const { title, authority, released, releaseId, sha256 } = aboutFiles(content);
  return element('citation', {}, [
    element('titlStmt', {}, [
      element('titl', {}, title),
      element('IDNo', { agency: brand }, releaseId),
      element('IDNo', { agency: 'SHA-256' }, sha256),
    ]),
    element('rspStmt', {}, [element('AuthEnty', {}, authority)]),
    element('distStmt', {}, [element('distrbtr', {}, authority), element('distDate', { date: released }, released)]),
    element('verStmt', {}, [element('version', { date: released }, sha256)]),
  ]);
}

function subject(content: FileContent): Xml {
  const { language, release, items } = content;
  const { results, files } = language.words;
  const { authority, startsOn, endsOn, title } = aboutFiles(content);
  const domains = new Set(items.map(({ item }) => item.domain));
  const domainWords: Record<string, string> = results;
  const bands = release.bands.map(bandName);
  return element('stdyInfo', {}, [
    element(
      'subject',
      {},
      Array.from(domains, (domain) => element('keyword', {}, domainWords[`domain-${domain}`] ?? domain)),
    ),
    element('abstract', {}, `${title}. ${files.lead}`),
    element('sumDscr', {}, [
      element('collDate', { date: startsOn, event: 'start' }, startsOn),
      element('collDate', { date: endsOn, event: 'end' }, endsOn),
      element('geogCover', {}, authority),
      element('anlyUnit', {}, files.unit),
      element('universe', {}, language.say('files', 'universeWave', { bands: bands.join(', ') })),
      element('dataKind', {}, files.dataKind),
    ]),
  ]);
}

function method({ language }: FileContent): Xml {
  const notes = fileNotes(language).map(({ title, paragraphs }) =>
    element('notes', { subject: title }, paragraphs.join(' ')),
  );
  const { files } = language.words;
  return element('method', {}, [...notes, element('anlyInfo', {}, [element('respRate', {}, files.respRate)])]);
}

function access(content: FileContent): Xml {
  const { noteOneSchool } = content.language.words.files;
  return element('dataAccs', {}, [
    element('useStmt', {}, [
      element('restrctn', {}, noteOneSchool),
      element('conditions', {}, aboutFiles(content).terms),
    ]),
  ]);
}

function file({ language }: FileContent, facts: Iterable<Fact>, csvName: string): Xml {
  const { files } = language.words;
  const rows = { all: 0, hidden: 0 };
  for (const { share_percent: share } of facts) {
    rows.all += 1;
    if (share === null) rows.hidden += 1;
  }
  return element('fileDscr', { ID: FILE_ID }, [
    element('fileTxt', {}, [
      element('fileName', {}, csvName),
      element('fileCont', {}, files.noteTable),
      element('fileStrc', { type: 'rectangular' }),
      element('dimensns', {}, [
        element('caseQnty', {}, String(rows.all)),
        element('varQnty', {}, String(COLUMNS.length)),
      ]),
      element('fileType', { charset: 'UTF-8' }, 'text/csv'),
      element('dataMsng', {}, language.say('files', 'hiddenRows', { ...rows, words: files.noteHidden })),
    ]),
  ]);
}
