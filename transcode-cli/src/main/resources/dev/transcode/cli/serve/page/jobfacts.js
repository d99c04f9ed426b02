// What a job's status tells, as lists and paragraphs.

import { findingList, list } from './facts.js';
import { bytes, clock, duration, element, fixed } from './format.js';
import { isEnded } from './words.js';

/** Everything that is a figure, a name or a time. */
export function jobFacts(job) {
  return list([
    ['Source', job.source],
    ['Output', job.output],
    ['Created', when(job.createdAt)],
    ['Started', when(job.startedAt)],
    ['Next attempt', job.stage === 'retry' ? when(job.retryAt) : ''],
    ['Finished', [when(job.finishedAt), took(job)].filter((part) => part !== '').join(', ')],
    ['Length', figure(job.durationSeconds, duration)],
    ['Size', sizes(job)],
    ['Transfer', transfer(job)],
    ['Encoded at', figure(job.encodeSpeed, (speed) => `${fixed(speed, 2)}x, ${figure(job.cpuSeconds, (cpu) => `${fixed(cpu, 1)} s of CPU`)}`)],
    ['Memory', figure(job.peakMemoryBytes, (most) => `${bytes(most)} at most`)],
    ['Queue', job.queue],
    ['Worker', job.worker],
    ['Attempt', job.attempt > 0 ? job.attempt : ''],
    ['Worker lost', job.stalls > 0 ? times(job.stalls) : ''],
    ['Pushed again', job.duplicates > 0 ? times(job.duplicates) : ''],
    ['Webhook', job.webhookUrl],
  ]);
}

/** What went wrong, its code, and what to do; null if nothing did. */
export function failure(job) {
  if (!job.error) return null;
  const made = element('div', { class: 'failure' }, element('p', { class: 'what' }, String(job.error)));
  if (job.hint) made.append(element('p', {}, String(job.hint)));
  if (job.errorCode) made.append(element('p', { class: 'code' }, element('code', {}, String(job.errorCode))));
  return made;
}

/** Findings of a report, or of a status, which has them in one sentence. */
export function findings(found) {
  const known = found.map((one) => ({ observed: String(one.observed ?? one.message ?? one.code), fix: String(one.fix ?? '') }));
  return known.length > 0
    ? findingList(known)
    : element('p', { class: 'quiet' }, 'Nothing: the source is as a player would like it.');
}

/** Lines of a log as they stand. */
export function lines(text) {
  return element('pre', { tabindex: 0 }, String(text));
}

/** Whether its webhook is still to be delivered, or was not yet tried. */
export function awaitsDelivery(job) {
  if (!isEnded(job) || !(job.webhookUrl || job.webhookLog)) return false;
  return !/, (?:delivered|given up)$|; given up$/.test(job.webhookLog?.at(-1) ?? '');
}

/** How long its last attempt took; '' if it did not end, or never began. */
export function took(job) {
  const seconds = (new Date(job.finishedAt) - new Date(job.startedAt)) / 1000;
  return isEnded(job) && seconds >= 0 ? `took ${clock(seconds)}` : '';
}

function sizes(job) {
  const from = figure(job.inputBytes, bytes);
  const to = figure(job.outputBytes, bytes);
  return to ? `${from} in, ${to} out` : from;
}

function transfer(job) {
  const down = figure(job.downloadMbPerSecond, (rate) => `down ${fixed(rate, 1)} MB/s`);
  const up = figure(job.uploadMbPerSecond, (rate) => `up ${fixed(rate, 1)} MB/s`);
  return [down, up].filter((part) => part !== '').join(', ');
}

/** '' for what is missing, or no number since another kind of worker wrote it. */
function figure(value, format) {
  return Number.isFinite(value) ? format(value) : '';
}

function times(count) {
  return Number(count) === 1 ? 'once' : `${count} times`;
}

function when(iso) {
  if (!iso) return '';
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? String(iso) : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
}
