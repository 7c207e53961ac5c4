// The preview: what the server makes of the text as it is now, a moment after the last key. The answer to an older text is not waited for.
import { tables } from './tables.js';

const PAUSE = 250; // ms

export class Preview {
  // answered is told the server's answer; text gives what is to be shown.
  constructor(form, pane, text, answered) {
    Object.assign(this, { form, pane, text, answered });
    this.state = document.querySelector('[data-preview-state]');
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // again asks once more after what went wrong.
  again() {
    if (this.state?.textContent) this.soon();
  }

  async ask() {
    this.request?.abort();
    const request = (this.request = new AbortController());
    const text = this.text();
    try {
      const response = await fetch(this.form.dataset.preview, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ csrf: this.form.elements.csrf?.value || '', text }),
        signal: request.signal,
      });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      if (request !== this.request) return;
      this.show(answer);
      if (text === this.text()) this.answered(answer);
    } catch {
      if (!request.signal.aborted) this.stale(this.form.dataset.tStale);
    }
  }

  show({ html, minutesText, wordsText }) {
    this.stale('');
    put('[data-minutes]', minutesText);
    put('[data-words-count]', wordsText);
    if (!this.pane) return;
    const made = document.createElement('template');
    made.innerHTML = html;
    const opened = [...this.pane.querySelectorAll('details')].map((d) => d.open);
    made.content.querySelectorAll('details').forEach((d, i) => (d.open = opened[i] ?? d.open));
    const top = this.pane.scrollTop;
    patch(this.pane, made.content);
    tables(this.pane);
    this.pane.scrollTop = top;
  }

  // follow brings the part under a heading into sight, unless it is there or somebody reads elsewhere in the preview.
  follow(heading) {
    const { pane } = this;
    if (!pane || pane.scrollHeight <= pane.clientHeight || pane.matches(':hover, :focus-within')) return;
    const all = [...pane.querySelectorAll('h1, h2, h3, h4, h5, h6')];
    const at = all.findIndex((h) => letters(h.textContent) === letters(heading));
    if (at < 0) return;
    const box = pane.getBoundingClientRect();
    const top = all[at].getBoundingClientRect().top;
    const end = all[at + 1]?.getBoundingClientRect().top ?? Infinity;
    if (top > box.bottom - 40 || end < box.top + 40) pane.scrollTop += top - box.top - 16;
  }

  stale(words) {
    if (this.state && this.state.textContent !== (words || '')) this.state.textContent = words || '';
    this.pane?.classList.toggle('preview-stale', !!words);
  }
}

function put(where, words) {
  const e = document.querySelector(where);
  if (e && words) e.textContent = words;
}

// letters are what a heading has in common with how it is written: no marks, no quotation marks.
function letters(text) {
  return text.replace(/\]\([^)]*\)/g, '').replace(/[^\p{L}\p{N}]/gu, '');
}

// patch makes one tree like another and leaves alone what is the same: pictures stay, players go on, what was opened stays open.
function patch(old, made) {
  const a = [...old.childNodes];
  const b = [...made.childNodes];
  let head = 0;
  while (head < a.length && head < b.length && a[head].isEqualNode(b[head])) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail].isEqualNode(b[b.length - 1 - tail])) tail++;
  const gone = a.slice(head, a.length - tail);
  const come = b.slice(head, b.length - tail);
  if (gone.length === 1 && come.length === 1 && gone[0].nodeType === 1 && gone[0].cloneNode().isEqualNode(come[0].cloneNode())) {
    patch(gone[0], come[0]);
    return;
  }
  const after = a[a.length - tail] || null;
  for (const n of gone) n.remove();
  for (const n of come) old.insertBefore(n, after);
}
