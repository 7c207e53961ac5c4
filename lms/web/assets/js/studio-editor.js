// The studio's editor. The page works without it: a textarea, a button that saves, a form that sends a file.
import { EditorView, keymap } from '@codemirror/view';
import { code } from './studio-code.js';
import { completion } from './studio-complete.js';
import { Findings } from './studio-findings.js';
import { blanks, insert, insertBar } from './studio-insert.js';
import { Preview } from './studio-preview.js';
import { Saver } from './studio-save.js';
import { files } from './studio-upload.js';
import { bodyStart } from './studio-dialect.js';

function editor(form) {
  const textarea = form.elements.text;
  const on = { changed() {}, moved() {}, files() {} }; // what follows, once everything is there
  const findings = new Findings(form, document.querySelector('[data-findings-box]'));
  const course = things(form.dataset.words);
  const save = () => form.requestSubmit(form.querySelector('[value=salva]')) || true;
  const view = code(form, textarea, [
    keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }, ...(textarea.dataset.lang === 'markdown' ? emphasis : [])]),
    findings.extension,
    blanks,
    completion(form, textarea.dataset.lang, course.get),
    receive(on),
    EditorView.updateListener.of((u) => {
      if (u.docChanged) on.changed();
      if (u.selectionSet) on.moved();
    }),
  ]);
  if (!view) return;
  findings.begin(view);
  go(view, Number(form.dataset.go));

  const text = () => textarea.value;
  const preview = new Preview(form, document.querySelector('[data-preview-pane]'), text, (answer) => findings.show(answer.findings));
  const saver = new Saver(form, { text, take: (words) => take(view, words), done: () => preview.again() });
  on.changed = () => {
    preview.soon();
    saver.changed();
  };
  on.moved = late(400, () => preview.follow(heading(view.state)));
  const bar = document.querySelector('[data-insert]');
  if (bar) insertBar(bar, view);
  const attach = document.querySelector('[data-upload-form]');
  if (attach) on.files = files(attach, form.dataset.upload, (answer) => received(view, course, preview, answer));
  for (const keys of document.querySelectorAll('[data-keys]')) keys.hidden = false;
}

// emphasis is what these keys do everywhere; left to the browser they would change only how the text looks.
const emphasis = [
  { key: 'Mod-b', run: (view) => insert(view, '**${cursor}**', '') },
  { key: 'Mod-i', run: (view) => insert(view, '*${cursor}*', '') },
];

// late is a function that is called once, some time after the last call.
function late(ms, f) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(f, ms);
  };
}

// take puts a text in the place of the whole, which can be undone; without one it only goes back to the editor.
function take(view, words) {
  if (words !== undefined) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } });
  view.focus();
}

// heading is the last one above the cursor.
function heading({ doc, selection }) {
  for (let n = doc.lineAt(selection.main.head).number; n > 0; n--) {
    const found = /^#{1,6} +(.*)$/.exec(doc.line(n).text);
    if (found) return found[1];
  }
  return '';
}

// go opens the editor at the line that the address names, or where the text begins.
function go(view, line) {
  const { doc } = view.state;
  const { from } = doc.line(Math.min(line || 1, doc.lines));
  view.dispatch({ selection: { anchor: line > 0 ? from : bodyStart(view.state) }, effects: line > 0 ? EditorView.scrollIntoView(from, { y: 'center' }) : [] });
  if (line > 0) view.focus();
}

// fill writes the first video, captions or poster where the front matter still has the template's, which is no file of the course.
function fill(view, path, type, { media }) {
  const key = { video: 'file', captions: 'captions', picture: 'poster', drawing: 'poster' }[type];
  const head = view.state.sliceDoc(0, bodyStart(view.state));
  const id = /^id: *"?([\w-]+)/m.exec(head)?.[1];
  const found = key && id && new RegExp(`^( +${key}: *)(video/${id}\\.\\w+)[ \\t]*$`, 'm').exec(head);
  if (!found || media.some((m) => m.path === found[2])) return false;
  const from = found.index + found[1].length;
  view.dispatch({ changes: { from, to: from + found[2].length, insert: path }, userEvent: 'input.insert' });
  return true;
}

// received puts an uploaded file into the text; captions and the like only lie beside it.
async function received(view, course, preview, { path, markdown, type }) {
  if (fill(view, path, type, await course.get())) return true;
  course.renew();
  if (!markdown || type === 'captions') {
    preview.soon();
    return false;
  }
  insert(view, markdown.startsWith('!') ? markdown + '\n' : markdown, '');
  return true;
}

// things asks the server for the course's objects, media and words, once they are needed.
function things(address) {
  let asked;
  const none = { objects: [], media: [], terms: [], fragments: [] };
  const load = async () => {
    try {
      const response = await fetch(address, { headers: { Accept: 'application/json' } });
      if (response.ok) return { ...none, ...(await response.json()) };
    } catch {
      // offline: asked again the next time
    }
    asked = null;
    return none;
  };
  return { get: () => (asked ||= load()), renew: () => (asked = null) };
}

// receive takes files that are dropped on the editor or pasted into it; a picture that comes with words is the words' picture, and stays out.
function receive(on) {
  const over = (view, here) => view.dom.classList.toggle('editor-over', here);
  const has = (data) => [...(data?.types || [])].includes('Files');
  return EditorView.domEventHandlers({
    dragover(e, view) {
      if (!has(e.dataTransfer)) return false;
      over(view, true);
      e.preventDefault();
      return true;
    },
    dragleave: (_, view) => over(view, false),
    drop(e, view) {
      over(view, false);
      if (!e.dataTransfer?.files.length) return false;
      e.preventDefault();
      const at = view.posAtCoords({ x: e.clientX, y: e.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      on.files(e.dataTransfer.files);
      return true;
    },
    paste(e) {
      const data = e.clipboardData;
      if (!data?.files.length || data.getData('text/plain')) return false;
      e.preventDefault();
      on.files(data.files);
      return true;
    },
  });
}

for (const form of document.querySelectorAll('form[data-editor]')) editor(form);
