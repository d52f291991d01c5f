import { SETUP_STEPS } from '../../server/core/fieldwork/setup.ts';
import type { FieldworkHouse } from './fieldwork.ts';

/* A wave that is ready to open, settled step by step through its pages. */

type Fields = Record<string, string | string[]>;

/** What each step is filled with, unless a test says otherwise. */
export const SETTLED = {
  dates: { startsOn: '2026-05-01', endsOn: '2026-06-30' },
  languages: { languages: ['ar'] },
  help: { checkedBy: 'wellbeing lead', checkedOn: '2026-04-20' },
  target: { percent: '80' },
  'opting-out': { optOutsUntil: '2026-04-24', disagreement: 'talk-first' },
  assessment: { reviewedBy: 'data protection officer', reviewedOn: '2026-04-01' },
  conditions: { article6: 'public-task', article9: 'substantial-public-interest', schedule1: 'paragraph-6' },
  controller: { controller: 'Strathlorn Council', processor: 'Strathlorn Council itself' },
  rights: { equalityOn: '2026-04-02', childrensRightsOn: '2026-04-03' },
  retention: { retainedUntil: '2027-06-30' },
  complaints: { complaintsRoute: 'Write to the data protection officer of the council, or to the ICO.' },
  rehearsal: { leftOutReason: 'A test of Heard itself needs no rehearsal.' },
} as const satisfies Record<string, Fields>;

/** The steps that a wave without schools does not have. */
export const OF_WHOEVER_COMES = { target: null, 'opting-out': null };

/**
 * Fills the steps of a wave that has schools; those of another have fewer.
 * @param fields what a step is filled with instead, or besides; null leaves a step out
 * @throws if a step refuses what it is filled with
 */
export async function settleWave(
  { post }: Pick<FieldworkHouse, 'post'>,
  wave: string,
  fields: Record<string, Fields | null> = {},
): Promise<void> {
  // What a test brings comes first: the help contacts of a wave are those of its stages.
  for (const [step, filled] of Object.entries({ ...fields, ...(SETTLED as Record<string, Fields>), ...fields })) {
    if (filled === null) continue;
    const reply = await post('administrator', `${wave}/setup/${step}`, filled);
    if (reply.statusCode !== 303)
      throw new Error(`The step ${step} of ${wave} answers ${reply.statusCode}: expected 303.`);
  }
}

/** Has the impact assessment reviewed again, as it must be once readers or topics have changed. */
export async function reviewAgain({ post }: Pick<FieldworkHouse, 'post'>, wave: string): Promise<void> {
  await post('administrator', `${wave}/setup/assessment`, SETTLED.assessment);
}

/** The routes and pages of the steps of a wave that asks about no reply. */
export function setupSteps(wave: string): [string, string][] {
  const steps = SETUP_STEPS.filter((step) => step !== 'reply');
  return steps.map((step) => ['/fieldwork/waves/:wave/setup/:step', `${wave}/setup/${step}`]);
}
