// A table to read: heads and first column stay in sight, words stand as they were written.
// A cell is text, or {text, hint, kind, open} where `open` is called on a click or Enter.

const version = new URL(import.meta.url).search;
const { element, rooted, say, style } = await import("./core.js" + version);
style("sheet.css");

export function sheet({ label, heads, rows }) {
  const head = element("tr", {}, heads.map((text, at) => element("th", { scope: "col", class: at ? null : "fw-corner" }, text)));
  const body = rows.map((row) => element("tr", {}, row.map((held, at) => cell(held, at))));
  return element(
    "div",
    { class: "fw-sheet", tabindex: "0", role: "region", "aria-label": label },
    element("table", {}, element("thead", {}, head), element("tbody", {}, body)),
  );
}

function cell(held, at) {
  const { text, hint, kind, open, shade } = typeof held === "string" ? { text: held } : held;
  const inside = open ? element("button", { class: "fw-plain", title: hint, onclick: open }, text) : text;
  const made = element(at ? "td" : "th", at ? { class: kind || null } : { scope: "row" }, inside);
  made.dir = "auto";
  if (shade) made.style.setProperty("--fw-shade", `${Math.round(shade * 45)}%`);
  return made;
}

export default function ({ data, parentElement }) {
  const root = rooted(parentElement, "sheet");
  const at = root.querySelector(".fw-sheet");
  const [x, y] = at ? [at.scrollLeft, at.scrollTop] : [0, 0];
  root.replaceChildren(element("div", { class: "fw-part" }, sheet({ label: data.label || say("Table"), heads: data.heads, rows: data.rows })));
  root.querySelector(".fw-sheet").scrollTo(x, y);
}
