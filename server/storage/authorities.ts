import type { Database } from './database.ts';

/** A council area. Only a demonstration opens waves on drafted text, and its pages say so. */
export interface Authority {
  id: string;
  name: string;
  kind: 'real' | 'demonstration';
}

export interface Authorities {
  find(id: string): Promise<Authority | undefined>;
  list(): Promise<Authority[]>;
  add(authority: Authority, at: string): Promise<void>;
}

export function createAuthorities({ query }: Database): Authorities {
  return {
    find: (id) =>
      query.selectFrom('authorities').select(['id', 'name', 'kind']).where('id', '=', id).executeTakeFirst(),
    list: () => query.selectFrom('authorities').select(['id', 'name', 'kind']).orderBy('name').execute(),
    add: async (authority, at) => {
      await query
        .insertInto('authorities')
        .values({ ...authority, created_at: at })
        .execute();
    },
  };
}
