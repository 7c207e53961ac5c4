// How the editor looks. Its rules are adopted style sheets of a shadow root: the page allows no style elements.
import { EditorView } from '@codemirror/view';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags as t } from '@lezer/highlight';
import { ours } from './studio-dialect.js';

const ink = '#1a1a1a';
const line = '#b5c4d3';
const blue = '#0059b3';
const grey = '#566573';

const theme = EditorView.theme({
  '&': { color: ink, backgroundColor: '#fff', border: '1px solid #5c6f82', borderRadius: 'var(--editor-radius, 4px)', fontSize: '1rem', maxHeight: '75vh' },
  '&.cm-focused': { outline: '3px solid #000', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace", lineHeight: '1.6', minHeight: '16rem', overflow: 'auto' },
  '.cm-content': { padding: '0.75rem 0 var(--editor-covered, 0.75rem)', caretColor: '#000' },
  '.cm-line': { padding: '0 0.75rem 0 0.5rem', overflowWrap: 'anywhere' },
  '.cm-activeLine': { backgroundColor: '#f0f6fc' },
  '.cm-gutters': { fontSize: '0.8125rem', lineHeight: '1.97',  backgroundColor: '#f5f7f9', color: grey, borderRight: '1px solid ' + line },
  '.cm-activeLineGutter': { backgroundColor: '#dfebf7', color: ink },
  '.cm-line::selection, .cm-line ::selection': { backgroundColor: '#b8d7f5', color: '#000' },
  '.cm-gutter-lint': { width: '1rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.3rem 0 0 0.15rem' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '1.5rem', padding: '0 0.25rem' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: 0, textDecoration: 'underline wavy 2px', textUnderlineOffset: '0.2em', textDecorationSkipInk: 'none' },
  '.cm-lintRange-error': { textDecorationColor: '#c8102e' },
  '.cm-lintRange-warning': { textDecorationColor: '#a65c00' },
  '.cm-lintRange-active': { backgroundColor: 'transparent' },
  '.cm-lint-marker-error': { content: marker('#c8102e', '<path d="M10 1l8 9-8 9-8-9z"/>') },
  '.cm-lint-marker-warning': { content: marker('#a65c00', '<path d="M10 2l9 16H1z"/>') },
  '.cm-tooltip': { border: '1px solid #5c6f82', borderRadius: '4px', backgroundColor: '#fff', color: ink, boxShadow: '0 2px 12px rgba(0, 43, 85, 0.2)', maxWidth: 'min(34rem, 92vw)' },
  '.cm-diagnostic': { padding: '0.5rem 0.75rem', fontFamily: "'Titillium Web', 'Titillium Fallback', Geneva, Tahoma, sans-serif" },
  '.cm-diagnostic-error': { borderLeftColor: '#c8102e' },
  '.cm-diagnostic-warning': { borderLeftColor: '#a65c00' },
  '.cm-diagnostic p': { margin: 0 },
  '.cm-diagnostic a': { color: blue },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: 'none', overflow: 'visible', whiteSpace: 'normal', minWidth: 'min(250px, 90vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { overflow: 'visible', padding: '0.375rem 0.75rem', display: 'flex', flexWrap: 'wrap', columnGap: '1rem', justifyContent: 'space-between' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: blue, color: '#fff' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 700 },
  '.cm-completionDetail': { fontStyle: 'normal', marginLeft: 0, color: grey, fontFamily: "'Titillium Web', 'Titillium Fallback', Geneva, Tahoma, sans-serif" },
  '[aria-selected] > .cm-completionDetail': { color: 'inherit' },
  '.cm-panels': { backgroundColor: '#f5f7f9', color: ink, fontFamily: "'Titillium Web', 'Titillium Fallback', Geneva, Tahoma, sans-serif" },
  '.cm-panels.cm-panels-top': { position: 'static', borderBottom: '1px solid ' + line, borderRadius: 'inherit' },
  '.cm-panel.cm-search': { padding: '0.5rem 3rem 0.5rem 0.5rem', display: 'flex', flexWrap: 'wrap', gap: '0.375rem', alignItems: 'center' },
  '.cm-panel.cm-search br': { flexBasis: '100%', content: '""' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { margin: 0, fontSize: '1rem' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '0.375rem', minHeight: '1.75rem' },
  '.cm-panel.cm-search input[type=checkbox]': { width: '1.25rem', height: '1.25rem' },
  '.cm-panel.cm-search [name=select], .cm-panel.cm-search label:has([name=re])': { display: 'none' },
  '.cm-textfield': { border: '1px solid #5c6f82', borderRadius: '4px', backgroundColor: '#fff', color: ink, padding: '0.25rem 0.5rem', minWidth: 0, flex: '1 1 12rem', maxWidth: '20rem' },
  '.cm-button': { border: '1px solid ' + blue, borderRadius: '4px', background: '#fff', color: blue, padding: '0.25rem 0.625rem', minHeight: '1.75rem', cursor: 'pointer' },
  '.cm-panel.cm-search [name=close]': { top: '0.375rem', right: '0.375rem', width: '2rem', height: '2rem', fontSize: '1.25rem', color: ink, cursor: 'pointer' },
  '.cm-panel :focus-visible': { outline: '3px solid #000', outlineOffset: '1px' },
  '.cm-searchMatch': { backgroundColor: '#ffe9a8', outline: '1px solid #8a6d00' },
  '.cm-searchMatch-selected': { backgroundColor: '#ffc94d' },
  '&.editor-over': { borderStyle: 'dashed', borderWidth: '2px', borderColor: blue, backgroundColor: '#f0f6fc' },
});

function marker(colour, shape) {
  return `url('data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="${colour}">${shape}</svg>`)}')`;
}

const colours = HighlightStyle.define([
  { tag: t.heading, fontWeight: '700', color: '#003d7a' },
  { tag: t.strong, fontWeight: '700' },
  { tag: t.emphasis, fontStyle: 'italic' },
  { tag: t.strikethrough, textDecoration: 'line-through' },
  { tag: [t.link, t.labelName], color: blue },
  { tag: t.url, color: '#3d6a00' },
  { tag: t.monospace, color: '#7a1f5c' },
  { tag: [t.processingInstruction, t.contentSeparator, t.quote, t.punctuation, t.separator, t.meta], color: grey },
  { tag: t.list, color: 'inherit' },
  { tag: t.comment, color: grey, fontStyle: 'italic' },
  { tag: t.atom, color: '#7a3e00' },
  { tag: [t.definition(t.propertyName), t.propertyName], color: blue },
  { tag: t.string, color: '#3d6a00' },
  { tag: t.keyword, color: '#7a3e00' },
  { tag: ours.box, color: '#7a3e00', fontWeight: '700' },
  { tag: ours.foreign, color: '#5b2a86' },
]);

export const look = [theme, syntaxHighlighting(colours)];
