// What is open in the chart: stale cells with what changed, coded words that nobody charted,
// statements whose words are gone. Each entry opens its cell beside.

const version = new URL(import.meta.url).search;
const { element, fit, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { Cells, counted, spoken, stateBadge } = await import("./cells.js" + version);
style("chart.css");

class Open {
  constructor(cells) {
    this.cells = cells;
    cells.listeners.add(() => this.here());
  }

  show(root, data) {
    this.data = data;
    this.cells.heard(data);
    this.cells.look = () => null;
    this.cells.back = () => this.box.querySelector("[aria-current=true]")?.focus();
    const stale = data.open.filter((e) => e[4] === "stale");
    const waiting = data.open.filter((e) => e[4] !== "stale");
    this.box = element(
      "div",
      { class: "fw-part fw-open" },
      ...this.section(say("Stale"), say("What they were written from has changed since."), stale.map((e) => this.cell(e, element("span", {}, e[5])))),
      ...this.section(
        say("Coded and not charted"),
        say("Words have this code, and no statement says what they mean."),
        waiting.map((e) => this.cell(e, element("span", {}, counted(e[6], "{0} coding", "{0} codings")), e[4] === "not asked" || e[4] === "nothing said" ? stateBadge(e[4]) : null)),
        this.fill(waiting),
      ),
      ...this.section(say("Statements without words"), say("No coding that they cite is left."), data.bare.map(([of, code, label, name, text, kind]) => this.cell([of, code, label, name], spoken(kind, text)))),
    );
    root.replaceChildren(this.box);
    fit(this.box);
    this.here();
  }

  section(title, about, entries, act = null) {
    const body = entries.length ? [element("p", { class: "fw-hint" }, about), act, element("ul", {}, ...entries)] : [element("p", { class: "fw-hint" }, say("None."))];
    return [element("h3", {}, `${title} · ${entries.length}`), ...body];
  }

  cell([of, code, label, name], ...said) {
    const choose = () => this.cells.choose({ case: of, code });
    return element("li", {}, element("button", { class: "fw-open-cell", data: { case: of, code }, onclick: choose }, element("b", { dir: "auto" }, label), " × ", element("span", { dir: "auto" }, name)), element("div", { class: "fw-why" }, ...said));
  }

  fill(waiting) {
    const { category, categoryName, here, framework } = this.data;
    const fillable = waiting.filter((e) => category && here.includes(e[1]) && e[4] === "indexed, not charted");
    if (!fillable.length) return null;
    const text = counted(fillable.length, "Fill {0} empty cell of “{1}” with its quotes", "Fill {0} empty cells of “{1}” with their quotes").replaceAll("{1}", categoryName);
    return element("button", { onclick: () => outbox.add("fill_cells", { framework, category }) }, text);
  }

  here() {
    const { selected } = this.cells;
    for (const node of this.box?.querySelectorAll(".fw-open-cell") || []) node.setAttribute("aria-current", String(node.dataset.case === selected.case && node.dataset.code === selected.code));
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const cells = view(data.view, () => new Cells());
  cells.tell = teller(setStateValue, parentElement);
  const root = rooted(parentElement, "chart");
  view(`${data.view}:open`, () => new Open(cells)).show(root, data);
}
