// The player's card: the video, the choice of quality and engine, and what is on the screen now.

import { list } from './facts.js';
import { bitrate, element } from './format.js';
import { Player } from './player.js';

/**
 * Brings a `section.stage` to life. Events: `loading` (detail: the engine), `level` (what is shown has changed),
 * `failed` (detail: a sentence).
 */
export class Screen extends EventTarget {
  #section;
  #video;
  #player;
  #plot = null;
  #found = null;
  #playlist = '';
  #loadedAt = 0;
  #firstFrame = null;

  constructor(section) {
    super();
    this.#section = section;
    this.#video = section.querySelector('video');
    this.#player = new Player(this.#video);
    this.#player.addEventListener('level', () => this.#showLevel());
    this.#player.addEventListener('failed', (event) => this.#tell('failed', event.detail));
    this.#video.addEventListener('timeupdate', () => this.#showMoment());
    this.#video.addEventListener('progress', () => this.#showMoment());
    for (const input of this.#inputs('engine')) {
      input.disabled = !Player.canPlay(input.value);
      input.addEventListener('change', () => this.#load(input.value));
    }
  }

  /** Name of the variant on the screen; '' before the first frame. */
  get shown() {
    return this.#player.shown;
  }

  /**
   * Loads a package in place of the one before.
   *
   * @param found as loadPackage gives it
   * @param {string} playlist its address
   * @param {'hls.js'|'native'} wished the other plays if this one can't
   */
  open(found, playlist, wished = 'hls.js') {
    this.#found = found;
    this.#playlist = playlist;
    this.#plot = null;
    const labels = ['auto', ...found.variants.map((one) => one.name)].map((name) => {
      const input = element('input', { type: 'radio', name: 'quality', value: name });
      input.addEventListener('change', () => this.#player.choose(name));
      return element('label', {}, input, element('span', {}, name === 'auto' ? 'Auto' : name));
    });
    const quality = this.#section.querySelector('#quality');
    quality.replaceChildren(quality.firstElementChild, ...labels);
    const other = wished === 'native' ? 'hls.js' : 'native';
    this.#load(Player.canPlay(wished) ? wished : other);
  }

  /** The plot's playhead goes with the film from now on. */
  follow(plot) {
    this.#plot = plot;
    this.#showLevel();
  }

  seek(seconds) {
    this.#video.currentTime = seconds;
  }

  /** Lets go of the film. */
  close() {
    this.#plot = null;
    this.#player.close();
  }

  #load(engine) {
    this.#section.querySelector(`input[name=engine][value="${engine}"]`).checked = true;
    for (const input of this.#inputs('quality')) {
      input.checked = input.value === 'auto';
      // Natively the browser alone chooses: there is no way to tell it.
      input.disabled = engine === 'native' && input.value !== 'auto';
    }
    this.#tell('loading', engine);
    this.#firstFrame = null;
    this.#loadedAt = performance.now();
    this.#video.requestVideoFrameCallback?.((now) => {
      this.#firstFrame = now - this.#loadedAt;
      this.#showMoment();
    });
    this.#player.load(new URL(this.#playlist, location.href), engine, this.#found.variants);
    this.#showLevel();
  }

  #showLevel() {
    const shown = this.#player.shown;
    this.#section.querySelector('.badge').value = shown;
    for (const input of this.#inputs('quality')) input.parentElement.classList.toggle('shown', input.value === shown);
    this.#tell('level', shown);
    this.#showMoment();
  }

  #showMoment() {
    this.#plot?.update(this.#video.currentTime, this.#player.shown);
    const facts = this.#player.facts();
    this.#section.querySelector('.live').replaceChildren(...list([
      ['First frame', this.#firstFrame === null ? '–' : `${Math.round(this.#firstFrame)} ms`],
      ['Buffered', `${facts.buffered.toFixed(1)} s`],
      ['Stalls', facts.stalls],
      ['Dropped', `${facts.dropped} of ${facts.frames}`],
      ['Network', facts.bandwidth === null ? '' : `about ${bitrate(facts.bandwidth)}`],
    ]).children);
  }

  #inputs(name) {
    return this.#section.querySelectorAll(`input[name=${name}]`);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
