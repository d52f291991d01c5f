import type { ClassProgress } from '../core/fieldwork/class-state.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { ReadProgress } from './progress.ts';

/** Between two looks at the counters of a class that somebody watches. */
const LOOK_MILLISECONDS = 2000;

type Listener = (progress: ClassProgress) => void;

interface Watched {
  facts: ClassFacts;
  listeners: Set<Listener>;
  timer: NodeJS.Timeout;
}

/** Whoever watches a class is told how far it is: the counters are read once for all who watch the same. */
export interface ClassWatch {
  /** @returns how to stop watching */
  follow(facts: ClassFacts, listener: Listener): () => void;
}

/** @param onTrouble is told of a look that failed; the next one is taken all the same */
export function createClassWatch(read: ReadProgress, onTrouble: (error: unknown) => void): ClassWatch {
  const watched = new Map<string, Watched>();

  async function look({ facts, listeners }: Watched): Promise<void> {
    try {
      const progress = await read(facts);
      for (const listener of listeners) listener(progress);
    } catch (error) {
      onTrouble(error);
    }
  }

  function begin(id: string, facts: ClassFacts): Watched {
    const fresh: Watched = {
      facts,
      listeners: new Set(),
      timer: setInterval(() => void look(fresh), LOOK_MILLISECONDS).unref(),
    };
    watched.set(id, fresh);
    return fresh;
  }

  return {
    follow(facts, listener) {
      const { waveId, schoolId, className } = facts.key;
      const id = JSON.stringify([waveId, schoolId, className]);
      const one = watched.get(id) ?? begin(id, facts);
      one.listeners.add(listener);
      return () => {
        one.listeners.delete(listener);
        if (one.listeners.size > 0) return;
        clearInterval(one.timer);
        if (watched.get(id) === one) watched.delete(id);
      };
    },
  };
}
