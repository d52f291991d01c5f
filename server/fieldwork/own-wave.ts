import { Type } from 'typebox';

export { ownWave } from '../web/own-wave.ts';

/* What the routes of a wave have in common. */

export const Id = Type.String({ maxLength: 40 });
export const WithWave = Type.Object({ wave: Id });
export const administrator = { config: { access: ['administrator'] } } as const;
