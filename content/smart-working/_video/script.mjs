// A spoken script: how it is written, and how it becomes steps.
//
//   title: …            the title slide, also the poster
//   label: …            the line under the title
//   icon: …             a drawing of icons.mjs
//
//   # Title | icon      a new slide
//   - text              a bullet that appears here
//   anything else       words to say, a sentence or more on each line
//
// A script without slides is a sound: what is said and its captions, and nothing to see.
//
// A step is one cue: what the slide shows while these words are said.

const LINE = 42; // characters in a caption's line

/** read turns a script's text into its head and its steps. */
export function read(text) {
  const head = {};
  const slides = [{ cover: true, title: "", icon: "", bullets: [] }];
  const steps = [];
  for (const line of text.split("\n").map((l) => l.trim()).filter(Boolean)) {
    const field = line.match(/^(title|label|icon): (.+)$/);
    if (field) {
      head[field[1]] = field[2];
    } else if (line.startsWith("# ")) {
      const [title, icon] = line.slice(2).split("|").map((s) => s.trim());
      slides.push({ title, icon, bullets: [] });
    } else if (line.startsWith("- ")) {
      slides.at(-1).bullets.push(line.slice(2));
    } else {
      const slide = slides.length - 1;
      for (const sentence of line.split(/(?<=[.?!]) /)) {
        const parts = cues(sentence);
        parts.forEach((words, i) =>
          steps.push({ slide, shown: slides[slide].bullets.length, words, ends: i === parts.length - 1 }));
      }
    }
  }
  Object.assign(slides[0], head);
  return { head, slides, steps };
}

/** cues cuts a sentence at its commas and colons into pieces that fit a caption. */
function cues(sentence) {
  const out = [];
  for (const clause of sentence.split(/(?<=[,;:]) /)) {
    const joined = out.length ? `${out.at(-1)} ${clause}` : clause;
    if (out.length && lines(joined)) out[out.length - 1] = joined;
    else out.push(clause);
  }
  for (const cue of out) if (!lines(cue)) throw new Error(`troppo lungo per un sottotitolo, metti una virgola: «${cue}»`);
  return out;
}

/** lines breaks a cue into two even lines when one is too short for it; nothing when even two are. */
export function lines(words) {
  if (words.length <= LINE) return [words];
  const tokens = words.split(" ");
  let best = null;
  for (let i = 1; i < tokens.length; i++) {
    const pair = [tokens.slice(0, i).join(" "), tokens.slice(i).join(" ")];
    const longest = Math.max(...pair.map((p) => p.length));
    if (longest <= LINE && (!best || longest < best.longest)) best = { pair, longest };
  }
  return best?.pair;
}

// What the voice would say wrongly, and how to write it for the voice; the captions keep the words as written.
const SPOKEN = [
  [/óiBO/g, "òibo"],
  [/PDF/g, "pi di effe"],
  [/\bscarica\b/g, "scàrica"],
  [/Allenala/g, "Allènala"],
  [/[«»]/g, ""],
];

/** spoken is a cue as the voice should read it. */
export function spoken(words) {
  return SPOKEN.reduce((text, [from, to]) => text.replace(from, to), words);
}
