// A typology: the unplaced cases and a lane for each type; a case is dragged, or carried by keys,
// into its type, and the reason stands on its card.

const version = new URL(import.meta.url).search;
const { element, fit, outbox, rooted, say, style, view } = await import("./core.js" + version);
const { Lanes } = await import("./lanes.js" + version);
style("board.css");

const UNPLACED = "";

class Types {
  constructor() {
    this.lanes = new Lanes(this);
    this.pending = new Map(); // number of the operation → {case, type, reason}
    this.asked = null; // a reason that is being typed: {cases, type, text}
    this.conflicts = new Map(); // case → the placement that was refused
  }

  show(root, data) {
    if (this.data && this.data.typology !== data.typology) (this.asked = null), this.lanes.picked.clear(), this.conflicts.clear();
    const types = JSON.stringify(data.types);
    const rebuilt = this.root !== root || !this.box?.isConnected || this.built !== types;
    this.data = data;
    if (data.seen && data.seen.client === outbox.client) for (const number of [...this.pending.keys()]) if (number <= data.seen.number) this.pending.delete(number);
    if (rebuilt) (this.built = types), this.build(root);
    this.draw();
  }

  build(root) {
    this.root = root;
    this.lists = new Map();
    const lane = (key, name, about) => {
      const list = element("div", { class: "fw-lane-cards", role: "listbox", "aria-multiselectable": "true", "aria-label": name, tabindex: "-1" });
      const count = element("span", { class: "fw-lane-count" });
      this.lists.set(key, { list, count });
      const head = element("div", { class: "fw-lane-head" }, element("b", { class: "fw-lane-name" }, name), count);
      return element("section", { class: `fw-lane ${key === UNPLACED ? "" : "fw-level-2"}`, data: { lane: key }, "aria-label": name }, head, element("p", { class: "fw-hint fw-type-about" }, about), list);
    };
    const about = (type) => [...Object.entries(type.values).map(([dimension, value]) => `${dimension}: ${value}`), type.definition].filter(Boolean).join("\n");
    this.box = element("div", { class: "fw-lanes" }, lane(UNPLACED, say("Not placed yet"), say("Each case stands in one type.")), this.data.types.map((type) => lane(type.name, type.name, about(type))));
    this.lanes.wire(this.box);
    this.form = element("div", { class: "fw-reason-form" });
    this.told_ = element("div", { class: "fw-told", role: "status" });
    const part = element("div", { class: "fw-part fw-board" }, element("div", { class: "fw-board-bar" }, this.told_), this.form, element("div", { class: "fw-board-body" }, this.box));
    root.replaceChildren(part);
    fit(part);
  }

  cases() {
    const held = new Map(this.data.cases.map(([name, type, reason, version]) => [name, { name, type, reason, version }]));
    for (const one of this.pending.values()) Object.assign(held.get(one.case) || {}, { type: one.type, reason: one.reason, waits: true });
    return held;
  }

  draw() {
    const had = this.lanes.hasFocus();
    const cards = new Map([...this.lists.keys()].map((key) => [key, []]));
    for (const one of this.cases().values()) (cards.get(one.type) || cards.get(UNPLACED)).push(this.card(one));
    for (const [key, { list, count }] of this.lists) {
      const at = list.scrollTop;
      const made = cards.get(key);
      count.textContent = String(made.length);
      list.replaceChildren(...(made.length ? made : [element("p", { class: "fw-hint", role: "presentation" }, key === UNPLACED ? say("Every case is placed.") : say("Drop a case here."))]));
      list.scrollTop = at;
    }
    this.lanes.drawn(had);
    this.told();
  }

  card(one) {
    const held = this.conflicts.get(one.name);
    return element(
      "div",
      { role: "option", tabindex: "-1", draggable: "true", data: { card: one.name }, class: `fw-card${one.waits ? " fw-waiting" : ""}` },
      element("span", { class: "fw-card-label", dir: "auto" }, one.name),
      one.reason ? element("span", { class: "fw-counts", dir: "auto" }, one.reason) : one.type ? element("span", { class: "fw-mark" }, say("no reason yet")) : null,
      held ? element("span", { class: "fw-mark" }, say("placed by somebody else meanwhile; yours was “{0}”: {1}", held.type, held.reason)) : null,
    );
  }

  told() {
    const held = this.lanes.dragged?.length ?? this.lanes.picked.size;
    this.told_.textContent = this.lanes.dragged
      ? say("Drop the case into its type.")
      : held
        ? say("{0} picked up. Arrows lead to a type, Enter places there. Esc: put down.", held)
        : say("Drag a case into its type, or: Space picks up, arrows move, Enter places. F2: reason. Delete: take out.");
    this.told_.classList.toggle("fw-busy", held > 0);
  }

  // --- acts ---

  drop(cases, target) {
    const all = this.cases();
    const type = target.lane ?? all.get(target.card)?.type;
    if (type === undefined) return false;
    if (type === UNPLACED) cases.forEach((name) => this.remove(name));
    else this.reason(cases.filter((name) => all.get(name)?.type !== type), type, "");
    return true;
  }

  // Enter on an empty lane has no card to land on: a type can be chosen in the form too.
  open(id) {
    if (id === null) return;
    const one = this.cases().get(id);
    if (one) this.reason([id], one.type, one.reason);
  }

  rename(id) {
    this.open(id);
  }

  make(ids) {
    const all = this.cases();
    this.reason(ids, all.get(ids[0])?.type, "");
  }

  remove(id) {
    const one = this.cases().get(id);
    if (!one || one.type === UNPLACED) return;
    this.ask("unplace_case", { typology: this.data.typology, case: id, row_version: one.version }, { case: id, type: UNPLACED, reason: "" });
  }

  // Ask why, and for the type where it is open; what is typed is kept until it is stored.
  reason(cases, type, text) {
    if (!cases.length) return;
    const choice = element("select", { "aria-label": say("Type") }, this.data.types.map((one) => element("option", { value: one.name }, one.name)));
    choice.value = type || this.data.types[0]?.name || "";
    const input = element("input", { type: "text", "aria-label": say("Reason"), placeholder: say("Why does it stand there?"), value: text });
    const leave = () => (this.form.replaceChildren(), this.lanes.focus(cases[0]));
    const keep = () => {
      for (const name of cases) this.place(name, choice.value, input.value.trim());
      this.conflicts.delete(cases[0]);
      this.lanes.current = cases[0];
      leave();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") keep();
      if (event.key === "Escape") leave();
    });
    this.form.replaceChildren(
      element("b", { dir: "auto" }, cases.join(", ")),
      choice,
      input,
      element("button", { class: "fw-main", onclick: keep }, say("Place")),
      element("button", { onclick: leave }, say("Cancel")),
    );
    input.focus();
  }

  place(name, type, reason) {
    const held = this.cases().get(name);
    this.ask("place_case", { typology: this.data.typology, case: name, type, reason, row_version: held.version }, { case: name, type, reason });
  }

  ask(operation, given, shown) {
    const number = outbox.add(operation, given, (answer) => {
      if (!answer.done) this.pending.delete(number);
      if (answer.changed && shown.type) this.conflicts.set(shown.case, shown);
      this.draw();
      return answer.changed;
    });
    this.pending.set(number, shown);
    this.draw();
  }
}

export default function ({ data, parentElement }) {
  const root = rooted(parentElement, "board");
  view("mapping:types", () => new Types()).show(root, data);
}
