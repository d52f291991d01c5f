import { Type } from 'typebox';
import { findingFaults, type FindingPlace } from '../core/loop/finding.ts';
import { Fault, Superseded } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createFindings, type Finding } from '../storage/findings.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { findingsPage, newFindingPage } from './finding-pages.ts';
import { createQuotations, type Quoted } from './released.ts';
import { Place, placeOf, tidy, Typed } from './shapes.ts';

const NewFinding = Type.Object({ ...Place, whyItMatters: Typed }, { additionalProperties: false });
const AtPlace = Type.Object(Place);

/** The list of findings and making one. */
export async function findingRoutes(app: App, { database, clock }: Services): Promise<void> {
  const findings = createFindings(database);
  const quotations = createQuotations(database);
  const audit = createAudit(database);

  /** The figure of a published release of this authority, shown or refused. */
  async function quote(me: SignedIn, releaseId: string, place: FindingPlace): Promise<Quoted> {
    const quoted = await quotations.open(me, me.authorityId, releaseId, place);
    if (quoted === 'no-release') throw new Fault('not-found');
    // One answer for both, and for a place outside one's area, so that nobody learns which places there are.
    if (quoted === 'no-place' || quoted === 'hidden') throw new Fault('hidden-result');
    const { supersededBy } = quoted.entry;
    if (supersededBy !== null) throw new Superseded(releaseId, supersededBy);
    return quoted;
  }

  /** Findings with their figures, without those outside one's area. */
  async function withFigures<Kept extends Finding>(
    me: SignedIn,
    list: readonly Kept[],
  ): Promise<{ finding: Kept; quoted: Quoted }[]> {
    const opened = await Promise.all(
      list.map(async (finding) => ({
        finding,
        quoted: await quotations.open(me, finding.authorityId, finding.releaseId, finding.place),
      })),
    );
    return opened.flatMap(({ finding, quoted }) => (typeof quoted === 'string' ? [] : [{ finding, quoted }]));
  }

  app.get('/replies/findings', { config: { access: ['planner'] } }, async (request, reply) => {
    const me = person(request);
    const list = await withFigures(me, await findings.list(me.authorityId));
    return reply.page('replies/findings', findingsPage(request.language, list));
  });

  app.get(
    '/replies/findings/new',
    { schema: { querystring: AtPlace }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const { release } = request.query;
      const quoted = await quote(me, release, placeOf(request.query));
      await audit.write({
        at: clock(),
        accountId: me.accountId,
        action: 'results-viewed',
        subject: subjectOf(request.query),
      });
      const form = { releaseId: release, whyItMatters: '', faults: [] };
      return reply.page('replies/new-finding', newFindingPage(request.language, quoted, form));
    },
  );

  app.post(
    '/replies/findings',
    { schema: { body: NewFinding }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const { accountId, authorityId } = me;
      const { release: releaseId, ...fields } = request.body;
      const place = placeOf(fields);
      const quoted = await quote(me, releaseId, place);
      const whyItMatters = tidy(fields.whyItMatters);
      const faults = findingFaults({ whyItMatters });
      if (faults.length > 0) {
        const page = newFindingPage(request.language, quoted, { releaseId, whyItMatters, faults });
        return reply.code(422).page('replies/new-finding', page);
      }
      const id = await findings.make({ authorityId, releaseId, place, whyItMatters }, accountId, clock());
      await audit.write({ at: clock(), accountId, action: 'finding-made', subject: id });
      return reply.redirect(`/replies/findings/${id}?done=finding`, 303);
    },
  );
}

function subjectOf(query: { release: string; node: string; band: string; item: string; option: string }): string {
  return [query.release, query.node, query.band, query.item, query.option].join('/');
}
