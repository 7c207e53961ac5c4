// Sending files with a bar that shows how far they are, and a button that stops it.

import { renew } from './studio-session.js';

// Upload is a form's progress bar, its button and its words.
class Upload {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.bar = form.querySelector('[data-upload-progress]');
    this.cancel = form.querySelector('[data-upload-cancel]');
    this.status = form.querySelector('[data-upload-status]');
    this.cancel?.addEventListener('click', () => this.request?.abort());
  }

  say(words, values = {}) {
    if (this.status) this.status.textContent = Object.entries(values).reduce((s, [name, v]) => s.replace(`{${name}}`, () => v), words || '');
  }

  // send posts fields to an address and gives the answer; null when it was stopped or failed, which is said.
  async send(address, fields, name) {
    this.busy(true);
    this.say(this.words.tUploading, { name, percent: 0 });
    try {
      return await this.post(address, fields, name).catch((problem) => this.again(problem, address, fields, name));
    } catch (problem) {
      if (problem.stopped) this.say(this.words.tCancelled);
      else this.say(this.words.tProblem, { name, problem: problem.words || this.words.tBroken });
      return null;
    } finally {
      this.busy(false);
    }
  }

  // again sends once more what a session that is over kept out, if another has begun.
  async again(problem, address, fields, name) {
    const token = problem.session && (await renew());
    if (!token) throw problem;
    fields.set('csrf', token);
    return this.post(address, fields, name);
  }

  post(address, fields, name) {
    return new Promise((done, failed) => {
      const request = (this.request = new XMLHttpRequest());
      request.upload.addEventListener('progress', (e) => this.progress(e, name));
      request.addEventListener('abort', () => failed({ stopped: true }));
      request.addEventListener('error', () => failed({}));
      request.addEventListener('load', () => {
        const answer = parse(request.responseText);
        if (request.status === 200 && answer) done(answer);
        else if ([401, 403].includes(request.status)) failed({ session: true, words: this.words.tSession });
        else failed({ words: answer?.problem });
      });
      request.open('POST', address);
      request.setRequestHeader('Accept', 'application/json');
      request.send(fields);
    });
  }

  // progress moves the bar, and speaks at every quarter only.
  progress({ loaded, total }, name) {
    const percent = total ? Math.floor((100 * loaded) / total) : 0;
    const before = this.bar?.value || 0;
    if (this.bar) this.bar.value = percent;
    if (percent === 100) this.say(this.words.tReceived);
    else if (Math.floor(percent / 25) > Math.floor(before / 25)) this.say(this.words.tUploading, { name, percent });
  }

  // large refuses a file that the server would refuse after all of it was sent.
  large(file, input) {
    const large = Number(input.dataset.most) > 0 && file.size > Number(input.dataset.most);
    if (large) this.say(this.words.tProblem, { name: file.name, problem: this.words.tLarge });
    return large;
  }

  busy(on) {
    const lost = !on && this.cancel && document.activeElement === this.cancel;
    if (this.bar) [this.bar.hidden, this.bar.value] = [!on, 0];
    if (this.cancel) this.cancel.hidden = !on;
    if (lost) this.form.querySelector('input[type=file]')?.focus();
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// files sends what is chosen in a form's field at once, one file after the other. taken is told each answer, and says whether it put the file into
// a text; done hears of each lot whether all of it was taken. It gives a function that sends other files the same way: dropped, or pasted.
export function files(form, address, taken, done = () => {}) {
  const input = form.querySelector('input[type=file]');
  const upload = new Upload(form);
  const one = async (file) => {
    if (upload.large(file, input)) return false;
    const fields = new FormData();
    fields.append('csrf', form.elements.csrf?.value || '');
    fields.append('file', file, file.name);
    const answer = await upload.send(address, fields, file.name);
    if (answer) upload.say((await taken(answer)) ? upload.words.tInserted : upload.words.tUploaded, { name: file.name });
    return !!answer;
  };
  const lot = async (list) => {
    let all = true;
    for (const file of list) all = (await one(file)) && all;
    done(all);
  };
  let queue = Promise.resolve();
  const send = (list) => (queue = queue.then(() => lot(list)));
  input.multiple = true;
  for (const b of form.querySelectorAll('button:not([type=button])')) b.hidden = true;
  input.addEventListener('change', () => {
    send([...input.files]);
    input.value = '';
  });
  form.addEventListener('submit', (e) => e.preventDefault());
  return (list) => send([...list].map((f) => (f.name === 'image.png' ? new File([f], (form.dataset.tPasted || 'image') + '.png', { type: f.type }) : f)));
}

// listed sends files to a page that lists them, and shows the page anew, which says what came, when they are there.
export function listed(form) {
  const sent = new URLSearchParams();
  const note = ({ path, there }) => void sent.append(there ? 'gia' : 'caricato', path);
  files(form, form.action, note, (all) => all && location.assign(`${location.pathname}?${sent}`));
}

// folder sends a form with a zip, and goes where the answer says; of files that were left out it tells first.
export function folder(form) {
  const upload = new Upload(form);
  const input = form.querySelector('input[type=file]');
  let under = false;
  form.addEventListener('submit', async (e) => {
    const file = input.files[0];
    if (!file || (form.dataset.confirm && !form.dataset.confirmed)) return; // forms.js asks first
    e.preventDefault();
    if (under || upload.large(file, input)) return;
    under = true;
    const answer = await upload.send(form.action, new FormData(form), file.name);
    under = false;
    delete form.dataset.confirmed;
    if (answer?.skipped?.length) leftOut(upload, answer);
    else if (answer) location.assign(answer.href);
  });
}

function leftOut(upload, { skipped, href }) {
  const list = document.createElement('ul');
  for (const { path, reason } of skipped) {
    const li = document.createElement('li');
    li.textContent = `${path}: ${reason}`;
    list.append(li);
  }
  const on = document.createElement('a');
  [on.href, on.textContent] = [href, upload.words.tOn];
  upload.status?.replaceChildren(upload.words.tSkipped || '', list, on);
}
