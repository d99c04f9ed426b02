// A report's facts as tables and lists.

import { bitrate, bytes, clock, count, duration, element, fixed, frameRate } from './format.js';

/** Pairs of words and values; empty values are left out. */
export function list(pairs) {
  const made = element('dl', { class: 'facts' });
  for (const [word, value] of pairs) {
    if (value !== undefined && value !== null && value !== '') {
      made.append(element('div', {}, element('dt', {}, word), element('dd', {}, String(value))));
    }
  }
  return made;
}

/** What the probe found. */
export function sourceFacts(source) {
  const { video, audio } = source;
  const pairs = [['Container', source.container.split(',')[0]], ['Length', duration(source.duration)], ['Size', bytes(source.bytes)]];
  if (video) {
    const profile = video.profile && video.profile !== 'unknown' ? ` ${video.profile}` : '';
    const coded = `${video.width}x${video.height}`;
    const displayed = `${video.display_width}x${video.display_height}`;
    pairs.push(['Video', video.codec + profile]);
    pairs.push(['Picture', coded === displayed ? coded : `${coded}, shown as ${displayed}`]);
    pairs.push(['Frames', `${frameRate(video.frame_rate)} a second${video.variable_frame_rate ? ', variable' : ''}, ${video.frames} in all`]);
    pairs.push(['Pixels', `${video.pixel_format}, ${video.bit_depth} bit`]);
  }
  audio.forEach((track, index) => pairs.push([
    audio.length > 1 ? `Audio ${index + 1}` : 'Audio',
    `${track.codec}, ${track.channel_layout || (track.channels === 1 ? 'mono' : `${track.channels} channels`)}, ${track.sample_rate / 1000} kHz`,
  ]));
  return list(pairs);
}

/** Marks the row of what is shown in a table below `parent`. */
export function markShown(parent, name) {
  for (const row of parent.querySelectorAll('tbody tr')) row.classList.toggle('shown', row.dataset.name === name);
}

/** What was decided: a row for each rendition, then each sound. */
export function planTable(plan) {
  const rows = plan.renditions.map((one) => [
    one.name,
    `${one.width}x${one.height}`,
    frameRate(one.frame_rate),
    `${one.codec} ${one.preset}`,
    count(one.gop_frames, 'frame'),
    one.rate_control === 'crf' ? `CRF ${one.crf}` : bitrate(one.bitrate),
    bitrate(one.max_rate),
  ]);
  for (const one of plan.audio) rows.push([`audio ${one.name}`, '–', '–', 'aac', '–', bitrate(one.bitrate), '–']);
  return table(['Rendition', 'Picture', 'Frames/s', 'Codec', 'Keyframe every', 'Bitrate', 'At most'], rows, 5);
}

/** A row for each rendition; the `shown` one is marked later by its data-name. */
export function renditionTable(renditions) {
  const rows = renditions.map((one) => [
    one.type === 'audio' ? `audio ${one.name}` : one.name,
    one.width ? `${one.width}x${one.height}` : '–',
    one.frame_rate ? frameRate(one.frame_rate) : '–',
    one.codec,
    bitrate(one.average_bitrate),
    bitrate(one.peak_bitrate),
    bytes(one.bytes),
    String(one.segment_count),
  ]);
  return table(['Rendition', 'Picture', 'Frames/s', 'Codec', 'Average', 'Peak', 'Size', 'Segments'], rows, 4);
}

/** The same from a master playlist alone. */
export function variantTable(variants) {
  const rows = variants.map((one) => [
    one.name,
    one.width ? `${one.width}x${one.height}` : '–',
    one.frameRate ? frameRate(one.frameRate) : '–',
    one.codecs || '–',
    one.averageBandwidth ? bitrate(one.averageBandwidth) : '–',
    one.bandwidth ? bitrate(one.bandwidth) : '–',
  ]);
  return table(['Rendition', 'Picture', 'Frames/s', 'Codecs', 'Average', 'Peak'], rows, 4);
}

/** What was odd about the source, each with what was done about it. */
export function findingList(findings) {
  const made = element('ul', { class: 'findings' });
  for (const finding of findings) {
    made.append(element('li', {}, element('b', {}, finding.observed), element('span', {}, finding.fix)));
  }
  return made;
}

/** How long each stage took, with bars, and what the encoder used. */
export function timingList(timings, encoder) {
  const most = Math.max(0.001, ...Object.values(timings));
  const made = element('ul', { class: 'timings' });
  for (const [stage, seconds] of Object.entries(timings)) {
    const bar = element('meter', { min: 0, max: most, value: seconds, 'aria-label': stage });
    made.append(element('li', {}, element('span', {}, stage), bar, element('span', { class: 'number' }, duration(seconds))));
  }
  return [made, list([
    ['Encoder', encoder.version],
    ['Speed', `${fixed(encoder.speed, 2)}x`],
    ['CPU', duration(encoder.cpu_seconds)],
    ['Memory', encoder.peak_memory_bytes ? bytes(encoder.peak_memory_bytes) : ''],
    ['Decoded', `${count(encoder.decoded_frames, 'frame')}, ${count(encoder.decode_errors, 'error')}`],
  ])];
}

/** Outputs with their sizes, as links to `address(key)`. */
export function fileList(outputs, address) {
  const made = element('ul', { class: 'files' });
  for (const output of outputs) {
    const link = element('a', { href: address(output.key) }, output.key.split('/').pop());
    const kind = output.profile === 'hls' ? 'HLS, every rendition' : 'progressive MP4';
    const size = output.bytes ? `, ${bytes(output.bytes)}` : '';
    made.append(element('li', {}, link, element('span', { class: 'quiet' }, kind + size)));
  }
  return made;
}

/** One line that says it all. */
export function summary(found, seconds) {
  const best = found.variants[0];
  const parts = [count(found.variants.length, 'rendition')];
  if (best.width) parts.push(`up to ${best.width}x${best.height}`);
  if (seconds) parts.push(clock(seconds));
  return parts.join(' · ');
}

function table(heads, rows, firstNumber) {
  const body = element('tbody');
  for (const row of rows) {
    const line = element('tr', { 'data-name': row[0] });
    row.forEach((text, index) => {
      const cell = index === 0 ? element('th', { scope: 'row' }, text) : element('td', index >= firstNumber ? { class: 'number' } : {}, text);
      line.append(cell);
    });
    body.append(line);
  }
  const head = element('tr');
  heads.forEach((text, index) => head.append(element('th', { scope: 'col', ...(index >= firstNumber ? { class: 'number' } : {}) }, text)));
  return element('div', { class: 'scroll', tabindex: 0 }, element('table', {}, element('thead', {}, head), body));
}
