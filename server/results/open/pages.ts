import type { OpenIndexPage } from './index-page.ts';
import type { OpenItemPage } from './item-page.ts';
import type { OpenReport } from './report.ts';
import type { OpenShares } from './item-page.ts';
import type { WhoTookPart } from './who-took-part.ts';

declare module '../../web/views.ts' {
  interface Views {
    'results/open-index': OpenIndexPage;
    'results/open-item': OpenItemPage;
    'results/open-report': OpenReport;
    'results/who-took-part': WhoTookPart;
    'results/open-shares': { first: string; shares: OpenShares };
    'results/item-domains': { domains: OpenIndexPage['domains'] };
    'results/other-releases': { others: OpenIndexPage['others'] };
  }
}
