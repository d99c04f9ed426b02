// The page of `transcode play`: puts player, plot and facts together.

import { loadPackage, loadReport, loadSegments } from './package.js';
import { Player } from './player.js';
import { Plot } from './plot.js';
import { findingList, list, renditionTable, sourceFacts, summary, timingList, variantTable } from './facts.js';
import { bitrate, bytes, element } from './format.js';

const byId = (id) => document.getElementById(id);
const video = byId('video');
const player = new Player(video);
let plot = null;
let loadedAt = 0;
let firstFrame = null;

start().catch((error) => showProblem(error.message));

async function start() {
  const facts = await (await fetch('/page/play.json')).json();
  byId('title').textContent = facts.folder;
  document.title = `${facts.folder} · transcode play`;
  byId('foot').textContent = `transcode ${facts.version} · served from this machine only`;
  const found = await loadPackage(facts.playlist);
  if (found.elsewhere) {
    showProblem(`This package's playlists name absolute addresses (${found.elsewhere}): it plays from there, not from a`
      + ' folder. Run it again without --public-base-url to look at it here.');
  }
  // The picture first: the facts may come a little later.
  bindPlayer(found, facts.playlist);
  const report = await loadReport(found);
  showFacts(found, report, facts.playlist);
  await showPlot(found, report);
}

function bindPlayer(found, playlist) {
  const wished = new URLSearchParams(location.search).has('native') ? 'native' : 'hls.js';
  const other = wished === 'native' ? 'hls.js' : 'native';
  for (const input of document.querySelectorAll('input[name=engine]')) {
    input.disabled = !Player.canPlay(input.value);
    input.addEventListener('change', () => load(found, playlist, input.value));
  }
  for (const name of ['auto', ...found.variants.map((one) => one.name)]) {
    const input = element('input', { type: 'radio', name: 'quality', value: name });
    input.addEventListener('change', () => player.choose(name));
    byId('quality').append(element('label', {}, input, element('span', {}, name === 'auto' ? 'Auto' : name)));
  }
  player.addEventListener('level', showLevel);
  player.addEventListener('failed', (event) => showProblem(event.detail));
  video.addEventListener('timeupdate', showMoment);
  video.addEventListener('progress', showMoment);
  load(found, playlist, Player.canPlay(wished) ? wished : other);
}

function load(found, playlist, engine) {
  document.querySelector(`input[name=engine][value="${engine}"]`).checked = true;
  history.replaceState(null, '', engine === 'native' ? '?native' : location.pathname);
  for (const input of document.querySelectorAll('input[name=quality]')) {
    input.checked = input.value === 'auto';
    // Natively the browser alone chooses: there is no way to tell it.
    input.disabled = engine === 'native' && input.value !== 'auto';
  }
  byId('problem').hidden = found.elsewhere === null;
  firstFrame = null;
  loadedAt = performance.now();
  video.requestVideoFrameCallback?.((now) => {
    firstFrame = now - loadedAt;
    showMoment();
  });
  player.load(new URL(playlist, location.href), engine, found.variants);
  showLevel();
}

function showLevel() {
  const shown = player.shown;
  byId('badge').value = shown;
  document.querySelectorAll('#quality label').forEach((label) => {
    label.classList.toggle('shown', label.firstChild.value === shown);
  });
  document.querySelectorAll('#renditions tr').forEach((row) => row.classList.toggle('shown', row.dataset.name === shown));
  showMoment();
}

function showMoment() {
  plot?.update(video.currentTime, player.shown);
  const facts = player.facts();
  byId('live').replaceChildren(...list([
    ['First frame', firstFrame === null ? '–' : `${Math.round(firstFrame)} ms`],
    ['Buffered', `${facts.buffered.toFixed(1)} s`],
    ['Stalls', facts.stalls],
    ['Dropped', `${facts.dropped} of ${facts.frames}`],
    ['Network', facts.bandwidth === null ? '' : `about ${bitrate(facts.bandwidth)}`],
  ]).children);
}

function showFacts(found, report, playlist) {
  byId('summary').textContent = summary(found, report?.duration);
  byId('renditions').append(report ? renditionTable(report.renditions) : variantTable(found.variants));
  const folder = new URL('.', new URL(playlist, location.href));
  if (!report) {
    byId('source').append(element('p', { class: 'quiet' },
      'There is no report.json beside these playlists: transcode did not make this package, so its source is not known.'));
    byId('files').append(fileList([{ profile: 'hls', key: decodeURIComponent(playlist.split('/').pop()) }], folder));
    return;
  }
  byId('source').append(sourceFacts(report.source));
  byId('files').append(fileList(report.outputs, folder));
  byId('timings').append(...timingList(report.timings, report.encoder));
  byId('timings').hidden = false;
  byId('findings').append(report.findings.length > 0
    ? findingList(report.findings)
    : element('p', { class: 'quiet' }, 'Nothing: the source is as a player would like it.'));
  byId('findings').hidden = false;
}

function fileList(outputs, folder) {
  const made = element('ul', { class: 'files' });
  for (const output of outputs) {
    const address = new URL(output.key.split('/').map(encodeURIComponent).join('/'), folder);
    const link = element('a', { href: address.pathname }, output.key);
    const kind = output.profile === 'hls' ? 'HLS, every rendition' : 'progressive MP4';
    const size = output.bytes ? `, ${bytes(output.bytes)}` : '';
    made.append(element('li', {}, link, element('span', { class: 'quiet' }, kind + size)));
  }
  return made;
}

async function showPlot(found, report) {
  const tracks = found.elsewhere ? null : await loadSegments(found, report);
  const parent = byId('plot');
  if (tracks === null) {
    parent.append(element('p', { class: 'quiet' }, 'The sizes of the segments are not known here.'));
    return;
  }
  plot = new Plot(parent, tracks, (seconds) => {
    video.currentTime = seconds;
  });
  showLevel();
}

function showProblem(sentence) {
  byId('problem').textContent = sentence;
  byId('problem').hidden = false;
}
