/** Voice messages: recorded here or taken ready-made, and played in their bubbles. */
import { fileUrl } from "../control.js";
import { openDialog } from "../dialog.js";
import { el, icon } from "../dom.js";
import { base64 } from "./file.js";
import { oggFromWebm, oggSeconds } from "./ogg.js";

const LONGEST = 60; // seconds
const SHORTEST = 0.5;
const BARS = 32;
const sounds = new Map(); // by address: a bubble that is drawn anew goes on playing
let playing = null;

function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Resolves to `{name, mime_type, content, duration}`, Ogg Opus in base64, or null. */
export async function recordVoice(phone) {
  const { words } = phone;
  const acts = { begin, sample, finish };
  let recording = null;
  let close = null;
  const button = (act, label, kind = "") => el("button", { type: "button", class: `button ${kind}`, onclick: () => acts[act]() }, label);
  const mic = el("button", { type: "button", class: "voice-mic", "aria-label": words.voiceRecord, title: words.voiceRecord, autofocus: true, onclick: begin }, icon("mic"));
  const time = el("p", { class: "voice-time", dir: "ltr" });
  const said = el("p", { role: "status" });
  const foot = el("div", { class: "voice-acts" });
  const ready = button("sample", words.voiceSample);
  const send = button("finish", words.send, "primary");
  const cancel = el("button", { type: "button", class: "button", onclick: () => close(null) }, words.cancel);

  function rest(sentence) {
    recording = null;
    mic.disabled = false;
    time.textContent = "";
    said.textContent = sentence;
    foot.replaceChildren(ready);
  }
  function level(loudness, seconds) {
    if (!mic.isConnected) return recording.stop(); // the phone was drawn anew
    mic.style.setProperty("--level", loudness);
    time.textContent = `${clock(seconds)} / ${clock(LONGEST)}`;
    if (seconds >= LONGEST) said.textContent = words.voiceFull;
  }
  async function begin() {
    mic.disabled = true;
    said.textContent = words.voiceAsking;
    try {
      recording = await record(level);
    } catch {
      rest(words.voiceRefused);
      return ready.focus();
    }
    if (!mic.isConnected) return recording.stop(); // closed while the browser asked
    said.textContent = words.voiceListening;
    foot.replaceChildren(cancel, send);
    send.focus();
  }
  async function finish() {
    const ogg = await recording.stop();
    if (oggSeconds(ogg) >= SHORTEST) return close(await note(ogg));
    rest(words.voiceShort);
    mic.focus();
  }
  async function sample() {
    const answer = await fetch(`/page/voices/sample.${phone.language === "ar" ? "ar" : "fr"}.ogg`).catch(() => null);
    if (!answer?.ok) return rest(words.fileUnopened);
    close(await note(new Uint8Array(await answer.arrayBuffer())));
  }
  rest(words.voiceIdle);
  const body = (closing) => ((close = closing), el("div", { class: "voice-sheet" }, mic, time, said, foot));
  const voice = await openDialog(phone, words.voice, body);
  recording?.stop();
  return voice;
}

async function note(ogg) {
  const duration = Math.max(1, Math.round(oggSeconds(ogg)));
  return { name: "voice.oga", mime_type: "audio/ogg", content: await base64(new Blob([ogg])), duration };
}

/** Records until `stop()`, which gives Ogg Opus; throws where there is no microphone. */
async function record(onlevel) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"].find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32000 });
  const sound = new Promise((resolve) => recorder.addEventListener("dataavailable", ({ data }) => resolve(data)));
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const wave = new Float32Array(analyser.fftSize);
  const begun = performance.now();
  context.createMediaStreamSource(stream).connect(analyser);
  const tick = setInterval(() => {
    const seconds = Math.min(LONGEST, (performance.now() - begun) / 1000);
    analyser.getFloatTimeDomainData(wave);
    onlevel(Math.min(1, Math.hypot(...wave) / 8).toFixed(2), seconds);
    if (seconds === LONGEST) end();
  }, 100);
  function end() {
    clearInterval(tick);
    if (recorder.state === "inactive") return;
    recorder.stop();
    stream.getTracks().forEach((track) => track.stop());
    context.close();
  }
  async function stop() {
    end();
    const bytes = new Uint8Array(await (await sound).arrayBuffer());
    return recorder.mimeType.includes("webm") ? oggFromWebm(bytes) : bytes;
  }
  recorder.start();
  return { stop };
}

/** Play or pause, how far it is, and how long. */
export function voicePlayer(phone, { file }) {
  const { words } = phone;
  const audio = soundAt(fileUrl(file.file_id));
  const bars = el("span", { class: "voice-bars", "aria-hidden": "true" }, heights(file.file_id).map((height, at) => el("i", { style: { "--height": height, "--at": at / BARS } })));
  const time = el("span", { class: "voice-time" });
  const seek = el("input", { type: "range", min: 0, step: 0.1, "aria-label": words.voicePosition, oninput: () => (audio.currentTime = seek.value) });
  const button = el("button", { type: "button", class: "voice-play", onclick: toggle });
  const box = el("div", { class: "voice-player", dir: "ltr" }, button, el("div", { class: "voice-track" }, bars, seek), time);

  function draw() {
    const length = Number.isFinite(audio.duration) ? audio.duration : (file.duration ?? 0);
    const [label, drawing] = audio.paused ? [words.voicePlay, "play"] : [words.voicePause, "pause"];
    if (button.title !== label) button.replaceChildren(icon(drawing));
    button.title = label;
    button.setAttribute("aria-label", label);
    seek.max = length;
    seek.value = audio.currentTime;
    seek.setAttribute("aria-valuetext", `${clock(audio.currentTime)} / ${clock(length)}`);
    box.style.setProperty("--played", audio.currentTime / length || 0);
    time.textContent = clock(audio.currentTime || length);
  }
  async function toggle() {
    if (!audio.paused) return audio.pause();
    if (playing !== audio) playing?.pause();
    playing = audio;
    try {
      await audio.fetched();
      await audio.play();
    } catch (fault) {
      if (fault.name !== "AbortError") box.replaceChildren(el("p", { class: "fault", role: "alert", dir: "auto" }, words.fileUnopened));
    }
  }
  draw();
  return Object.assign(box, { audio, draw });
}

/** The sound at an address, fetched whole before it plays, so that one can go back and forth. */
function soundAt(url) {
  if (sounds.has(url)) return sounds.get(url);
  const audio = new Audio();
  sounds.set(url, audio);
  audio.fetched = async () => (audio.src ||= URL.createObjectURL(await (await fetch(url)).blob()));
  audio.addEventListener("ended", () => (audio.currentTime = 0));
  for (const event of ["play", "pause", "timeupdate", "durationchange"]) audio.addEventListener(event, () => drawPlayers(audio));
  return audio;
}

/** A sound outlives its bubbles: those that stand somewhere now show how far it is. */
function drawPlayers(audio) {
  for (const box of document.querySelectorAll(".voice-player")) if (box.audio === audio) box.draw();
}

/** Bars for the eye, always the same for the same file. */
function heights(fileId) {
  return Array.from({ length: BARS }, (_, at) => (0.2 + (((fileId.charCodeAt(at % fileId.length) * 37 + at * 53) % 97) / 97) * 0.8).toFixed(2));
}
