// A table that is wider than the screen can be scrolled with the keyboard.
export function tables(root) {
  for (const wrap of root.querySelectorAll('.table-wrap')) {
    if (wrap.hasAttribute('role') || wrap.scrollWidth <= wrap.clientWidth) continue;
    wrap.tabIndex = 0;
    wrap.setAttribute('role', 'group');
    wrap.setAttribute('aria-label', wrap.querySelector('caption')?.textContent || document.title);
  }
}
