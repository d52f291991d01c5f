import { assetAddresses } from '../web/assets.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/offline': { title: string; style: string; script: string };
    /** Where a script says what still has to be sent from this device; its words, since it can fetch none then. */
    'respond/waiting': { offline: boolean };
  }
}

const addresses = assetAddresses();

/** The page that stands in for any page that cannot be reached. It belongs to nobody and needs nothing but itself. */
export function offlinePage(language: Language): Views['respond/offline'] {
  const script = addresses.ofFolder('waiting').pageScript;
  return { title: language.words.waiting.offlineTitle, style: addresses.style, script };
}
