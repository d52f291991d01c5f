import type { LightMyRequestResponse } from 'fastify';
import { SECTIONS, type SectionId } from '../../server/core/loop/annual/sections.ts';
import { form, type House } from './house.ts';

/* An annual report as a planner writes it, for tests that need one. */

type Headers = Record<string, string>;

export const YEAR = { from: '2025-08-01', to: '2026-07-31' };

export async function post(
  house: House,
  url: string,
  fields: Headers,
  headers: Headers,
): Promise<LightMyRequestResponse> {
  const body = form(fields);
  return house.app.inject({ method: 'POST', url, payload: body.payload, headers: { ...headers, ...body.headers } });
}

/** Begins a report. @returns its address */
export async function beginReport(house: House, planner: Headers, period = YEAR): Promise<string> {
  const made = await post(house, '/replies/annual', period, planner);
  return String(made.headers.location).split('?')[0]!;
}

/** Words for every reader of a section in both languages. */
export function sectionFields(section: SectionId, en = 'We listened to you.', ar = 'استمعنا إليكم.'): Headers {
  const { readers } = SECTIONS.find(({ id }) => id === section)!;
  const fields = readers.flatMap((reader) => [[`${reader}-en`, en], [`${reader}-ar`, ar]] as const); // prettier-ignore
  return Object.fromEntries(fields);
}

export async function writeSection(
  house: House,
  planner: Headers,
  report: string,
  section: SectionId,
  fields: Headers = sectionFields(section),
  basedOn = 0,
) {
  return post(house, `${report}/sections/${section}`, { ...fields, basedOn: String(basedOn) }, planner);
}

/** Writes all sections that are still empty. */
export async function writeAll(house: House, planner: Headers, report: string): Promise<void> {
  for (const { id } of SECTIONS) await writeSection(house, planner, report, id);
}

/** Publishes what the draft for adults shows. */
export async function publishReport(house: House, planner: Headers, report: string): Promise<LightMyRequestResponse> {
  const { body } = await house.app.inject({ url: `${report}/draft`, headers: planner });
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
  const fields = { after: hidden('after') || '0', fingerprint: hidden('fingerprint') };
  return post(house, `${report}/editions`, fields, planner);
}

/** Takes an edition back, as the form beside it on the report's desk does. */
export async function withdrawEdition(house: House, planner: Headers, report: string, edition: number, reason: string) {
  return post(house, `${report}/editions/${edition}/withdrawals`, { reason }, planner);
}
