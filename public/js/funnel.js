/*
 * Draws the funnel from its table as it stands on the page: a mark a place, the share of all together as a line, and
 * the limits as lines through what the table prints for each place. Without a script there is only the table.
 */
import { keepDrawn, makeCanvas, whenChartsCanBeDrawn } from './results.js';

/** Heights of a row of the other picture that this one is high. */
const HEIGHT_IN_ROWS = 10;
/** The share axis begins and ends on a multiple of this. */
const SHARE_STEP = 10;
const BASE_STEP = 50;
const LABEL_HEIGHT = 16;
const LABEL_GAP = 10;

/**
 * What the picture shows of each row of the table: exactly the whole numbers and words that the row shows. Rows that
 * are hidden, or of one school, have none and get no mark.
 * @param {Iterable<HTMLTableRowElement>} rows
 */
export function placesOf(rows) {
  return [...rows]
    .filter(({ dataset }) => dataset.share !== undefined)
    .map(({ dataset, cells }) => ({
      name: cells[0].textContent.trim(),
      share: Number(dataset.share),
      base: Number(dataset.base),
      warning: [Number(dataset.warningLow), Number(dataset.warningHigh)],
      alarm: [Number(dataset.alarmLow), Number(dataset.alarmHigh)],
      beyond: dataset.beyond !== undefined,
    }));
}

/** Points of one limit, from the smallest place to the largest. */
function limitLine(places, limit, end) {
  return [...places].sort((a, b) => a.base - b.base).map((place) => ({ x: place.base, y: place[limit][end] }));
}

/** Writes each name beside its mark, but for those that would stand on another. */
function names(places, colour, rightToLeft) {
  return {
    id: 'names',
    afterDatasetsDraw(chart) {
      const { ctx, scales, chartArea } = chart;
      const taken = [];
      ctx.save();
      ctx.fillStyle = colour;
      ctx.font = `13px ${chart.options.font.family}`;
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'left';
      for (const place of places) {
        const width = ctx.measureText(place.name).width;
        const [x, y] = [scales.x.getPixelForValue(place.base), scales.y.getPixelForValue(place.share)];
        const fits = x + LABEL_GAP + width <= chartArea.right;
        const after = rightToLeft ? x - LABEL_GAP - width < chartArea.left : fits;
        const left = after ? x + LABEL_GAP : x - LABEL_GAP - width;
        const free = taken.every(
          (other) =>
            Math.abs(other.y - y) >= LABEL_HEIGHT || left >= other.left + other.width || other.left >= left + width,
        );
        if (!free) continue;
        taken.push({ left, width, y });
        ctx.fillText(place.name, left, y);
      }
      ctx.restore();
    },
  };
}

/** The chart of these places, mirrored where the page runs right to left. Nothing in it moves. */
export function funnelChartOf(places, target, titles, { colour, family, rightToLeft, narrow }) {
  const { ink, soft, line, accent, paper } = colour;
  const shares = places.flatMap(({ share, warning, alarm }) => [share, ...warning, ...alarm]);
  const widest = Math.ceil(Math.max(...places.map(({ base }) => base)) / BASE_STEP) * BASE_STEP;
  const limits = (limit, borderDash) =>
    [0, 1].map((end) => ({
      type: 'line',
      data: limitLine(places, limit, end),
      borderColor: soft,
      borderWidth: 2,
      borderDash,
      pointRadius: 0,
    }));
  const axis = { grid: { color: line }, border: { color: line } };
  const title = (text) => ({ display: true, text, color: soft, font: { family, size: 13 } });
  const ticks = { maxRotation: 0, color: soft, font: { family, size: 13 } };
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: places.map(({ base, share }) => ({ x: base, y: share })),
          pointStyle: places.map(({ beyond }) => (beyond ? 'rectRot' : 'circle')),
          pointRadius: places.map(({ beyond }) => (beyond ? 8 : 6)),
          pointBorderWidth: 3,
          pointBorderColor: accent,
          pointBackgroundColor: places.map(({ beyond }) => (beyond ? accent : paper)),
        },
        {
          type: 'line',
          data: [
            { x: 0, y: target },
            { x: widest, y: target },
          ],
          borderColor: ink,
          borderWidth: 2,
          pointRadius: 0,
        },
        ...limits('warning', [6, 6]),
        ...limits('alarm', []),
      ],
    },
    options: {
      animation: false,
      events: [],
      responsive: true,
      maintainAspectRatio: false,
      clip: false,
      font: { family, size: 14 },
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          ...axis,
          min: 0,
          max: widest,
          reverse: rightToLeft,
          title: title(titles.across),
          ticks: { ...ticks, maxTicksLimit: narrow ? 4 : 8 },
        },
        y: {
          ...axis,
          min: Math.max(0, Math.floor(Math.min(...shares) / SHARE_STEP) * SHARE_STEP),
          max: Math.min(100, Math.ceil(Math.max(...shares) / SHARE_STEP) * SHARE_STEP),
          position: rightToLeft ? 'right' : 'left',
          title: title(titles.up),
          ticks: { ...ticks, stepSize: SHARE_STEP, callback: (value) => `${value}%` },
        },
      },
    },
    plugins: [names(places, ink, rightToLeft)],
  };
}

async function drawFunnel() {
  const figure = document.getElementById('funnel-picture');
  const table = document.getElementById('funnel');
  if (!figure || !table) return;
  const places = placesOf(table.tBodies[0].rows);
  const { across, up } = figure.dataset;
  const chartIn = (style) => funnelChartOf(places, Number(table.dataset.target), { across, up }, style);
  await keepDrawn(makeCanvas(figure, HEIGHT_IN_ROWS), chartIn);
}

whenChartsCanBeDrawn(drawFunnel);
