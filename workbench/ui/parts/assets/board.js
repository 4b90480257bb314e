// The board of a ladder: the statements of a column at the left, the levels beside it, and the
// words under what is opened. Cards are dropped onto cards (to stand under them, to feed them)
// or into the room of a lane (to make a new node there).

const version = new URL(import.meta.url).search;
const { element, fit, notice, rooted, say, style, teller, view } = await import("./core.js" + version);
const { Lanes } = await import("./lanes.js" + version);
const { Ladder } = await import("./ladder.js" + version);
const { Cards, STATEMENTS } = await import("./cards.js" + version);
const { Drawer } = await import("./drawer.js" + version);
const { Naming } = await import("./naming.js" + version);
style("board.css");

const FIRST = 2;
const LAST = 5;
const shown = () => ({ all: say("Everything"), column: say("What this column reaches"), unused: say("Only what is unused") });

class Board {
  constructor() {
    this.ladder = new Ladder();
    this.cards = new Cards(this.ladder);
    this.lanes = new Lanes(this);
    this.drawer = new Drawer(this);
    this.query = "";
    this.shown = "all";
    this.naming = new Naming(this);
  }

  show(root, data) {
    const another = this.data?.ladder !== data.ladder || this.data?.project !== data.project;
    this.data = data;
    this.levels = Object.keys(data.levels).map(Number).filter((level) => level >= FIRST);
    this.ladder.show(data, data.seen);
    if (another) {
      this.lanes.picked.clear();
      this.drawer.close();
      this.naming.form = null;
    }
    const named = JSON.stringify(data.levels);
    if (this.root !== root || !this.box?.isConnected || this.named !== named) (this.named = named), this.build(root);
    this.draw();
    this.drawer.news();
    if (data.focus && data.focus.ask !== this.asked) {
      this.asked = data.focus.ask;
      this.showAll();
      requestAnimationFrame(() => {
        this.lanes.focus(data.focus.ask);
        this.open(data.focus.ask);
      });
    }
  }

  showAll() {
    this.filter.value = this.shown = "all";
    this.search.value = this.query = "";
    this.draw();
  }

  levelName(level) {
    return this.data.levels[level];
  }

