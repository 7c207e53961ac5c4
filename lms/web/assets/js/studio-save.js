// Saving by itself: two seconds after the last key, when the editor is left, when the page is hidden. Until the server has it the text is kept
// in the tab. Somebody else's change stops it: then the author decides.
import { renew } from './studio-session.js';
import { Unsaved } from './studio-unsaved.js';

const PAUSE = 2000; // ms
const LONGEST = 60_000; // between two tries
const LEAVING = 60_000; // bytes a browser still sends for a page that goes

export class Saver {
  // text gives the text as it is, take puts another in its place, done hears that it is saved.
  constructor(form, { text, take, done }) {
    Object.assign(this, { form, text, take, done, words: form.dataset, rev: form.elements.rev });
    this.status = form.querySelector('[data-status]') || document.querySelector('[data-status]');
    this.boxes = form.querySelector('[data-boxes]');
    this.saved = 'unsaved' in this.words ? null : text(); // what the server has
    this.kept = new Unsaved(form.dataset.person || '', form.getAttribute('action'));
    this.wait = 0;
    this.offer();
    if (this.saved === null) this.kept.keep(this.rev.value, text()); // what comes back from a conflict waits for its author's word
    form.addEventListener('submit', (e) => this.submit(e));
    form.addEventListener('focusout', (e) => form.contains(e.relatedTarget) || this.now());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.now());
    window.addEventListener('pagehide', () => this.now());
    window.addEventListener('pageshow', (e) => e.persisted && this.now());
    window.addEventListener('online', () => this.now());
    window.addEventListener('beforeunload', (e) => this.leaving(e));
  }

  get dirty() {
    return this.text() !== this.saved;
  }

  // changed is called at every change of the text.
  changed() {
    this.touched = true;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.dirty && this.kept.keep(this.rev.value, this.text()), 300);
    if (!this.stopped && !this.wait) this.later(PAUSE);
  }

  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), ms);
  }

  // now saves what is not saved. While a request is under way the next one waits for it: it needs its revision.
  async now(anyway = false) {
    clearTimeout(this.timer);
    if (this.stopped || !(anyway || (this.touched && this.dirty))) return;
    this.kept.keep(this.rev.value, this.text());
    this.asked ||= anyway;
    if (this.sending !== undefined) return;
    const text = (this.sending = this.text());
    const asked = this.asked;
    this.asked = false;
    const outcome = await this.post(text, asked).catch(() => ({ status: 0 }));
    this.sending = undefined;
    this.settle(outcome, text);
  }

  // post sends a text; what its author asked to save stays in the history.
  async post(text, asked, again = true) {
    const fields = new URLSearchParams(new FormData(this.form));
    fields.set('azione', 'salva');
    fields.set('text', text);
    if (!asked) fields.set('solo', 'si');
    const body = fields.toString();
    const response = await fetch(this.form.action, {
      method: 'POST',
      keepalive: body.length < LEAVING,
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    });
    if (response.status === 403 && again && (await renew())) return this.post(text, asked, false);
    const json = response.headers.get('Content-Type')?.includes('application/json');
    return { status: response.status, answer: json ? await response.json() : {} };
  }

  settle({ status, answer }, text) {
    if (status === 200) {
      this.rev.value = answer.rev;
      this.form.elements.sopra?.remove(); // it has taken the other's place
      this.saved = text;
      this.wait = 0;
      this.kept.forget();
      this.say(this.words.tSaved?.replace('{at}', answer.at));
      if (this.boxes?.querySelector('[data-box-session]')) this.boxes.replaceChildren();
      this.done();
      if (this.asked) this.now(true);
      else if (this.dirty) this.changed();
    } else if (status === 409) {
      this.stopped = true;
      this.say(this.words.tConflict, true);
      const box = this.box('conflict');
      if (answer.by && this.words.tConflictBy) box.querySelector('[data-words]').textContent = this.words.tConflictBy.replace('{by}', answer.by);
    } else if (status === 401 || status === 403) {
      if (!this.boxes?.querySelector('[data-box-session]')) this.box('session');
      this.again(this.words.tSession);
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.say(this.words.tRefused?.replace('{problem}', answer.problem || status), true);
    } else {
      this.again(status === 0 && !navigator.onLine ? this.words.tOffline : this.words.tUnsaved);
    }
  }

  // again tries later, each time twice as late.
  again(words) {
    this.say(words, true);
    this.wait = Math.min(LONGEST, (this.wait || PAUSE) * 2);
    this.later(this.wait);
  }

  say(words, wrong = false) {
    if (!this.status) return;
    if (this.status.textContent !== (words || '')) this.status.textContent = words || '';
    this.status.classList.toggle('status-wrong', wrong);
  }

  // box shows what needs a decision.
  box(name) {
    const made = this.form.querySelector(`template[data-box="${name}"]`).content.firstElementChild.cloneNode(true);
    this.boxes.replaceChildren(made);
    return made;
  }

  // submit saves in place, unless the author asked for the page that shows both versions, or signs in first.
  submit(e) {
    if (e.submitter?.hasAttribute('data-plain')) {
      this.stopped = this.gone = true; // the page goes, with the text in its form
      return;
    }
    if (this.stopped || e.submitter?.value !== 'salva') return;
    e.preventDefault();
    this.wait = 0;
    this.say(''); // so that the answer is read out, even if it is the same
    this.now(true);
  }

  // leaving asks before a text is lost: what is on its way is not.
  leaving(e) {
    if (this.gone || !this.dirty || (this.sending === this.text() && this.sending.length < LEAVING / 3)) return;
    this.now();
    e.preventDefault();
  }

  // offer brings back what a crash left in the tab; not after the server said that it has it.
  offer() {
    const left = this.kept.last();
    if (!left) return;
    if (left.text === this.text() || !this.boxes || new URLSearchParams(location.search).has('esito')) {
      this.kept.forget();
      return;
    }
    const box = this.box('recover');
    box.querySelector('[data-take]').addEventListener('click', () => {
      this.rev.value = left.rev; // what others saved since is a conflict, not lost
      this.boxes.replaceChildren();
      this.take(left.text);
    });
    box.querySelector('[data-drop]').addEventListener('click', () => {
      this.kept.forget();
      this.boxes.replaceChildren();
      this.take();
    });
  }
}
