// The languages of a course's files, as far as colours and typing need to know them: our Markdown with its front matter, YAML. What they
// mean is the compiler's to say.
import { Language, LanguageSupport } from '@codemirror/language';
import { commonmarkLanguage } from '@codemirror/lang-markdown';
import { yaml, yamlFrontmatter } from '@codemirror/lang-yaml';
import { GFM } from '@lezer/markdown';
import { Tag } from '@lezer/highlight';

export const ours = { box: Tag.define(), foreign: Tag.define() };

// dialect finds what our Markdown has more: [!NOTE] at the beginning of a quote, and [lang=en]{words}.
const dialect = {
  remove: ['HTMLBlock', 'HTMLTag'],
  defineNodes: [
    { name: 'Box', style: ours.box },
    { name: 'Foreign', style: ours.foreign },
  ],
  parseInline: [
    {
      name: 'Ours',
      before: 'Link',
      parse(cx, next, pos) {
        if (next !== 91) return -1; // [
        const rest = cx.slice(pos, cx.end);
        const found = /^\[!\w[^\]\n]*\]/.exec(rest) || /^\[lang=[\w-]+\]\{[^}\n]*\}/.exec(rest);
        return found ? cx.addElement(cx.elt(found[0][1] === '!' ? 'Box' : 'Foreign', pos, pos + found[0].length)) : -1;
      },
    },
  ],
};

// languages by the textarea's data-lang; captions and drawings have none.
export function language(name) {
  if (name === 'yaml') return yaml();
  if (name !== 'markdown') return [];
  const markdown = new Language(commonmarkLanguage.data, commonmarkLanguage.parser.configure([GFM, dialect]), [], 'markdown');
  return yamlFrontmatter({ content: new LanguageSupport(markdown) });
}

// bodyStart is where the text begins, below its front matter; 0 where there is none.
export function bodyStart(state) {
  const { doc } = state;
  if (doc.line(1).text.trimEnd() !== '---') return 0;
  for (let n = 2; n <= doc.lines; n++) if (doc.line(n).text.trimEnd() === '---') return Math.min(doc.length, doc.line(n).to + 1);
  return doc.length;
}
