// Enti are searched for without leaving the page: the form itself answers, and the lists in its answer take the place of those here.
const soon = 350; // milliseconds after the last key
const enough = 3; // characters

export function enti() {
  for (const box of document.querySelectorAll('[data-enti]')) search(box);
}

function search(box) {
  const form = box.closest('form');
  const input = box.querySelector('input[type=search]');
  const button = box.querySelector('button');
  let turn = 0;
  let timer;

  async function look() {
    clearTimeout(timer);
    const mine = ++turn;
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    let page;
    try {
      const answer = await fetch(form.action, { method: 'POST', body });
      if (!answer.ok) return false;
      page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    } catch {
      return false;
    }
    const fresh = page.querySelectorAll('[data-enti-list]');
    if (!fresh.length) return false;
    if (mine === turn) {
      box.querySelectorAll('[data-enti-list]').forEach((list, i) => list.replaceWith(document.importNode(fresh[i], true)));
      box.querySelector('[data-enti-said]').textContent = page.querySelector('[data-enti-said]').textContent;
    }
    return true;
  }

  async function press(e) {
    e.preventDefault();
    if (!(await look())) form.requestSubmit(button); // the page says what is the matter
  }

  button.addEventListener('click', press);
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') press(e);
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length >= enough) timer = setTimeout(look, soon);
  });
}
