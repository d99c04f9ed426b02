// A job's state in words: the same in the list and on the job's page.

import { clock, element, fixed } from './format.js';

const ENDED = ['complete', 'failed', 'cancelled'];

/** How a job's progress event changes what is known of it. */
export const PROGRESS = ['stage', 'progress', 'speed', 'etaSeconds', 'attempt'];

export function isEnded(job) {
  return ENDED.includes(job.status);
}

/** The state as a badge. */
export function badge() {
  return element('span', { class: 'state' });
}

/** Says the state on a badge. */
export function showState(made, job) {
  const word = job.cancelRequested && !isEnded(job) ? 'cancelling' : job.status;
  if (made.textContent === word) return;
  made.textContent = word;
  made.className = `state ${word}`;
}

/** encode · 43.2 % · 1.84x · 0:42 left; '' where the state says it all. */
export function howFar(job) {
  if (job.status === 'queued') return job.stage === 'retry' ? `attempt ${job.attempt} failed, another follows` : '';
  if (job.status !== 'processing') return '';
  const parts = [job.stage || 'starts', `${fixed(Number(job.progress ?? 0), 1)} %`];
  if (job.speed > 0) parts.push(`${fixed(Number(job.speed), 2)}x`);
  if (job.etaSeconds > 0) parts.push(`${clock(Number(job.etaSeconds))} left`);
  if (job.attempt > 1) parts.push(`attempt ${job.attempt}`);
  return parts.join(' · ');
}

/** Takes over what a progress event tells; what it does not tell any more is gone. */
export function advance(job, event) {
  for (const name of PROGRESS) job[name] = event[name];
}

/** Keeps a `progress` element at the job's place; hidden unless it runs. */
export function showBar(bar, job) {
  bar.hidden = job.status !== 'processing';
  const percent = Number(job.progress ?? 0);
  if (bar.value !== percent) bar.value = percent;
}
