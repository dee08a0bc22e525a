// What makes prose handier: a button that copies a code block, and tabs in place of sections in a row.
// Everything can be read without this file.
"use strict";

const KEPT = "quizapp-tab";
let groups = 0;
const words = document.querySelector("article").dataset;

// The clipboard interface is there on secure pages only; a site in a house network is none.
async function copy(block) {
  if (navigator.clipboard) return navigator.clipboard.writeText(block.textContent.replace(/\n$/, ""));
  getSelection().selectAllChildren(block);
  document.execCommand("copy");
  getSelection().removeAllRanges();
}

function addCopyButton(block) {
  const frame = document.createElement("div");
  frame.className = "code";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await copy(block);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  block.replaceWith(frame);
  frame.append(block, button);
}

function choose(group, title) {
  for (const tab of group.querySelectorAll(":scope > [role=tablist] > button")) {
    const isChosen = tab.textContent === title;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
  }
}

// Who reads for one system reads for it everywhere: every group that has a tab of this title follows.
function chooseEverywhere(title) {
  for (const group of document.querySelectorAll(".tabs.is-live")) {
    const titles = [...group.querySelectorAll(":scope > [role=tablist] > button")].map((tab) => tab.textContent);
    if (titles.includes(title)) choose(group, title);
  }
}

function keptTitle() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function keep(title) {
  try { localStorage.setItem(KEPT, title); } catch { /* a browser that keeps nothing starts with the first tab */ }
}

function move(event, tabs) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const turn = getComputedStyle(event.target).direction === "rtl" ? -step : step;
  const next = tabs[(tabs.indexOf(event.target) + turn + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

function makeTabs(group, number) {
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  const panels = [...group.querySelectorAll(":scope > .tab")];
  const tabs = panels.map((panel, index) => {
    const tab = document.createElement("button");
    const title = panel.querySelector(".tab-title");
    panel.id = `page-tabs-${number}-${index + 1}`;
    tab.type = "button";
    tab.id = `${panel.id}-tab`;
    tab.textContent = title.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => { keep(tab.textContent); chooseEverywhere(tab.textContent); });
    tab.addEventListener("keydown", (event) => move(event, tabs));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    title.hidden = true;
    return tab;
  });
  list.append(...tabs);
  group.prepend(list);
  group.classList.add("is-live");
  choose(group, tabs[0].textContent);
}

function dress(part) {
  part.querySelectorAll(":is(.prose:not(.fill-in) pre, pre.prose):not(.code > pre)").forEach(addCopyButton);
  part.querySelectorAll(".tabs:not(.is-live)").forEach((group) => makeTabs(group, ++groups));
  if (keptTitle()) chooseEverywhere(keptTitle());
}

// What is dressed already is left as it is.
dress(document);
document.addEventListener("swapped", (event) => dress(event.target));
