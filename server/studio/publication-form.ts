import type { ItemText } from '../core/survey/text.ts';
import {
  makeText,
  translationFaults,
  wordsOf,
  type Addition,
  type TextPart,
  type TranslationFaultCode,
} from '../core/survey/next-version.ts';
import type { SeenProposal } from './proposals/seen-proposals.ts';
import type { WordedVersion } from './words.ts';

/*
 * The form of a publication has fields for every proposal that waits, so their names carry the proposal's id:
 * <id>.after, <id>.<language>.text, <id>.<language>.option.<code> …
 */

/** What the names of its fields look like. */
export const FIELD_NAMES =
  '^(survey|version|chosen|[A-Za-z0-9_-]{22}\\.(after|[a-z]{2,3}\\.(text|hint|low|high|(option|row)\\.[a-z0-9-]{1,40})))$';

export function fieldName(proposalId: string, ...parts: ['after'] | [string, TextPart]): string {
  return [proposalId, ...parts].join('.');
}

/** The form as it arrived. */
export interface PublicationForm {
  surveyId: string;
  /** The version that the form was drawn for; undefined if it did not say. */
  versionId: string | undefined;
  /** Ids of the proposals to publish, each once. */
  chosen: string[];
  /** A field's value; undefined if it did not arrive. */
  field(name: string): string | undefined;
}

export interface PublicationFault {
  /** The id of the field to go to. */
  field: string;
  /** The words that it is about, where the form asks for the same thing of many. */
  about?: string;
  code: TranslationFaultCode | 'none-chosen' | 'place-missing' | 'moved-on';
}

/** Makes a form from what arrived; a field that came twice counts once. */
export function readForm(body: Readonly<Record<string, readonly string[]>>): PublicationForm {
  return {
    surveyId: body['survey']?.[0] ?? '',
    versionId: body['version']?.[0],
    chosen: [...new Set(body['chosen'] ?? [])],
    field: (name) => body[name]?.[0],
  };
}

/**
 * The questions to add, with all their words.
 * @param chosen proposals that may be published, in the order they are to stand
 * @returns additions, or what is wrong with the form; never both
 */
export function readAdditions(
  form: PublicationForm,
  chosen: readonly SeenProposal[],
  { version, texts }: WordedVersion,
): { additions: Addition[]; faults: PublicationFault[] } {
  if (form.versionId !== undefined && form.versionId !== version.id) {
    // Its places were chosen in an order that is no longer the newest.
    return { additions: [], faults: [{ field: 'chosen', code: 'moved-on' }] };
  }
  if (chosen.length === 0) return { additions: [], faults: [{ field: 'chosen', code: 'none-chosen' }] };
  const known = ['', ...version.definition.items.map((item) => item.id)];
  const faults: PublicationFault[] = [];
  const additions = chosen.map((proposal): Addition => {
    const place = fieldName(proposal.id, 'after');
    const after = form.field(place);
    if (after === undefined || !known.includes(after))
      faults.push({ field: place, about: proposal.text.text, code: 'place-missing' });
    const words: Record<string, ItemText> = { [proposal.language]: proposal.text };
    for (const language of texts.keys()) {
      if (language === proposal.language) continue;
      const given = (part: TextPart) => form.field(fieldName(proposal.id, language, part)) ?? '';
      const found = translationFaults(proposal.item, given);
      for (const { part, code } of found) {
        faults.push({ field: fieldName(proposal.id, language, part), about: wordsOf(proposal.text, part), code });
      }
      if (found.length === 0) words[language] = makeText(proposal.item, given);
    }
    return { question: proposal.item, after: after || null, texts: words };
  });
  return faults.length > 0 ? { additions: [], faults } : { additions, faults };
}
