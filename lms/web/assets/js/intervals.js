// Stretches of a recording, [[from, to], …] in seconds.

// union puts stretches in order and joins those that touch.
export function union(list) {
  const out = [];
  for (const [from, to] of [...list].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) out.push([from, to]);
  }
  return out;
}

// without is what of list is not in known.
export function without(list, known) {
  const out = [];
  const have = union(known);
  for (const [from, to] of union(list)) {
    let at = from;
    for (const [a, b] of have) {
      if (b <= at || a >= to) continue;
      if (a > at) out.push([at, a]);
      at = Math.max(at, b);
    }
    if (at < to) out.push([at, to]);
  }
  return out;
}

// played reads what a media element has really played, to hundredths.
export function played(media) {
  const out = [];
  const end = media.duration || Infinity;
  for (let i = 0; i < media.played.length; i++) {
    const from = Math.round(media.played.start(i) * 100) / 100;
    const to = Math.min(Math.round(media.played.end(i) * 100) / 100, end);
    if (to > from) out.push([from, to]);
  }
  return union(out);
}

// clock is 1:23.
export function clock(seconds) {
  const s = Math.floor(seconds);
  return Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
}
