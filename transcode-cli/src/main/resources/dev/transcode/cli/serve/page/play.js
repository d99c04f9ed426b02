// The page of `transcode play`: puts player, plot and facts together.

import { loadPackage, loadReport, loadSegments } from './package.js';
import { Plot } from './plot.js';
import { Screen } from './screen.js';
import { fileList, findingList, markShown, renditionTable, sourceFacts, summary, timingList, variantTable } from './facts.js';
import { element } from './format.js';

const byId = (id) => document.getElementById(id);
const screen = new Screen(document.querySelector('.stage'));

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
  openScreen(found, facts.playlist);
  const report = await loadReport(found);
  showFacts(found, report, facts.playlist);
  await showPlot(found, report);
}

function openScreen(found, playlist) {
  screen.addEventListener('level', () => markShown(byId('renditions'), screen.shown));
  screen.addEventListener('failed', (event) => showProblem(event.detail));
  screen.addEventListener('loading', (event) => {
    history.replaceState(null, '', event.detail === 'native' ? '?native' : location.pathname);
    byId('problem').hidden = found.elsewhere === null;
  });
  screen.open(found, playlist, new URLSearchParams(location.search).has('native') ? 'native' : 'hls.js');
}

function showFacts(found, report, playlist) {
  byId('summary').textContent = summary(found, report?.duration);
  byId('renditions').append(report ? renditionTable(report.renditions) : variantTable(found.variants));
  const folder = new URL('.', new URL(playlist, location.href));
  if (!report) {
    byId('source').append(element('p', { class: 'quiet' },
      'There is no report.json beside these playlists: transcode did not make this package, so its source is not known.'));
    const only = { profile: 'hls', key: decodeURIComponent(playlist.split('/').pop()) };
    byId('files').append(fileList([only], (key) => address(folder, key)));
    return;
  }
  byId('source').append(sourceFacts(report.source));
  byId('files').append(fileList(report.outputs, (key) => address(folder, key)));
  byId('timings').append(...timingList(report.timings, report.encoder));
  byId('timings').hidden = false;
  byId('findings').append(report.findings.length > 0
    ? findingList(report.findings)
    : element('p', { class: 'quiet' }, 'Nothing: the source is as a player would like it.'));
  byId('findings').hidden = false;
}

async function showPlot(found, report) {
  const tracks = found.elsewhere ? null : await loadSegments(found, report);
  const parent = byId('plot');
  if (tracks === null) {
    parent.append(element('p', { class: 'quiet' }, 'The sizes of the segments are not known here.'));
    return;
  }
  screen.follow(new Plot(parent, tracks, (seconds) => screen.seek(seconds)));
  markShown(byId('renditions'), screen.shown);
}

function address(folder, key) {
  return new URL(key.split('/').map(encodeURIComponent).join('/'), folder).pathname;
}

function showProblem(sentence) {
  byId('problem').textContent = sentence;
  byId('problem').hidden = false;
}
