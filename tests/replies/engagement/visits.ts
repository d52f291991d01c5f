import { ASPECTS } from '../../../server/core/loop/engagement/check.ts';
import type { House } from '../../support/house.ts';
import type { Visit } from '../../support/visit.ts';
import { get, post } from '../chain.ts';

/** What somebody types for an entry that lacks nothing; tests change one field at a time. */
export const ENTRY: Record<string, string> = {
  title: 'Walking home',
  place: 'authority',
  from: '2026-03-02',
  to: '2026-03-20',
  decision: 'Which path gets lights',
  'group-0-kind': 'pupils',
  'group-0-words': 'P5–P7',
  'group-0-people': 'about 90',
  'group-1-kind': 'parents',
  'group-1-words': '',
  'group-1-people': '3',
  missing: 'Two small schools could not spare the time.',
  methods: 'workshop',
  methodWords: '',
  said: 'Light on the path comes first.',
  outcome: 'changed',
  change: 'The whole path gets lights.',
  told: 'In class, on one page.',
};

/** Answers to all questions of the check, none given. */
export const NOTHING_ANSWERED: Record<string, string> = Object.fromEntries(
  ASPECTS.flatMap((aspect) => [
    [`${aspect}-standing`, ''],
    [`${aspect}-evidence`, ''],
    [`${aspect}-nextStep`, ''],
  ]),
);

/** A page without the marks around names and with plain apostrophes. */
export const plain = (body: string) => body.replace(/[\u2066-\u2069]/g, '').replaceAll('&#39;', '’');

export const idOn = (body: string) => /name="id" value="([\w-]+)"/.exec(body)?.[1] ?? '';
export const confirmsOn = (body: string) => /name="confirmed" value="(\w+)"/.exec(body)?.[1] ?? '';

/** Makes an entry as somebody would. @returns its address */
export async function makeEntry(
  house: House,
  headers: Record<string, string>,
  change: Record<string, string> = {},
): Promise<string> {
  const id = idOn((await get(house, '/replies/engagement/entries/new', headers)).body);
  const fields = { ...ENTRY, id, basedOn: '0', begunFrom: '', ...change };
  const made = await post(house, '/replies/engagement/entries', fields, headers);
  if (made.statusCode !== 303)
    throw new Error(`The entry was not kept: ${made.statusCode} ${made.body.slice(0, 3000)}`);
  return String(made.headers.location).split('?')[0]!;
}

/** The pages of the record with an entry in it. */
export async function engagementVisits(house: House): Promise<Visit[]> {
  const entry = await makeEntry(house, await house.as('planner'));
  const record = '/replies/engagement';
  const rests = ['', '/change', '/history', '/check'];
  return [
    ...['', '/file.csv', '/file.xlsx', '/entries/new'].map((rest) => ({
      route: `${record}${rest}`,
      url: `${record}${rest}`,
    })),
    ...rests.map((rest) => ({ route: `${record}/entries/:entry${rest}`, url: `${entry}${rest}` })),
  ].map((visit) => ({ ...visit, role: 'planner' }));
}
