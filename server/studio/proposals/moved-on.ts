import type { Language } from '../../web/language.ts';
import type { FieldFault } from '../../web/views.ts';

/** What is wrong with a form that was drawn for another draft than the one that counts. */
export function movedOn({ words: { proposals } }: Language): { faults: FieldFault[] } {
  return { faults: [{ field: 'draft', message: proposals.movedOn }] };
}
