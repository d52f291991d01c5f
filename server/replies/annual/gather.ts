import type { AnnualFacts } from '../../core/loop/annual/facts.ts';
import type { Period } from '../../core/loop/annual/period.ts';
import { createAuthorities } from '../../storage/authorities.ts';
import type { Services } from '../../web/services.ts';
import { createPublicReplies } from '../public-answered.ts';
import { gatherFeedback } from './gather-feedback.ts';
import { gatherActions } from './gather-actions.ts';
import { gatherInvolvement } from './gather-involvement.ts';
import { createFindingGatherer } from './gather-findings.ts';
import { replyFacts } from './gather-replies.ts';
import { gatherWaves } from './gather-waves.ts';

/**
 * Looks up what a report is drawn from. All of it may be public: figures are read as everybody reads them, and what
 * follows from a finding that can never be public is left out and told.
 */
export async function gatherFacts(services: Services, authorityId: string, period: Period): Promise<AnnualFacts> {
  const today = services.clock().slice(0, 10);
  const authority = (await createAuthorities(services.database).find(authorityId))?.name ?? '';
  const published = createPublicReplies(services);
  const findings = createFindingGatherer(services);
  const [waves, found, all, priorities] = await Promise.all([
    gatherWaves(services, authorityId, period),
    findings.gather(authorityId, period),
    published.all(authorityId),
    published.priorities(authorityId),
  ]);
  const actions = await gatherActions(services, { authorityId, period, today }, found.notPublic);
  const involvement = await gatherInvolvement(
    services,
    { authorityId, period, today },
    { findings: found.notPublic, actions: actions.notPublic },
  );
  return {
    period,
    today,
    waves,
    findings: found.facts,
    actions: actions.facts,
    replies: replyFacts(services, all, { period, today }),
    priorities,
    involvement: involvement.facts,
    feedback: await gatherFeedback(services, all, { period, authority }),
    leftOut: [
      ...waves.flatMap(({ id, name, release }) =>
        release ? [] : [{ why: 'wave-without-release' as const, id, name }],
      ),
      ...found.leftOut,
      ...actions.leftOut,
      ...involvement.leftOut,
    ],
  };
}
