// One chart drawn by uPlot on a canvas: bands, lines, dots and stacks, with the cursor that all charts share.

import { timeMarks, UNITS } from './chart-words.js';

const SYNC = 'charts';
const LEAST_TIME_MILLIS = 0.001;
const DRAG_PIXELS = 8;
const NO_FLAGS = 0;

let arriving = null;

function element(name, set) {
  return new Promise((done, failed) => {
    const made = Object.assign(document.createElement(name), set, { onload: done, onerror: () => failed(new Error(name)) });
    document.head.append(made);
  });
}

/** uPlot, asked for when the first chart is drawn; again when it did not come. */
export function drawing() {
  const place = (file) => new URL(`./uplot/${file}`, import.meta.url).href;
  arriving ??= Promise.all([
    element('script', { src: place('uPlot.iife.min.js') }),
    element('link', { rel: 'stylesheet', href: place('uPlot.min.css') }),
  ]).then(
    () => window.uPlot,
    (fault) => {
      arriving = null;
      throw fault;
    },
  );
  return arriving;
}

/** A canvas knows no variables of the style sheet. */
function colours(host) {
  const probe = document.createElement('span');
  host.append(probe);
  const known = new Map();
  const colour = (tone) => {
    if (!known.has(tone)) {
      probe.style.color = `var(--chart-${tone})`;
      known.set(tone, getComputedStyle(probe).color);
    }
    return known.get(tone);
  };
  for (const tone of ['grid', 'text', 'max', 'outage', 'planned']) {
    colour(tone);
  }
  return { colour, done: () => probe.remove() };
}

/** Whole steps beside each other, filled down to the ground; a step of which nothing is known is left out. */
function stepped(step) {
  return (u, series, first, last) => {
    const [fill, stroke] = [new Path2D(), new Path2D()];
    const x = (at) => Math.round(u.valToPos(at, 'x', true));
    const y = (value) => Math.round(u.valToPos(value, 'y', true));
    const ground = y(0);
    let joined = false;
    for (let i = first; i <= last; i++) {
      const value = u.data[series][i];
      if (value === null) {
        joined = false;
        continue;
      }
      const [left, right, top] = [x(u.data[0][i] - step / 2), x(u.data[0][i] + step / 2), y(value)];
      fill.rect(left, top, right - left, ground - top);
      joined ? stroke.lineTo(left, top) : stroke.moveTo(left, top);
      stroke.lineTo(right, top);
      joined = true;
    }
    return { stroke, fill, clip: null, band: null, gaps: null, flags: NO_FLAGS };
  };
}

/** A step between two gaps would be a line without length. */
function alone(u, series) {
  const values = u.data[series];
  return [...values.keys()].filter((i) => values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null);
}

export class Plot {
  #host;
  #uplot;
  #hears;
  #chart;
  #range;
  #marks;
  /** Of many members, some are often not well: what is behind the lines must not hide them. */
  #faint;

  /** @param hears `{cursor(seconds or null), select(from, to)}` */
  constructor(UPlot, host, hears, chart, look) {
    this.#host = host;
    this.#hears = hears;
    this.#chart = chart;
    this.#take(look);
    const { colour, done } = colours(host);
    this.#uplot = new UPlot(this.#options(UPlot, colour, look), this.#data(), host);
    done();
  }

