// Hours are written on Italian clocks. Whoever is in another zone also reads what their own clock will show.
export function zone() {
  const lang = document.documentElement.lang;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const day = { weekday: 'long', ...clock };
  for (const time of document.querySelectorAll('time[data-until]')) {
    const from = new Date(time.dateTime);
    const here = from.toLocaleString(lang, day);
    if (here === from.toLocaleString(lang, { ...day, timeZone: 'Europe/Rome' })) continue;
    const until = new Date(time.dataset.until).toLocaleTimeString(lang, clock);
    time.append(' ' + time.dataset.tZone.replace('%1', here).replace('%2', until));
  }
}
