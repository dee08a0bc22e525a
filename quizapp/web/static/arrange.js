// Lines to bring into order: buttons and a handle that move them, beside the lists of places that work without this file.
// What is sent is what the lists hold: as long as nobody moved a line or chose a place, that is nothing.
// A module, so that its names stay its own.
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.querySelector("main").append(said);
const still = matchMedia("(prefers-reduced-motion: reduce)");

const rowsOf = (list) => [...list.querySelectorAll(":scope > .arrange-row")];
const selectOf = (row) => row.querySelector("select");
const textOf = (row) => row.querySelector(".choice-text");
const placeOf = (row) => rowsOf(row.parentNode).indexOf(row) + 1;

// The line stays in the page and the others go around it: so it keeps the focus and the pointer.
function put(row, place) {
  const rows = rowsOf(row.parentNode);
  const now = placeOf(row);
  if (place < now) row.after(...rows.slice(place - 1, now - 1));
  if (place > now) row.before(...rows.slice(now, place));
}

// Lets the eye follow the lines to where they now are.
function glide(list, change) {
  const before = rowsOf(list).map((row) => [row, row.offsetTop]);
  change();
  if (still.matches) return;
  for (const [row, top] of before) {
    const way = top - row.offsetTop;
    if (way) row.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], { duration: 150, easing: "ease-out" });
  }
}

function setEnds(list) {
  rowsOf(list).forEach((row, index, rows) => {
    const [up, down] = row.querySelectorAll("button");
    up.disabled = index === 0;
    down.disabled = index === rows.length - 1;
  });
}

function nameOf(row) {
  const pictures = [...textOf(row).querySelectorAll("img")].map((picture) => picture.alt);
  return [textOf(row).innerText, ...pictures].join(" ").trim();
}

// Gives every line the place it has on the screen.
function number(list) {
  rowsOf(list).forEach((one, index) => { selectOf(one).selectedIndex = index + 1; });
  setEnds(list);
}

// Every line has its place now; says where the moved one is.
function settle(row) {
  const list = row.parentNode;
  number(list);
  row.scrollIntoView({ block: "nearest" });
  list.dispatchEvent(new CustomEvent("moved", { bubbles: true }));
  const words = { line: nameOf(row), n: placeOf(row), all: rowsOf(list).length };
  said.textContent = list.dataset.moved.replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

// The focus stays on the pressed button; at an end, where that leads nowhere, it goes to the other one.
function step(button) {
  const row = button.closest(".arrange-row");
  const [up, down] = row.querySelectorAll("button");
  glide(row.parentNode, () => put(row, placeOf(row) + Number(button.dataset.by)));
  up.disabled = down.disabled = false;
  const isAtEnd = [1, rowsOf(row.parentNode).length].includes(placeOf(row));
  const other = button === up ? down : up;
  (isAtEnd ? other : button).focus({ preventScroll: true });
  settle(row);
}

function drag(pressed) {
  const handle = pressed.target.closest(".handle");
  const row = handle.closest(".arrange-row");
  const list = row.parentNode;
  const from = placeOf(row);
  const places = rowsOf(list).map((one) => [selectOf(one), selectOf(one).selectedIndex]);
  const over = new AbortController();
  const listen = (name, act) => handle.addEventListener(name, act, { signal: over.signal });
  const end = () => { over.abort(); row.classList.remove("is-dragged"); };
  const undo = () => { put(row, from); setEnds(list); for (const [select, place] of places) select.selectedIndex = place; };
  handle.setPointerCapture(pressed.pointerId);
  row.classList.add("is-dragged");
  listen("pointermove", (moved) => {
    const at = moved.clientY - list.getBoundingClientRect().top;
    const above = rowsOf(list).filter((one) => one !== row && one.offsetTop + one.offsetHeight / 2 < at);
    if (above.length + 1 === placeOf(row)) return;
    put(row, above.length + 1);
    number(list);
    row.scrollIntoView({ block: "nearest" });
  });
  listen("pointerup", () => { end(); if (placeOf(row) === from) undo(); else settle(row); });
  listen("pointercancel", () => { end(); undo(); });
}

// Buttons for every line; lines that have a place already stand in that order.
function dress(list) {
  const rows = rowsOf(list);
  const last = rows.length + 1;
  const moves = list.querySelector("template").content;
  for (const row of rows) {
    row.append(document.importNode(moves, true));
    for (const button of row.querySelectorAll("button")) {
      button.id = `${selectOf(row).id}${button.dataset.by}`;
      button.setAttribute("aria-labelledby", `${button.id} ${textOf(row).id}`);
    }
  }
  const rank = (row) => selectOf(row).selectedIndex || last;
  list.append(...rows.sort((one, other) => rank(one) - rank(other)));
  setEnds(list);
}

// What is dressed already is left as it is.
function dressAll(part) {
  for (const list of part.querySelectorAll("[data-arrange]")) if (!list.querySelector(".move")) dress(list);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".move");
  if (button) step(button);
});
document.addEventListener("change", (event) => {
  const row = event.target.closest("[data-arrange] > .arrange-row");
  if (!row || !event.target.selectedIndex) return;
  const place = event.target.selectedIndex;
  glide(row.parentNode, () => put(row, place));
  settle(row);
});
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest(".handle") && event.isPrimary && event.button === 0) drag(event);
});
document.addEventListener("swapped", (event) => dressAll(event.target));
dressAll(document);
