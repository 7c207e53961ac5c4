// Texts that are not saved yet stay in the tab, by person, address and revision, until they are: a crash loses nothing.

const PREFIX = 'aula.unsaved.';

// forget empties the tab: at sign-out nothing of a person stays.
export function forget() {
  drop(() => true);
}

function drop(which) {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX) && which(key)) sessionStorage.removeItem(key);
  } catch {
    // no storage, nothing to forget
  }
}

// Unsaved keeps the text of one file.
export class Unsaved {
  constructor(person, address) {
    this.prefix = `${PREFIX}${person}.${address}.`;
    drop((key) => !key.startsWith(`${PREFIX}${person}.`));
  }

  keep(rev, text) {
    try {
      sessionStorage.setItem(this.prefix + rev, text);
    } catch {
      // storage is full or forbidden: the text is in the page
    }
  }

  // last is what was kept and never saved: { rev, text }, or null.
  last() {
    try {
      const revs = Object.keys(sessionStorage).filter((k) => k.startsWith(this.prefix)).map((k) => Number(k.slice(this.prefix.length)));
      const rev = Math.max(...revs);
      return revs.length ? { rev, text: sessionStorage.getItem(this.prefix + rev) } : null;
    } catch {
      return null;
    }
  }

  forget() {
    drop((key) => key.startsWith(this.prefix));
  }
}
