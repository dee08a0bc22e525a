// The pages of authors: shows what was saved in a file, without a new page, where the reader is and as they left it.
// It has to run before any other script changes the page: it compares what the server sent then with what it sends now.
// A module, so that its names stay its own.
const ASK_EVERY = 500; // ms, while the page is visible
const LONGEST_WAIT = 10000; // for a server that restarts or is gone
const ANCHORS = 60; // elements below the upper edge of the window that are tried
const TOKEN = /(<input\b[^>]*\bname="csrf_token"[^>]*\bvalue=")[^"]*/g;
// What is compared child by child; anything else is the same or is replaced.
const OPENED = "body, body > div, main, article, .prose, main section:not(.check, .pair, #page-problems), .drawn, .rows";

const words = { ...document.body.dataset };
let source = document.body.cloneNode(true);
let wait = ASK_EVERY;
let timer = 0;
let busy = false;

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("aria-live", "polite");
const gone = document.createElement("p");
gone.className = "live-note ribbon";
gone.textContent = words.gone;

// Tokens differ in every page, and any of them is good.
const textOf = (element) => element.outerHTML.replace(TOKEN, "$1");
const kindOf = (element) => [element.localName, element.id, element.className].join(" ");
const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "";
const isOpened = (element) => element.matches(OPENED) && ![...element.childNodes].some(isText);

// Which children are the same in both: pairs of places, in order.
function common(was, now) {
  const [left, right] = [was.map(textOf), now.map(textOf)];
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const inner = longest(left.slice(start, left.length - end), right.slice(start, right.length - end));
  return [
    ...Array.from({ length: start }, (_, place) => [place, place]),
    ...inner.map(([one, other]) => [one + start, other + start]),
    ...Array.from({ length: end }, (_, place) => [left.length - end + place, right.length - end + place]),
  ];
}

// The longest common subsequence of two lists.
function longest(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let one = left.length - 1; one >= 0; one -= 1) {
    for (let other = right.length - 1; other >= 0; other -= 1) {
      const skipped = Math.max(lengths[one + 1][other], lengths[one][other + 1]);
      lengths[one][other] = left[one] === right[other] ? lengths[one + 1][other + 1] + 1 : skipped;
    }
  }
  const pairs = [];
  for (let one = 0, other = 0; one < left.length && other < right.length;) {
    if (left[one] === right[other]) pairs.push([one++, other++]);
    else if (lengths[one + 1][other] >= lengths[one][other + 1]) one += 1;
    else other += 1;
  }
  return pairs;
}

// Filled in otherwise than the page came.
function isTouched(field) {
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.checked !== field.defaultChecked || (field.type !== "hidden" && field.value !== field.defaultValue);
}

// Whether somebody has begun to answer in there, and not sent it yet.
const isHalfFilled = (part) => [...part.querySelectorAll("form input, form select, form textarea")].some(isTouched);

function keep(part) {
  if (part.querySelector(".live-kept")) return;
  const note = document.createElement("p");
  note.className = "live-kept ribbon is-inside";
  note.textContent = words.kept;
  part.prepend(note);
}

const withSelf = (part, selector) => [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)];
const nameOf = (details) => details.id || details.querySelector("summary")?.textContent;

// What the reader did to a part is done to the one in its place: what is open, what is filled in, where the focus is.
function carry(old, fresh) {
  for (const details of withSelf(old, "details")) {
    const found = withSelf(fresh, "details").find((other) => nameOf(other) === nameOf(details));
    if (found) found.open = details.open;
  }
  for (const field of old.querySelectorAll("input[id]:not([type=hidden]), select[id], textarea[id]")) {
    const found = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (!found || !isTouched(field)) continue;
    if (field.matches("[type=radio], [type=checkbox]")) found.checked = field.checked;
    else found.value = field.value;
  }
}

// Where the focus was, as a way to find it again.
function focusOf(part) {
  const focused = document.activeElement;
  if (!part.contains(focused) || focused === document.body) return null;
  const place = [...part.querySelectorAll(focused.localName)].indexOf(focused);
  return (fresh) => {
    const same = focused.id ? fresh.querySelector(`#${CSS.escape(focused.id)}`) : null;
    (same || fresh.querySelectorAll(focused.localName)[place])?.focus({ preventScroll: true });
  };
}

const successors = new Map(); // what stands where something was

function replace(live, fresh) {
  const refocus = focusOf(live);
  successors.set(live, fresh);
  carry(live, fresh);
  live.replaceWith(fresh);
  refocus?.(fresh);
}

function setAttributes(live, now) {
  for (const { name } of [...live.attributes]) if (!now.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of now.attributes) if (live.getAttribute(name) !== value) live.setAttribute(name, value);
}

