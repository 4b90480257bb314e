// The chart: cases down, codes across. Arrow keys walk, Enter writes; a cell that is chosen
// stands in the address and fills the editor beside.

const version = new URL(import.meta.url).search;
const { editable, element, fit, ink: inkOf, rooted, say, style, teller, view } = await import("./core.js" + version);
const { Cells, columnBefore, counted, slug, spoken, stateBadge, stateName } = await import("./cells.js" + version);
style("chart.css");

const OPEN = ["stale", "indexed, not charted"];
const SIGN = { "not indexed": "", "nothing said": "–", "not asked": "∅" };

class Chart {
  constructor(cells) {
    this.cells = cells;
    this.wide = new Set(); // rows that are shown whole
    this.all = false;
    cells.listeners.add(() => this.refresh());
  }

  show(root, data) {
    this.data = data;
    this.cells.heard(data);
    this.cells.look = (of, code) => this.known(of, code);
    this.cells.back = () => this.focus();
    const signature = JSON.stringify([data.framework, data.shows, data.columns, data.rows, data.groups, data.beside]);
    if (this.root !== root || this.signature !== signature || !this.box?.isConnected) {
      this.signature = signature;
      this.root = root;
      this.build();
    }
    this.refresh();
    if (this.asked !== this.cells.key()) {
      this.asked = this.cells.key();
      this.current()?.td.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  known(of, code) {
    const row = this.data.rows.findIndex(([id]) => id === of);
    const column = this.data.columns.findIndex(([id]) => id === code);
    if (row < 0 || column < 0) return null;
    const [, number, name, ink] = this.data.columns[column];
    const cell = this.data.cells?.[row]?.[column];
    return { caseName: this.data.rows[row][1], number, codeName: name, colour: ink, state: cell?.[0] ?? "", statements: cell?.[3] ?? [] };
  }

  // --- building ---

  build() {
    const { data } = this;
    const text = data.shows === "statements";
    this.grid = [];
    const head = element(
      "tr",
      { role: "row" },
      element("th", { class: "fw-corner", scope: "col" }, element("span", {}, data.rows[0]?.[0].startsWith("=") ? say("Group") : say("Case")), text ? this.fold() : null),
      ...data.columns.map(([, number, name, ink, category]) =>
        element(
          "th",
          { scope: "col", style: { "--fw-ink": inkOf(ink) }, title: category },
          number ? element("span", { class: "fw-number" }, `${number} `) : null,
          element("span", { class: "fw-code-name" }, name),
        ),
      ),
      data.totals ? element("th", { scope: "col", class: "fw-total" }, say("Total")) : null,
    );
    const body = element("tbody", {});
    for (const [heading, rows] of data.groups) {
      if (heading) {
        const label = element("span", { class: "fw-group-name" }, `${heading} · ${counted(rows.length, "{0} case", "{0} cases")}`);
        body.append(element("tr", { class: "fw-group", role: "row" }, element("th", { colspan: data.columns.length + 1 + (data.totals ? 1 : 0), scope: "rowgroup" }, label)));
      }
      for (const row of rows) body.append(this.buildRow(row));
    }
    if (data.totals) {
      const figures = data.totals.columns.map((n) => element("td", { class: "fw-figure fw-total" }, String(n)));
      body.append(element("tr", { class: "fw-totals" }, element("th", { scope: "row" }, say("Total")), ...figures, element("td", { class: "fw-figure fw-total" }, String(data.totals.all))));
    }
    this.table = element(
      "table",
      { class: text ? "fw-chart" : `fw-chart fw-figures fw-of-${data.shows}`, role: "grid", "aria-label": say("Chart"), onkeydown: (e) => this.pressed(e) },
      element("thead", {}, head),
      body,
    );
    this.scroll = element("div", { class: "fw-chart-scroll" }, this.table);
    this.tools = element("div", { class: "fw-chart-tools" });
    this.box = element("div", { class: "fw-part fw-chart-box" }, this.tools, this.scroll);
    this.root.replaceChildren(this.box);
    fit(this.box);
  }

  buildRow(row) {
    const { data } = this;
    const [of, label, values] = data.rows[row];
    const cells = data.columns.map(([code], column) => {
      const td = element("td", {
        role: "gridcell",
        tabindex: "-1",
        onclick: () => this.pick(row, column),
        ondblclick: () => this.write(row, column),
      });
      return { td, row, column, of, code, signature: "" };
    });
    this.grid.push(cells);
    const beside = values.map((value, n) => element("span", { class: "fw-value", title: `${data.beside[n]}: ${value}` }, value));
    const total = data.totals ? element("td", { class: "fw-figure fw-total" }, String(data.totals.rows[row])) : null;
    return element("tr", { role: "row" }, element("th", { scope: "row" }, element("span", { class: "fw-case-name", dir: "auto" }, label), ...beside), ...cells.map((c) => c.td), total);
  }

  // --- painting ---

  refresh() {
    if (!this.box?.isConnected) return;
    const drawn = [];
    let tab = null;
    for (const line of this.grid) {
      for (const cell of line) {
        const here = this.isHere(cell);
        cell.td.setAttribute("aria-selected", here);
        cell.td.tabIndex = here ? 0 : -1;
        if (here) tab = cell;
        const signature = this.signatureOf(cell);
        if (signature !== cell.signature) {
          cell.signature = signature;
          this.paint(cell);
          drawn.push(cell);
        }
      }
    }
    if (!tab && this.grid.length && this.grid[0].length) this.grid[0][0].td.tabIndex = 0;
    this.measure(drawn);
    this.bar();
  }

  isHere({ of, code }) {
    const { selected } = this.cells;
    return selected.code === code && (of.startsWith("=") ? selected.group === of.slice(1) : selected.case === of);
  }

  expected({ row, column, of, code }) {
    const held = this.data.cells?.[row]?.[column];
    return held ? this.cells.expected(this.cells.key({ case: of, code }), held[3]) : [];
  }

  signatureOf(cell) {
    const held = this.data.cells?.[cell.row]?.[cell.column];
    const figure = this.data.figures?.[cell.row]?.[cell.column];
    const key = this.cells.key({ case: cell.of, code: cell.code });
    return JSON.stringify([held?.slice(0, 3), this.expected(cell), figure, this.unsaved(key), this.all || this.wide.has(cell.row)]);
  }

  unsaved(key) {
    return this.cells.unsaved().some((d) => d.key === key);
  }

  paint(cell) {
    const { data } = this;
    const held = data.cells?.[cell.row]?.[cell.column];
    const state = held?.[0] ?? "";
    if (data.shows !== "statements") {
      const figure = data.figures?.[cell.row]?.[cell.column];
      const said = data.shows === "states" && held ? stateBadge(state) : this.figureOf(figure);
      cell.td.className = data.shows === "states" ? (held ? `fw-words-only fw-in-${slug(state)}` : "fw-words-only") : figure ? "fw-figure" : "fw-figure fw-none";
      cell.td.replaceChildren(said);
      return;
    }
    const statements = this.expected(cell);
    const said = statements.map(([, kind, text, bare, waits, label]) => {
      const shown = spoken(kind, text);
      if (waits) shown.classList.add("fw-waits");
      if (bare) shown.classList.add("fw-bare");
      if (label) shown.prepend(columnBefore(label));
      return shown;
    });
    cell.lines = said.length ? element("div", { class: "fw-lines" }, ...said) : element("div", { class: "fw-silence", "aria-hidden": "true" }, SIGN[state] ?? "");
    cell.lines.classList.toggle("fw-whole", this.all || this.wide.has(cell.row));
    cell.foot = element(
      "div",
      { class: "fw-foot" },
      stateBadge(state),
      held[2] ? element("span", { class: "fw-chip" }, counted(held[2], "{0} coding", "{0} codings")) : null,
      this.unsaved(this.cells.key({ case: cell.of, code: cell.code })) ? element("span", { class: "fw-flag fw-unsaved" }, say("not saved")) : null,
    );
    cell.td.className = `fw-cell fw-in-${slug(state)}`;
    cell.td.title = held[1];
    cell.td.replaceChildren(cell.lines, cell.foot);
  }

  figureOf(figure) {
    if (typeof figure === "number") return element("span", {}, figure ? String(figure) : "0");
    return element("span", { class: "fw-told" }, figure || "");
  }

  // Say where text is cut off, with a way to see all of it: read all sizes first, then write.
  measure(drawn) {
    const cut = drawn.filter((c) => c.lines && !c.lines.classList.contains("fw-whole")).map((c) => [c, c.lines.scrollHeight > c.lines.clientHeight + 2]);
    for (const [cell, isCut] of cut) {
      if (!isCut) continue;
      const more = (event) => {
        event.stopPropagation();
        this.unfold(cell.row);
      };
      cell.foot.append(element("button", { class: "fw-plain fw-more", tabindex: "-1", onclick: more }, say("more")));
    }
  }

  unfold(row) {
    if (!this.wide.delete(row)) this.wide.add(row);
    this.refresh();
  }

  bar() {
    const { data } = this;
    const counts = new Map();
    for (const line of data.cells || []) for (const [state] of line) counts.set(state, (counts.get(state) || 0) + 1);
    const states = ["stale", "indexed, not charted", "charted", "reviewed", "nothing said", "not asked", "not indexed"];
    const legend = states
      .filter((s) => counts.get(s))
      .map((s) =>
        element("button", { class: "fw-legend", title: say("Go to the next one"), onclick: () => this.next([s]) }, element("span", { class: `fw-dot fw-is-${slug(s)}` }), `${counts.get(s)} ${stateName(s)}`),
      );
    const unsaved = this.cells.unsaved().map((d) =>
      element("button", { class: "fw-legend fw-unsaved", onclick: () => this.cells.choose({ case: d.where.case, code: d.where.code }) }, say("not saved: {0}", d.where.caseName || "")),
    );
    const unit = data.unit ? element("span", { class: "fw-hint" }, say("Figures: {0}", data.unit)) : null;
    const signature = JSON.stringify([[...counts], unsaved.length, data.shows, data.unit]);
    if (this.barSignature === signature && this.tools.firstChild) return;
    this.barSignature = signature;
    this.tools.replaceChildren(...legend, ...unsaved, ...(unit ? [unit] : []));
  }

  // The button that shows all texts whole, and folds them again.
  fold() {
    const button = element("button", { class: "fw-fold", title: say("Whole texts"), "aria-label": say("Whole texts"), "aria-pressed": String(this.all) }, "⇕");
    button.addEventListener("click", () => {
      this.all = !this.all;
      this.wide.clear();
      button.setAttribute("aria-pressed", String(this.all));
      this.refresh();
    });
    return button;
  }

  // --- choosing ---

  current() {
    return this.grid?.flat().find((c) => this.isHere(c)) || null;
  }

  focus() {
    (this.current() || this.grid[0]?.[0])?.td.focus({ preventScroll: true });
  }

  pick(row, column, options = {}) {
    const cell = this.grid.flat().find((c) => c.row === row && c.column === column);
    if (!cell) return;
    const group = cell.of.startsWith("=");
    this.asked = this.cells.key({ case: cell.of, code: cell.code });
    this.cells.choose(group ? { group: cell.of.slice(1), code: cell.code } : { case: cell.of, code: cell.code }, options);
    cell.td.focus({ preventScroll: true });
    cell.td.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  write(row, column) {
    if (!this.data.cells) return;
    if (!this.isHere(this.grid.flat().find((c) => c.row === row && c.column === column))) this.pick(row, column);
    this.cells.enter?.();
  }

  next(states) {
    const flat = this.grid.flat();
    const from = flat.findIndex((c) => this.isHere(c));
    const order = [...flat.slice(from + 1), ...flat.slice(0, from + 1)];
    const found = order.find((c) => states.includes(this.data.cells?.[c.row]?.[c.column]?.[0]));
    if (found) this.pick(found.row, found.column);
  }

  pressed(event) {
    if (editable(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = this.grid.findIndex((cells) => cells.some((c) => c.td === document.activeElement));
    if (line < 0) return;
    const at = this.grid[line].findIndex((c) => c.td === document.activeElement);
    const last = this.grid[line].length - 1;
    const to = {
      ArrowDown: [line + 1, at],
      ArrowUp: [line - 1, at],
      ArrowLeft: [line, at - 1],
      ArrowRight: [line, at + 1],
      Home: [line, 0],
      End: [line, last],
      PageDown: [Math.min(line + 5, this.grid.length - 1), at],
      PageUp: [Math.max(line - 5, 0), at],
    }[event.key];
    const cell = this.grid[line][at];
    if (to) {
      const target = this.grid[to[0]]?.[to[1]];
      event.preventDefault();
      if (target) this.pick(target.row, target.column, { later: true });
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.write(cell.row, cell.column);
    } else if (event.key === " ") {
      event.preventDefault();
      this.unfold(cell.row);
    } else if (event.key === "n") this.next(OPEN);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const cells = view(data.view, () => new Cells());
  cells.tell = teller(setStateValue, parentElement);
  const root = rooted(parentElement, "chart");
  view(`${data.view}:chart`, () => new Chart(cells)).show(root, data);
}
