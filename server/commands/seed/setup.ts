import type { PartId, SetupParts } from '../../core/fieldwork/setup.ts';
import { gatherWaveFacts } from '../../fieldwork/wave-facts.ts';
import { createWaves } from '../../storage/waves.ts';
import { createWaveSetup } from '../../storage/wave-setup.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from './days.ts';

/*
 * How the demonstration settles what a wave needs before it opens. Its data-protection file says in every line that
 * nobody has assessed anything: it is there to be looked at, not to be copied.
 */

const NOBODY = 'Demonstration: nobody has reviewed anything';
/** Days that the answers of the demonstration's waves are kept, from the day on which it is made. */
const KEPT_FOR = 5 * 365;

/** Notes every part of a wave's setup. @param at the time that they are noted at */
export async function settleWave(
  services: Services,
  waveId: string,
  administrator: string | null,
  at: string,
): Promise<void> {
  const { database, clock } = services;
  const wave = await createWaves(database).find(waveId);
  if (!wave) throw new Error(`The demonstration has no wave ${waveId}: expected the one just made.`);
  const { open, contactsHash, asked } = await gatherWaveFacts(services, wave);
  const day = at.slice(0, 10);
  const setup = createWaveSetup(database);
  const note = <Part extends PartId>(part: Part, content: SetupParts[Part]) =>
    setup.note(waveId, part, content, administrator, at);

  await note('languages', { languages: ['en', 'ar'] });
  await note('help', { checkedBy: NOBODY, checkedOn: day, contacts: contactsHash });
  if (!open) {
    await note('target', { percent: 80 });
    await note('opting-out', { optOutsUntil: daysFrom(wave.startsOn, -1), disagreement: 'talk-first' });
  }
  await note('assessment', { reviewedBy: NOBODY, reviewedOn: day, asked });
  await note('conditions', {
    article6: 'public-task',
    article9: 'substantial-public-interest',
    schedule1: 'paragraph-6',
  });
  await note('controller', {
    controller: 'Strathlorn Council, which is made up for the demonstration',
    processor: 'Whoever runs this demonstration',
  });
  await note('rights', { equalityOn: day, childrensRightsOn: day });
  await note('retention', { retainedUntil: daysFrom(clock(), KEPT_FOR) });
  await note('complaints', {
    complaintsRoute:
      'This is a demonstration, so there is nobody to complain to. In a real wave the data protection officer of the council and the Information Commissioner’s Office (ico.org.uk, 0303 123 1113) stand here.',
  });
  await note('rehearsal', { leftOutReason: 'A demonstration is a rehearsal already: nothing in it counts.' });
}
