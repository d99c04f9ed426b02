// Who may look: the login where a token is needed, and the foot of the page.

import { get, onLoginNeeded, post, sentences } from './api.js';
import { element } from './format.js';

let asking = null;

/** Returns when the API may be called. */
export async function begin() {
  onLoginNeeded(ask);
  const { tokenNeeded, loggedIn } = await get('/session');
  if (tokenNeeded && !loggedIn) await ask();
  showFoot(tokenNeeded);
}

/** One dialog, however many calls need it. */
function ask() {
  asking ??= showDialog().finally(() => {
    asking = null;
  });
  return asking;
}

function showDialog() {
  const token = element('input', { id: 'token', type: 'password', required: '', autocomplete: 'current-password', 'aria-describedby': 'token-error' });
  const problem = element('p', { id: 'token-error', class: 'field-error', role: 'alert' });
  const form = element('form', { method: 'dialog', class: 'form' },
    element('h2', { id: 'login-h' }, 'Log in'),
    element('p', { class: 'quiet' }, 'This server answers only with a token: one of those in its TRANSCODE_API_TOKEN.'
      + ' The browser keeps a cookie for seven days, not the token.'),
    element('label', { for: 'token' }, 'Token'), token, problem,
    element('button', { class: 'button', type: 'submit' }, 'Log in'));
  const dialog = element('dialog', { id: 'login', class: 'card', 'aria-labelledby': 'login-h' }, form);
  document.body.append(dialog);
  dialog.showModal();
  // There is nothing to see behind it.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('close', () => dialog.isConnected && dialog.showModal());
  return new Promise((done) => form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await post('/login', { token: token.value });
      dialog.remove();
      done();
    } catch (error) {
      problem.textContent = error.status === 401 ? 'This is none of the server’s tokens.' : sentences(error);
      token.setAttribute('aria-invalid', 'true');
      token.select();
    }
  }));
}

function showFoot(tokenNeeded) {
  const foot = document.getElementById('foot');
  foot.replaceChildren(element('span', {}, tokenNeeded
    ? 'A token is needed here.'
    : 'No token is set: only this machine can reach this page.'));
  foot.append(' ', element('a', { href: '/openapi.yaml' }, 'The API'), ' ', element('a', { href: '/metrics' }, 'Metrics'));
  if (!tokenNeeded) return;
  const out = element('button', { id: 'logout', class: 'button quiet small', type: 'button' }, 'Log out');
  out.addEventListener('click', async () => {
    await post('/logout');
    location.reload();
  });
  foot.append(' ', out);
}
