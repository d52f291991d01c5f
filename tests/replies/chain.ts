import type { LightMyRequestResponse } from 'fastify';
import { partsFor, READERS } from '../../server/core/loop/reply.ts';
import { form, type House } from '../support/house.ts';

/** What a planner types, complete; tests change one field at a time. */
export const ACTION = { task: 'New lights on the canal path', lead: 'Roads and Transport', dueOn: '2026-09-01' };
const ENGLISH = {
  title: 'Feeling safe on the way home',
  youSaid: 'Many of you named the path by the canal.',
  considered: 'We thought about lights and about a shelter.',
  weDid: 'New lights are on the canal path since March.',
  why: 'A youth shelter there would stand on ground that floods.',
};
const ARABIC = {
  title: 'الشعور بالأمان في طريق العودة',
  youSaid: 'ذُكر كثيرًا الطريق بجانب القناة.',
  considered: 'فكّرنا في الأضواء وفي مكان مسقوف.',
  weDid: 'رُكّبت أضواء جديدة منذ مارس.',
  why: 'الأرض هناك تغمرها المياه.',
};

/** Words for every reader in every language, as the form of a reply names them: those for children as they are. */
export function replyFields(
  texts: Record<string, Record<string, string>> = { en: ENGLISH, ar: ARABIC },
): Record<string, string> {
  const fields = READERS.flatMap((reader) =>
    Object.entries(texts).flatMap(([language, text]) =>
      partsFor(reader).map((part): [string, string] => {
        const words = text[part] ?? '';
        return [`${part}-${reader}-${language}`, reader === 'child' ? words : `${words} (${reader})`];
      }),
    ),
  );
  return Object.fromEntries(fields);
}

export const REPLY: Record<string, string> = {
  decision: 'part',
  owner: 'Roads and Transport',
  dueOn: '2026-08-01',
  nextUpdateOn: '2026-06-01',
  ...replyFields(),
};

export async function get(house: House, url: string, headers: Record<string, string> = {}) {
  return house.app.inject({ url, headers });
}

export async function post(
  house: House,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<LightMyRequestResponse> {
  const body = form(fields);
  return house.app.inject({ method: 'POST', url, payload: body.payload, headers: { ...headers, ...body.headers } });
}

/** Follows a finding as far as a written reply, as a planner would. @returns addresses of each step */
export async function writeReply(
  house: House,
  planner: Record<string, string>,
  cell: Record<string, string>,
  changed: Record<string, string> = {},
) {
  const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'Four in ten do not.' }, planner);
  const finding = String(made.headers.location).split('?')[0] ?? '';
  await post(house, `${finding}/actions`, ACTION, planner);
  const replyForm =
    /action="(\/replies\/actions\/[^"]+\/replies)"/.exec((await get(house, finding, planner)).body)?.[1] ?? '';
  await post(house, replyForm, { ...REPLY, ...changed }, planner);
  const page = (await get(house, finding, planner)).body;
  const replyId = /data-written-reply="([^"]+)"/.exec(page)?.[1] ?? '';
  return { finding, replyForm, replyId, publication: `/replies/replies/${replyId}/publication` };
}

/** The same, and published. */
export async function publishReply(
  house: House,
  planner: Record<string, string>,
  cell: Record<string, string>,
  changed: Record<string, string> = {},
) {
  const written = await writeReply(house, planner, cell, changed);
  const published = await post(house, written.publication, {}, planner);
  return { ...written, published };
}
