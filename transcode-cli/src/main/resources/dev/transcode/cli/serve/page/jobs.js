// The page at /: the queues, the jobs, and the form that submits one.

import { address, get, sentences } from './api.js';
import { JobList } from './joblist.js';
import { showQueues } from './queues.js';
import { begin } from './session.js';
import { calmly, Stream } from './stream.js';
import { SubmitForm } from './submit.js';

/** How many jobs are shown: at first, and after each "more". The last is what a page may hold. */
const SIZES = [20, 50, 100, 200, 500];
const QUEUES_EVERY = 5000;

const byId = (id) => document.getElementById(id);
const list = new JobList(byId('list'));
const form = new SubmitForm(byId('form'));
const stream = new Stream(address('/events'), ['ready', 'reset', 'state', 'progress']);
const filters = byId('filter');
let size = 0;

const refreshJobs = calmly(() => load(showJobs), () => (list.size > 100 ? 5000 : 1000));
const refreshQueues = calmly(() => load(async () => showQueues(byId('queues'), (await get('/queues')).queues)), () => 1000);

start();

async function start() {
  bind();
  while (!(await load(begin))) await new Promise((done) => setTimeout(done, QUEUES_EVERY));
  stream.start();
  load(() => form.loadProfiles());
  refresh();
  setInterval(() => document.hidden || refreshQueues(), QUEUES_EVERY);
}

function bind() {
  // On a phone the list comes first.
  byId('submit').open = matchMedia('(min-width: 821px)').matches;
  const wished = new URLSearchParams(location.search).get('status') ?? '';
  const chosen = [...filters.elements.status].find((one) => one.value === wished);
  if (chosen) chosen.checked = true;
  filters.addEventListener('change', () => {
    const status = filters.elements.status.value;
    history.replaceState(null, '', status ? `?status=${status}` : location.pathname);
    size = 0;
    showJobs().catch(showProblem);
  });
  filters.addEventListener('submit', (event) => event.preventDefault());
  byId('more').addEventListener('click', () => {
    size = Math.min(size + 1, SIZES.length - 1);
    showJobs().catch(showProblem);
  });
  form.addEventListener('submitted', refresh);
  list.addEventListener('ended', (event) => {
    byId('said').textContent = `${event.detail.id}: ${event.detail.status}`;
  });
  stream.addEventListener('progress', (event) => list.progress(event.detail));
  for (const type of ['state', 'reset']) stream.addEventListener(type, refresh);
  stream.addEventListener('up', () => {
    byId('live').hidden = false;
    refresh();
  });
  stream.addEventListener('down', () => {
    byId('live').hidden = true;
    refresh();
  });
}

function refresh() {
  refreshJobs();
  refreshQueues();
}

async function showJobs() {
  const status = filters.elements.status.value;
  const { jobs, next } = await get(`/jobs?size=${SIZES[size]}${status ? `&status=${status}` : ''}`);
  // Another filter may have been chosen meanwhile.
  if (status !== filters.elements.status.value) return;
  list.show(jobs);
  const last = size === SIZES.length - 1;
  byId('more').hidden = next === null || last;
  byId('older').hidden = next === null || !last;
  byId('none').hidden = jobs.length > 0;
  byId('none').textContent = status ? `No job is ${status}.` : 'No job yet: submit one.';
}

/** Whether it worked; if not, the page says why, until something works again. */
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