  #take({ range, marks, one }) {
    this.#faint = one ? 0.16 : 0.06;
    this.#range = range;
    this.#marks = marks;
  }

  /** Other figures for the same lines. */
  show(chart, look) {
    this.#chart = chart;
    this.#take(look);
    this.#uplot.setData(this.#data());
    this.#uplot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  resize() {
    const { width, height } = this.#size();
    if (width > 0 && width !== this.#uplot.width) {
      this.#uplot.setSize({ width, height });
    }
  }

  /** Where the cursor stands, or nowhere. */
  point(seconds) {
    const left = seconds === null ? -10 : this.#uplot.valToPos(seconds, 'x');
    this.#uplot.setCursor({ left, top: seconds === null ? -10 : this.#uplot.over.clientHeight / 2 });
  }

  remove() {
    this.#uplot.destroy();
  }

  #size() {
    return { width: Math.floor(this.#host.clientWidth), height: Math.floor(this.#host.clientHeight) };
  }

  #data() {
    const { start, step, lines, unit } = this.#chart;
    const lift = unit === 'time' ? (v) => (v === null ? null : Math.max(v, LEAST_TIME_MILLIS)) : (v) => v;
    const xs = lines[0].values.map((_, i) => Math.min(start + (i + 0.5) * step, this.#range[1])); // the last step may not be over
    return [xs, ...lines.map((line) => (line.drawn ?? line.values).map(lift))];
  }

  #options(UPlot, colour, { log, rem }) {
    const logarithmic = log && this.#chart.unit === 'time';
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [rem * 0.6, rem * 1.5, 0, 0],
      scales: {
        x: { time: true, range: () => this.#range },
        y: logarithmic ? { distr: 3, range: (u, low, high) => span(low, high) } : { range: (u, low, high) => [0, this.#top(high)] },
      },
      axes: this.#axes(colour, rem, logarithmic),
      series: [{}, ...this.#chart.lines.map((line) => this.#line(UPlot, colour, line))],
      bands: this.#chart.bands.map(({ between, tone }) => ({ series: between.map((i) => i + 1), fill: colour(tone) })),
      cursor: {
        y: false,
        sync: { key: SYNC, scales: ['x', null] },
        drag: { x: true, y: false, setScale: false, dist: DRAG_PIXELS },
        points: this.#chart.lines[0].drawn ? { show: () => null } : { size: 7 },
      },
      hooks: {
        drawClear: [(u) => this.#shade(u, colour)],
        setCursor: [(u) => this.#hears.cursor(u.cursor.left < 0 ? null : u.posToVal(u.cursor.left, 'x'))],
        setSelect: [(u) => this.#selected(u)],
      },
    };
  }

  /** Loss is of a hundred; what is smaller gets more room, but never so much that one lost echo fills the chart. */
  #top(high) {
    return this.#chart.unit === 'percent' ? Math.min(100, Math.max(5, high * 1.1)) : Math.max(high * 1.1, 0.001);
  }

  #axes(colour, rem, logarithmic) {
    const font = `${Math.round(rem * 0.8)}px system-ui, sans-serif`;
    const look = { font, stroke: colour('text'), ticks: { show: false } };
    const grid = { stroke: colour('grid'), width: 1, ...(logarithmic ? { filter: round } : {}) };
    const words = UNITS[this.#chart.unit];
    return [
      { ...look, grid: { show: false }, gap: rem * 0.35, size: rem * 2.7, space: rem * 4, values: (u, at, axis, space, increment) => timeMarks(at, increment) },
      { ...look, grid, gap: rem * 0.4, size: rem * 4.4, space: rem * 2, ...(logarithmic ? { filter: round } : {}), values: (u, at) => at.map((v) => (v === null ? '' : words(v))) },
    ];
  }

  #line(UPlot, colour, { tone, dots, steps, filled, width, dash }) {
    const drawn = colour(tone);
    if (dots) {
      return { stroke: drawn, paths: () => null, points: { show: true, size: 3, width: 0, fill: drawn } };
    }
    const points = { show: false, filter: alone, size: 5, width: 0, fill: drawn };
    return {
      stroke: filled && width > 0 ? (u) => quiet(u, drawn, colour('max')) : drawn,
      width,
      dash,
      fill: filled ? (width === 0 ? drawn : colour(`${tone}-area`)) : undefined,
      ...(steps ? { paths: stepped(this.#chart.step), points: { show: false } } : { points }),
    };
  }

  /** Incidents, behind all lines, with a bar at the top edge. */
  #shade(u, colour) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { from, to, tone } of this.#marks) {
      const left = u.valToPos(from, 'x', true);
      const width = Math.max(2 * devicePixelRatio, u.valToPos(to, 'x', true) - left);
      ctx.fillStyle = colour(tone);
      ctx.globalAlpha = this.#faint;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.globalAlpha = 1;
      ctx.fillRect(left, bbox.top, width, 3 * devicePixelRatio);
    }
    ctx.restore();
  }

  #selected(u) {
    if (u.select.width >= DRAG_PIXELS) {
      this.#hears.select(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
    }
  }
}

/** Of a logarithmic axis the marks that are read at a glance: tens, and what is between them when there are few. */
function round(u, at) {
  const wide = Math.log10(u.scales.y.max / u.scales.y.min) > 2.3;
  return at.map((value) => {
    const first = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9) * 100) / 100;
    return first === 1 || (!wide && (first === 2 || first === 5)) ? value : null;
  });
}

/** Nothing lost is no alarm: along the ground a line is grey. */
function quiet(u, stroke, grey) {
  const { top, height } = u.bbox;
  const edge = Math.max(0, 1 - (4 * devicePixelRatio) / height);
  const gradient = u.ctx.createLinearGradient(0, top, 0, top + height);
  gradient.addColorStop(edge, stroke);
  gradient.addColorStop(edge, grey);
  return gradient;
}

/** A little more than there is, and never less than a tenfold: what hardly moves is to look calm. */
function span(low, high) {
  const spare = Math.max(1.3, Math.sqrt(10 / (high / low)));
  return [low / spare, high * spare];
}
