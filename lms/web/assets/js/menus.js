// Menus made of <details>: Escape closes them and gives the focus back, and so does a click or the focus elsewhere.
export function menus() {
  const all = [...document.querySelectorAll('details[data-menu]')];
  const closeOthers = (target) => {
    for (const menu of all) if (menu.open && !menu.contains(target)) menu.open = false;
  };
  document.addEventListener('click', (e) => closeOthers(e.target));
  document.addEventListener('focusin', (e) => closeOthers(e.target));
  for (const menu of all) {
    menu.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || !menu.open) return;
      e.stopPropagation();
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }
}
