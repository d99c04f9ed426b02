// Draws each rendition's bitrate over time, segment by segment, as one SVG that follows the player.

import { bitrate, clock, element } from './format.js';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 240;
const LEFT = 46;
const RIGHT = 10;
const TOP = 12;
const BOTTOM = 24;

/**
 * A plot in `parent`. Redrawn when its width changes.
 *
 * @param {Map<string, {start, duration, bytes}[]>} tracks by rendition, best first
 * @param {(seconds: number) => void} seek called when a time is clicked
 */
export class Plot {
  #tracks;
  #svg = svg('svg', { role: 'img', height: HEIGHT, class: 'plot' });
  #readout = element('p', { class: 'readout', 'aria-live': 'off' });
  #total;
  #peak;
  #width = 0;
  #time = 0;
  #shown = '';

  constructor(parent, tracks, seek) {
    this.#tracks = tracks;
    const all = [...tracks.values()];
    this.#total = Math.max(0.001, ...all.map((segments) => segments.reduce((sum, one) => sum + one.duration, 0)));
    this.#peak = Math.max(1, ...all.flat().map(rate));
    this.#svg.setAttribute('aria-label', describe(tracks));
    parent.append(this.#legend(), this.#svg, this.#readout);
    this.#svg.addEventListener('pointermove', (event) => this.#read(this.#timeAt(event)));
    this.#svg.addEventListener('pointerleave', () => this.#read(this.#time));
    this.#svg.addEventListener('click', (event) => seek(this.#timeAt(event)));
    new ResizeObserver(() => this.#resize()).observe(this.#svg);
  }

  /** Moves the playhead and marks what is shown. */
  update(seconds, shown) {
    this.#time = seconds;
    this.#shown = shown;
    const head = this.#svg.querySelector('.playhead');
    if (head) {
      head.setAttribute('x1', this.#x(seconds));
      head.setAttribute('x2', this.#x(seconds));
    }
    for (const line of this.#svg.querySelectorAll('.line')) {
      line.classList.toggle('shown', line.dataset.name === shown);
    }
    if (!this.#svg.matches(':hover')) this.#read(seconds);
  }

  #resize() {
    const width = this.#svg.clientWidth;
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    this.#svg.replaceChildren(this.#grid(), ...this.#lines(), svg('line', {
      class: 'playhead', y1: TOP, y2: HEIGHT - BOTTOM, x1: this.#x(this.#time), x2: this.#x(this.#time),
    }));
    this.update(this.#time, this.#shown);
  }

  #grid() {
    const group = svg('g', { class: 'grid' });
    for (const value of ticks(this.#peak / 1e6, 4)) {
      const y = this.#y(value * 1e6);
      group.append(svg('line', { x1: LEFT, x2: this.#width - RIGHT, y1: y, y2: y }));
      group.append(label(LEFT - 8, y + 4, 'end', String(Number(value.toPrecision(3)))));
    }
    for (const value of ticks(this.#total, this.#width < 500 ? 4 : 8)) {
      const atEnd = this.#x(value) > this.#width - RIGHT - 18;
      const anchor = value === 0 ? 'start' : atEnd ? 'end' : 'middle';
      const text = this.#total < 8 ? `${Number(value.toFixed(1))} s` : clock(value);
      group.append(label(this.#x(value), HEIGHT - 6, anchor, text));
    }
    return group;
  }

  #lines() {
    return [...this.#tracks].map(([name, segments], index) => {
      let path = '';
      for (const one of segments) {
        const y = this.#y(rate(one)).toFixed(1);
        path += `${path === '' ? 'M' : 'L'}${this.#x(one.start).toFixed(1)} ${y}H${this.#x(one.start + one.duration).toFixed(1)}`;
      }
      const line = svg('path', { class: `line r${index % 6}`, d: path });
      line.dataset.name = name;
      return line;
    });
  }

  #legend() {
    const list = element('ul', { class: 'legend' });
    [...this.#tracks.keys()].forEach((name, index) => {
      list.append(element('li', {}, element('i', { class: `r${index % 6}` }), name));
    });
    list.append(element('li', { class: 'unit' }, 'Mbit/s, each segment'));
    return list;
  }

  #read(seconds) {
    const parts = [clock(seconds)];
    for (const [name, segments] of this.#tracks) {
      const at = segments.find((one) => seconds < one.start + one.duration) ?? segments.at(-1);
      if (at) parts.push(`${name} ${bitrate(rate(at))}`);
    }
    this.#readout.textContent = parts.join('  ·  ');
  }

  #timeAt(event) {
    const x = event.clientX - this.#svg.getBoundingClientRect().left;
    const share = (x - LEFT) / (this.#width - LEFT - RIGHT);
    return Math.min(Math.max(share, 0), 1) * this.#total;
  }

  #x(seconds) {
    return LEFT + (seconds / this.#total) * (this.#width - LEFT - RIGHT);
  }

  #y(bitsPerSecond) {
    return HEIGHT - BOTTOM - (bitsPerSecond / (this.#peak * 1.05)) * (HEIGHT - TOP - BOTTOM);
  }
}

function rate(segment) {
  return segment.duration > 0 ? (segment.bytes * 8) / segment.duration : 0;
}

/** Round numbers from 0, about `count` of them, none above `most`. */
function ticks(most, count) {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 3, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const values = [];
  for (let i = 0; i * step <= most; i++) values.push(i * step);
  return values;
}

/** What the picture says, for who cannot see it. */
function describe(tracks) {
  const parts = [...tracks].map(([name, segments]) => {
    const rates = segments.map(rate);
    return `${name} from ${bitrate(Math.min(...rates))} to ${bitrate(Math.max(...rates))}`;
  });
  return `Bitrate of each segment: ${parts.join('; ')}`;
}

function label(x, y, anchor, text) {
  const made = svg('text', { x, y, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
