import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../server/storage/database.ts';
import { migrate } from '../../../server/storage/migrations.ts';
import { contract } from './contract.ts';

contract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heard-contract-'));
  const file = join(folder, 'heard.sqlite');
  const opened: Database[] = [];
  const open = () => {
    const database = openDatabase(file);
    opened.push(database);
    return database;
  };
  const database = open();
  await migrate(database);
  return {
    database,
    fromOutside: open,
    async end() {
      // What a test has cut off, as a crash does, can no longer be closed in order.
      await Promise.allSettled(opened.map((one) => one.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
