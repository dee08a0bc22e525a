// Rich text that is pasted keeps what tells a key: what is bold, underlined, highlighted or coloured, and the numbers of lists.

const SIGNS = { bold: "**", underlined: "++", highlighted: "==", coloured: "%%" };
const BLOCKS = new Set(["P", "DIV", "LI", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "TABLE", "UL", "OL"]);
const MARKER = /^\s*(?:[*✓]?\s*[([]?(?:[a-z]|\d{1,3})[.)\]]|[-•☐☑])\s*/i;
const PLAIN = /^(?:|auto|inherit|initial|windowtext|black|white|transparent|#000(?:000)?|#fff(?:fff)?|rgb\(0, 0, 0\)|rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\))$/i;

const field = document.getElementById("source");

field?.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  const text = textOf(new DOMParser().parseFromString(withoutStyles(html), "text/html").body);
  if (!text.trim()) return;
  event.preventDefault();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// The policy of the page forbids styles also in what is only parsed: they are read as other attributes.
function withoutStyles(html) {
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "");
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look="));
}

// A property that an element was given by its style.
function given(node, property) {
  const said = (node.dataset.look ?? "").split(";").map((one) => one.split(":"));
  return said.findLast(([name]) => name.trim().toLowerCase() === property)?.[1]?.trim() ?? "";
}

// The text of a fragment, a line for each block, with signs around what looks otherwise.
function textOf(body) {
  const lines = [[]];
  walk(body, new Set(), lines);
  return lines.map(lineOf).join("\n").replace(/\n{3,}/g, "\n\n").trim() + "\n";
}

function walk(node, looks, lines) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent.replace(/[\n\t ]+/g, " ");
    if (text.trim() || lines.at(-1).length) lines.at(-1).push({ text, looks });
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || ["STYLE", "SCRIPT", "HEAD", "META"].includes(node.tagName)) return;
  if (node.tagName === "BR") {
    lines.push([]);
    return;
  }
  const isBlock = BLOCKS.has(node.tagName);
  if (isBlock && lines.at(-1).length) lines.push([]);
  if (node.tagName === "LI") lines.at(-1).push({ text: `${counted(node)} `, looks: null });
  const inner = looksOf(node, looks);
  for (const child of node.childNodes) walk(child, inner, lines);
  if (["TD", "TH"].includes(node.tagName)) lines.at(-1).push({ text: " ", looks: null });
  if (isBlock && lines.at(-1).length) lines.push([]);
}

// What a browser shows before an item of a list.
function counted(item) {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "•";
  const place = [...list.children].filter((one) => one.tagName === "LI").indexOf(item);
  const number = (Number.parseInt(list.getAttribute("start") ?? "1", 10) || 1) + place;
  const kind = list.getAttribute("type") ?? { "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A" }[given(list, "list-style-type")] ?? "1";
  if (kind !== "a" && kind !== "A") return `${number}.`;
  const letter = String.fromCharCode(96 + ((number - 1) % 26) + 1);
  return `${kind === "A" ? letter.toUpperCase() : letter})`;
}

function looksOf(node, around) {
  const looks = new Set(around);
  const weight = given(node, "font-weight");
  if (["B", "STRONG"].includes(node.tagName) || weight === "bold" || Number(weight) >= 600) looks.add("bold");
  if (weight === "normal" || weight === "400") looks.delete("bold");
  if (node.tagName === "U" || given(node, "text-decoration").includes("underline")) looks.add("underlined");
  if (node.tagName === "MARK" || !PLAIN.test(given(node, "background-color") || given(node, "background"))) looks.add("highlighted");
  if (!PLAIN.test(given(node, "color")) || !PLAIN.test(node.getAttribute("color") ?? "")) looks.add("coloured");
  return looks;
}

function lineOf(runs) {
  const text = runs.map((run) => run.text).join("");
  const marker = runs.length && runs[0].looks === null ? runs[0].text : (text.match(MARKER)?.[0] ?? "");
  return common(runs, 0).size ? signed(text, common(runs, 0)) : marker + signed(text.slice(marker.length), common(runs, marker.length));
}

// The looks that all words of a line have, from a place on.
function common(runs, from) {
  let place = 0;
  let found = null;
  for (const { text, looks } of runs) {
    const rest = text.slice(Math.max(0, from - place));
    place += text.length;
    if (!rest.trim()) continue;
    found = found ? new Set([...found].filter((look) => looks?.has(look))) : new Set(looks ?? []);
  }
  return found ?? new Set();
}

function signed(text, looks) {
  const signs = Object.keys(SIGNS).filter((look) => looks.has(look)).map((look) => SIGNS[look]);
  const bare = text.trim();
  if (!bare || !signs.length) return text.trimEnd();
  const before = text.slice(0, text.indexOf(bare));
  return before + signs.join("") + bare + signs.reverse().join("");
}
