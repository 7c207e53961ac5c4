// Makes a video, its captions and its poster, or a sound and its captions, from each spoken script; see make.sh.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lines, read, spoken } from "./script.mjs";
import { draw } from "./slides.mjs";

const OUT = "../video";
const FPS = 10;
const RATE = 22050; // of the voice
const PAUSE = { comma: 0.15, sentence: 0.5, slide: 1, end: 1.5 }; // seconds of silence after a cue
const LIMIT = { seconds: [40, 120], soundSeconds: [15, 60], posterBytes: 30_000, allBytes: 10_000_000, speed: 20 };

const run = (tool, ...args) => execFileSync(tool, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });

/** say is a cue's voice as raw samples, without the silence around it. */
function say(words, file) {
  run("espeak-ng", "-v", "it", "-s", "140", "-p", "42", "-z", "-w", file, spoken(words));
  const wav = readFileSync(file);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - (wav.length % 2)));
  let from = 0;
  let to = samples.length;
  while (from < to && Math.abs(samples[from]) < 80) from++;
  while (to > from && Math.abs(samples[to - 1]) < 80) to--;
  return samples.slice(Math.max(0, from - 200), Math.min(samples.length, to + 400));
}

const silence = (seconds) => new Int16Array(Math.round(seconds * RATE));

/** perform says every step: the whole sound, and when each step begins and ends. */
function perform(steps, dir) {
  const sound = [silence(0.6)];
  let at = sound[0].length;
  const times = steps.map((step, i) => {
    const voice = say(step.words, join(dir, "voice.wav"));
    const next = steps[i + 1];
    const pause = !next ? PAUSE.end : next.slide !== step.slide ? PAUSE.slide : step.ends ? PAUSE.sentence : PAUSE.comma;
    const from = at / RATE;
    const to = (at + voice.length) / RATE;
    sound.push(voice, silence(pause));
    at = sound.reduce((n, part) => n + part.length, 0);
    return { from, to };
  });
  return { sound: Buffer.concat(sound.map((s) => Buffer.from(s.buffer, s.byteOffset, s.byteLength))), times, seconds: at / RATE };
}

const clock = (s) => {
  const ms = Math.round(s * 1000);
  const pad = (n, w = 2) => String(n).padStart(w, "0");
  return `${pad(Math.floor(ms / 3600000))}:${pad(Math.floor(ms / 60000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`;
};

function captions(steps, times) {
  const cue = (step, i) => {
    // A cue stays a little after its words, but never over the next one.
    const end = Math.min(times[i].to + 0.4, times[i + 1]?.from ?? times[i].to + 0.4);
    return `${i + 1}\n${clock(times[i].from)} --> ${clock(end)}\n${lines(step.words).join("\n")}\n`;
  };
  return `WEBVTT\nKind: captions\nLanguage: it\n\n${steps.map(cue).join("\n")}`;
}

/** pictures draws a PNG for each thing shown, and the list ffmpeg joins them from. */
function pictures({ slides, steps }, times, seconds, dir) {
  const list = [];
  steps.forEach((step, i) => {
    const name = `${step.slide}-${step.shown}`;
    const last = list.at(-1);
    if (last?.name === name) return;
    // A bullet comes with its words; a new slide a little before them.
    const turn = last && last.slide !== step.slide ? 0.5 : 0.1;
    const from = i === 0 ? 0 : Math.round((times[i].from - turn) * FPS) / FPS;
    list.push({ name, slide: step.slide, from });
    writeFileSync(join(dir, `${name}.svg`), draw(slides, step.slide, step.shown));
    run("rsvg-convert", "-o", join(dir, `${name}.png`), join(dir, `${name}.svg`));
  });
  const end = Math.ceil(seconds * FPS) / FPS;
  const rows = list.map((p, i) => `file '${p.name}.png'\nduration ${((list[i + 1]?.from ?? end) - p.from).toFixed(3)}`);
  writeFileSync(join(dir, "list.txt"), `${rows.join("\n")}\nfile '${list.at(-1).name}.png'\n`);
  return end;
}

const QUIET = ["-hide_banner", "-loglevel", "error", "-y", "-threads", "1"];

/** encode joins ffmpeg's inputs with the voice, to a file without the date or the programs that made it. */
function encode(inputs, dir, options, title, file) {
  run("ffmpeg", ...QUIET, ...inputs, "-f", "s16le", "-ar", String(RATE), "-ac", "1", "-i", join(dir, "voice.raw"), ...options,
    "-af", "highpass=f=90,lowpass=f=8000,loudnorm=I=-18:TP=-2", "-ar", "44100", "-c:a", "aac", "-ac", "1", "-b:a", "48k",
    "-threads", "1", "-map_metadata", "-1", "-metadata", `title=${title}`, "-metadata:s:a:0", "language=ita",
    "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", file);
}

