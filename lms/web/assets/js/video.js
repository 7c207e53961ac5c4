// Pages with a video.
import { player } from './player.js';
import { transcript } from './transcript.js';

for (const box of document.querySelectorAll('[data-player]')) {
  player(box);
  const list = document.querySelector('[data-transcript]');
  if (list) transcript(list, box.querySelector('video'));
}
