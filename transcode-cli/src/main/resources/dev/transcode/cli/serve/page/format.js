// Numbers as people read them, and the one way elements are made.

/**
 * A number with so many decimals, a half rounded up as it is written: 1.15 is 1.2, as in the terminal. `toFixed` alone
 * rounds the binary number, which is a little less.
 */
export function fixed(number, decimals) {
  const text = String(number);
  const rounded = text.includes('e') ? number : Math.round(`${text}e${decimals}`) / 10 ** decimals;
  return rounded.toFixed(decimals);
}

/** 3.94 Mbit/s or 812 kbit/s. */
export function bitrate(bitsPerSecond) {
  return bitsPerSecond >= 1e6
    ? `${fixed(bitsPerSecond / 1e6, 2)} Mbit/s`
    : `${Math.round(bitsPerSecond / 1e3)} kbit/s`;
}

/** 1.20 GB, 34.5 MB, 678 kB; decimal, as disks and networks count. */
export function bytes(number) {
  if (number >= 1e9) return `${fixed(number / 1e9, 2)} GB`;
  if (number >= 1e6) return `${fixed(number / 1e6, 1)} MB`;
  return number >= 1e3 ? `${Math.round(number / 1e3)} kB` : `${number} B`;
}

/** 1 segment, 3 segments. */
export function count(number, thing) {
  return `${number} ${number === 1 ? thing : `${thing}s`}`;
}

/** 0:07, 2:03, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** 12.34 s below a minute, else as a clock. */
export function duration(seconds) {
  return seconds < 60 ? `${fixed(seconds, 2)} s` : clock(seconds);
}

/** 25 or 29.97 of "25", "30000/1001" or a number. */
export function frameRate(rate) {
  const [over, under] = String(rate).split('/').map(Number);
  return String(Number((over / (under || 1)).toFixed(3)));
}

/** An element with attributes and children; text never becomes markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Sets a text only if it has changed, so that nothing flickers and no selection is lost. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A `time` element with date and time of an ISO-8601 instant; of today the time alone. */
export function moment(iso) {
  const made = element('time', { datetime: iso });
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  made.textContent = Number.isNaN(at.getTime())
    ? iso
    : at.toLocaleString([], today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
  return made;
}

/**
 * Puts nodes into the card of that id, below its heading.
 *
 * @returns false: the card is not hidden any more
 */
export function fill(id, ...nodes) {
  const card = document.getElementById(id);
  card.replaceChildren(card.firstElementChild, ...nodes);
  return false;
}
