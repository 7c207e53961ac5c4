// The bar of things to insert: one stop for Tab, arrows between its buttons. A snippet takes the selection, or a word to write over.
import { StateEffect, StateField } from '@codemirror/state';
import { bodyStart } from './studio-dialect.js';

export function insertBar(bar, view) {
  const buttons = [...bar.querySelectorAll('[data-snippet]')];
  const stop = (button) => {
    for (const b of buttons) b.tabIndex = b === button ? 0 : -1;
  };
  bar.hidden = false;
  stop(buttons[0]);
  bar.addEventListener('focusin', (e) => buttons.includes(e.target) && stop(e.target));
  bar.addEventListener('keydown', (e) => {
    const here = buttons.indexOf(e.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[e.key];
    if (here < 0 || to === undefined || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
  for (const b of buttons) b.addEventListener('click', () => insert(view, b.dataset.snippet, b.dataset.select || ''));
}

const CURSOR = '${cursor}';

// blanks remembers the word to write over that the last snippet left, and where that snippet ends.
const left = StateEffect.define();
export const blanks = StateField.define({
  create: () => null,
  update(was, tr) {
    for (const e of tr.effects) if (e.is(left)) return e.value;
    if (!was || !tr.docChanged) return was;
    return { from: tr.changes.mapPos(was.from, 1), to: tr.changes.mapPos(was.to, -1), end: tr.changes.mapPos(was.end, -1) };
  },
});

// behind is where a block goes: what is selected gives way, but not the word to write over of the snippet before; and no quotation is torn.
function behind(state, { from, to }) {
  const was = state.field(blanks, false);
  if (was && from < to && was.from === from && was.to === to) return { from: was.end, to: was.end };
  if (from < to || !/^\s*>/.test(state.doc.lineAt(from).text)) return { from, to };
  let line = state.doc.lineAt(from);
  while (line.number < state.doc.lines && /^\s*>/.test(state.doc.line(line.number + 1).text)) line = state.doc.line(line.number + 1);
  return { from: line.to, to: line.to };
}

// insert puts a snippet in the place of the selection, and leaves the cursor where there is something to write. One that ends in a line break
// is a block, on lines of its own; nothing goes into the front matter.
export function insert(view, snippet, blank) {
  const { state } = view;
  const body = bodyStart(state);
  const block = snippet.endsWith('\n');
  let { from, to } = block ? behind(state, state.selection.main) : state.selection.main;
  if (from < body) from = to = body;
  const chosen = state.sliceDoc(from, to);
  let text = fresh(block ? snippet.trim() : snippet, state.doc.toString());
  let at = text.indexOf(CURSOR);
  const inside = at < 0 ? '' : fit(chosen, text.slice(0, at)) || blank;
  if (at < 0) at = text.length;
  text = text.replace(CURSOR, () => inside);
  let end = text.length;
  if (block) {
    const before = gap(state.sliceDoc(Math.max(0, from - 2), from), from === 0);
    text = before + text + gapAfter(state.sliceDoc(to, to + 2));
    at += before.length;
    end += before.length;
  }
  view.dispatch({
    changes: { from, to, insert: text },
    effects: left.of(block ? { from: from + at, to: from + at + inside.length, end: from + end } : null),
    selection: { anchor: from + at, head: from + at + inside.length },
    scrollIntoView: true,
    userEvent: 'input.insert',
  });
  view.focus();
  return true;
}

// fit makes what was selected stand behind a mark: each line behind its own, where the mark is one of lines.
function fit(chosen, before) {
  const mark = /[^\n]*$/.exec(before)[0];
  return /^[>\s*+-]+ $/.test(mark) ? chosen.replace(/\n/g, '\n' + mark) : chosen.replace(/\n+/g, ' ');
}

// gap is what a block needs before it to have an empty line there; gapAfter the same behind it.
function gap(before, top) {
  if (top || before === '\n\n' || before === '\n') return '';
  return before.endsWith('\n') ? '\n' : '\n\n';
}

function gapAfter(after) {
  if (after === '\n' || after === '\n\n') return '';
  return after === '' || after.startsWith('\n') ? '\n' : '\n\n';
}

// fresh puts a number in the place of ${n} that makes the word around it new in a text: domanda-${n} is domanda-3.
export function fresh(snippet, text) {
  const stem = /([\w-]*)\$\{n\}/.exec(snippet)?.[1];
  if (stem === undefined) return snippet;
  let n = 1;
  while (new RegExp(`\\b${stem}${n}\\b`).test(text)) n++;
  return snippet.replaceAll('${n}', n);
}
