// The server's events. A page that is not seen lets go of its connection: a browser opens only six to one server.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/**
 * Server-sent events of an address, for as long as the page lives. Sends on the `names` events (detail: their data), and
 * `up` and `down` as the connection comes and goes. After an `up` everything may have changed.
 */
export class Stream extends EventTarget {
  #address;
  #names;
  #source = null;
  #timer = 0;
  #wait = FIRST_WAIT;

  constructor(address, names) {
    super();
    this.#address = address;
    this.#names = names;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#close() : this.start()));
  }

  start() {
    if (this.#source !== null || document.hidden) return;
    clearTimeout(this.#timer);
    const source = new EventSource(this.#address);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#wait = FIRST_WAIT;
      this.#tell('up');
    });
    source.addEventListener('error', () => this.#failed());
    for (const name of this.#names) {
      source.addEventListener(name, (event) => this.#tell(name, JSON.parse(event.data)));
    }
  }

  /** A connection that breaks is opened again by the browser; one that is refused is not. */
  #failed() {
    this.#tell('down');
    if (this.#source?.readyState !== EventSource.CLOSED) return;
    this.#close();
    this.#timer = setTimeout(() => this.start(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * A function that calls `work` at once, but no sooner than `pause()` ms after its last end: calls meanwhile make one call
 * afterwards. `work` handles its own errors.
 */
export function calmly(work, pause) {
  let busy = false;
  let again = false;
  const run = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    await work();
    setTimeout(() => {
      busy = false;
      if (again) {
        again = false;
        run();
      }
    }, pause());
  };
  return run;
}
