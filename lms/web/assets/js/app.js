// Every page: menus, forms, wide tables, printing. All of it works without this file, only less smoothly.
import { menus } from './menus.js';
import { forms } from './forms.js';
import { forget } from './queue.js';
import { forget as forgetUnsaved } from './studio-unsaved.js';

menus();
forms();

// A table that is wider than the screen can be scrolled with the keyboard.
for (const wrap of document.querySelectorAll('.table-wrap')) {
  if (wrap.hasAttribute('role') || wrap.scrollWidth <= wrap.clientWidth) continue;
  wrap.tabIndex = 0;
  wrap.setAttribute('role', 'region');
  wrap.setAttribute('aria-label', wrap.querySelector('caption')?.textContent || document.title);
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.nextElementSibling.textContent = button.dataset.tCopied;
    });
  }
}

// Nothing of a person stays on a shared computer.
for (const form of document.querySelectorAll('form[data-sign-out]')) {
  form.addEventListener('submit', forget);
  form.addEventListener('submit', forgetUnsaved);
}
