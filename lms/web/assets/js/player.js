// The player: remembers what was really played, sends it, and says how far one is. The browser's own controls stay.
import { union, without, played, clock } from './intervals.js';
import { Queue, sendOthers } from './queue.js';

const NOTE = 5000; // ms between two notes in the browser's storage
const SEND = 15000; // ms between two messages to the server

export function player(box) {
  const video = box.querySelector('video');
  controls(box, video);
  resume(box, video);
  if (box.dataset.post) track(box, video);
}

// track keeps the server informed of what was watched: while playing, at every stop, and when the page goes.
function track(box, video) {
  const { post, person } = box.dataset;
  const show = display(box, video);
  const queue = new Queue(person, post, show.answer, show.trouble);
  let noted = [];
  let sent = Date.now();
  const note = () => {
    const now = played(video);
    queue.add(without(now, noted));
    noted = union([...noted, ...now]);
    show.played(noted);
  };
  const send = (leaving) => {
    note();
    sent = Date.now();
    queue.send(leaving === true);
  };
  setInterval(() => {
    if (video.paused) return;
    if (Date.now() - sent >= SEND) send();
    else note();
  }, NOTE);
  for (const event of ['pause', 'ended', 'seeking', 'ratechange']) video.addEventListener(event, () => send());
  window.addEventListener('pagehide', () => send(true));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send(true));
  queue.send();
  sendOthers(person, post);
}

// display shows coverage and what is missing. It speaks (role=status) only when the state changes or a quarter is passed.
function display(box, video) {
  const strip = box.querySelector('[data-strip]');
  const text = box.dataset;
  const region = box.querySelector('[data-say]');
  let coverage = [...strip.children].map((r) => [r.x.baseVal.value, r.x.baseVal.value + r.width.baseVal.value].map((v) => (v / 1000) * text.seconds));
  let quarter = null;
  let completed = document.querySelector('[data-rule]')?.classList.contains('rule-done');

  const draw = (mine) => {
    const rect = ([from, to], kind) => {
      const r = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const x = (from / text.seconds) * 1000;
      const attributes = { x, y: 0, width: Math.max(1, (to / text.seconds) * 1000 - x), height: 10, class: kind };
      for (const name in attributes) r.setAttribute(name, attributes[name]);
      return r;
    };
    strip.replaceChildren(...coverage.map((c) => rect(c, 'kept')), ...without(mine, coverage).map((c) => rect(c, 'fresh')));
  };
  const say = (...parts) => region.replaceChildren(...parts);

  return {
    played: draw,
    trouble: (reason) => say(reason === 'session' ? text.tLost : text.tOffline),
    answer(a) {
      coverage = a.coverage || [];
      draw(played(video));
      const percent = text.tPercent.replace('{percent}', a.percent);
      box.querySelector('[data-watched]').textContent = percent;
      rule(a);
      const was = completed;
      completed = was || a.completed;
      if (completed && !was) say(text.tCompleted + ' ', ...certificate(a, text.tCertificate));
      else if (a.notice) say(a.notice);
      else if (quarter !== null && Math.floor(a.percent / 25) > quarter && !completed) say(percent);
      else if (region.textContent === text.tOffline || region.textContent === text.tLost) say('');
      quarter = Math.floor(a.percent / 25);
    },
  };
}

function certificate(answer, words) {
  if (!answer.certificate) return [];
  const a = document.createElement('a');
  a.href = answer.certificate;
  a.textContent = words;
  return [a];
}

// rule updates the box that says what completes the object, and the state beside the title.
function rule(a) {
  const box = document.querySelector('[data-rule]');
  const missing = box?.querySelector('[data-missing]');
  const state = document.querySelector('[data-state]');
  if (!missing || box.classList.contains('rule-done')) return;
  if (!a.completed) {
    const words = box.querySelector('[data-missing-words]');
    if (words) words.textContent = a.missing;
    return;
  }
  box.classList.add('rule-done');
  missing.replaceChildren(...document.getElementById('rule-done').content.cloneNode(true).childNodes);
  state?.replaceChildren(...document.getElementById('state-completed').content.cloneNode(true).childNodes);
}

// resume goes on where the first gap begins, and offers to start again.
function resume(box, video) {
  const from = Number(box.dataset.resume);
  if (!(from > 2) || from > box.dataset.seconds - 3) return;
  const note = box.querySelector('[data-resume-box]');
  const go = () => {
    video.currentTime = from;
    note.querySelector('p').textContent = box.dataset.tResume.replace('{time}', clock(from));
    note.hidden = false;
  };
  if (video.readyState > 0) go();
  else video.addEventListener('loadedmetadata', go, { once: true });
  box.querySelector('[data-again]').addEventListener('click', () => {
    video.currentTime = 0;
    note.hidden = true;
    video.focus();
    video.play();
  });
}

// controls are speed, ten seconds back and on, and captions; the choice is remembered.
function controls(box, video) {
  box.querySelector('[data-bar]').hidden = false;
  const speed = box.querySelector('[data-speed]');
  speed.addEventListener('change', () => {
    video.defaultPlaybackRate = video.playbackRate = Number(speed.value);
    remember('speed', speed.value);
  });
  video.addEventListener('ratechange', () => (speed.value = video.playbackRate)); // the browser has a menu of its own
  const last = Number(recall('speed'));
  if (last >= 0.5 && last <= 2) video.defaultPlaybackRate = video.playbackRate = last;

  const skip = (seconds) => (video.currentTime = Math.max(0, Math.min(video.duration || 0, video.currentTime + seconds)));
  for (const b of box.querySelectorAll('[data-skip]')) b.addEventListener('click', () => skip(Number(b.dataset.skip)));
  const toggle = captions(box.querySelector('[data-captions]'), video);

  // Single letters, but only while the focus is in the player.
  const keys = { k: () => (video.paused ? video.play() : video.pause()), j: () => skip(-10), l: () => skip(10), c: toggle };
  box.addEventListener('keydown', (e) => {
    const action = keys[e.key.toLowerCase()];
    if (!action || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    action();
  });
}

// captions are shown unless somebody turned them off, in the language that was chosen last where there are several.
function captions(button, video) {
  const tracks = [...video.textTracks];
  if (!button || !tracks.length) return () => {};
  let last = tracks.find((t) => t.language === recall('captions.lang')) ?? tracks[0];
  const show = (on) => tracks.forEach((t) => (t.mode = on && t === last ? 'showing' : 'hidden'));
  show(recall('captions') !== 'off');
  const mark = () => {
    const seen = tracks.find((t) => t.mode === 'showing'); // the browser has a menu of its own
    if (seen && seen !== last) remember('captions.lang', (last = seen).language);
    button.setAttribute('aria-pressed', Boolean(seen));
  };
  const toggle = () => {
    const on = last.mode !== 'showing';
    show(on);
    remember('captions', on ? 'on' : 'off');
    mark();
  };
  button.addEventListener('click', toggle);
  video.textTracks.addEventListener('change', mark);
  mark();
  return toggle;
}

function remember(name, value) {
  try {
    localStorage.setItem('aula.player.' + name, value);
  } catch {
    // the choice lasts for this page
  }
}

function recall(name) {
  try {
    return localStorage.getItem('aula.player.' + name);
  } catch {
    return null;
  }
}
