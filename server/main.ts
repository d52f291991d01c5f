import { StartError } from './errors.ts';
import { start } from './commands/start.ts';

/* The only file with side effects on import: it starts the server, and on trouble says one sentence and stops. */
try {
  await start(process.env);
} catch (error) {
  if (error instanceof StartError || (error as Error).name === 'SettingsError') console.error((error as Error).message);
  else console.error(error);
  process.exitCode = 1;
}
