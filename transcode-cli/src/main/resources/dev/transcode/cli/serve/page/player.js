// Plays HLS in a video element, through hls.js or the browser itself, and tells what is shown.

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const AUTO = -1;

/**
 * Events: `level` (what is shown or chosen has changed), `failed` (detail: a sentence), `stall`.
 * Needs the global `Hls` of hls.js unless it plays natively.
 */
export class Player extends EventTarget {
  #video;
  #hls = null;
  #shown = '';
  #stalls = 0;
  #recoveries = 0;
  #switching = false;

  constructor(video) {
    super();
    this.#video = video;
    video.addEventListener('resize', () => this.#nativeLevel());
    video.addEventListener('error', () => this.#nativeError());
    video.addEventListener('waiting', () => this.#waiting());
  }

  static canPlay(engine) {
    return engine === 'native'
      ? document.createElement('video').canPlayType(HLS_TYPE) !== ''
      : globalThis.Hls?.isSupported() === true;
  }

  /** What plays now: 'hls.js' or 'native'. */
  get engine() {
    return this.#hls ? 'hls.js' : 'native';
  }

  /**
   * Loads a playlist, in place of the one before.
   *
   * @param {URL|string} address
   * @param {'hls.js'|'native'} engine
   * @param {{name, height, bandwidth}[]} variants as listed by loadPackage, to name what is shown
   */
  load(address, engine, variants) {
    this.close();
    this.variants = variants;
    this.#stalls = 0;
    this.#recoveries = 0;
    this.#shown = '';
    if (engine === 'native') {
      this.#video.src = address;
      return;
    }
    const Hls = globalThis.Hls;
    this.#hls = new Hls({ backBufferLength: 30 });
    this.#hls.on(Hls.Events.FRAG_CHANGED, (event, data) => this.#fragment(data.frag));
    this.#hls.on(Hls.Events.LEVEL_SWITCHING, () => this.#tell('level'));
    this.#hls.on(Hls.Events.ERROR, (event, data) => this.#hlsError(data));
    this.#hls.loadSource(String(address));
    this.#hls.attachMedia(this.#video);
  }

  /** Lets go of the video element. */
  close() {
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  /** Name of the variant on the screen; '' before the first frame. */
  get shown() {
    return this.#shown;
  }

  /** Name of the chosen variant; 'auto' if the player chooses. */
  get chosen() {
    if (!this.#hls || this.#hls.autoLevelEnabled) return 'auto';
    return this.#nameOf(this.#hls.levels[this.#hls.loadLevel]);
  }

  /** Chooses a variant by name, or 'auto'. Natively the browser alone chooses. */
  choose(name) {
    if (!this.#hls) return;
    const index = name === 'auto' ? AUTO : this.#hls.levels.findIndex((level) => this.#nameOf(level) === name);
    if (index === AUTO) {
      this.#hls.loadLevel = AUTO;
    } else {
      // At once, for a moment's halt: who chooses wants to compare this very picture.
      this.#switching = true;
      this.#hls.currentLevel = index;
    }
    this.#tell('level');
  }

  /** Facts of this moment: seconds buffered ahead, frames dropped, stalls, estimated bit/s (null if not known). */
  facts() {
    const quality = this.#video.getVideoPlaybackQuality();
    return {
      buffered: ahead(this.#video),
      dropped: quality.droppedVideoFrames,
      frames: quality.totalVideoFrames,
      stalls: this.#stalls,
      bandwidth: this.#hls ? this.#hls.bandwidthEstimate : null,
    };
  }

  #fragment(fragment) {
    if (fragment.type !== 'main') return;
    this.#show(this.#nameOf(this.#hls.levels[fragment.level]));
  }

  #nativeLevel() {
    if (this.#hls) return;
    const { videoWidth, videoHeight } = this.#video;
    const match = this.variants?.find((one) => one.width === videoWidth && one.height === videoHeight);
    this.#show(match?.name ?? (videoHeight > 0 ? `${Math.min(videoWidth, videoHeight)}p` : ''));
  }

  #show(name) {
    this.#shown = name;
    this.#switching = false;
    this.#tell('level');
  }

  #nameOf(level) {
    if (!level) return '';
    const uri = Array.isArray(level.url) ? level.url[0] : level.url;
    return this.variants.find((one) => one.uri.href === uri)?.name ?? `${level.height}p`;
  }

  #waiting() {
    const video = this.#video;
    // Waiting for the first frame, after a seek or a chosen switch is no stall.
    if (this.#switching || video.seeking || video.currentTime < 0.2 || video.ended) return;
    this.#stalls++;
    this.#tell('stall');
  }

  #hlsError(data) {
    if (!data.fatal) return;
    if (data.type === globalThis.Hls.ErrorTypes.MEDIA_ERROR && this.#recoveries++ === 0) {
      this.#hls.recoverMediaError();
      return;
    }
    const where = data.url ? ` (${new URL(data.url, location.href).pathname})` : '';
    const status = data.response?.code ? `, HTTP ${data.response.code}` : '';
    this.#fail(`hls.js gave up: ${data.details}${status}${where}`);
  }

  #nativeError() {
    if (!this.#hls && this.#video.error) this.#fail(`The browser gave up: ${this.#video.error.message}`);
  }

  #fail(sentence) {
    this.dispatchEvent(new CustomEvent('failed', { detail: sentence }));
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}

/** Seconds that can be played on from here. */
function ahead(video) {
  for (let i = 0; i < video.buffered.length; i++) {
    if (video.buffered.start(i) <= video.currentTime + 0.1 && video.buffered.end(i) > video.currentTime) {
      return video.buffered.end(i) - video.currentTime;
    }
  }
  return 0;
}
