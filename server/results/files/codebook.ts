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
  const { results, files, open } = language.words;
  const isOpen = release.reached === 'open';
  const { authority, startsOn, endsOn, title } = aboutFiles(content);
  const domains = new Set(items.map(({ item }) => item.domain));
  const domainWords: Record<string, string> = results;
  const bands = release.bands.map(bandName).join(', ');
  const universe = isOpen
    ? language.say('open', 'filesUniverse', { bands })
    : language.say('files', 'universeWave', { bands });
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
      element('anlyUnit', {}, isOpen ? open.filesUnit : files.unit),
      element('universe', {}, universe),
      element('dataKind', {}, files.dataKind),
    ]),
  ]);
}

function method({ language, release }: FileContent): Xml {
  const notes = fileNotes(language, release).map(({ title, paragraphs }) =>
    element('notes', { subject: title }, paragraphs.join(' ')),
  );
  const { files, open } = language.words;
  const rate = release.reached === 'open' ? open.filesResponse : files.respRate;
  return element('method', {}, [...notes, element('anlyInfo', {}, [element('respRate', {}, rate)])]);
}

function access(content: FileContent): Xml {
  const { noteOneSchool } = content.language.words.files;
  const mayHold = content.release.reached === 'roll';
  return element('dataAccs', {}, [
    element('useStmt', {}, [
      ...(mayHold ? [element('restrctn', {}, noteOneSchool)] : []),
      element('conditions', {}, aboutFiles(content).terms),
    ]),
  ]);
}

function file({ language, release }: FileContent, facts: Iterable<Fact>, csvName: string): Xml {
  const { files, open } = language.words;
  const rows = { all: 0, hidden: 0 };
  for (const { share_percent: share } of facts) {
    rows.all += 1;
    if (share === null) rows.hidden += 1;
  }
  return element('fileDscr', { ID: FILE_ID }, [
    element('fileTxt', {}, [
      element('fileName', {}, csvName),
      element('fileCont', {}, release.reached === 'open' ? open.filesTable : files.noteTable),
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
