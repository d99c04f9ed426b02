// What a complete job made: the player, and the report's facts.

import { address, ofJob } from './api.js';
import { fileList, markShown, renditionTable, timingList, variantTable } from './facts.js';
import { element, fill } from './format.js';
import { loadPackage, loadReport, loadSegments } from './package.js';
import { Plot } from './plot.js';
import { Screen } from './screen.js';

const CARDS = ['player', 'plot', 'renditions', 'timings', 'files'];

let loading = null;

const byId = (id) => document.getElementById(id);

/** Events: `failed` (detail: a sentence). */
export class Result extends EventTarget {
  #screen = null;
  #run = '';
  #report = null;

  /**
   * Shows what this run of the job made; once for each run.
   *
   * @returns the run's report; null if there is none, or not yet
   */
  async show(job) {
    const run = job.status === 'complete' ? `${job.generation} ${job.finishedAt}` : '';
    if (run === this.#run) return this.#report;
    if (this.#run !== '') this.#clear();
    this.#run = run;
    const hls = job.outputs.find((output) => output.profile === 'hls');
    if (run === '') return null;
    byId('files').hidden = fill('files', fileList(job.outputs, (key) => media(job, key)));
    if (!hls) return null;
    const playlist = media(job, hls.key);
    const [found] = await Promise.all([loadPackage(playlist), loadPlayer()]);
    if (this.#run !== run) return null;
    this.#screen ??= this.#makeScreen();
    byId('player').hidden = false;
    this.#screen.open(found, playlist);
    const report = await loadReport(found);
    if (this.#run !== run) return null;
    this.#showFacts(job, found, report);
    const tracks = await loadSegments(found, report);
    if (this.#run !== run) return null;
    if (tracks !== null) this.#showPlot(tracks);
    this.#report = report;
    return report;
  }

  #makeScreen() {
    const screen = new Screen(byId('player'));
    screen.addEventListener('level', () => markShown(byId('renditions'), screen.shown));
    screen.addEventListener('failed', (event) => this.dispatchEvent(new CustomEvent('failed', { detail: event.detail })));
    return screen;
  }

  #showFacts(job, found, report) {
    byId('renditions').hidden = fill('renditions', report ? renditionTable(report.renditions) : variantTable(found.variants));
    markShown(byId('renditions'), this.#screen.shown);
    if (!report) return;
    fill('files', fileList(report.outputs, (key) => media(job, key)));
    byId('timings').hidden = fill('timings', ...timingList(report.timings, report.encoder));
  }

  #showPlot(tracks) {
    // Seen first: it is as wide as its card.
    byId('plot').hidden = fill('plot');
    this.#screen.follow(new Plot(byId('plot'), tracks, (seconds) => this.#screen.seek(seconds)));
  }

  #clear() {
    this.#report = null;
    this.#screen?.close();
    for (const name of CARDS) byId(name).hidden = true;
  }
}

/** hls.js is ten times as large as all the rest, and only a film needs it. */
function loadPlayer() {
  loading ??= new Promise((done, failed) => {
    const script = element('script', { src: '/page/hls.js' });
    script.addEventListener('load', done);
    script.addEventListener('error', () => failed(new Error('The player, hls.js, could not be loaded: load the page again.')));
    document.head.append(script);
  });
  return loading;
}

/** Where the server hands out an output: by its path below the job's prefix. */
function media(job, key) {
  const output = job.output ?? '';
  const prefix = `${output.slice(output.indexOf('/') + 1)}/`;
  const path = key.startsWith(prefix) ? key.slice(prefix.length) : key;
  return address(ofJob(job.jobId, `/media/${path.split('/').map(encodeURIComponent).join('/')}`));
}
