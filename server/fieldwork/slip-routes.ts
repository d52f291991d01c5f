import { Type } from 'typebox';
import { classesOf } from '../core/fieldwork/class-list.ts';
import { withoutOptOuts } from '../core/fieldwork/class-numbers.ts';
import { withoutStarted } from '../core/fieldwork/slips.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters } from '../storage/fieldwork-counters.ts';
import { createWaves, type RollRow } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { originOf } from './addresses.ts';
import { administrator, Id, ownWave } from './own-wave.ts';
import { makeSlips } from './slip-sheet.ts';
import { slipsPage } from './slips-page.ts';

const WithSchool = Type.Object({ wave: Id, school: Id });
const ClassForm = Type.Object({ class: Type.String({ maxLength: 200 }) }, { additionalProperties: false });

/** Slips of a school, and those of one class whose sheet was lost. */
export function slipRoutes(app: App, services: Services): void {
  const { database, secrets, clock } = services;
  const waves = createWaves(database);
  const codes = createCodes(database);
  const audit = createAudit(database);
  const counters = createFieldworkCounters(database);
  const optOuts = createOptOuts(database);

  /** The roll of a school without those who do not take part and those who have begun. */
  async function stillToAnswer(waveId: string, schoolId: string, roll: readonly RollRow[]) {
    const expected = withoutOptOuts(roll, await optOuts.ofSchool(waveId, schoolId));
    return withoutStarted(expected, await counters.startedByClass(waveId, schoolId));
  }

  /** Makes the slips of one class again: its unspent ones are dead, those of other classes untouched. */
  app.post(
    '/fieldwork/waves/:wave/schools/:school/class-codes',
    { schema: { params: WithSchool, body: ClassForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'open') throw new Fault('wave-not-open');
      const school = (await waves.schools(wave.id)).find((candidate) => candidate.id === request.params.school);
      const stages = wave.bands.flatMap((band) => band.stages);
      const roll = (await waves.roll(wave.id)).filter(
        (row) => row.schoolId === school?.id && stages.includes(row.stage),
      );
      const { class: name } = request.body;
      const own = classesOf(roll).find((candidate) => candidate.name === name);
      if (!school || !own) throw new Fault('not-found');
      const isOwn = (row: { stage: string; class: string | null }) =>
        own.parts.some((part) => part.stage === row.stage && part.class === (row.class ?? ''));
      const groups = (await stillToAnswer(wave.id, school.id, roll)).filter(isOwn);
      const { slips, codes: stored } = makeSlips(groups, secrets);
      const parts = own.parts.map((part) => ({ stage: part.stage, class: part.class || null }));
      await codes.replaceUnspentOf(wave.id, school.id, parts, stored);
      // Without the class: the record is kept for good, and the classes of a wave are forgotten at its close.
      const subject = `${wave.id} ${school.code}`;
      await audit.write({ at: clock(), accountId, action: 'class-codes-made', subject });
      const address = { origin: originOf(request, services), host: request.host };
      return reply.page('fieldwork/slips', slipsPage(request.language, { wave, school, slips, ...address }));
    },
  );
}
