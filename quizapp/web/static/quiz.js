// An attempt at a quiz: saves every answer as it is made, shows the time that is left, tells of other pages.
// Everything works without this file; then the buttons save. The clock of this browser is never asked what time it is.
"use strict";

const form = document.querySelector("form[data-sitting]");
const said = document.querySelector("[data-said]");
const failed = document.querySelector("[data-failed]");
const elsewhere = document.querySelector("[data-elsewhere]");
const PAUSE = 400; // ms after a key
const ASK_EVERY = 15000;
const WAITS = [1000, 2000, 5000, 10000];

const touched = new Set(); // changed and not saved yet
let sending = null;
let timer = 0;
let tries = 0;
let leaving = false;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel(form.dataset.attempt) : null;

const numberOf = (field) => Number((/^(?:answer|confidence)-(\d+)$/.exec(field.name) || [])[1] || 0);
const seenField = (number) => form.querySelector(`[name="seen-${number}"]`);
const savedLine = document.querySelector("[data-saved]");

function dataOf(numbers) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const number = Number((/-(\d+)$/.exec(name) || [])[1] || (name === "slot" ? value : 0));
    if (name === "csrf_token" || numbers.includes(number)) data.append(name, value);
  }
  for (const number of numbers) data.append("touched", number);
  return data;
}

function mark(states, words) {
  for (const [number, state] of Object.entries(states)) {
    const square = document.querySelector(`[data-square="${number}"]`);
    if (!square) continue;
    square.classList.remove("is-answered", "is-unanswered", "is-unread");
    square.classList.add(`is-${state}`);
    square.setAttribute("aria-label", words[number]);
  }
}

function showElsewhere(sentences) {
  if (!elsewhere || !sentences.length) return;
  elsewhere.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  elsewhere.hidden = false;
}

// Another page saved something: the answer here is the older one, unless it is being changed just now.
function notice(numbers) {
  const behind = Object.entries(numbers).filter(([number, saved]) => {
    const field = seenField(number);
    return field && saved > Number(field.value) && !touched.has(Number(number)) && !sending;
  });
  if (!behind.length || !elsewhere.hidden) return;
  showElsewhere(behind.map(([number]) => form.dataset.moved.replace("{n}", number)));
  const link = Object.assign(document.createElement("a"), { href: form.action, textContent: form.dataset.reload });
  elsewhere.append(link);
}

function taken(answer) {
  failed.hidden = true;
  tries = 0;
  if (savedLine && answer.saved && !touched.size) savedLine.textContent = answer.saved;
  mark(answer.states, answer.words);
  document.querySelector("[data-answered]").textContent = answer.answered;
  setLeft(answer.left);
}

function over() {
  leaving = true;
  location.assign(location.pathname);
}

async function save() {
  clearTimeout(timer);
  if (sending || !touched.size) return sending;
  const numbers = [...touched];
  touched.clear();
  sending = (async () => {
    const response = await fetch(form.dataset.saves, { method: "POST", body: dataOf(numbers), credentials: "same-origin" });
    if (response.status === 409) return over();
    if (!response.ok || !(response.headers.get("Content-Type") || "").includes("json")) throw new Error("not saved");
    const answer = await response.json();
    for (const [number, saved] of Object.entries(answer.numbers)) if (seenField(number)) seenField(number).value = saved;
    taken(answer);
    showElsewhere(answer.elsewhere);
    if (tabs) tabs.postMessage(answer.numbers);
  })();
  try {
    await sending;
    sending = null;
    if (touched.size) await save();
  } catch {
    sending = null;
    for (const number of numbers) touched.add(number);
    failed.hidden = false;
    timer = setTimeout(save, WAITS[Math.min(tries++, WAITS.length - 1)]);
  }
}

function changed(event, pause) {
  const number = numberOf(event.target);
  if (!number) return;
  touched.add(number);
  if (savedLine) savedLine.textContent = form.dataset.saving;
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

form.addEventListener("input", (event) => changed(event, event.target.matches("textarea, [type=text]") ? PAUSE : 0));
form.addEventListener("change", (event) => changed(event, 0));
form.addEventListener("moved", (event) => changed({ target: event.target.querySelector("[name]") }, 0));
window.addEventListener("online", save);

// What the buttons send says too what was changed here.
form.addEventListener("submit", () => {
  leaving = true;
  for (const number of touched) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "touched", value: number }));
  }
});
window.addEventListener("pagehide", () => {
  if (leaving || !touched.size) return;
  fetch(form.dataset.saves, { method: "POST", body: dataOf([...touched]), credentials: "same-origin", keepalive: true });
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && (touched.size || sending)) event.preventDefault();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
if (tabs) tabs.addEventListener("message", (event) => notice(event.data));

async function ask() {
  if (document.hidden || sending) return;
  try {
    const response = await fetch(form.dataset.state, { credentials: "same-origin" });
    if (response.status === 409) return over();
    if (!response.ok) return;
    const answer = await response.json();
    mark(answer.states, answer.words);
    setLeft(answer.left);
    notice(answer.numbers);
  } catch { /* the next answer or question tells */ }
}
setInterval(ask, ASK_EVERY);
document.addEventListener("visibilitychange", ask);

// The time: how much is left is told by the server, and counted on by a clock that nobody can set.
const clock = document.querySelector(".timer");
let ends = 0;
let limit = 0;
let told = Infinity;

function setLeft(seconds) {
  if (clock && seconds !== null && seconds !== undefined) ends = performance.now() + 1000 * seconds;
}
const wordsOf = (seconds) => {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes === 1 ? clock.dataset.minute : clock.dataset.minutes.replace("{n}", minutes);
};
const digitsOf = (seconds) => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

// The last of half, five minutes and one minute that was passed.
const passed = (left) => Math.min(...[limit / 2, 300, 60].filter((mark) => mark < limit && left <= mark), Infinity);

function announce(left) {
  const due = passed(left);
  if (due < told) {
    const text = due === limit / 2 ? clock.dataset.half : clock.dataset.low;
    said.textContent = text.replace("{left}", wordsOf(left));
    told = due;
  }
  clock.classList.toggle("is-low", left <= 60);
}

async function finish() {
  leaving = true;
  clearInterval(ticking);
  said.textContent = clock.dataset.over;
  await save();
  form.action = form.dataset.submit;
  form.submit();
}

function tick() {
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  clock.querySelector("[data-clock]").textContent = digitsOf(left);
  announce(left);
  if (!left) finish();
}

let ticking = 0;
if (clock) {
  limit = Number(clock.dataset.limit);
  setLeft(Number(clock.dataset.left));
  const button = clock.querySelector("[data-timer]");
  const show = (hidden) => {
    clock.classList.toggle("is-hidden", hidden);
    button.textContent = hidden ? clock.dataset.show : clock.dataset.hide;
    sessionStorage.setItem("timer", hidden ? "hidden" : "");
  };
  clock.querySelector(".timer-left").hidden = button.hidden = false;
  button.addEventListener("click", () => show(!clock.classList.contains("is-hidden")));
  show(sessionStorage.getItem("timer") === "hidden");
  told = passed(Number(clock.dataset.left)); // what was passed before this page is not told again
  ticking = setInterval(tick, 1000);
  tick();
}

const overview = document.querySelector(".overview [data-focus]");
if (overview) overview.focus();
