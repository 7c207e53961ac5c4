// Completion of course.yaml and of the front matter: keys that are not there yet, and values that are allowed.
import { startCompletion } from '@codemirror/autocomplete';
import { named, offer } from './studio-offer.js';

const FLOW = /^\s*(?:- )?(\w+):\s*\{(?:.*,)?\s*(?:(\w+):\s*)?([^\s,{}]*)$/; // complete: {read: tr
const BLOCK = /^(\s*(?:- )?)(?:(\w+):\s+)?([^\s{]*)$/; // kind: rea
const KEY = /^(\s*(?:- )?)(\w+):/;

// fields offers what may stand at the cursor. known.top is the list of keys that are not indented.
export function fields(cx, known) {
  const line = cx.state.doc.lineAt(cx.pos);
  const before = line.text.slice(0, cx.pos - line.from);
  let found = FLOW.exec(before);
  if (found) return word(cx, known, { owner: found[1], key: found[2], typed: found[3], there: [...line.text.matchAll(/(\w+):/g)].map((m) => m[1]) });
  found = BLOCK.exec(before);
  if (!found) return null;
  const indent = found[1].length;
  return word(cx, known, { owner: above(cx.state, line, indent), key: found[2], typed: found[3], there: indent ? [] : written(cx.state, line) });
}

// word offers a value of a key, or the keys that an owner has and that are not there.
function word(cx, { lists, course, top }, { owner, key, typed, there }) {
  const from = cx.pos - typed.length;
  if (key) return values(cx, from, key, { lists, course });
  const keys = lists[owner || top]?.filter((k) => !there.includes(k.label));
  return offer(cx, from, keys?.map((k) => ({ ...k, apply: begin(k.label) })));
}

// above is the key that an indented line belongs to; '' for a line that is not indented.
function above(state, line, indent) {
  for (let n = line.number - 1; indent > 0 && n > 0; n--) {
    const found = KEY.exec(state.doc.line(n).text);
    if (found && found[1].length < indent && !found[1].includes('-')) return found[2];
  }
  return '';
}

// written are the keys at the top of other lines; front matter and course.yaml begin with theirs.
function written(state, line) {
  const keys = [];
  for (let n = 1; n <= Math.min(state.doc.lines, 60); n++) {
    const found = n !== line.number && KEY.exec(state.doc.line(n).text);
    if (found && !found[1]) keys.push(found[2]);
  }
  return keys;
}

// begin writes a key and goes on with what may follow it.
function begin(key) {
  const rest = { objectives: ':\n  - ', modules: ':\n  - id: ', video: ':\n  file: ' }[key] || ': ';
  return (view, _, from, to) => {
    view.dispatch({ changes: { from, to, insert: key + rest }, selection: { anchor: from + key.length + rest.length }, userEvent: 'input.complete' });
    startCompletion(view);
  };
}

async function values(cx, from, key, { lists, course }) {
  const paths = async (...sorts) => (await course()).media.filter((m) => sorts.includes(m.type)).map((m) => ({ label: m.path }));
  switch (key) {
    case 'kind':
      return offer(cx, from, lists.kind);
    case 'read':
    case 'live':
    case 'sequential':
      return offer(cx, from, lists.yes);
    case 'complete':
      return offer(cx, from, lists.complete?.map((c) => ({ ...c, label: `{${c.label}: ${c.label === 'read' ? 'true' : '80'}}` })));
    case 'draw':
      return offer(cx, from, banks(cx.state.doc.toString()).map((b) => ({ label: '5 of ' + b })));
    case 'lang':
      return offer(cx, from, named());
    case 'file':
      return offer(cx, from, await paths('video'));
    case 'captions':
      return offer(cx, from, await paths('captions'));
    case 'poster':
      return offer(cx, from, await paths('picture', 'drawing'));
  }
  return null;
}

// banks are those that the text's questions name.
function banks(text) {
  return [...new Set([...text.matchAll(/^> \[!QUESTION .*\bbank=([\w-]+)/gm)].map((m) => m[1]))];
}
