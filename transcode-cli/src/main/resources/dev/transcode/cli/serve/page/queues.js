// How full the queues are, and who serves them.

import { clock, element, setText } from './format.js';

/** Names of figures in the API, and what they are called here; the last three are not shown while they are 0. */
const FIGURES = [['workers', 'workers'], ['waiting', 'waiting'], ['running', 'running'], ['delayed', 'to be tried again'],
  ['dead', 'can be retried'], ['malformed', 'malformed']];
const USUALLY_NONE = FIGURES.slice(3).map(([name]) => name);

/** Shows the queues in `parent`; the figures are changed in place. */
export function showQueues(parent, queues) {
  for (const queue of queues) {
    const card = [...parent.children].find((one) => one.dataset.queue === queue.queue) ?? add(parent, queue.queue);
    for (const [name] of FIGURES) setText(card.querySelector(`.${name} dd`), String(queue[name]));
    for (const name of USUALLY_NONE) card.querySelector(`.${name}`).hidden = queue[name] === 0;
    setText(card.querySelector('.workers dt'), queue.workers === 1 ? 'worker' : 'workers');
    const unserved = queue.workers === 0 && queue.waiting > 0;
    const age = queue.oldestAgeSeconds;
    setText(card.querySelector('.note'), unserved
      ? 'No worker serves this queue: start transcode-worker.jar.'
      : age !== null && queue.waiting > 0 ? `the oldest waits since ${clock(age)}` : '');
    card.classList.toggle('unserved', unserved);
  }
}

function add(parent, name) {
  const figures = element('dl', { class: 'figures' }, ...FIGURES.map(([key, word]) => element('div', { class: key },
    element('dt', {}, word), element('dd', {}))));
  const card = element('section', { class: 'queue' }, element('h3', {}, name), figures, element('p', { class: 'note quiet' }));
  card.dataset.queue = name;
  parent.append(card);
  return card;
}
