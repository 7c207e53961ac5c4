// Every page: menus, forms, wide tables, printing. All of it works without this file, only less smoothly.
import { enti } from './enti.js';
import { menus } from './menus.js';
import { forms } from './forms.js';
import { forget } from './queue.js';
import { forget as forgetUnsaved } from './studio-unsaved.js';
import { tables } from './tables.js';
import { zone } from './zone.js';

menus();
forms();
tables(document);
enti();
zone();

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
