// Forms: sent once, asked about when they can't be undone, and the focus where something needs doing.
export function forms() {
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.confirm && !form.dataset.confirmed) {
      if (ask(form, e.submitter)) e.preventDefault();
      return;
    }
    if (form.dataset.sent) {
      e.preventDefault();
      return;
    }
    form.dataset.sent = '1';
  });
  // The page may come back from the browser's memory with its forms marked as sent.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  });
  // The browser goes to the address's fragment after scripts have run, and takes the focus there: ours comes after that.
  const soon = () => requestAnimationFrame(() => requestAnimationFrame(focusFirst));
  if (document.readyState === 'complete') soon();
  else window.addEventListener('load', soon);
}

// ask opens a dialog; false when the browser or the page has none, and the form is simply sent.
function ask(form, button) {
  const template = document.getElementById('confirm');
  if (!template || !window.HTMLDialogElement) return false;
  const dialog = template.content.firstElementChild.cloneNode(true);
  const yes = dialog.querySelector('[value=yes]');
  dialog.querySelector('p').textContent = form.dataset.confirm;
  yes.textContent = (button || form.querySelector('button')).textContent.trim();
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (dialog.returnValue !== 'yes') {
      button?.focus();
      return;
    }
    form.dataset.confirmed = '1';
    form.requestSubmit(button || undefined);
  });
  dialog.showModal();
  return true;
}

// A field that is wrong comes first, then what the page has to say. A message that belongs to a part of the page
// (data-focus="domande") is only read out when the address points there.
function focusFirst() {
  if (document.activeElement !== document.body) return; // the reader is somewhere already
  const wrong = document.querySelector('[aria-invalid=true]');
  const told = [...document.querySelectorAll('[data-focus]')].find((e) => (e.dataset.focus ? location.hash === '#' + e.dataset.focus : !location.hash));
  (wrong || told)?.focus();
}
