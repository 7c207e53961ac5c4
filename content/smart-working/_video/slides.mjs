// The slides: what is shown, as SVG of 640 × 360.
import { icons } from "./icons.mjs";

const FONT = 'font-family="Open Sans, Titillium Web, Arial, sans-serif"';
const escape = (s) => s.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** wrap breaks words into lines of at most `width` characters. */
function wrap(words, width) {
  const out = [""];
  for (const word of words.split(" ")) {
    const line = out.at(-1);
    if (!line) out[out.length - 1] = word;
    else if (line.length + 1 + word.length <= width) out[out.length - 1] = `${line} ${word}`;
    else out.push(word);
  }
  return out;
}

const text = (x, y, size, weight, fill, words) =>
  `<text x="${x}" y="${y}" ${FONT} font-size="${size}" font-weight="${weight}" fill="${fill}">${escape(words)}</text>`;

/** progress is one mark a slide, filled up to the present one. */
function progress(now, all, on, off) {
  const gap = 6;
  const width = (568 - gap * (all - 1)) / all;
  return Array.from({ length: all }, (_, i) =>
    `<rect x="${36 + i * (width + gap)}" y="340" width="${width}" height="6" rx="3" fill="${i <= now ? on : off}"/>`).join("");
}

function cover(slide, all) {
  const title = wrap(slide.title, 15);
  const top = 176 - title.length * 26;
  return [
    `<rect width="640" height="360" fill="#17324D"/><path d="M452 0 H640 V360 H384 Z" fill="#0066CC"/>`,
    `<circle cx="530" cy="176" r="84" fill="#FFFFFF"/><g transform="translate(470 116) scale(1.2)">${icons[slide.icon]}</g>`,
    `<rect x="36" y="${top - 48}" width="64" height="6" rx="3" fill="#5CC9B8"/>`,
    ...title.map((line, i) => text(36, top + 10 + i * 52, 44, 700, "#FFFFFF", line)),
    text(36, top + 10 + title.length * 52 + 6, 26, 400, "#DCE9F5", slide.label),
    progress(0, all, "#FFFFFF", "#7FA3C7"),
  ].join("");
}

function page(slide, now, all, shown) {
  const title = wrap(slide.title, 22);
  const size = title.length > 1 ? 32 : 34;
  const out = [
    `<rect width="640" height="360" fill="#FFFFFF"/><rect width="640" height="10" fill="#0066CC"/>`,
    `<circle cx="534" cy="176" r="76" fill="#E6F0FA"/><g transform="translate(479 121) scale(1.1)">${icons[slide.icon]}</g>`,
    ...title.map((line, i) => text(36, 62 + i * 40, size, 700, "#17324D", line)),
  ];
  const bullets = slide.bullets.map((b) => wrap(b, 26));
  const rows = bullets.flat().length;
  const top = 62 + (title.length - 1) * 40;
  const room = 322 - top;
  const step = Math.min(36, Math.floor((room - 16 * bullets.length) / Math.max(rows, 1)));
  const gap = Math.min(24, Math.floor((room - step * rows) / (bullets.length + 1)));
  let y = top + 8;
  bullets.forEach((lines, i) => {
    y += gap;
    if (i < shown) {
      const now = i === shown - 1;
      out.push(`<rect x="36" y="${y + 10}" width="12" height="12" rx="2" fill="${now ? "#00786A" : "#0066CC"}"/>`);
      lines.forEach((line, n) => out.push(text(60, y + 25 + n * step, 26, now ? 700 : 400, now ? "#17324D" : "#33485C", line)));
    }
    y += step * lines.length;
  });
  out.push(progress(now, all, "#0066CC", "#C5D9ED"));
  return out.join("");
}

/** draw is one slide with its first `shown` bullets. */
export function draw(slides, index, shown) {
  const slide = slides[index];
  if (!icons[slide.icon]) throw new Error(`disegno sconosciuto: ${slide.icon}`);
  const body = slide.cover ? cover(slide, slides.length) : page(slide, index, slides.length, shown);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">${body}</svg>`;
}
