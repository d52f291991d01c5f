import { chartOf, makeCanvas, marksOf, pageStyle } from './results.js';

/*
 * Draws a picture of each table of shares in a report, from that table as it stands before it. Bands are alike, so
 * they all have the same mark. Paper gets black on white, whatever the screen has.
 */

const ON_PAPER = { ink: '#000000', soft: '#595959', line: '#bfbfbf', accent: '#000000', paper: '#ffffff' };

/** The chart of one table of bands. */
export function bandsChart(marks, style) {
  const chart = chartOf(marks, style);
  Object.assign(chart.data.datasets[0], { pointStyle: 'circle', pointRadius: 6 });
  return chart;
}

/** @returns what draws the picture anew, in these colours or those of the page; nothing where there is nothing to draw */
function pictureOf(figure) {
  const table = figure.closest('section').querySelector('table.shares');
  const marks = marksOf(table.tBodies[0].rows);
  if (marks.every(({ range }) => range === null)) return [];
  const canvas = makeCanvas(figure, marks.length);
  let chart;
  const draw = (colours) => {
    chart?.destroy();
    const style = pageStyle(document.documentElement);
    chart = new window.Chart(canvas, bandsChart(marks, { ...style, colour: colours ?? style.colour }));
  };
  return [draw];
}

async function drawPictures() {
  const pictures = [...document.querySelectorAll('.report .picture')].flatMap(pictureOf);
  const draw = (colours) => pictures.forEach((picture) => picture(colours));
  // Words are measured as they are drawn: wait for their typeface.
  await document.fonts.ready;
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw());
  window.addEventListener('beforeprint', () => draw(ON_PAPER));
  window.addEventListener('afterprint', () => draw());
}

if (typeof document !== 'undefined') {
  if (window.Chart) void drawPictures();
  else document.getElementById('chart')?.addEventListener('load', () => void drawPictures());
}
