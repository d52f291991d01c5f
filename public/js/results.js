/*
 * Draws the picture of the table of shares, from that table as it stands on the page: a line from the low
 * to the high end, a mark at the share, its words beside it. A hidden row has no figures and gets no mark.
 * Without a script there is only the table, and nothing is missing.
 */

/**
 * What the picture shows of each row of a table: exactly the words and whole numbers that the row shows.
 * @param {Iterable<HTMLTableRowElement>} rows
 */
export function marksOf(rows) {
  return [...rows].map((row) => {
    const { share, low, high } = row.dataset;
    const shown = share !== undefined;
    return {
      name: row.cells[0].textContent.trim(),
      current: row.hasAttribute('aria-current'),
      share: shown ? Number(share) : null,
      range: shown ? [Number(low), Number(high)] : null,
      words: shown ? row.cells[1].textContent.trim() : '',
    };
  });
}

/** Writes each share beside its line: a direct label, so that nothing has to be hovered or looked up. */
function directLabels(marks, colour, rightToLeft) {
  return {
    id: 'directLabels',
    afterDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.fillStyle = colour;
      ctx.font = `700 14px ${chart.options.font.family}`;
      ctx.textBaseline = 'middle';
      ctx.textAlign = rightToLeft ? 'right' : 'left';
      marks.forEach((mark, index) => {
        if (mark.range === null) return;
        const gap = rightToLeft ? -10 : 10;
        ctx.fillText(mark.words, scales.x.getPixelForValue(mark.range[1]) + gap, scales.y.getPixelForValue(index));
      });
      ctx.restore();
    },
  };
}

/** A name in lines of about a dozen letters, for narrow screens. */
function inLines(name) {
  const lines = [];
  for (const word of name.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== undefined && line.length + word.length < 14) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The chart of these marks, mirrored where the page runs right to left. Nothing in it moves. */
export function chartOf(marks, { colour, family, rightToLeft, narrow }) {
  const { ink, soft, line, accent, paper } = colour;
  return {
    type: 'bar',
    data: {
      labels: marks.map((mark) => (narrow ? inLines(mark.name) : mark.name)),
      datasets: [
        {
          type: 'line',
          data: marks.map((mark) => mark.share),
          showLine: false,
          pointStyle: marks.map((_mark, index) => (index === 0 ? 'rectRot' : 'circle')),
          pointRadius: marks.map((_mark, index) => (index === 0 ? 8 : 6)),
          pointBorderWidth: 3,
          pointBorderColor: accent,
          pointBackgroundColor: marks.map((mark) => (mark.current ? accent : paper)),
        },
        { data: marks.map((mark) => mark.range), barThickness: 4, backgroundColor: soft, borderSkipped: false },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      events: [],
      responsive: true,
      maintainAspectRatio: false,
      clip: false,
      font: { family, size: 14 },
      layout: { padding: { top: 12, [rightToLeft ? 'left' : 'right']: 44 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          min: 0,
          max: 100,
          reverse: rightToLeft,
          grid: { color: line },
          border: { color: line },
          ticks: {
            stepSize: narrow ? 50 : 25,
            maxRotation: 0,
            color: soft,
            font: { family, size: 13 },
            callback: (value) => `${value}%`,
          },
        },
        y: {
          position: rightToLeft ? 'right' : 'left',
          grid: { display: false },
          border: { color: line },
          ticks: { autoSkip: false, color: ink, font: { family, size: 14 } },
        },
      },
    },
    plugins: [directLabels(marks, ink, rightToLeft)],
  };
}

/** The page's own colours, so that the picture follows light, dark and high contrast. */
export function pageStyle(root) {
  const style = getComputedStyle(root);
  const token = (name) => style.getPropertyValue(name).trim();
  return {
    colour: {
      ink: token('--ink'),
      soft: token('--soft'),
      line: token('--line'),
      accent: token('--brand'),
      paper: token('--paper'),
    },
    family: getComputedStyle(document.body).fontFamily,
    rightToLeft: root.dir === 'rtl',
    narrow: matchMedia('(max-width: 40rem)').matches,
  };
}

/** Puts an empty drawing and its legend into the figure. */
export function makeCanvas(figure, rows) {
  const drawing = document.createElement('div');
  drawing.className = 'drawing';
  drawing.style.height = `${rows * 34 + 40}px`;
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', figure.dataset.label);
  drawing.append(canvas);
  const legend = document.createElement('figcaption');
  legend.textContent = figure.dataset.legend;
  figure.append(drawing, legend);
  return canvas;
}

async function drawPicture() {
  const figure = document.getElementById('picture');
  const table = document.getElementById('shares');
  if (!figure || !table) return;
  const marks = marksOf(table.tBodies[0].rows);
  await keepDrawn(makeCanvas(figure, marks.length), (style) => chartOf(marks, style));
}

/** Draws a chart, and again when the colours of the page change. */
export async function keepDrawn(canvas, chartIn) {
  // Words are measured as they are drawn: wait for their typeface.
  await document.fonts.ready;
  const draw = () => new window.Chart(canvas, chartIn(pageStyle(document.documentElement)));
  let chart = draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    chart.destroy();
    chart = draw();
  });
}

/** Draws as soon as the library of charts is there. */
export function whenChartsCanBeDrawn(draw) {
  if (typeof document === 'undefined') return;
  if (window.Chart) void draw();
  else document.getElementById('chart')?.addEventListener('load', () => void draw());
}

whenChartsCanBeDrawn(drawPicture);