// Puts one thing in the place of another; what is left as it was is left so in what the next page is compared with.
function change(live, was, now) {
  if (isOpened(was) && isOpened(now) && kindOf(was) === kindOf(now)) {
    update(live, was, now);
  } else if (isHalfFilled(live)) {
    keep(live);
    now.replaceWith(was.cloneNode(true));
  } else {
    replace(live, document.importNode(now, true));
  }
}

function remove(live, was, now, next) {
  if (!isHalfFilled(live)) return live.remove();
  keep(live);
  now.insertBefore(was.cloneNode(true), next || null);
}

// The children of a part as they are sent now; those that other scripts added stand behind them and stay.
function update(live, was, now) {
  setAttributes(live, now);
  const [before, after, shown] = [[...was.children], [...now.children], [...live.children]];
  if (shown.length < before.length) return live.replaceChildren(...after.map((one) => document.importNode(one, true)));
  let [one, other] = [0, 0];
  for (const [nextOne, nextOther] of [...common(before, after), [before.length, after.length]]) {
    for (; one < nextOne && other < nextOther; one += 1, other += 1) change(shown[one], before[one], after[other]);
    for (; one < nextOne; one += 1) remove(shown[one], before[one], now, after[other]);
    for (; other < nextOther; other += 1) live.insertBefore(document.importNode(after[other], true), shown[nextOne] || null);
    [one, other] = [nextOne + 1, nextOther + 1];
  }
}

// What the reader looks at, from the upper edge of the window on, and how far below it each is.
function inSight() {
  const all = [...document.querySelectorAll("main *:not(#page-problems, #page-problems *)")];
  const places = all.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.bottom > 0 && box.height);
  return places.slice(0, ANCHORS).map(([one, box]) => [one, box.top]);
}

// Changes the page, and keeps in its place on the screen what the reader is looking at.
function unmoved(act) {
  const anchors = window.scrollY > 0 ? inSight() : [];
  document.documentElement.style.overflowAnchor = "none"; // the browser would do it once more
  successors.clear();
  act();
  const left = anchors.map(([one, top]) => [successors.get(one) || one, top]).filter(([one]) => one.isConnected);
  const [anchor, top] = left.find(([, before]) => before >= 0) || left[0] || [];
  if (anchor) window.scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.style.overflowAnchor = ""; }));
}

const addressOf = (element) => new URL(element.getAttribute("href") || element.getAttribute("src"), location.href).pathname;

// Style sheets come before what they are for, scripts after it; neither is loaded again.
function missing(fresh, selector) {
  const known = [...document.head.querySelectorAll(selector)].map(addressOf);
  return [...fresh.head.querySelectorAll(selector)].filter((one) => !known.includes(addressOf(one)));
}

function loadSheet(link) {
  const sheet = document.importNode(link);
  const loaded = new Promise((resolve) => { sheet.onload = sheet.onerror = resolve; });
  document.head.append(sheet);
  return loaded;
}

function loadScript(script) {
  const fresh = document.createElement("script");
  for (const { name, value } of script.attributes) if (name !== "blocking") fresh.setAttribute(name, value);
  fresh.async = false;
  document.head.append(fresh);
}

async function show(fresh) {
  await Promise.all(missing(fresh, "link[rel=stylesheet]").map(loadSheet));
  const problems = () => document.getElementById("page-problems-title")?.textContent;
  const before = problems();
  unmoved(() => {
    update(document.body, source, fresh.body);
    source = fresh.body;
    document.title = fresh.title;
    document.querySelector("main").dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
  });
  missing(fresh, "script[src]").forEach(loadScript);
  said.textContent = problems() && problems() !== before ? problems() : words.updated;
}

// The page as it is now; a draw of its questions that the author looks at stays the same.
async function load() {
  const address = new URL(location.href);
  if (words.draw && !address.searchParams.has("draw")) address.searchParams.set("draw", words.draw);
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache" });
  if (answer.status === 404) document.body.append(gone);
  if (!answer.ok || answer.redirected) throw new Error("no page");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.body.dataset.version) throw new Error("no page that follows the files");
  gone.remove();
  if (fresh.body.dataset.version !== document.body.dataset.version) await show(fresh);
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden || busy) return;
  busy = true;
  const known = document.body.dataset.version;
  try {
    const answer = await fetch(`${words.live}?known=${known}`, { credentials: "same-origin", cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error("no answer");
    if (await answer.text() !== known) await load();
    wait = ASK_EVERY;
  } catch {
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
  busy = false;
  timer = setTimeout(ask, wait);
}

// A check that was sent and is shown anew, by another script, is what the next page is compared with.
document.addEventListener("swapped", ({ target }) => {
  const old = target.id && target.matches(".check") && source.querySelector(`#${CSS.escape(target.id)}`);
  if (old) old.replaceWith(target.cloneNode(true));
});
document.addEventListener("visibilitychange", () => { wait = ASK_EVERY; ask(); });
document.body.append(said);
timer = setTimeout(ask, ASK_EVERY);
