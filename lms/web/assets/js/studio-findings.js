// What the compiler says of the text: in the text, in the margin, and in the list below, which is the page's own.
import { closeHoverTooltips, EditorView, hasHoverTooltips, keymap } from '@codemirror/view';
import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';

// Findings holds the list and the marks together.
export class Findings {
  constructor(form, box) {
    this.words = form.dataset;
    this.list = box?.querySelector('[data-findings]');
    this.blanks = {};
    for (const li of box?.querySelector('template[data-blanks]')?.content.querySelectorAll('li') || []) this.blanks[li.dataset.severity] = li;
    this.none = box?.querySelector('[data-findings-none]');
    this.list?.addEventListener('click', (e) => this.go(e));
    this.extension = [
      lintGutter(),
      keymap.of([
        { key: 'F8', run: this.step(nextDiagnostic), shift: this.step(previousDiagnostic), preventDefault: true },
        { key: 'Escape', run: hide },
      ]),
    ];
  }

  // begin marks what the page already lists.
  begin(view) {
    this.view = view;
    const items = [...(this.list?.children || [])];
    this.mark(items.map((li) => ({
      line: Number(li.dataset.line), column: Number(li.dataset.column), severity: li.dataset.severity,
      message: li.querySelector('[data-message]')?.textContent || '', hint: li.querySelector('[data-hint]')?.textContent || '', why: li.querySelector('[data-why]')?.getAttribute('href') || '',
    })));
  }

  // show replaces everything by what the server found; nothing is touched where nothing changed.
  show(found) {
    const said = JSON.stringify(found);
    const count = document.querySelector('[data-findings-count]');
    if (count) count.textContent = found.length;
    if (said !== this.said) this.write(found);
    this.said = said;
    this.mark(found);
  }

  mark(found) {
    const { doc } = this.view.state;
    const diagnostics = found.map((f, index) => ({ ...place(doc, f), severity: f.severity, message: f.message, hint: f.hint, index, renderMessage: () => this.told(f) }));
    diagnostics.sort((a, b) => a.from - b.from || a.to - b.to);
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  write(found) {
    if (this.none) this.none.hidden = found.length > 0;
    if (!this.list || !this.blanks.error || !this.blanks.warning) return;
    const had = [...this.list.children].findIndex((li) => li.contains(document.activeElement));
    this.list.replaceChildren(...found.map((f) => this.item(f)));
    this.list.hidden = found.length === 0;
    if (had >= 0) (this.list.children[Math.min(had, found.length - 1)]?.querySelector('[data-where]') || this.view).focus();
  }

  item(f) {
    const li = this.blanks[f.severity].cloneNode(true);
    Object.assign(li.dataset, { line: f.line, column: f.column, severity: f.severity });
    const fill = (name, words) => {
      const e = li.querySelector(`[data-${name}]`);
      if (!words) e?.remove();
      else if (e) e.textContent = words;
    };
    fill('where', this.where(f.line));
    fill('message', f.message);
    fill('hint', f.hint);
    const mend = li.querySelector('[data-mend]');
    if (f.mend) [mend.href, mend.hidden] = [f.mend, false];
    else mend?.remove();
    const why = li.querySelector('[data-why]');
    if (f.why) why?.setAttribute('href', f.why);
    else why?.remove();
    return li;
  }

  where(line) {
    return line > 0 ? this.words.tLine?.replace('{line}', line) : this.words.tWhole;
  }

  // told is a finding as it shows over the text.
  told(f) {
    const p = document.createElement('p');
    const strong = document.createElement('strong');
    strong.textContent = (f.severity === 'error' ? this.words.tError : this.words.tWarning) + ': ';
    p.append(strong, f.message, f.hint ? ' ' + f.hint : '');
    if (!f.why) return p;
    const a = document.createElement('a');
    a.href = f.why;
    a.textContent = this.words.tWhy;
    p.append(' ', a);
    return p;
  }

  // step wraps a command that goes to a finding: it is read out as well.
  step(command) {
    return (view) => {
      if (!command(view)) return false;
      const { from } = view.state.selection.main;
      const here = [];
      forEachDiagnostic(view.state, (d, start, end) => start <= from && from <= end && here.push(d));
      const d = here[0];
      const severity = d?.severity === 'error' ? this.words.tError : this.words.tWarning;
      const where = this.where(view.state.doc.lineAt(from).number);
      if (d) view.dispatch({ effects: EditorView.announce.of(this.words.tFinding.replace('{severity}', severity).replace('{where}', where).replace('{message}', `${d.message} ${d.hint || ''}`)) });
      return true;
    };
  }

  // go leads from an item of the list to its place, wherever that is by now.
  go(e) {
    const li = e.target.closest('[data-where]')?.closest('li');
    if (!li) return;
    e.preventDefault();
    const index = [...this.list.children].indexOf(li);
    let at = place(this.view.state.doc, { line: Number(li.dataset.line), column: Number(li.dataset.column) });
    forEachDiagnostic(this.view.state, (d, from, to) => {
      if (d.index === index) at = { from, to };
    });
    this.view.dispatch({ selection: { anchor: at.from, head: at.to }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) });
    this.view.focus();
  }
}

// hide takes away what hangs over the text.
function hide(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

// place is the word that a line and a column, in characters, point at.
function place(doc, { line, column }) {
  if (!(line > 0)) return { from: 0, to: 0 };
  const l = doc.line(Math.min(line, doc.lines));
  const from = l.from + [...l.text].slice(0, Math.max(0, column - 1)).join('').length;
  const word = /^(?:\s*[\p{L}\p{N}_-]+|\S+)/u.exec(doc.sliceString(from, l.to));
  return { from, to: from + (word?.[0].length || 0) };
}
