import { FILE_STEPS, type PartId, type SetupStep } from '../core/fieldwork/setup.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { stepHref, waveHref } from './addresses.ts';
import { notedLines, notingWords, stepName, type NotedLine } from './setup-words.ts';
import { stepsOfWave } from './task-list.ts';
import type { WaveFacts } from './wave-facts.ts';

interface FilePart {
  step: SetupStep;
  name: string;
  lines: NotedLine[];
  noted: string;
  /** Where it can still be changed; empty once the wave is open. */
  changeHref: string;
  changeWords: string;
}

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/file-part': FilePart;
    'fieldwork/file': {
      title: string;
      wave: string;
      backHref: string;
      unreal: string;
      state: string;
      file: FilePart[];
      rest: FilePart[];
      links: { href: string; words: string }[];
    };
  }
}

const REST: readonly PartId[] = ['languages', 'help', 'target', 'opting-out', 'rehearsal'];

/** The data-protection file of a wave, and what else was settled before it opened: what, when and by whom. */
export function filePage(language: Language, facts: WaveFacts): Views['fieldwork/file'] {
  const { wave, authority, setup } = facts;
  const words = language.words.setup;
  const steps = stepsOfWave(facts);
  const part = (step: PartId): FilePart => ({
    step,
    name: stepName(language, step),
    lines: notedLines(language, step, facts),
    noted: notingWords(language, setup.notings[step]),
    changeHref: wave.state === 'made' ? stepHref(wave.id, step) : '',
    changeWords: language.say('setup', 'changeOf', { step: stepName(language, step) }),
  });
  return {
    title: words.fileTitle,
    wave: wave.name,
    backHref: waveHref(wave.id),
    unreal: authority.kind === 'demonstration' ? words.demonstrationFile : '',
    state: wave.state === 'made' ? words.fileCanChange : words.fileFrozen,
    file: FILE_STEPS.map(part),
    rest: REST.filter((step) => steps.includes(step)).map(part),
    links: [{ href: `${waveHref(wave.id)}/facts`, words: words.factsLink }],
  };
}
