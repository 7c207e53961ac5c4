// A session that ended and began anew in another tab has another token: forms that are open take it over.

// renew puts the token of the present session into the page's forms, and gives it; none when nobody is signed in, or somebody else.
export async function renew() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const token = page.querySelector('meta[name=csrf]')?.content;
    if (!token || who(page) !== who(document)) return '';
    for (const field of document.querySelectorAll('input[name=csrf]')) field.value = token;
    return token;
  } catch {
    return '';
  }
}

function who(page) {
  return page.querySelector('[data-person]')?.dataset.person;
}
