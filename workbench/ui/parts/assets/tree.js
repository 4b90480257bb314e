// The categories and codes of a framework version as a tree. A click or Enter picks one; in a
// draft, dragging a row, or Alt with an arrow key, moves it among the others.

const version = new URL(import.meta.url).search;
const { element, fit, ink: inkOf, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { counted } = await import("./cells.js" + version);
style("tree.css");

class Tree {
  show(root, data, tell) {
    this.data = data;
    this.tell = tell;
    if (this.root !== root || !this.box?.isConnected) {
      this.root = root;
      this.box = element("div", { class: "fw-part fw-tree", role: "tree", "aria-label": data.label });
      root.replaceChildren(this.box);
      fit(this.box, 260, data.may ? 72 : 20);
    }
    const focused = this.box.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.box.replaceChildren(...data.rows.map((row, n) => this.row(row, n)));
    if (focused) this.box.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  row(row, n) {
    const { thing, id, depth, number, name, codings, ink, bare } = row;
    const picked = id === this.data.picked;
    const made = element(
      "div",
      {
        class: `fw-node fw-${thing}` + (picked ? " fw-picked" : ""),
        role: "treeitem",
        "aria-level": String(depth + 1),
        "aria-selected": String(picked),
        tabindex: picked || (!this.data.picked && n === 0) ? "0" : "-1",
        draggable: this.data.may ? "true" : null,
        style: { "--fw-depth": depth, "--fw-ink": inkOf(ink) },
        data: { id },
        onclick: () => this.pick(row),
        onkeydown: (event) => this.pressed(event, row),
        ondragstart: (event) => {
          this.dragged = row;
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", name);
        },
        ondragover: (event) => {
          if (!this.dragged || !this.fits(this.dragged, row)) return;
          event.preventDefault();
          made.classList.add("fw-over");
        },
        ondragleave: () => made.classList.remove("fw-over"),
        ondrop: (event) => {
          event.preventDefault();
          made.classList.remove("fw-over");
          this.dropped(this.dragged, row);
          this.dragged = null;
        },
      },
      element("span", { class: "fw-number" }, number),
      element("span", { class: "fw-node-name" }, name),
      bare ? element("span", { class: "fw-flag" }, say("no definition")) : null,
      thing === "code" ? element("span", { class: "fw-count", title: say("codings in this version") }, counted(codings, "{0} coding", "{0} codings")) : null,
    );
    return made;
  }

  pick(row) {
    this.tell({ thing: row.thing, id: row.id });
  }

  fits(moved, onto) {
    return this.data.may && moved.id !== onto.id && (moved.thing === "code" || onto.thing === "category");
  }

  place(row) {
    const beside = this.data.rows.filter((r) => r.thing === row.thing && r.heading === row.heading && r.below === row.below);
    return beside.findIndex((r) => r.id === row.id) + 1;
  }

  dropped(moved, onto) {
    if (!moved || !this.fits(moved, onto)) return;
    if (moved.thing === "category") return this.move(moved, null, this.place(onto));
    if (onto.thing === "category") return this.move(moved, onto.id, null);
    this.move(moved, onto.heading, this.place(onto));
  }

  move(row, category, place) {
    const name = row.thing === "code" ? "move_code" : "move_category";
    const given = { framework: this.data.framework, id: row.id, place, row_version: row.version };
    outbox.add(name, row.thing === "code" ? { ...given, category } : given);
  }

  pressed(event, row) {
    const rows = [...this.box.children];
    const at = rows.indexOf(event.currentTarget);
    if (event.altKey && this.data.may && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      const place = this.place(row) + (event.key === "ArrowDown" ? 1 : -1);
      if (place >= 1) this.move(row, row.thing === "code" ? row.heading : null, place);
      return;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined && rows[to]) {
      event.preventDefault();
      rows.forEach((r) => r.setAttribute("tabindex", "-1"));
      rows[to].setAttribute("tabindex", "0");
      rows[to].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(row);
    }
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = rooted(parentElement, "tree");
  view(data.view, () => new Tree()).show(root, data, teller(setStateValue, parentElement));
}
