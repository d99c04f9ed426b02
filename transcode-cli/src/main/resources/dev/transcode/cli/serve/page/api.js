// The calls of the server's API, and what goes wrong with them.

const API = '/api/transcode';

let login = null;

/** What went wrong: a sentence, and a hint what to do. */
export class Problem extends Error {
  constructor(status, facts) {
    super(facts.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = facts.code ?? '';
    this.hint = facts.hint ?? '';
  }
}

/** An error and its hint as people write sentences. */
export function sentences(error) {
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${error.hint ?? ''}`;
}

/** @param {() => Promise<void>} ask called when a token is needed; the call is made again after it */
export function onLoginNeeded(ask) {
  login = ask;
}

export function get(path) {
  return call('GET', path);
}

/** @param body sent as JSON */
export function post(path, body = {}, headers = {}) {
  return call('POST', path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } });
}

/** Address of a call of one job, or of a file it made. */
export function ofJob(id, rest = '') {
  return `/jobs/${encodeURIComponent(id)}${rest}`;
}

export function address(path) {
  return API + path;
}

async function call(method, path, more = {}) {
  let answer;
  try {
    answer = await fetch(API + path, { method, ...more });
  } catch {
    throw new Problem(0, { code: 'unreachable', detail: 'The server does not answer.', hint: 'Is transcode serve running?' });
  }
  if (answer.ok) return answer.json();
  const facts = await answer.json().catch(() => ({}));
  if (answer.status === 401 && login !== null && path !== '/login') {
    await login();
    return call(method, path, more);
  }
  throw new Problem(answer.status, facts);
}
