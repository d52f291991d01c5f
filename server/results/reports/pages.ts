import type { AdultReport } from './adult-report.ts';
import type { BandLine, ChildrenReport } from './children-report.ts';
import type { ReportFoot } from './foot.ts';
import type { ReportList } from './list-page.ts';

declare module '../../web/views.ts' {
  interface Views {
    'results/reports': ReportList;
    'results/report': AdultReport;
    'results/report-children': ChildrenReport;
    'results/report-questions': {
      questions: AdultReport['questions'];
      /** Heading of the row of those who were asked. */
      asked: string;
    };
    'results/report-lines': { lines: BandLine[] };
    'results/report-foot': { foot: ReportFoot };
  }
}