/** film makes the video and its poster. */
function film(script, { times, seconds }, dir, id) {
  const end = pictures(script, times, seconds, dir);
  encode(["-f", "concat", "-i", join(dir, "list.txt")], dir, [
    "-vf", `fps=${FPS},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p`, "-c:v", "libx264", "-profile:v", "main", "-preset", "slow", "-tune", "stillimage", "-crf", "25",
    "-g", String(4 * FPS), "-keyint_min", String(4 * FPS), "-sc_threshold", "0",
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-t", String(end),
  ], script.head.title, `${OUT}/${id}.mp4`);
  run("ffmpeg", ...QUIET, "-i", join(dir, "0-0.png"), "-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "3", "-flags:v", "+bitexact", "-bitexact", `${OUT}/${id}.jpg`);
}

function make(id) {
  const dir = mkdtempSync(join(tmpdir(), "aula-video-"));
  const script = read(readFileSync(`${id}.txt`, "utf8"));
  const performed = perform(script.steps, dir);
  writeFileSync(join(dir, "voice.raw"), performed.sound);
  if (script.slides.length > 1) film(script, performed, dir, id);
  else encode([], dir, [], script.head.title, `${OUT}/${id}.m4a`);
  writeFileSync(`${OUT}/${id}.vtt`, captions(script.steps, performed.times));
  rmSync(dir, { recursive: true });
}

const seconds = (stamp) => stamp.split(":").reduce((n, part) => n * 60 + Number(part), 0);

/** faults reads one recording back and says what is wrong with it. */
function faults(id) {
  const found = [];
  const isFilm = existsSync(`${OUT}/${id}.mp4`);
  const file = isFilm ? `${OUT}/${id}.mp4` : `${OUT}/${id}.m4a`;
  const probe = JSON.parse(run("ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", file));
  const length = Number(probe.format.duration);
  const [video, audio] = ["video", "audio"].map((kind) => probe.streams.find((s) => s.codec_type === kind));
  const [least, most] = isFilm ? LIMIT.seconds : LIMIT.soundSeconds;
  if (length < least || length > most) found.push(`durata ${length} s`);
  if (audio?.codec_name !== "aac" || audio.channels !== 1) found.push("suono");
  if (isFilm) {
    if (video?.codec_name !== "h264" || video.pix_fmt !== "yuv420p" || video.width !== 640 || video.height !== 360) found.push("immagine");
    if (Math.abs(video.duration - audio.duration) > 0.3) found.push(`immagine ${video.duration} s, suono ${audio.duration} s`);
    if (statSync(`${OUT}/${id}.jpg`).size > LIMIT.posterBytes) found.push("copertina troppo pesante");
  }
  const vtt = readFileSync(`${OUT}/${id}.vtt`, "utf8");
  if (!/^WEBVTT\n(.+\n)*Language: it\n/.test(vtt)) found.push("intestazione dei sottotitoli");
  let before = 0;
  for (const block of vtt.split("\n\n").slice(1)) {
    const [, times, ...words] = block.trim().split("\n");
    const [from, to] = times.split(" --> ").map(seconds);
    const speed = words.join(" ").length / (to - from);
    if (from < before || to <= from || to > length) found.push(`tempi: ${times}`);
    if (words.length > 2 || words.some((w) => w.length > 42)) found.push(`righe: ${words.join(" / ")}`);
    if (speed > LIMIT.speed) found.push(`${speed.toFixed(1)} caratteri al secondo: ${words.join(" ")}`);
    before = to;
  }
  console.log(`${id.padEnd(32)} ${length.toFixed(1).padStart(6)} s ${String(statSync(file).size).padStart(8)} byte  ${found.join("; ") || "a posto"}`);
  return found.length;
}

const args = process.argv.slice(2);
const check = args[0] === "--check";
const named = args.filter((a) => !a.startsWith("--"));
const ids = named.length ? named : readdirSync(".").filter((f) => f.endsWith(".txt")).map((f) => f.slice(0, -4)).sort();
let wrong = 0;
for (const id of ids) {
  if (!check) make(id);
  wrong += faults(id);
}
const all = readdirSync(OUT).reduce((n, f) => n + statSync(join(OUT, f)).size, 0);
console.log(`in tutto ${(all / 1e6).toFixed(2)} MB`);
process.exitCode = wrong || all > LIMIT.allBytes ? 1 : 0;
