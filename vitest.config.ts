import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Threads of releases and files, and servers of their own, load the same modules again and again: once compiled is enough.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'node');

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/journeys/**', 'node_modules/**'],
    testTimeout: 20_000,
    isolate: false,
    maxWorkers: 2,
  },
});
