import { Type, type Static } from 'typebox';
import { closed, commonShape } from '../item.ts';
import type { ItemKind } from './kind.ts';

export const InformationPage = Type.Object({ kind: Type.Literal('information'), ...commonShape }, closed);
export type InformationPage = Static<typeof InformationPage>;

/** A page to read. It asks nothing, so it has no codes and no bytes. */
export const information: ItemKind<InformationPage> = {
  name: 'information',
  pieces: () => ['hint'],
};
