// The transcript: each time becomes a button that goes there, and what is being said is marked.
export function transcript(list, video) {
  const cues = [...list.querySelectorAll('li[data-from]')].map((li) => ({ li, from: Number(li.dataset.from), to: Number(li.dataset.to) }));
  for (const { li, from } of cues) {
    const time = li.querySelector('.cue-time');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn-plain cue-time';
    button.textContent = time.textContent;
    button.addEventListener('click', () => {
      video.currentTime = from;
      video.play();
    });
    time.replaceWith(button);
  }
  const ol = list.querySelector('ol');
  let current = null;
  video.addEventListener('timeupdate', () => {
    const now = cues.find((c) => video.currentTime >= c.from && video.currentTime < c.to)?.li || null;
    if (now === current) return;
    current?.removeAttribute('aria-current');
    now?.setAttribute('aria-current', 'true');
    current = now;
    // Only the list scrolls, never the page, and not under somebody who is reading in it.
    if (now && list.open && !ol.matches(':hover, :focus-within')) ol.scrollTop = now.offsetTop - ol.offsetTop - ol.clientHeight / 3;
  });
}
