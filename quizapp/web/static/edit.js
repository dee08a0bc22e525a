// What makes the editor handier: Ctrl+S saves, the preview follows the typing, a problem leads to its line, and nobody
// leaves a text that is not saved without being asked. Everything works without this file, by the buttons.
"use strict";

const form = document.getElementById("page-editor");
const box = document.getElementById("page-source");
const place = document.getElementById("page-place");
const told = document.getElementById("page-told");
const PAUSE = 600; // ms without a key before the preview is asked for
let leaving = false;
let timer = 0;
let asking = null;

function isUnsaved() {
  return form.dataset.unsaved === "yes" || box.value !== box.defaultValue;
}

function goTo(line, column) {
  const lines = box.value.split("\n");
  const number = Math.min(Math.max(line, 1), lines.length);
  const start = lines.slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const spot = start + Math.min(Math.max(column - 1, 0), lines[number - 1].length);
  box.focus();
  box.setSelectionRange(spot, start + lines[number - 1].length);
  box.scrollTop = Math.max(0, heightOf(box.value.slice(0, start)) - box.clientHeight / 3);
  showPlace();
}

// How far down a text of the box ends, wrapped as it is there.
function heightOf(text) {
  const twin = box.cloneNode();
  twin.removeAttribute("id");
  twin.removeAttribute("name");
  twin.setAttribute("aria-hidden", "true");
  twin.tabIndex = -1;
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", width: `${box.offsetWidth}px`, height: "0", minHeight: "0" });
  twin.value = text;
  box.after(twin);
  const height = twin.scrollHeight;
  twin.remove();
  return height;
}

function showPlace() {
  const above = box.value.slice(0, box.selectionStart).split("\n");
  const words = form.dataset.place.replace("#", above.length).replace("@", above.at(-1).length + 1);
  if (place.textContent !== words) place.textContent = words;
}

async function refresh() {
  if (asking) asking.abort();
  asking = new AbortController();
  const data = new FormData(form);
  data.delete("base");
  for (const part of document.querySelectorAll(".draft-part")) data.append("known", part.dataset.digest);
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: data, signal: asking.signal, redirect: "error" });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    replaceParts(text);
    told.textContent = form.dataset.fresh;
  } catch (error) {
    if (error.name !== "AbortError") told.textContent = form.dataset.late;
  }
}

function replaceParts(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of fresh.querySelectorAll(".draft-part")) {
    const old = document.getElementById(part.id);
    if (old) old.replaceWith(part);
    else document.getElementById("page-draft").append(part);
  }
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  told.textContent = "";
  timer = setTimeout(refresh, PAUSE);
});

document.addEventListener("selectionchange", () => {
  if (document.activeElement === box) showPlace();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const save = form.querySelector('button[value="save"], button[value="keep"]');
  event.preventDefault();
  if (save && !leaving) form.requestSubmit(save);
});

document.getElementById("page-draft").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  goTo(Number(link.dataset.line), Number(link.dataset.column));
});

form.addEventListener("submit", () => {
  leaving = true;
});

window.addEventListener("pageshow", () => {
  leaving = false;
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && isUnsaved()) event.preventDefault();
});

if (Number(form.dataset.line)) goTo(Number(form.dataset.line), 1);
