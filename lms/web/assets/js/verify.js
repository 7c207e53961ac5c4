// The verify page: a PDF is compared in the browser by its SHA-256, so that it never leaves the computer. Where the
// browser can't (no secure context), the form uploads it as before.
const form = document.querySelector('form[data-compare]');
if (form && window.crypto?.subtle) compare(form);

function compare(form) {
  const text = form.dataset;
  const input = form.querySelector('input[type=file]');
  const zone = form.querySelector('.drop');
  form.querySelector('[data-where]').textContent = text.tLocal;

  const check = async () => {
    const file = input.files[0];
    if (!file) return;
    try {
      const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const hex = [...new Uint8Array(sum)].map((b) => b.toString(16).padStart(2, '0')).join('');
      if (hex === text.hash.toLowerCase()) say(form, 'success', 'check', file.name, text.tSame);
      else say(form, 'danger', 'error', file.name, text.tDifferent);
    } catch {
      say(form, 'warning', 'warning', file.name, text.tProblem);
    }
  };
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    check();
  });
  input.addEventListener('change', check);

  for (const event of ['dragenter', 'dragover']) zone.addEventListener(event, (e) => over(e, true));
  for (const event of ['dragleave', 'drop']) zone.addEventListener(event, (e) => over(e, false));
  zone.addEventListener('drop', (e) => {
    if (!e.dataTransfer.files.length) return;
    input.files = e.dataTransfer.files;
    check();
  });
  // A file dropped beside the zone must not replace the page.
  for (const event of ['dragover', 'drop']) window.addEventListener(event, (e) => e.preventDefault());
  const over = (e, on) => {
    e.preventDefault();
    zone.classList.toggle('drop-over', on);
  };
}

// say shows the result; the region around it is a status, so it is read out.
function say(form, kind, icon, name, words) {
  const sprite = document.querySelector('svg.icon use').getAttribute('href').split('#')[0];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', sprite + '#' + icon);
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  const note = document.createElement('div');
  const p = document.createElement('p');
  const strong = document.createElement('strong');
  note.className = 'notice notice-' + kind;
  strong.textContent = name + ': ';
  p.append(strong, words);
  note.append(svg, p);
  form.querySelector('[data-result]').replaceChildren(note);
}
