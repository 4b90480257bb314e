// Ways to places, in groups: hits of a search, memos of a topic. A place in the transcript that
// is shown is jumped to at once; the page hears of every one.
//
// data: view, label, groups: {head, rows: {where, pieces, go}}; every second piece is what was
// found; a row without `go` leads nowhere.

const version = new URL(import.meta.url).search;
const { element, fit, rooted, style, teller, view } = await import("./core.js" + version);
const { Transcript } = await import("./transcript.js" + version);
style("listing.css");

function rowOf({ where, pieces, go }, choose) {
  const words = pieces.map((piece, n) => (n % 2 ? element("b", {}, piece) : piece));
  const inside = [element("span", { class: "fw-way-where" }, where), element("span", { class: "fw-way-words", dir: "auto" }, ...words)];
  if (!go) return element("div", { class: "fw-way-row" }, ...inside);
  return element("button", { class: "fw-way-row", onclick: () => choose(go) }, ...inside);
}

function walk(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...event.currentTarget.querySelectorAll("button.fw-way-row")];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

export default function ({ data, parentElement, setStateValue }) {
  const transcript = view(data.view, (name) => new Transcript(name));
  const root = rooted(parentElement, "listing");
  const tell = teller(setStateValue, parentElement);
  const choose = (go) => {
    const n = tell(go);
    if (transcript.transcript === go.transcript && go.start !== undefined) {
      transcript.asked = `go${n}`;
      transcript.jump(go.start, go.stop);
    }
  };
  const key = JSON.stringify(data.groups);
  if (root.fwKey === key && root.firstChild) return;
  root.fwKey = key;
  const groups = data.groups.map(({ head, rows }) => element("section", { class: "fw-way-group" }, element("h3", { class: "fw-heading" }, head), ...rows.map((row) => rowOf(row, choose))));
  const box = element("div", { class: "fw-part fw-ways", role: "region", "aria-label": data.label, tabindex: "0", onkeydown: walk }, ...groups);
  root.replaceChildren(box);
  fit(box, 240);
}
