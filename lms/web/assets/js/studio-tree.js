// The outline of a course: objects are dragged by a handle, with mouse, pen or finger; the buttons do the same one step at a time. Both are sent
// without leaving the page, and the outline that comes back takes the place of the old one.
import { renew } from './studio-session.js';

export function tree(list) {
  new Tree(list);
}

class Tree {
  constructor(list) {
    this.status = document.querySelector('[data-tree-status]');
    this.problem = document.querySelector('[data-tree-problem]');
    this.line = document.createElement('li');
    this.line.className = 'drop-line';
    this.line.setAttribute('aria-hidden', 'true');
    this.adopt(list);
  }

  // adopt takes a list as the outline.
  adopt(list) {
    this.list = list;
    this.words = list.dataset;
    for (const li of list.querySelectorAll('li[data-path]')) this.handle(li);
    list.addEventListener('submit', (e) => this.step(e));
  }

  // handle gives an object something to be dragged by; for the keyboard there are the buttons.
  handle(li) {
    const handle = document.createElement('span');
    handle.className = 'drag-handle';
    handle.title = this.words.tDrag || '';
    handle.setAttribute('aria-hidden', 'true');
    handle.addEventListener('pointerdown', (e) => e.button === 0 && this.begin(e, li, handle));
    (li.querySelector('[data-handle]') || li).prepend(handle);
  }

  begin(e, li, handle) {
    e.preventDefault();
    handle.setPointerCapture(e.pointerId);
    li.classList.add('dragged');
    const move = (e) => this.over(e, li);
    const end = (place) => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', drop);
      handle.removeEventListener('pointercancel', cancel);
      document.removeEventListener('keydown', escape);
      li.classList.remove('dragged');
      this.line.remove();
      if (place) this.place(li, place);
    };
    const drop = () => end(this.target(li));
    const cancel = () => end(null);
    const escape = (e) => e.key === 'Escape' && cancel();
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', drop);
    handle.addEventListener('pointercancel', cancel);
    document.addEventListener('keydown', escape);
  }

  // over draws the line where the object would come to stand, and scrolls near the edges.
  over(e, li) {
    if (e.clientY < 60) window.scrollBy(0, -12);
    if (e.clientY > innerHeight - 60) window.scrollBy(0, 12);
    const lists = [...this.list.querySelectorAll('[data-objects]')];
    const near = lists.map((ol) => [distance(ol.closest('[data-module]').getBoundingClientRect(), e.clientY), ol]).sort((a, b) => a[0] - b[0])[0]?.[1];
    if (!near) return;
    const before = [...near.children].find((o) => o !== this.line && o.getBoundingClientRect().top + o.offsetHeight / 2 > e.clientY);
    near.insertBefore(this.line, before || null);
  }

  // target is where the line stands: module and index among the others; null where that is where the object is.
  target(li) {
    const list = this.line.parentElement;
    if (!list || this.line.previousElementSibling === li || this.line.nextElementSibling === li) return null;
    const others = [...list.children].filter((o) => o !== li);
    return { module: list.closest('[data-module]').dataset.module, index: others.indexOf(this.line) };
  }

  place(li, { module, index }) {
    const csrf = this.list.querySelector('input[name=csrf]')?.value || '';
    this.send(this.words.action, new URLSearchParams({ csrf, azione: 'posto', path: li.dataset.path, module, index }), (t) => object(t, li.dataset.path));
  }

  // step sends a form that moves something by one place.
  step(e) {
    const form = e.target;
    const fields = new FormData(form, e.submitter);
    const azione = fields.get('azione');
    if (e.defaultPrevented || form.dataset.confirm || !['su', 'giu'].includes(azione)) return;
    e.preventDefault();
    if (e.submitter?.getAttribute('aria-disabled') === 'true') return;
    const [path, id] = [fields.get('path'), fields.get('module')];
    const moved = (t) => (path ? object(t, path) : module(t, id));
    this.send(form.action, new URLSearchParams(fields), moved, azione);
  }

  // send posts a move and shows the outline of the page that comes. The focus stays on the button that was pressed, or goes to its neighbour.
  async send(address, body, moved, azione) {
    if (this.busy) return;
    this.busy = true;
    this.wrong('');
    try {
      let response = await fetch(address, { method: 'POST', body });
      const token = [401, 403].includes(response.status) && (await renew());
      if (token) {
        body.set('csrf', token);
        response = await fetch(address, { method: 'POST', body });
      }
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const list = page.querySelector('[data-tree]');
      if ([401, 403].includes(response.status)) return this.wrong(this.words.tMovedNot?.replace('{problem}', this.words.tSession), true);
      if (!response.ok || !list) throw new Error(page.querySelector('main [role=alert], main h1')?.textContent.trim() || response.statusText);
      const now = document.adoptNode(list);
      this.list.replaceWith(now);
      beside(page);
      this.adopt(now);
      this.tell(moved(now), azione);
    } catch (e) {
      this.wrong(this.words.tMovedNot?.replace('{problem}', e instanceof TypeError ? this.words.tBroken : e.message));
    } finally {
      this.busy = false;
    }
  }

  tell(li, azione) {
    if (!li) return;
    const number = [...li.parentElement.children].indexOf(li) + 1;
    const home = li.parentElement.closest('[data-module]');
    const words = home ? this.words.tMoved : this.words.tMovedModule;
    this.say(words?.replace('{title}', li.dataset.title).replace('{number}', number).replace('{module}', home?.dataset.title));
    li.classList.add('moved');
    if (!azione) return;
    const buttons = [...li.querySelectorAll('form')].filter((f) => f.closest('li') === li).flatMap((f) => [...f.elements]).filter((b) => b.type === 'submit' && !b.disabled);
    (buttons.find((b) => does(b) === azione) || buttons.find((b) => ['su', 'giu'].includes(does(b))) || buttons[0])?.focus();
  }

  // wrong shows what went wrong above the outline, with the way to sign in where that helps; nothing when there is nothing.
  wrong(words, session = false) {
    if (words) this.say('');
    if (!this.problem) return;
    this.problem.hidden = !words;
    this.problem.querySelector('[data-words]').textContent = words || '';
    this.problem.querySelector('[data-sign-in]').hidden = !session;
    if (words) this.problem.focus();
  }

  say(words) {
    if (this.status) this.status.textContent = words || '';
  }
}

// beside renews what stands beside the outline and speaks of it.
function beside(page) {
  const fresh = page.querySelectorAll('[data-tree-beside]');
  const old = document.querySelectorAll('[data-tree-beside]');
  if (fresh.length === old.length) old.forEach((e, i) => e.replaceWith(document.adoptNode(fresh[i])));
}

// does is what a button asks for.
function does(button) {
  return button.name === 'azione' ? button.value : button.form.querySelector('input[name=azione]')?.value;
}

function object(list, path) {
  return [...list.querySelectorAll('li[data-path]')].find((li) => li.dataset.path === path);
}

function module(list, id) {
  return [...list.querySelectorAll('li[data-module]')].find((li) => li.dataset.module === id);
}

function distance(box, y) {
  return y < box.top ? box.top - y : y > box.bottom ? y - box.bottom : 0;
}
