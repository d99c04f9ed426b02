// Reads an HLS package: its playlists, and the report beside them when `transcode` made it.

/** A foreign package's sizes are asked for file by file: not for more files than this. */
const MAX_SIZE_REQUESTS = 1200;
const REQUESTS_AT_ONCE = 6;

/**
 * @param {string} address of the multivariant (or a media) playlist
 * @returns {Promise<{variants, audio, elsewhere}>} variants best first; elsewhere: the first address outside this
 *     origin, or null
 */
export async function loadPackage(address) {
  const base = new URL(address, location.href);
  const text = await fetchText(base);
  const lines = text.split(/\r?\n/);
  const variants = readVariants(lines, base);
  if (variants.length === 0) {
    variants.push({ name: 'media', uri: base, width: 0, height: 0, bandwidth: 0, averageBandwidth: 0, codecs: '' });
  }
  const audio = readAudio(lines, base);
  const outside = [...variants, ...audio].find((track) => track.uri.origin !== location.origin);
  const elsewhere = outside ? outside.uri.href : null;
  return { variants, audio, elsewhere };
}

/** The report of the run that made the package; null if it is not ours. */
export async function loadReport(found) {
  const variant = found.variants[0].uri;
  const ours = /\/r-[0-9a-f]{8}-\d+\/[va]-[^/]+\/[^/]+$/.test(variant.pathname);
  if (found.elsewhere || !ours) return null;
  const answer = await fetch(new URL('../report.json', variant));
  return answer.ok ? answer.json() : null;
}

/**
 * Start, duration (s) and size (bytes) of every segment of each track, from the report or from the files themselves.
 *
 * @returns {Promise<Map<string, {start, duration, bytes}[]>|null>} by the track's name; null: too many files to ask for
 */
export async function loadSegments(found, report) {
  if (report) return fromReport(report);
  const tracks = [];
  for (const variant of found.variants) tracks.push({ name: variant.name, segments: await readSegments(variant.uri) });
  const unknown = tracks.flatMap((track) => track.segments).filter((segment) => segment.bytes === null);
  if (unknown.length > MAX_SIZE_REQUESTS) return null;
  await askSizes(unknown);
  return new Map(tracks.map((track) => [track.name, track.segments]));
}

function fromReport(report) {
  const tracks = new Map();
  for (const rendition of report.renditions) {
    if (rendition.type !== 'video' && report.renditions.some((other) => other.type === 'video')) continue;
    let start = 0;
    tracks.set(rendition.name, rendition.segments.map((segment) => {
      const item = { start, duration: segment.duration, bytes: segment.bytes };
      start += segment.duration;
      return item;
    }));
  }
  return tracks;
}

function readVariants(lines, base) {
  const variants = [];
  lines.forEach((line, index) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return;
    const uri = lines.slice(index + 1).find((next) => next !== '' && !next.startsWith('#'));
    if (uri === undefined) return;
    const attributes = readAttributes(line);
    const [width, height] = (attributes.RESOLUTION ?? '0x0').split('x').map(Number);
    variants.push({
      name: nameOf(uri, width, height, attributes),
      uri: new URL(uri, base),
      width,
      height,
      frameRate: attributes['FRAME-RATE'] ?? '',
      codecs: attributes.CODECS ?? '',
      bandwidth: Number(attributes.BANDWIDTH ?? 0),
      averageBandwidth: Number(attributes['AVERAGE-BANDWIDTH'] ?? 0),
    });
  });
  return variants.sort((a, b) => b.height - a.height || b.bandwidth - a.bandwidth);
}

function readAudio(lines, base) {
  return lines
    .filter((line) => line.startsWith('#EXT-X-MEDIA:'))
    .map(readAttributes)
    .filter((attributes) => attributes.TYPE === 'AUDIO' && attributes.URI)
    .map((attributes) => ({ name: attributes['GROUP-ID'], uri: new URL(attributes.URI, base) }));
}

/** Ours say it in the folder: r-1a2b3c4d-7/v-720p/index.m3u8. */
function nameOf(uri, width, height, attributes) {
  const folder = /(?:^|\/)[va]-([^/]+)\/[^/]+$/.exec(uri);
  if (folder) return decodeURIComponent(folder[1]);
  return width > 0 ? `${Math.min(width, height)}p` : `${Math.round(Number(attributes.BANDWIDTH) / 1000)}k`;
}

/** KEY=value and KEY="value, with commas" of a tag's line. */
function readAttributes(line) {
  const attributes = {};
  for (const [, key, quoted, plain] of line.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))/g)) {
    attributes[key] = quoted ?? plain;
  }
  return attributes;
}

async function readSegments(playlist) {
  const segments = [];
  let duration = 0;
  let start = 0;
  let range = null;
  for (const line of (await fetchText(playlist)).split(/\r?\n/)) {
    if (line.startsWith('#EXTINF:')) duration = parseFloat(line.slice(8));
    else if (line.startsWith('#EXT-X-BYTERANGE:')) range = parseInt(line.slice(17), 10);
    else if (line !== '' && !line.startsWith('#')) {
      segments.push({ start, duration, bytes: range, uri: new URL(line, playlist) });
      start += duration;
      range = null;
    }
  }
  return segments;
}

async function askSizes(segments) {
  const waiting = [...segments];
  const ask = async () => {
    for (let segment = waiting.shift(); segment; segment = waiting.shift()) {
      const answer = await fetch(segment.uri, { method: 'HEAD' });
      segment.bytes = answer.ok ? Number(answer.headers.get('Content-Length')) : 0;
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, ask));
}

async function fetchText(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`cannot read ${url.pathname}: ${answer.status} ${answer.statusText}`);
  return answer.text();
}
