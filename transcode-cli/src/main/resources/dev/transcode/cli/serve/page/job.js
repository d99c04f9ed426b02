// The page at /jobs/ID: what becomes of a job, and what it made.

import { address, get, ofJob, post, sentences } from './api.js';
import { planTable, sourceFacts } from './facts.js';
import { element, fill, setText } from './format.js';
import { awaitsDelivery, failure, findings, jobFacts, lines, took } from './jobfacts.js';
import { Result } from './result.js';
import { begin } from './session.js';
import { calmly, Stream } from './stream.js';
import { advance, howFar, isEnded, showBar, showState } from './words.js';

const AGAIN_AFTER = 5000;
/** How often a running job's progress is said, percent. */
const SAID_EVERY = 25;

const byId = (id) => document.getElementById(id);
const id = location.pathname.split('/').pop();
const result = new Result();
const stream = new Stream(address(ofJob(id, '/events')), ['status', 'reset', 'state', 'progress']);
const refresh = calmly(() => load(async () => show(await get(ofJob(id)))), () => 500);
const drawn = new Map();
let job = null;
let later = 0;

start();

async function start() {
  byId('id').textContent = id;
  bind();
  while (!(await load(begin))) await new Promise((done) => setTimeout(done, AGAIN_AFTER));
  stream.start();
}

function bind() {
  byId('cancel').addEventListener('click', () => act('cancel'));
  byId('retry').addEventListener('click', () => act('retry'));
  result.addEventListener('failed', (event) => showProblem(new Error(event.detail)));
  stream.addEventListener('status', (event) => show(event.detail));
  for (const type of ['state', 'reset', 'down']) stream.addEventListener(type, refresh);
  stream.addEventListener('progress', (event) => progress(event.detail));
  stream.addEventListener('up', () => setLive(true));
  stream.addEventListener('down', () => setLive(false));
}

async function act(what) {
  // If it is refused, the sentence stays: nothing has changed that would have to be looked at.
  if (await load(() => post(ofJob(id, `/${what}`)))) refresh();
}

function progress(event) {
  if (job?.status !== 'processing') return;
  const next = event.stage !== job.stage;
  say(job.progress, event.progress, event.stage);
  advance(job, event);
  showNow();
  // What a stage has found stands in the status.
  if (next) refresh();
}

function show(next) {
  if (job !== null && job.status !== next.status) setText(byId('said'), `The job is ${next.status}.`);
  job = next;
  byId('problem').hidden = true;
  showNow();
  draw('facts', () => element('div', {}, jobFacts(job),
    element('p', { class: 'more' }, element('a', { href: address(ofJob(id)) }, 'All of it as JSON'))));
  draw('failure', () => failure(job));
  draw('webhook', () => (job.webhookLog ? lines(job.webhookLog.join('\n')) : null));
  draw('log', () => (job.log ? lines(job.log) : null));
  // No event tells of a delivery.
  clearTimeout(later);
  if (awaitsDelivery(job)) later = setTimeout(refresh, AGAIN_AFTER);
  showSource(job.media, job.plan);
  result.show(job).then(showReport).catch(showProblem);
}

/** What changes while it runs. */
function showNow() {
  showState(byId('state'), job);
  showBar(byId('bar'), job);
  setText(byId('how'), howFar(job) || took(job));
  byId('cancel').hidden = isEnded(job);
  byId('cancel').disabled = job.cancelRequested === true;
  byId('retry').hidden = job.status !== 'failed' && job.status !== 'cancelled';
  byId('now').hidden = false;
  const percent = job.status === 'processing' ? `${Math.round(job.progress ?? 0)} % · ` : '';
  setText(document.querySelector('title'), `${percent}${id} · ${job.status}`);
}

/** What the worker found so far; a complete job's report has it too. */
function showSource(media, plan) {
  if (job.status === 'complete') return;
  draw('source', () => (media ? sourceFacts(media) : null));
  draw('findings', () => (media ? findings([...media.findings, ...(plan?.findings ?? [])]) : null));
  draw('plan', () => (plan ? planTable(plan) : null));
}

function showReport(report) {
  if (report === null) {
    if (job.status === 'complete' && job.findings) draw('findings', () => findings(job.findings));
    return;
  }
  draw('source', () => sourceFacts(report.source));
  draw('findings', () => findings(report.findings));
  draw('plan', () => planTable(report.plan));
}

/** Fills a card if it is to look different. Null hides it, and so does what another kind of worker wrote in its own way. */
function draw(card, make) {
  let node = null;
  try {
    node = make();
  } catch {
    // Not of the form that ours have.
  }
  byId(card).hidden = node === null;
  const now = node?.outerHTML ?? '';
  if (drawn.get(card) === now) return;
  drawn.set(card, now);
  if (node !== null) fill(card, node);
}

/** Says from time to time how far it is, for who cannot see it. */
function say(before, now, stage) {
  if (Math.floor(now / SAID_EVERY) > Math.floor((before ?? 0) / SAID_EVERY)) setText(byId('said'), `${stage}, ${Math.round(now)} percent`);
}

function setLive(live) {
  byId('live').hidden = !live;
}

async function load(work) {
  try {
    await work();
    byId('problem').hidden = true;
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}

function showProblem(error) {
  byId('problem').textContent = sentences(error);
  byId('problem').hidden = false;
}
