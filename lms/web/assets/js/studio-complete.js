// What the editor offers while one writes. The words come with the page (<template data-completions>), the names of the course's own things
// from the server; here is only where each of them may stand.
import { autocompletion, snippetCompletion } from '@codemirror/autocomplete';
import { bodyStart } from './studio-dialect.js';
import { fields } from './studio-fields.js';
import { fresh } from './studio-insert.js';
import { named, offer, order } from './studio-offer.js';

const ASKING = '> [!QUESTION';
const SHOWN = ['picture', 'drawing', 'video', 'audio']; // sorts of files that a text shows where it names them

// completion is an extension that offers words and names in a file of a syntax; course gives the course's things, a promise of parole.json's
// answer. Captions and drawings have nothing to complete.
export function completion(form, syntax, course) {
  if (syntax !== 'markdown' && syntax !== 'yaml') return [];
  const lists = read(form.querySelector('template[data-completions]'));
  const starters = questions(form);
  const data = (cx) => syntax === 'yaml' || cx.pos < bodyStart(cx.state);
  const text = (source) => (cx) => (data(cx) ? null : source(cx));
  return autocompletion({
    override: [
      (cx) => (data(cx) ? fields(cx, { lists, course, top: syntax === 'yaml' ? 'course' : 'object' }) : null),
      text((cx) => boxes(cx, lists, starters)),
      text((cx) => kinds(cx, lists)),
      text((cx) => addresses(cx, course)),
      text(tongues),
    ],
    icons: false,
    maxRenderedOptions: 8, // as many as fit without scrolling: the arrows bring the others
  });
}

// read takes the lists out of their template: { kind: [{ label, detail }] }.
function read(template) {
  const lists = {};
  for (const dl of template?.content.querySelectorAll('dl') || []) {
    lists[dl.dataset.of] = [...dl.querySelectorAll('dt')].map((dt, i) => ({ label: dt.textContent, detail: dt.nextElementSibling.textContent, sortText: order(i) }));
  }
  return lists;
}

// questions are the insert buttons that begin one.
function questions(form) {
  const buttons = [...form.querySelectorAll('[data-snippet]')].filter((b) => b.dataset.snippet.trim().startsWith(ASKING));
  return buttons.map((b) => ({ name: b.textContent.trim(), snippet: b.dataset.snippet.trim(), blank: b.dataset.select || '' }));
}

// boxes come after "> [!": the words, and whole questions as the insert buttons have them.
function boxes(cx, lists, starters) {
  const found = cx.matchBefore(/^\s*(?:>\s*)+\[!\w*$/);
  if (!found) return null;
  const from = found.from + found.text.lastIndexOf('!') + 1;
  const closed = cx.state.sliceDoc(cx.pos, cx.pos + 1) === ']';
  const end = closed ? '' : ']\n' + found.text.slice(0, found.text.indexOf('['));
  const words = (lists.block || []).map((b) => ({ ...b, apply: b.label + (/DETAILS|QUESTION/.test(b.label) ? ' ' : end) }));
  const whole = closed ? [] : starters.map((s) => starter(s, cx.state.doc.toString()));
  return { from, options: [...words, ...whole], validFor: /^[\w ]*$/ };
}

// starter is a question with its first line begun.
function starter({ name, snippet, blank }, text) {
  const rest = fresh(snippet, text).slice('> [!'.length);
  const plain = rest.replace(/[{}\\]/g, '\\$&'); // braces mean something in CodeMirror's snippets
  const template = plain.replace('$\\{cursor\\}', '${' + blank.replace(/[{}]/g, '') + '}');
  return snippetCompletion(template, { label: rest.split(/[\]\n]/)[0], detail: name, sortText: 'x' });
}

// kinds come after a question's id.
function kinds(cx, lists) {
  const found = cx.matchBefore(/\[!QUESTION +\S+(?: +\S+)* +[\w=-]*$/);
  return found && offer(cx, found.from + found.text.lastIndexOf(' ') + 1, lists.question);
}

// addresses come after "](": objects by id, words of the glossary, files; in an include, shared texts.
async function addresses(cx, course) {
  const found = cx.matchBefore(/\]\([^)\s]*$/);
  if (!found) return null;
  const from = found.from + 2;
  const { objects, media, terms, fragments } = await course();
  const line = cx.state.doc.lineAt(cx.pos);
  const picture = /!\[[^\]]*$/.test(line.text.slice(0, found.from - line.from));
  const included = line.number > 1 && /\[!INCLUDE\]\s*$/.test(cx.state.doc.line(line.number - 1).text);
  const files = (which) => media.filter(which).map((m) => target('/' + m.path, m.path, ''));
  let options;
  if (included) options = fragments.map((f) => target('/' + f, f, ''));
  else if (picture) options = files((m) => SHOWN.includes(m.type));
  else options = [...objects.map((o) => target(o.id, o.title, o.id)), ...terms.map((t) => target('glossario#' + t.id, t.name, 'glossario')), ...files((m) => m.type === 'document')];
  return options.length ? { from, options, validFor: /^[^)\s]*$/ } : null;
}

// target is an address that is found by its name as well, and closes its bracket.
function target(address, name, detail) {
  return {
    label: `${name} ${address}`,
    displayLabel: name,
    detail,
    apply(view, _, from, to) {
      const closed = view.state.sliceDoc(to, to + 1) === ')';
      view.dispatch({ changes: { from, to, insert: address + (closed ? '' : ')') }, selection: { anchor: from + address.length + 1 }, userEvent: 'input.complete' });
    },
  };
}

// tongues come after [lang=.
function tongues(cx) {
  const found = cx.matchBefore(/\[lang=[\w-]*$/);
  if (!found) return null;
  const options = named().map((o) => snippetCompletion(o.label + ']\\{${}\\}', o));
  return { from: found.from + '[lang='.length, options, validFor: /^[\w-]*$/ };
}
