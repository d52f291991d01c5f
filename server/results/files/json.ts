import { Type } from 'typebox';
import { bandName } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import { aboutFiles } from './about.ts';
import { columnsOf, columnWords, type Column, type ColumnName, type Fact } from './columns.ts';
import { FIVE_STATES, STATES, tidy, type FileContent, type FileItem } from './content.ts';
import { fileNotes } from './notes.ts';

/*
 * The release as JSON, for programs of one's own: what it is, its places, bands and items in words, and the table
 * of facts. A fact holds codes and figures; its words stand in the lists. The schema is served beside it.
 */

export const JSON_FORMAT = 'heard-release-facts-1';

/** Columns of a fact: words are in the lists, the release is said once. */
const FACT_COLUMNS = columnsOf('key', 'figure', 'care');

/** @param schemaName the name of the schema's file, which lies beside this one */
export function jsonFile(content: FileContent, facts: Iterable<Fact>, schemaName: string): string {
  const { language, release, items } = content;
  const { authority } = release;
  const { name, startsOn, endsOn } = release.wave;
  const { releaseId, sha256, released, terms, title } = aboutFiles(content);
  const head = {
    $schema: schemaName,
    format: JSON_FORMAT,
    language: language.code,
    title,
    release: {
      id: releaseId,
      sha256,
      released,
      authority: { id: authority.id, name: tidy(authority.name) },
      wave: { name: tidy(name), startsOn, endsOn },
      reached: release.reached,
    },
    terms,
    notes: fileNotes(language, release),
    columns: FACT_COLUMNS.map(({ name, type }) => ({ name, type, ...columnWords(language.words, name) })),
    states: FIVE_STATES.map((state) => ({ state, words: language.words.files[`state-${state}`] })),
    places: release.nodes.map(({ id, kind, code, name, schools, of }) => ({
      place: id,
      kind,
      code,
      name: tidy(name),
      schools,
      of: of ?? null,
    })),
    bands: release.bands.map((band) => ({ band: band.id, name: bandName(band), stages: band.stages })),
    items: items.map(jsonItem),
  };
  // A line for each fact, so that two releases can be set side by side.
  const lines = Array.from(facts, (fact) => JSON.stringify(jsonFact(fact))).join(',\n');
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "facts": [\n${lines}\n ]\n}\n`;
}

/** What is not there is null, be it a number or a text: a hidden figure, or the option of a state that has none. */
function jsonFact(fact: Fact): Record<string, string | number | null> {
  return Object.fromEntries(FACT_COLUMNS.map(({ name }) => [name, fact[name] === '' ? null : fact[name]]));
}

function jsonItem({ item, variable, wordings }: FileItem) {
  return {
    item: item.id,
    kind: item.kind,
    domain: item.domain,
    variable,
    several: item.several,
    unlinked: item.unlinked,
    wordings: wordings.map(({ name, question, hint, reads, askedOf, options, bands, versions }) => ({
      wording: name,
      question,
      hint,
      reads,
      askedOf,
      bands: bands.map(({ id }) => id),
      versions,
      options: options.map(({ code, words }) => ({ option: code, words })),
    })),
  };
}

const closed = { additionalProperties: false } as const;
const Text = Type.String();
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** The JSON Schema of the file, with what each column holds in the language of the reader. */
export function jsonSchemaFile(language: Language): string {
  const schema = Type.Object(
    {
      $schema: Text,
      format: Type.Literal(JSON_FORMAT),
      language: Text,
      title: Text,
      release: Release,
      terms: Text,
      notes: Type.Array(Type.Object({ title: Text, paragraphs: Type.Array(Text) }, closed)),
      columns: Type.Array(
        Type.Object(
          {
            name: Type.Enum(FACT_COLUMNS.map(({ name }) => name)),
            type: Type.Enum(['text', 'number']),
            label: Text,
            about: Text,
          },
          closed,
        ),
      ),
      states: Type.Array(Type.Object({ state: Type.Enum([...FIVE_STATES]), words: Text }, closed)),
      places: Type.Array(Place),
      bands: Type.Array(Type.Object({ band: Text, name: Text, stages: Type.Array(Text) }, closed)),
      items: Type.Array(Item),
      facts: Type.Array(factSchema(language)),
    },
    closed,
  );
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: JSON_FORMAT };
  return `${JSON.stringify({ ...head, description: language.words.files.noteTable, ...schema }, null, 1)}\n`;
}

const Release = Type.Object(
  {
    id: Text,
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    released: Day,
    authority: Type.Object({ id: Text, name: Text }, closed),
    wave: Type.Object({ name: Text, startsOn: Day, endsOn: Day }, closed),
    /** 'roll': everybody on a roll was asked; 'open': whoever came. */
    reached: Type.Enum(['roll', 'open']),
  },
  closed,
);

/** Schools by code; a rest or a cluster with every school once says of which place. */
const Place = Type.Object(
  { place: Text, kind: Text, code: Text, name: Text, schools: Type.Array(Text), of: Type.Union([Text, Type.Null()]) },
  closed,
);

const Item = Type.Object(
  {
    item: Text,
    kind: Text,
    domain: Text,
    variable: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
    several: Type.Boolean(),
    unlinked: Type.Boolean(),
    wordings: Type.Array(
      Type.Object(
        {
          wording: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
          question: Text,
          hint: Text,
          reads: Type.Union([Type.Null(), Type.Object({ question: Text, counted: Type.Array(Text) }, closed)]),
          askedOf: Type.Union([Type.Null(), Type.Object({ question: Text, answers: Type.Array(Text) }, closed)]),
          bands: Type.Array(Text),
          versions: Type.Array(Text),
          options: Type.Array(Type.Object({ option: Text, words: Text }, closed)),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
);

function factSchema(language: Language) {
  const properties = FACT_COLUMNS.map((column) => [column.name, columnSchema(language, column)] as const);
  return Type.Object(Object.fromEntries(properties), closed);
}

function columnSchema(language: Language, { name, type, role, decimals }: Column & { name: ColumnName }) {
  const { label, about } = columnWords(language.words, name);
  const words = { title: label, description: about };
  if (type === 'number') {
    const number = decimals ? Type.Number() : Type.Integer({ minimum: 0 });
    return Type.Union([number, Type.Null()], words);
  }
  if (name === 'state') return Type.Enum([...STATES], words);
  return role === 'key' && name !== 'option' ? Type.String(words) : Type.Union([Text, Type.Null()], words);
}