  build(root) {
    this.root = root;
    this.search = element("input", { type: "search", placeholder: say("Find in statements and nodes"), "aria-label": say("Find in statements and nodes"), value: this.query });
    this.search.addEventListener("input", () => {
      this.query = this.search.value;
      this.draw();
    });
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Escape") (this.search.value = this.query = ""), this.draw();
      if (event.key === "ArrowDown" || event.key === "Enter") this.box.querySelector("[data-card]")?.focus();
    });
    this.filter = element("select", { "aria-label": say("What is shown") }, Object.entries(shown()).map(([key, text]) => element("option", { value: key }, text)));
    this.filter.value = this.shown;
    this.filter.addEventListener("change", () => {
      this.shown = this.filter.value;
      this.draw();
    });
    this.told_ = element("div", { class: "fw-told", role: "status" });
    this.rows = new Map();
    this.box = element("div", { class: "fw-lanes" }, [STATEMENTS, ...this.levels].map((level) => this.lane(level)));
    this.lanes.wire(this.box);
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "/" && event.target.dataset?.card) (event.preventDefault(), this.search.focus());
    });
    const part = element(
      "div",
      { class: "fw-part fw-board" },
      element("div", { class: "fw-board-bar" }, this.search, this.filter, this.told_),
      element("div", { class: "fw-board-body" }, this.box, this.drawer.build()),
    );
    root.replaceChildren(part);
    fit(part);
  }

  lane(level) {
    const name = this.levelName(level);
    const head = element("div", { class: "fw-lane-head" }, element("b", { class: "fw-lane-name" }, name), element("span", { class: "fw-lane-count" }));
    const add = level === STATEMENTS ? null : element("button", { class: "fw-plain fw-lane-add", title: say("New {0}", name), "aria-label": say("New {0}", name), onclick: () => this.naming.ask(level, []) }, "+");
    if (add) head.append(add);
    const list = element("div", { class: "fw-lane-cards", role: "listbox", "aria-multiselectable": "true", "aria-label": name, tabindex: "-1" });
    const form = element("div", { class: "fw-lane-form" });
    this.rows.set(level, { head, form, list });
    return element("section", { class: `fw-lane fw-level-${level}`, data: { lane: level }, "aria-label": name }, head, form, list);
  }

  // --- drawing ---

  draw() {
    if (!this.box) return;
    const had = this.lanes.hasFocus();
    const { ladder } = this;
    this.reach = this.shown === "column" ? ladder.reached() : null;
    const seated = [];
    for (const level of [...this.levels].reverse()) {
      const found = ladder.inOrder(level, seated);
      seated.push(...found.map(({ node }) => node.id));
      this.drawLane(level, found.filter(({ node }) => this.meets(node)), found.length);
    }
    const said = [...ladder.statements.values()];
    this.drawLane(STATEMENTS, said.filter((one) => this.meets(one)).map((node) => ({ node, under: undefined })), said.length);
    this.lanes.drawn(had);
    this.litOf = null;
    this.told();
    this.naming.goOn();
  }

  meets(one) {
    const words = `${one.label ?? one.text} ${one.of ?? ""} ${one.code ?? ""} ${one.note ?? ""}`.toLocaleLowerCase();
    if (this.query.trim() && !words.includes(this.query.trim().toLocaleLowerCase())) return false;
    if (this.shown === "unused") return this.ladder.unused(one);
    return !(this.reach && one.level && !this.reach.has(one.id));
  }

  // A lane whose cards are the same as before stays as it is; so does a card.
  drawLane(level, found, of) {
    const row = this.rows.get(level);
    const { head, list } = row;
    head.querySelector(".fw-lane-count").textContent = found.length === of ? String(of) : say("{0} of {1}", found.length, of);
    const marks = found.map(({ node, under }) => this.cards.signature(node, under));
    const whole = JSON.stringify([of > 0, marks]);
    if (row.drawn === whole) return;
    row.drawn = whole;
    const at = list.scrollTop;
    const kept = new Map();
    const card = (node, under, mark) => {
      const held = row.cards?.get(node.id);
      const made = held?.mark === mark ? held.made : this.cards.of(level, node, under);
      kept.set(node.id, { mark, made });
      return made;
    };
    const made = [];
    let group = list;
    let before;
    const into = (child) => (group === list ? made.push(child) : group.append(child));
    for (const [place, { node, under }] of found.entries()) {
      const heading = level === STATEMENTS ? node.code : under;
      if (heading !== before && heading !== undefined && level !== Math.max(...this.levels)) {
        before = heading;
        group = list;
        group = this.cards.group(level, heading);
        made.push(group);
      }
      into(card(node, under, marks[place]));
    }
    row.cards = kept;
    if (!made.length) made.push(element("p", { class: "fw-hint", role: "presentation" }, this.cards.emptyLane(level, of)));
    list.replaceChildren(...made);
    list.scrollTop = at;
  }

  // --- what is told, and what is lit ---

  told() {
    const { picked, dragged } = this.lanes;
    const held = dragged ? dragged.length : picked.size;
    const next = this.levelName(Math.min(LAST, this.levelOf([...(dragged || picked)]) + 1));
    this.told_.textContent = dragged
      ? say("Drop on a card, or into a lane for a new one. With Shift: move.")
      : held
        ? say("{0} picked up. Enter: drop here. Shift+Enter: move here. N: new {1}. Esc: put down.", held, next)
        : say("Space picks up, arrows move, Enter opens, N makes a new one, F2 renames, Delete takes out.");
    this.told_.title = this.told_.textContent;
    this.told_.classList.toggle("fw-busy", held > 0);
    const lit = this.drawer.shows ?? null;
    if (this.litBy !== lit || this.litOf !== this.ladder.nodes) {
      this.litBy = lit;
      this.litOf = this.ladder.nodes;
      this.light = lit === null ? null : this.ladder.lineage(lit);
      for (const card of this.box.querySelectorAll("[data-card]")) {
        card.classList.toggle("fw-lit", Boolean(this.light?.has(card.dataset.card)));
        card.classList.toggle("fw-opened", card.dataset.card === lit);
      }
      this.box.classList.toggle("fw-lighting", this.light !== null);
    }
  }

  levelOf(ids) {
    return Math.max(STATEMENTS, ...ids.map((id) => this.ladder.nodes.get(id)?.level ?? STATEMENTS));
  }

  beside(id, direction) {
    const one = this.ladder.nodes.get(id) || this.ladder.statements.get(id);
    if (!one) return [];
    const said = [...this.ladder.statements.values()].filter((s) => s.nodes.includes(id)).map((s) => s.id);
    return direction > 0 ? one.parents || one.nodes : [...(this.ladder.children.get(id) || []), ...said];
  }

  // --- acts ---

  drop(ids, target, moving) {
    if (ids.some((id) => id.startsWith("new:")) || target.card?.startsWith("new:")) {
      notice(say("This is still being stored. Try again in a moment."), "info");
      return false;
    }
    const said = ids.filter((id) => this.ladder.statements.has(id));
    const nodes = ids.filter((id) => this.ladder.nodes.has(id));
    if (target.lane !== undefined) return this.dropIntoLane(said, nodes, Number(target.lane));
    const onto = this.ladder.nodes.get(target.card);
    if (!onto) {
      notice(say("Drop statements on a node, not on another statement."), "info");
      return false;
    }
    const high = nodes.find((id) => this.ladder.nodes.get(id).level >= onto.level);
    if (high) {
      notice(say("“{0}” is not on a lower level than “{1}”, so it cannot stand under it.", this.ladder.nodes.get(high).label, onto.label), "info");
      return false;
    }
    if (said.length) this.ladder.ask("feed_node", { node: onto.id, statements: said }, { kind: "feed", node: onto.id, statements: said }, () => this.draw());
    if (nodes.length) this.putUnder(nodes, onto, moving);
    this.draw();
    return true;
  }

  putUnder(nodes, onto, moving) {
    if (!moving) {
      this.ladder.ask("connect_nodes", { children: nodes, parent: onto.id }, { kind: "connect", node: onto.id, children: nodes }, () => this.draw());
      return;
    }
    for (const id of nodes) {
      const [from] = this.ladder.nodes.get(id).parents.filter((parent) => parent !== onto.id);
      const given = { node: id, parent: onto.id, away_from: from ?? null };
      const shown = [{ kind: "connect", node: onto.id, children: [id] }];
      if (from) shown.push({ kind: "disconnect", node: from, child: id });
      this.ladder.ask("move_node", given, shown, () => this.draw());
    }
  }

  dropIntoLane(said, nodes, level) {
    if (level < FIRST) return false;
    const high = nodes.find((id) => this.ladder.nodes.get(id).level >= level);
    if (high) {
      if (nodes.some((id) => this.ladder.nodes.get(id).level > level)) notice(say("A new {0} can only stand over what is lower.", this.levelName(level)), "info");
      return false;
    }
    this.naming.ask(level, [...said, ...nodes]);
    return true;
  }

  make(ids) {
    const level = Math.min(LAST, this.levelOf(ids) + 1);
    const highest = ids.every((id) => this.ladder.nodes.get(id)?.level === LAST);
    const below = ids.filter((id) => (this.ladder.nodes.get(id)?.level ?? STATEMENTS) < level && !id.startsWith("new:"));
    this.naming.ask(highest ? LAST : level, highest ? [] : below);
  }

  rename(id) {
    this.naming.rename(id);
  }

  // Store another label or note; where somebody else was quicker, show both texts.
  change(node, name, kind, field, value) {
    this.ladder.ask(name, { node: node.id, [field]: value, row_version: node.version }, { kind, node: node.id, [field]: value }, (answer) => {
      if (answer.changed) {
        this.drawer.conflict = { node: node.id, name, kind, field, value };
        this.open(node.id);
      }
      this.draw();
      return answer.changed;
    });
    this.draw();
  }

  // Delete takes a card out of where it stands; what stands nowhere can be withdrawn.
  remove(id) {
    const node = this.ladder.nodes.get(id);
    const said = this.ladder.statements.get(id);
    if (node?.fresh) return;
    const over = node ? node.parents : said.nodes;
    if (over.length === 1) return this.takeOut(id, over[0]);
    this.open(id);
    this.drawer.ask(over.length ? "out" : node ? "withdraw" : "");
  }

  takeOut(id, from) {
    const said = this.ladder.statements.has(id) || !this.ladder.nodes.has(id);
    if (said) this.ladder.ask("unfeed_node", { node: from, statements: [id] }, { kind: "unfeed", node: from, statements: [id] }, () => this.draw());
    else this.ladder.ask("disconnect_nodes", { child: id, parent: from }, { kind: "disconnect", node: from, child: id }, () => this.draw());
    this.draw();
    this.drawer.draw();
  }

  withdraw(id) {
    this.ladder.ask("withdraw_node", { node: id }, { kind: "withdraw", node: id }, () => this.draw());
    this.open(null);
    this.draw();
  }

  shift(id, by) {
    const node = this.ladder.nodes.get(id);
    if (!node || node.fresh) return;
    const card = this.lanes.card(id);
    const all = [...card.parentElement.querySelectorAll("[data-card]")];
    const other = all[all.indexOf(card) + by];
    if (!other) return;
    const level = [...this.ladder.nodes.values()].filter((one) => one.level === node.level && !one.fresh).map((one) => one.id);
    this.ladder.ask("place_node", { node: id, position: level.indexOf(other.dataset.card) + 1 }, { kind: "place", node: id }, () => this.draw());
    this.draw();
  }

  open(id) {
    if (id === null) this.drawer.close();
    else if (!id.startsWith("new:")) {
      this.drawer.open(id);
      this.lanes.card(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.told();
    this.bringIntoView();
  }

  // In lanes where nothing that is lit is in sight, scroll to the first of it.
  bringIntoView() {
    if (!this.light) return;
    for (const { list } of this.rows.values()) {
      const lit = [...list.querySelectorAll(".fw-lit")];
      const frame = list.getBoundingClientRect();
      const seen = lit.some((card) => card.getBoundingClientRect().bottom > frame.top && card.getBoundingClientRect().top < frame.bottom);
      if (lit.length && !seen) list.scrollTop += lit[0].getBoundingClientRect().top - frame.top - 60;
    }
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = rooted(parentElement, "board");
  const board = view("mapping:board", () => new Board());
  board.tell = teller(setStateValue, parentElement);
  board.show(root, data);
}
