// Checks in place: sends the form of a check (or follows its links) and swaps in the part of the answer that changed.
// Everything works without this file; it only saves the reader a page load and the way back to the question.
"use strict";

const LIVE = ["page-state", "page-lessons", "page-turn", "page-who"];

function swap(name, page) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const part = fresh.getElementById(name);
  if (!part) return false;
  for (const id of [name, ...LIVE]) {
    const old = document.getElementById(id);
    const now = fresh.getElementById(id);
    if (old && now) old.replaceWith(now);
  }
  document.title = fresh.title;
  document.getElementById(name).dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
  const target = document.querySelector(`#${CSS.escape(name)} [data-focus]`) || document.getElementById(name);
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
  return true;
}

async function load(name, address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  if (!swap(name, await answer.text())) throw new Error("not a page of this lesson");
  if (answer.ok) history.replaceState(null, "", answer.url + "#" + name);
}

function tell(form) {
  let note = form.querySelector(".trouble");
  if (!note) {
    note = document.createElement("div");
    note.className = "trouble";
    note.setAttribute("role", "alert");
    form.prepend(note);
  }
  note.textContent = form.dataset.failed;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.swap) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  try {
    await load(form.dataset.swap, form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  } catch {
    tell(form);
  }
  delete form.dataset.busy;
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await load(link.dataset.swap, link.href.split("#")[0]);
  } catch {
    location.assign(link.href);
  }
});
