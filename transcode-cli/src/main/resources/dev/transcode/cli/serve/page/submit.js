// The form that submits a job. What the server finds wrong is shown at the field it is about.

import { get, post, sentences } from './api.js';
import { element } from './format.js';

const OWN = 'own';

/** Which field a sentence of the server is about. */
const ABOUT = [
  ['key', /\binput_(key|bucket)\b|^(key|bucket) is/],
  ['prefix', /\boutput(_| )prefix\b|\boutput_bucket\b/],
  ['webhook', /\bwebhook_url\b/],
  ['ladder', /\bladder\b|\brung\b|\bprofile\b/],
  ['id', /\bjob id\b|a job of this id/],
];

/** Events: `submitted` (detail: the job's id). */
export class SubmitForm extends EventTarget {
  #form;
  #once = '';
  #ladders = new Map();

  /** @param {HTMLFormElement} form with the fields key, prefix, profile, ladder, webhook and id */
  constructor(form) {
    super();
    this.#form = form;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    // Another job than the one that was sent before: another key to know it by.
    form.addEventListener('input', (event) => {
      this.#once = '';
      this.#explain(event.target.name, '');
    });
    this.#field('profile').addEventListener('change', () => this.#showLadder());
  }

  async loadProfiles() {
    const select = this.#field('profile');
    for (const profile of (await get('/profiles')).profiles) {
      this.#ladders.set(profile.name, profile.ladder);
      select.append(element('option', { value: profile.name }, profile.name));
    }
    select.append(element('option', { value: OWN }, 'own ladder …'));
    this.#showLadder();
  }

  #field(name) {
    return this.#form.elements[name];
  }

  /** An own ladder starts as the profile that was chosen before. */
  #showLadder() {
    const chosen = this.#field('profile').value;
    const own = chosen === OWN;
    this.#form.querySelector('.ladder').hidden = !own;
    this.#form.querySelector('.rungs').hidden = own;
    if (!own) {
      const words = this.#ladders.get(chosen).map((rung) => `${rung.name} ${rung.bitrate}`);
      this.#form.querySelector('.rungs').textContent = `${words.join(', ')}; never above the source`;
      const rungs = this.#ladders.get(chosen).map((rung) => '  ' + JSON.stringify(rung));
      this.#field('ladder').value = `[\n${rungs.join(',\n')}\n]`;
    }
  }

  async #submit() {
    for (const [name] of ABOUT) this.#explain(name, '');
    this.#say('');
    const body = this.#body();
    if (body === null) return;
    this.#once ||= [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const button = this.#form.querySelector('[type=submit]');
    button.disabled = true;
    try {
      const { jobId } = await post('/submit', body, { 'Idempotency-Key': this.#once });
      this.#once = '';
      for (const name of ['key', 'prefix', 'id']) this.#field(name).value = '';
      this.#say('Queued: ', element('a', { href: `/jobs/${encodeURIComponent(jobId)}` }, jobId));
      this.dispatchEvent(new CustomEvent('submitted', { detail: jobId }));
    } catch (error) {
      this.#refused(error);
    } finally {
      button.disabled = false;
    }
  }

  /** What is sent; null if it can't be. */
  #body() {
    const text = (name) => this.#field(name).value.trim();
    const input = place(text('key'));
    const output = place(text('prefix'));
    const body = {
      inputBucket: input.bucket,
      inputKey: input.path,
      outputBucket: output.bucket,
      outputPrefix: output.path || undefined,
      webhookUrl: text('webhook') || undefined,
      id: text('id') || undefined,
    };
    if (input.path === '') return this.#explain('key', 'Say which object is to be transcoded.');
    if (text('profile') !== OWN) return { ...body, profile: text('profile') };
    try {
      return { ...body, ladder: JSON.parse(text('ladder')) };
    } catch (error) {
      return this.#explain('ladder', `This is no JSON: ${error.message}`);
    }
  }

  #refused(problem) {
    const what = problem.message.replace(/^cannot read the job: /, '');
    const about = ABOUT.find(([, words]) => words.test(what))?.[0];
    const own = this.#field('profile').value === OWN;
    const name = about === 'ladder' && !own ? undefined : about;
    if (name) this.#explain(name, `${what.charAt(0).toUpperCase()}${what.slice(1)}.`);
    else this.#say(sentences(problem));
  }

  /** A sentence at a field, or none; returns null. */
  #explain(name, sentence) {
    const field = this.#field(name);
    const place = this.#form.querySelector(`#${name}-error`);
    if (!field || !place) return null;
    place.textContent = sentence;
    if (sentence === '') {
      field.removeAttribute('aria-invalid');
    } else {
      field.setAttribute('aria-invalid', 'true');
      field.focus();
    }
    return null;
  }

  #say(...parts) {
    this.#form.querySelector('.said').replaceChildren(...parts);
  }
}

/** s3://bucket/path, or a path in the server's own bucket. */
function place(text) {
  const [, bucket, path] = /^s3:\/\/([^/]+)\/(.*)$/.exec(text) ?? [null, undefined, text];
  return { bucket, path };
}
