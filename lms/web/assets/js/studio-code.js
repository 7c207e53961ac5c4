// The editor in the place of a textarea. The textarea stays the form's field: it holds the same text at every moment, and is what is posted.
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, tooltips } from '@codemirror/view';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { markdownKeymap } from '@codemirror/lang-markdown';
import { language } from './studio-dialect.js';
import { look } from './studio-look.js';

// code puts an editor in the place of a form's textarea, and gives its view; null where the browser can't show one without style elements.
export function code(form, textarea, extensions) {
  if (!('adoptedStyleSheets' in Document.prototype)) return null;
  const host = document.createElement('div');
  host.className = 'editor-host';
  const root = host.attachShadow({ mode: 'open' });
  const label = textarea.labels[0];
  const bar = form.querySelector('.editor-bar');
  const covered = () => (bar?.offsetHeight || 0) + 8; // px at the end of the window: the bar that saves stands there
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: textarea.value, extensions: [...extensions, above(covered), base(form.dataset, textarea, label)] }),
  });
  textarea.after(host);
  if (bar) new ResizeObserver(() => host.style.setProperty('--editor-covered', covered() + 'px')).observe(bar);
  textarea.hidden = true;
  textarea.required = false; // nobody could see what is missing
  for (const way of [label, ...document.querySelectorAll(`a[href="#${textarea.id}"]`)]) {
    way?.addEventListener('click', (e) => {
      e.preventDefault();
      view.focus();
    });
  }
  return view;
}

// above keeps the line that is being written, and what hangs from it, above what covers the end of the window.
function above(covered) {
  return [
    EditorView.scrollMargins.of(() => ({ bottom: covered() })),
    tooltips({ tooltipSpace: () => ({ top: 0, left: 0, right: innerWidth, bottom: innerHeight - covered() }) }),
  ];
}

function base(words, textarea, label) {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    search({ top: true }), // below the text stands the bar that saves it
    language(textarea.dataset.lang),
    look,
    EditorView.lineWrapping,
    EditorState.phrases.of(phrases(words)),
    EditorView.contentAttributes.of({
      'aria-label': label?.textContent.trim() || textarea.name,
      lang: textarea.lang || document.documentElement.lang,
      tabindex: '0', // it has it anyway; some checkers ask for the word
      ...(textarea.spellcheck ? { spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences' } : {}),
    }),
    typing,
    EditorView.updateListener.of((u) => {
      if (u.docChanged) textarea.value = u.state.doc.toString();
    }),
    // Tab is nobody's key here: it leaves the editor.
    keymap.of([...markdownKeymap, ...searching, ...historyKeymap, ...defaultKeymap]),
  ];
}

// typing over a selection is done here: the browser itself would keep the looks of what was there by inline styles, which the page's policy
// refuses and reports.
const typing = EditorView.domEventHandlers({
  beforeinput(e, view) {
    const { state } = view;
    if (e.inputType !== 'insertText' || e.isComposing || !e.data || state.selection.main.empty) return false;
    e.preventDefault();
    view.dispatch(state.update(state.replaceSelection(e.data), { userEvent: 'input.type', scrollIntoView: true }));
    return true;
  },
});

const panel = 'editor search-panel';
const searching = [
  { key: 'Mod-f', run: openSearchPanel, scope: panel },
  { key: 'F3', run: findNext, shift: findPrevious, scope: panel, preventDefault: true },
  { key: 'Escape', run: closeSearchPanel, scope: panel },
];

// phrases are CodeMirror's own words in the page's language.
function phrases(w) {
  const ours = {
    Find: w.tFind, Replace: w.tReplace, next: w.tNext, previous: w.tPrevious, 'match case': w.tCase, 'by word': w.tWord, replace: w.tSwap, 'replace all': w.tSwapAll, close: w.tClose,
    'current match': w.tMatch, 'on line': w.tOn, 'replaced match on line $': w.tSwapped, 'replaced $ matches': w.tSwappedAll, Completions: w.tCompletions, 'Control character': w.tControl,
  };
  return Object.fromEntries(Object.entries(ours).filter(([, words]) => words));
}
