// The drawings of the slides: each in a square of 100, lines of 5, in blue (b) and teal (t).

const b = 'fill="none" stroke="#0066CC" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"';
const t = 'fill="none" stroke="#00786A" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"';
const tint = 'fill="#CCE8E3" stroke="#00786A" stroke-width="5" stroke-linejoin="round"';
const person = (x, y, style) => `<circle cx="${x}" cy="${y}" r="9" ${style}/><path d="M${x - 16} ${y + 34} v-6 a16 14 0 0 1 32 0 v6 z" ${style}/>`;

export const icons = {
  casa: `<path d="M12 50 L50 16 L88 50" ${b}/><path d="M22 44 V86 H78 V44" ${b}/><path d="M42 86 V62 H58 V86" ${tint}/>`,
  bivio: `<path d="M50 92 V14" ${b}/><path d="M50 20 H78 L88 30 L78 40 H50 Z" ${tint}/><path d="M50 46 H22 L12 56 L22 66 H50 Z" fill="#E6F0FA" stroke="#0066CC" stroke-width="5" stroke-linejoin="round"/><path d="M34 92 H66" ${b}/>`,
  foglio: `<path d="M24 10 H62 L80 28 V90 H24 Z" ${b}/><path d="M62 10 V28 H80" ${b}/><path d="M36 44 H68 M36 58 H68" ${b}/><path d="M38 74 l8 8 l16 -16" ${t}/>`,
  penna: `<path d="M20 80 L26 60 L68 18 L84 34 L42 76 Z" ${b}/><path d="M58 28 L74 44" ${b}/><path d="M16 92 H84" ${t}/>`,
  persone: `${person(28, 34, b)}${person(72, 34, b)}${person(50, 48, tint)}`,
  lampadina: `<path d="M36 66 C36 54 24 50 24 34 A26 26 0 0 1 76 34 C76 50 64 54 64 66 Z" ${b}/><path d="M38 78 H62 M43 90 H57" ${t}/><path d="M42 40 L50 48 L58 40 M50 48 V66" ${t}/>`,
  monte: `<path d="M8 84 L40 26 L58 58 L68 42 L92 84 Z" ${b}/><path d="M29 46 L38 52 L46 46 L52 47" ${t}/><circle cx="76" cy="22" r="9" ${tint}/>`,
  bersaglio: `<circle cx="46" cy="54" r="36" ${b}/><circle cx="46" cy="54" r="20" ${b}/><circle cx="46" cy="54" r="5" fill="#00786A"/><path d="M46 54 L84 16 M84 16 V30 M84 16 H70" ${t}/>`,
  orologio: `<circle cx="50" cy="52" r="38" ${b}/><path d="M50 28 V52 L66 62" ${t}/><path d="M50 14 V8 M88 52 h4 M50 90 v4 M12 52 h-4" ${b}/>`,
  ciclo: `<path d="M20 46 A31 31 0 0 1 76 32" ${b}/><path d="M76 14 V33 H57" ${b}/><path d="M80 54 A31 31 0 0 1 24 68" ${t}/><path d="M24 87 V67 H43" ${t}/>`,
  scudo: `<path d="M50 8 L84 20 V48 C84 70 68 84 50 92 C32 84 16 70 16 48 V20 Z" ${b}/><path d="M34 50 l12 12 l22 -24" ${t}/>`,
  portatile: `<rect x="20" y="20" width="60" height="44" rx="4" ${b}/><path d="M8 78 H92 L86 86 H14 Z" ${tint}/><path d="M34 42 h20 M34 52 h12" ${t}/>`,
  cerchi: `<circle cx="38" cy="38" r="24" ${b}/><circle cx="62" cy="38" r="24" ${b}/><circle cx="50" cy="62" r="24" ${t}/>`,
  dialogo: `<path d="M10 16 H66 V54 H36 L22 68 V54 H10 Z" ${b}/><path d="M74 36 H90 V74 H80 V88 L66 74 H44 V64" ${t}/><path d="M24 30 H52 M24 41 H44" ${b}/>`,
  chiave: `<circle cx="30" cy="34" r="20" ${b}/><path d="M44 48 L84 88 M70 74 L80 64 M80 84 L90 74" ${b}/><circle cx="30" cy="34" r="6" ${tint}/>`,
  zaino: `<path d="M24 90 V44 A26 26 0 0 1 76 44 V90 Z" ${b}/><path d="M38 20 V14 A12 8 0 0 1 62 14 V20" ${b}/><rect x="34" y="60" width="32" height="22" rx="3" ${tint}/><path d="M38 42 H62" ${t}/>`,
  luna: `<path d="M64 12 A40 40 0 1 0 90 66 A32 32 0 0 1 64 12 Z" ${b}/><path d="M78 18 v14 M71 25 h14" ${t}/>`,
  riquadri: `<rect x="8" y="14" width="34" height="24" rx="3" ${b}/><rect x="58" y="38" width="34" height="24" rx="3" ${tint}/><rect x="8" y="62" width="34" height="24" rx="3" ${b}/><path d="M42 26 H74 V36 M74 64 V75 H46" ${t}/><path d="M54 68 L46 75 L54 82" ${t}/>`,
  lavagna: `<rect x="8" y="14" width="84" height="66" rx="4" ${b}/><path d="M36 14 V80 M64 14 V80" ${b}/><path d="M15 28 h14 M15 42 h14 M15 56 h14 M43 28 h14" ${t}/><path d="M71 28 h14 M71 42 h14" ${t}/><path d="M30 92 L36 80 M70 92 L64 80" ${b}/>`,
  immagine: `<rect x="10" y="16" width="80" height="68" rx="4" ${b}/><path d="M16 78 L40 46 L56 66 L66 54 L84 78" ${t}/><circle cx="66" cy="34" r="8" ${tint}/>`,
  strada: `<path d="M34 92 L44 12 M66 92 L56 12" ${b}/><path d="M50 86 V72 M50 58 V48 M50 36 V28" ${t}/><path d="M72 34 V12 L90 19 L72 26" ${tint}/>`,
};
