// What was watched waits here until the server has it: in the browser's storage, by person and address, so that a lost
// line, a closed tab or a dead battery loses nothing. Sending the same event twice changes nothing.
import { union } from './intervals.js';

const PREFIX = 'aula.queue.';
const MOST = 200; // events in one request
const LONGEST = 5 * 60 * 1000; // between two tries

// forget empties every queue: at sign-out.
export function forget() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // no storage, nothing to forget
  }
}

// Queue keeps and sends the events of one address. It calls answered(json), or failed(reason): 'offline' or 'session'.
export class Queue {
  constructor(person, address, answered, failed) {
    this.key = PREFIX + person + '.' + address;
    this.address = address;
    this.answered = answered;
    this.failed = failed;
    this.events = this.load();
    this.sending = false;
    this.wait = 0;
    this.timer = 0;
    window.addEventListener('online', () => this.send());
  }

  load() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  save() {
    try {
      if (this.events.length) localStorage.setItem(this.key, JSON.stringify(this.events));
      else localStorage.removeItem(this.key);
    } catch {
      // storage is full or forbidden: what is in memory is still sent
    }
  }

  // add notes stretches. They join the last event unless that one is on its way.
  add(intervals) {
    if (!intervals.length) return;
    const last = this.events[this.events.length - 1];
    if (last && !last.onItsWay && last.intervals.length < 500) last.intervals = union([...last.intervals, ...intervals]);
    else this.events.push({ id: newID(), kind: 'watched', intervals: union(intervals) });
    while (this.events.length > MOST) {
      const [first, second] = this.events.splice(0, 2);
      this.events.unshift({ ...second, intervals: union([...first.intervals, ...second.intervals]) });
    }
    this.save();
  }

  // send tries to hand over everything. With leaving set the browser finishes the request after the page is gone.
  async send(leaving = false) {
    if (this.sending && !leaving) return;
    const batch = this.events.slice(0, MOST);
    if (!batch.length) return;
    clearTimeout(this.timer);
    this.sending = true;
    for (const e of batch) e.onItsWay = true;
    const outcome = await this.post(batch, leaving);
    this.sending = false;
    for (const e of batch) delete e.onItsWay;
    this.settle(outcome, batch);
  }

  async post(batch, leaving) {
    const csrf = document.querySelector('meta[name=csrf]')?.content || '';
    const events = batch.map(({ id, kind, intervals }) => ({ id, kind, intervals }));
    try {
      const response = await fetch(this.address, {
        method: 'POST',
        keepalive: leaving,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF': csrf },
        body: JSON.stringify({ events }),
      });
      return { status: response.status, answer: response.ok ? await response.json() : null };
    } catch {
      return { status: 0 };
    }
  }

  settle({ status, answer }, batch) {
    const refused = status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
    if (answer || refused) {
      // What the server refuses for good (an object of another edition) would be refused for ever.
      this.events = this.events.filter((e) => !batch.includes(e));
      this.save();
      this.wait = 0;
      if (answer) this.answered(answer);
      return;
    }
    this.failed(status === 401 || status === 403 ? 'session' : 'offline');
    this.wait = Math.min(LONGEST, (this.wait || 2000) * 2);
    this.timer = setTimeout(() => this.send(), this.wait);
  }
}

// sendOthers hands over what the same person watched on other pages while the line was down.
export function sendOthers(person, address) {
  try {
    const mine = PREFIX + person + '.';
    for (const key of Object.keys(localStorage)) {
      const other = key.slice(mine.length);
      if (key.startsWith(mine) && other !== address) new Queue(person, other, () => {}, () => {}).send();
    }
  } catch {
    // no storage
  }
}

function newID() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
