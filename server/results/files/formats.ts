import type { Release } from '../../core/disclosure/release.ts';
import type { Language } from '../../web/language.ts';
import { fileStem } from './about.ts';
import { codebookFile } from './codebook.ts';
import { csvFile } from './csv.ts';
import type { FileContent } from './content.ts';
import { factsOf } from './facts.ts';
import { jsonFile, jsonSchemaFile } from './json.ts';
import { spssFile } from './spss.ts';
import { workbookFile } from './workbook.ts';

/* The files of a release: what they are called, what they are sent as, and the making of them all. */

export const FORMATS = ['xlsx', 'csv', 'groups', 'spss', 'json', 'schema', 'codebook'] as const;
export type Format = (typeof FORMATS)[number];

/** What is made together when somebody first asks; the rest takes as long again and is made when it is asked for itself. */
export type Part = 'figures' | 'groups';
export const PART_OF: Readonly<Record<Format, Part>> = {
  xlsx: 'figures',
  csv: 'figures',
  groups: 'groups',
  spss: 'figures',
  json: 'figures',
  schema: 'figures',
  codebook: 'figures',
};

const KINDS: Readonly<Record<Format, { ending: string; type: string }>> = {
  xlsx: { ending: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
  groups: { ending: 'groups.csv', type: 'text/csv; charset=utf-8' },
  spss: { ending: 'sps', type: 'application/octet-stream' },
  json: { ending: 'json', type: 'application/json; charset=utf-8' },
  schema: { ending: 'schema.json', type: 'application/schema+json; charset=utf-8' },
  codebook: { ending: 'codebook.xml', type: 'application/xml; charset=utf-8' },
};

export function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

export function mediaType(format: Format): string {
  return KINDS[format].type;
}

/** The names of a release's files begin alike and hold its number, so that those of two never mix. */
export function fileName(language: Language, release: Pick<Release, 'sha256' | 'isNarrowed'>, format: Format): string {
  return `${fileStem(language, release)}.${KINDS[format].ending}`;
}

/** Files of a release in one language, but for that of groups. The rows are worked out once, so no format can differ from another. */
export async function makeFiles(content: FileContent): Promise<Record<Exclude<Format, 'groups'>, Buffer>> {
  const { language, release } = content;
  const facts = [...factsOf(content)];
  const nameOf = (format: Format) => fileName(language, release, format);
  return {
    xlsx: await workbookFile(content, facts),
    csv: Buffer.from(csvFile(facts)),
    spss: Buffer.from(spssFile(content, facts, nameOf('csv'))),
    json: Buffer.from(jsonFile(content, facts, nameOf('schema'))),
    schema: Buffer.from(jsonSchemaFile(language)),
    codebook: Buffer.from(codebookFile(content, facts, nameOf('csv'))),
  };
}
