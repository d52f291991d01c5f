import type { InformationPage } from '../definition.ts';
import type { Kind } from './kind.ts';

/** A page to read. It asks nothing, so it has no codes and no bytes. */
export const information: Kind<InformationPage> = {
  name: 'information',
  codes: () => [],
  read: () => ({ blank: true }),
  slots: () => [],
  encode: () => [],
  holds: () => [],
  textFaults: (_item, text) => (text.hint ? [] : ['has no words for the body of the page ("hint")']),
};
