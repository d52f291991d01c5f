import { isolated, type Language } from '../../web/language.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { filesAddress, reportsAddress } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { domains, otherReleases, type DomainLinks, type ReleaseLink } from '../pages.ts';
import { releaseLinks, type ViewLinks } from '../views/links.ts';
import type { OpenBands } from './bands.ts';
import { openPlaces, whoTookPart, type WhoTookPart } from './who-took-part.ts';

export interface OpenIndexPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  who: WhoTookPart;
  domains: DomainLinks[];
  others: ReleaseLink[];
  filesHref: string;
  reportsHref: string;
  views: { ways: ViewLinks; limits: ViewLinks };
}

/** The first page of an open release: who took part, then what can be looked at. */
export function openIndexPage(
  language: Language,
  { entry, release, published }: { entry: ReleaseEntry; release: Release; published: readonly ReleaseEntry[] },
  asked: ReadonlyMap<string, AskedByBand>,
  bands: OpenBands,
): OpenIndexPage {
  const { wave, authority } = release;
  return {
    title: language.say('results', 'indexTitle', { wave: isolated(language, wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: language.say('open', 'lead', {
      authority: isolated(language, authority.name),
      startsOn: language.date(wave.startsOn),
      endsOn: language.date(wave.endsOn),
    }),
    who: whoTookPart(language, release, bands, openPlaces(release)),
    domains: domains(language, { entry, release }, asked, bands.nameOf),
    others: otherReleases(language, entry, published),
    filesHref: filesAddress(entry.id),
    reportsHref: reportsAddress(entry.id),
    views: releaseLinks(language, { entry, release }, asked),
  };
}
