// The list of jobs: one element for each, kept and changed in place.

import { element, moment, setText } from './format.js';
import { advance, badge, howFar, isEnded, showBar, showState } from './words.js';

/** Events: `ended` (detail: the job), when a job that is shown has ended. */
export class JobList extends EventTarget {
  #list;
  #rows = new Map();

  /** @param {HTMLUListElement} parent */
  constructor(parent) {
    super();
    this.#list = parent;
  }

  get size() {
    return this.#rows.size;
  }

  /** Shows these, in this order, and no others. */
  show(jobs) {
    const wanted = new Set(jobs.map((job) => job.id));
    for (const [id, row] of this.#rows) {
      if (wanted.has(id)) continue;
      row.node.remove();
      this.#rows.delete(id);
    }
    let at = this.#list.firstElementChild;
    for (const job of jobs) {
      const row = this.#rows.get(job.id) ?? this.#add(job.id);
      if (row.node === at) at = at.nextElementSibling;
      else this.#list.insertBefore(row.node, at);
      const ended = row.job !== null && !isEnded(row.job) && isEnded(job);
      row.show(job);
      if (ended) this.dispatchEvent(new CustomEvent('ended', { detail: job }));
    }
  }

  /** What a progress event tells, if its job is shown and runs. */
  progress(event) {
    const row = this.#rows.get(event.jobId);
    if (row?.job.status !== 'processing') return;
    advance(row.job, event);
    row.show(row.job);
  }

  #add(id) {
    const row = new Row(id);
    this.#rows.set(id, row);
    return row;
  }
}

class Row {
  node;
  job = null;
  #state = badge();
  #source = element('span', { class: 'source quiet' });
  #created = element('span', { class: 'quiet' });
  #bar;
  #how = element('span', { class: 'how quiet' });
  #error = element('p', { class: 'error' });

  constructor(id) {
    this.#bar = element('progress', { max: 100, value: 0, 'aria-label': `progress of ${id}` });
    const link = element('a', { class: 'id', href: `/jobs/${encodeURIComponent(id)}` }, id);
    this.node = element('li', { class: 'job' }, link, this.#state, this.#source, this.#created, this.#bar, this.#how, this.#error);
    this.node.dataset.id = id;
  }

  show(job) {
    if (job.created && job.created !== this.job?.created) this.#created.replaceChildren(moment(job.created));
    this.job = job;
    showState(this.#state, job);
    showBar(this.#bar, job);
    setText(this.#source, job.source ?? '');
    setText(this.#how, howFar(job));
    const error = job.status === 'failed' || job.stage === 'retry' ? job.error ?? '' : '';
    setText(this.#error, error);
    this.#error.hidden = error === '';
    this.#how.hidden = this.#how.textContent === '';
  }
}
