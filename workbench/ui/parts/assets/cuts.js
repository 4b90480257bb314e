// The chart as text to read: down a column, what all cases say on one code; along a row, what
// one case says on all. Silence is told in its kinds at the end of each part.

const version = new URL(import.meta.url).search;
const { element, fit, rooted, say, style, teller, view } = await import("./core.js" + version);
const { Cells, columnBefore, counted, spoken, stateBadge, stateName } = await import("./cells.js" + version);
style("chart.css");

const SPEAKS = ["charted", "stale", "reviewed"];

class Cuts {
  constructor(cells) {
    this.cells = cells;
    cells.listeners.add(() => this.here());
  }

  show(root, data) {
    this.root = root;
    this.data = data;
    this.cells.heard(data);
    this.cells.look = () => null;
    this.cells.back = () => this.text.querySelector("[aria-current=true]")?.focus();
    this.text = element("article", { class: "fw-cut" }, ...this.parts());
    const box = element("div", { class: "fw-part fw-cut-box" }, this.tools(), this.text);
    root.replaceChildren(box);
    fit(box);
    this.here();
  }

  tools() {
    const { data } = this;
    const all = data.cut === "code" ? data.codes.map(([id, number, name]) => [id, `${number} ${name}`.trim()]) : data.cases;
    const choose = element("select", { "aria-label": data.cut === "code" ? say("Code") : say("Case"), onchange: () => this.go(choose.value) });
    for (const [id, name] of all) choose.append(element("option", { value: id, selected: id === data.of }, name));
    const at = all.findIndex(([id]) => id === data.of);
    const step = (by, sign, label) => element("button", { "aria-label": label, title: label, disabled: !all[at + by], onclick: () => this.go(all[at + by][0]) }, sign);
    return element(
      "div",
      { class: "fw-chart-tools" },
      step(-1, "‹", say("The one before")),
      choose,
      step(1, "›", say("The next one")),
      element("span", { class: "fw-gap" }),
      element("button", { onclick: () => navigator.clipboard.writeText(this.plain()) }, say("Copy as text")),
      element("button", { onclick: () => print() }, say("Print")),
    );
  }

  go(id) {
    const { selected } = this.cells;
    this.cells.choose(this.data.cut === "code" ? { case: selected.case, code: id } : { case: id, code: selected.code });
  }

  parts() {
    const { data } = this;
    const said = data.parts.flatMap(([heading, entries]) => {
      const speaking = entries.filter((e) => SPEAKS.includes(e[4]) || e[5].length);
      const silent = entries.filter((e) => !speaking.includes(e));
      return [heading ? element("h3", {}, heading) : null, ...speaking.map((e) => this.entry(e)), this.silence(silent)];
    });
    const speaking = data.parts.flatMap(([, entries]) => entries).filter((e) => SPEAKS.includes(e[4])).length;
    const number = data.cut === "code" ? counted(speaking, "{0} case says something here.", "{0} cases say something here.") : counted(speaking, "Something is charted on {0} code.", "Something is charted on {0} codes.");
    return [element("h2", { dir: "auto" }, data.title), element("p", { class: "fw-hint", dir: "auto" }, data.about), element("p", { class: "fw-hint" }, number), ...said];
  }

  entry([label, beside, of, code, state, statements]) {
    const choose = () => this.cells.choose({ case: of, code });
    const lines = statements.map(([, kind, text, label, places]) => element("p", {}, columnBefore(label), spoken(kind, text), places.length ? element("span", { class: "fw-place" }, ` (${places.map(([transcript, turn]) => (turn ? say("{0}, turn {1}", transcript, turn) : transcript)).join("; ")})`) : null));
    return element(
      "section",
      {
        class: "fw-entry-cut",
        tabindex: "0",
        data: { case: of, code },
        onclick: () => !getSelection().toString() && choose(),
        onkeydown: (event) => {
          if (event.key === "Enter" && event.target === event.currentTarget) {
            choose();
            this.cells.enter?.();
          }
        },
      },
      element("h4", {}, element("span", { dir: "auto" }, label), ...beside.map((value) => element("span", { class: "fw-value" }, value)), state === "charted" ? null : stateBadge(state)),
      ...lines,
    );
  }

  silence(entries) {
    const of = new Map();
    for (const [label, , , , state] of entries) of.set(state, [...(of.get(state) || []), label]);
    const lines = [...of].map(([state, labels]) => element("p", {}, element("b", {}, `${stateName(state)}: `), labels.join(", ")));
    return lines.length ? element("div", { class: "fw-silent" }, ...lines) : null;
  }

  here() {
    const { selected } = this.cells;
    for (const node of this.text?.querySelectorAll(".fw-entry-cut") || []) node.setAttribute("aria-current", String(node.dataset.case === selected.case && node.dataset.code === selected.code));
  }

  plain() {
    return [...this.text.querySelectorAll("h2, h3, h4, p")].map((n) => (n.tagName === "P" ? n.textContent : `\n${n.textContent}`)).join("\n");
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const cells = view(data.view, () => new Cells());
  cells.tell = teller(setStateValue, parentElement);
  const root = rooted(parentElement, "chart");
  view(`${data.view}:cuts`, () => new Cuts(cells)).show(root, data);
}
