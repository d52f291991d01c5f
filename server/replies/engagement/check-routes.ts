import { checkFaults, EMPTY_CHECK } from '../../core/loop/engagement/check.ts';
import { merge } from '../../core/loop/engagement/merge.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createEngagement } from '../../storage/engagement.ts';
import { person } from '../../web/access.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import { WithEntry, WRITERS } from './access.ts';
import { checkHref, entryHref } from './addresses.ts';
import { CheckForm, checkTexts, readCheck } from './check-form.ts';
import { checkPage, othersAnswers } from './check-page.ts';
import { createEngagementDesk } from './engagement-desk.ts';
import { createPersonalLook } from './personal.ts';

/** The guided check of an entry. */
export async function checkRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const record = createEngagement(database);
  const desk = createEngagementDesk(services);
  const personal = createPersonalLook(services);
  const audit = createAudit(database);

  app.get(checkHref(':entry'), { schema: { params: WithEntry }, ...WRITERS }, async (request, reply) => {
    const { entry } = await desk.writable(person(request), request.params.entry);
    const typed = { check: entry.check, basedOn: entry.checkKept.number, faults: [], personal: [] };
    return reply.page('replies/engagement/check', checkPage(request.language, entry, typed));
  });

  app.post(
    checkHref(':entry'),
    { schema: { params: WithEntry, body: CheckForm }, ...WRITERS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const me = person(request);
      const { language } = request;
      const { entry } = await desk.writable(me, request.params.entry);
      const { basedOn, confirmed } = request.body;
      const versions = (await record.history(entry.id)).checks;
      const base = basedOn === 0 ? EMPTY_CHECK : versions.find(({ number }) => number === basedOn)?.content;
      if (!base) throw new Fault('not-found', `This check has no version ${basedOn}.`);
      const check = readCheck(request.body);
      const faults = checkFaults(check);
      const found = await personal.unconfirmed(me, checkTexts(check), checkTexts(base), confirmed);
      if (faults.length > 0 || found.length > 0) {
        const page = checkPage(language, entry, { check, basedOn, faults, personal: found });
        return reply.code(422).page('replies/engagement/check', page);
      }
      const written = await record.answer(entry.id, check, basedOn, me.accountId, clock());
      if (written === 'changed-since') {
        const newest = (await record.find(entry.id)) ?? entry;
        const { merged, theirs, both } = merge(base, check, newest.check);
        const page = checkPage(language, entry, {
          ...{ check: merged, basedOn: newest.checkKept.number, faults: checkFaults(merged), personal: [] },
          meanwhile: { who: newest.checkKept.by, theirs, both: othersAnswers(language, both, newest.check) },
        });
        return reply.code(409).page('replies/engagement/check', page);
      }
      const done = { at: clock(), accountId: me.accountId, subject: entry.id };
      if (written === 'written') await audit.write({ ...done, action: 'engagement-check-kept' });
      return reply.redirect(`${entryHref(entry.id)}?done=checked`, 303);
    },
  );
}
