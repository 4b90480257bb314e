// A plain table of texts: a row may be off (greyed), a cell may be a way to a place.
//
// data: label, columns (heads), rows (cells: a text, or {text, go, depth}), off (numbers of rows),
// empty (what to say without rows), tall (whether it may scroll within the window),
// fits (whether it reaches to the end of the window), tones (for each row how it is coloured),
// picks (whether a click anywhere in a row goes its way), picked (the number of the row gone to),
// figures (whether all columns but the first are numbers), hints (for each column what it says),
// first (how wide the first column is, of rows that are picked),
// breaks (headings between rows: the number of the row below, and the heading).
//
// A cell may also be {text, mark, title}: a text with a mark behind it that a title explains.

const version = new URL(import.meta.url).search;
const { element, fit, rooted, style, teller } = await import("./core.js" + version);
style("listing.css");

function cellOf(cell, choose) {
  if (cell === null || typeof cell !== "object") return element("td", { dir: "auto" }, String(cell ?? ""));
  if (!cell.go) return element("td", { title: cell.title || null }, cell.text, cell.mark ? element("sup", {}, cell.mark) : null);
  const way = element("button", { class: "fw-way", style: { "--fw-depth": cell.depth || 0 }, onclick: () => choose(cell.go) }, cell.text);
  return element("td", { dir: "auto" }, way);
}

export default function ({ data, parentElement, setStateValue }) {
  const root = rooted(parentElement, "listing");
  const choose = teller(setStateValue, parentElement);
  if (!data.rows.length) {
    root.replaceChildren(element("p", { class: "fw-part fw-hint" }, data.empty || ""));
    return;
  }
  const off = new Set(data.off || []);
  const head = element("thead", {}, element("tr", {}, ...data.columns.map((name, n) => element("th", { scope: "col", title: data.hints?.[n] || null }, name))));
  const rows = data.rows.map((row, n) => {
    const said = [off.has(n) && "fw-off", data.tones?.[n] && `fw-tone-${data.tones[n]}`, data.picks && "fw-picks"];
    const made = element("tr", { class: said.filter(Boolean).join(" ") || null }, ...row.map((cell) => cellOf(cell, choose)));
    if (n === data.picked) made.setAttribute("aria-current", "true");
    if (data.picks) made.addEventListener("click", (event) => event.target.closest("button") || made.querySelector("button")?.click());
    return made;
  });
  const breaks = new Map(data.breaks || []);
  const heading = (n) => breaks.has(n) ? [element("tr", { class: "fw-break" }, element("th", { colspan: data.columns.length, scope: "rowgroup" }, breaks.get(n)))] : [];
  const body = element("tbody", {}, ...rows.flatMap((row, n) => [...heading(n), row]));
  const table = element("table", { class: "fw-listing" + (data.figures ? " fw-figures" : ""), "aria-label": data.label, style: data.first ? { "--fw-first": data.first } : {} }, head, body);
  const scrolled = root.firstChild?.scrollTop || 0;
  const focused = root.contains(document.activeElement) && document.activeElement.closest("tr")?.rowIndex;
  const box = element("div", { class: "fw-part fw-listing-box" + (data.tall ? " fw-tall" : ""), role: "region", "aria-label": data.label, tabindex: "0" }, table);
  root.replaceChildren(box);
  if (data.fits) fit(box, 240);
  box.scrollTop = scrolled;
  if (focused) table.rows[focused]?.querySelector("button")?.focus({ preventScroll: true });
  const here = rows[data.picked];
  if (here && !scrolled && here.offsetTop > 200) box.scrollTop = here.offsetTop - 100;
}
