import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { attackOne, type Outcome } from '../../../server/commands/attack/attack-one.ts';
import type { Answer } from '../../../server/commands/attack/crawl.ts';
import { problemsOf } from '../../../server/commands/attack/problems.ts';
import { readAll, type Library } from '../../../server/commands/attack/read-all.ts';
import type { FilesHouse } from '../../results/files-house.ts';

/** Changes what comes over the wire, as a mistake in a page would. */
export type Change = (path: string, body: string) => string;

/** What is read: a house, and the release whose schools everybody knows. */
type ReadHouse = Pick<FilesHouse, 'house' | 'release'>;

/** Somebody who reads a house as `npm run attack` reads a server. */
export async function readHouse(of: ReadHouse, change: Change = (_, body) => body): Promise<Library> {
  const headers = await of.house.as('planner', 'en');
  const open = async (path: string): Promise<Answer> => {
    const reply = await of.house.app.inject({ url: path, headers });
    const body = path.endsWith('/files/json') ? withSchools(of, reply.body) : reply.body;
    return { path, status: reply.statusCode, body: change(path, body) };
  };
  return readAll(open);
}

/** Which schools lie in a place is known to everybody. */
function withSchools({ release }: ReadHouse, json: string): string {
  const file = JSON.parse(json) as { places: { place: string }[] };
  const places = file.places.map((place) => ({ ...place, schools: release.node(place.place)!.schools }));
  return JSON.stringify({ ...file, places });
}

const solver = await loadSolver();

export function attackLibrary({ releases }: Library, only: (id: string) => boolean = () => true): Outcome[] {
  return releases.flatMap((readings) =>
    [...problemsOf(readings)].filter(({ id }) => only(id)).map((problem) => attackOne(solver, problem)),
  );
}
