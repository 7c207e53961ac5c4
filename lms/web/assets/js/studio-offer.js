// What every completion is made of.

const LANGUAGES = ['en', 'fr', 'de', 'es', 'la', 'it', 'sl', 'pt'];

// offer is an answer for what stands before the cursor from `from` on; none where all of it is written already.
export function offer(cx, from, options) {
  const typed = cx.state.sliceDoc(from, cx.pos);
  if (!options?.length || (!cx.explicit && options.some((o) => o.label === typed))) return null;
  return { from, options, validFor: /^[^\s,{}()[\]]*$/ };
}

// order keeps options in the order they were written in, where nothing is typed that one of them fits better.
export function order(i) {
  return String(i).padStart(4, '0');
}

// named are languages by their tags, with their names in the page's language.
export function named() {
  const names = window.Intl?.DisplayNames && new Intl.DisplayNames([document.documentElement.lang], { type: 'language' });
  return LANGUAGES.map((label, i) => ({ label, detail: names?.of(label), sortText: order(i) }));
}
