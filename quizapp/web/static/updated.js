// Tells a reader that the lesson they have open was changed, and changes nothing itself: they may be in the middle of it.
// A module, so that its names stay its own.
const LEAST_WAIT = 30000; // ms; it is asked once in that time to twice of it, and when one comes back to the page
const place = document.getElementById("page-updated");
const [address, shown] = place.dataset.href.split("#");
let told = shown;
let asked = performance.now();
let timer = 0;

// Somebody has begun to answer: what is filled in is not what the page came with.
function isTouched(field) {
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.checked !== field.defaultChecked || (field.type !== "hidden" && field.value !== field.defaultValue);
}

function tell() {
  const note = document.createElement("p");
  note.className = "flash";
  const text = document.createElement("span");
  const isBegun = [...document.querySelectorAll(".check :is(input, select, textarea)")].some(isTouched);
  text.textContent = isBegun ? `${place.dataset.text} ${place.dataset.kept}` : place.dataset.text;
  const link = document.createElement("a");
  link.className = "roomy";
  link.href = location.pathname;
  link.textContent = place.dataset.link;
  const later = document.createElement("button");
  later.type = "button";
  later.className = "button quiet";
  later.textContent = place.dataset.later;
  later.addEventListener("click", () => note.remove());
  note.append(text, link, later);
  place.replaceChildren(note);
}

async function ask() {
  clearTimeout(timer);
  timer = setTimeout(ask, LEAST_WAIT * (1 + Math.random()));
  if (document.hidden) return;
  asked = performance.now();
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache", redirect: "error" });
    const now = answer.ok ? await answer.text() : told;
    if (now === told) return;
    told = now;
    if (now === shown) place.replaceChildren();
    else tell();
  } catch { /* a server that is gone or asks to sign in: it is asked again later */ }
}

document.addEventListener("visibilitychange", () => { if (performance.now() - asked > 1000) ask(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
timer = setTimeout(ask, LEAST_WAIT * (1 + Math.random()));
