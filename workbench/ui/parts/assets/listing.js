// A plain table of texts: a row may be off (greyed), a cell may be a way to a place.
//
// data: label, columns (heads), rows (cells: a text, or {text, go}), off (numbers of rows),
// empty (what to say without rows), tall (whether it may scroll within the window).

const version = new URL(import.meta.url).search;
const { element, style, teller } = await import("./core.js" + version);
style("listing.css");

function cellOf(cell, choose) {
  if (cell === null || typeof cell !== "object") return element("td", { dir: "auto" }, String(cell ?? ""));
  const way = element("button", { class: "fw-way", onclick: () => choose(cell.go) }, cell.text);
  return element("td", { dir: "auto" }, way);
}

export default function ({ data, parentElement, setStateValue }) {
  let root = parentElement.querySelector(":scope > .fw-root");
  if (!root) {
    root = element("div", { class: "fw-root" });
    parentElement.append(root);
  }
  const choose = teller(setStateValue);
  if (!data.rows.length) {
    root.replaceChildren(element("p", { class: "fw-part fw-hint" }, data.empty || ""));
    return;
  }
  const off = new Set(data.off || []);
  const head = element("thead", {}, element("tr", {}, ...data.columns.map((name) => element("th", { scope: "col" }, name))));
  const rows = data.rows.map((row, n) => element("tr", { class: off.has(n) ? "fw-off" : null }, ...row.map((cell) => cellOf(cell, choose))));
  const table = element("table", { class: "fw-listing", "aria-label": data.label }, head, element("tbody", {}, ...rows));
  const scrolled = root.firstChild?.scrollTop || 0;
  const box = element("div", { class: "fw-part fw-listing-box" + (data.tall ? " fw-tall" : ""), role: "region", "aria-label": data.label, tabindex: "0" }, table);
  root.replaceChildren(box);
  box.scrollTop = scrolled;
}
