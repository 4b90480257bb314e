// What is opened on the board: a node or a statement with all it rests on, down to the words.

const version = new URL(import.meta.url).search;
const { element, outbox, say } = await import("./core.js" + version);
const { kindName } = await import("./cards.js" + version);
const { followed } = await import("./follow.js" + version);

export class Drawer {
  constructor(board) {
    this.board = board;
    this.shows = null;
    this.words = new Map(); // id of what was opened → the statements below it, as last told
    this.of = new Map(); // id of what was opened → how many statements there are below it
    this.conflict = null;
    this.asking = "";
    this.noting = null;
  }

  build() {
    this.box = element("aside", { "aria-label": say("What is opened"), class: "fw-drawer fw-shut" });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const back = this.shows;
      this.board.open(null);
      if (back !== null) this.board.lanes.focus(back);
    });
    return this.box;
  }

  one() {
    const { nodes, statements } = this.board.ladder;
    return nodes.get(this.shows) || statements.get(this.shows);
  }

  open(id) {
    if (this.shows !== id) (this.noting = null), (this.asking = "");
    this.shows = id;
    this.fetch();
    this.draw();
  }

  close() {
    this.shows = null;
    this.conflict = null;
    this.noting = null;
    this.asking = "";
    this.draw();
  }

  // After the store has told news: fetch the words again where what stands below has changed.
  news() {
    if (this.shows === null) return;
    if (!this.one()) return this.close();
    const { nodes, statements } = this.board.ladder;
    const node = nodes.get(this.shows);
    const now = node ? `${node.cases} ${node.statements} ${this.board.ladder.children.get(node.id).length} ${node.bare}` : String(statements.get(this.shows)?.nodes);
    if (this.stood !== now && !node?.waits) this.fetch();
    this.draw();
  }

  fetch() {
    const { nodes, statements } = this.board.ladder;
    const id = this.shows;
    const ladder = this.board.data.ladder;
    const node = nodes.get(id);
    this.stood = node ? `${node.cases} ${node.statements} ${this.board.ladder.children.get(id).length} ${node.bare}` : String(statements.get(id)?.nodes);
    const heard = (answer) => {
      if (answer.done && answer.made) this.words.set(id, answer.made.said);
      if (answer.done && answer.made) this.of.set(id, answer.made.of);
      if (this.shows === id) this.draw();
    };
    if (node) outbox.add("words_below_node", { ladder, node: id }, heard);
    else outbox.add("words_of_statements", { ladder, statements: [id] }, heard);
  }

  ask(what) {
    this.asking = what;
    this.draw();
    this.box.querySelector(".fw-asked button")?.focus();
  }

  draw() {
    if (!this.box) return;
    const one = this.shows === null ? null : this.one();
    this.box.classList.toggle("fw-shut", !one);
    if (!one) return this.box.replaceChildren();
    const at = this.box.scrollTop;
    const typed = this.noting;
    const had = this.box.contains(document.activeElement) && document.activeElement === typed;
    this.box.replaceChildren(...(one.level ? this.node(one) : this.statement(one)).filter(Boolean));
    this.box.scrollTop = at;
    if (had) typed.focus();
  }

  head(level, id, text) {
    const shut = element("button", { class: "fw-plain", "aria-label": say("Close"), onclick: () => (this.board.open(null), this.board.lanes.focus(id)) }, "×");
    return element("div", { class: "fw-drawer-head" }, element("span", { class: "fw-hint" }, level), shut, element("h3", { dir: "auto" }, text));
  }

  node(node) {
    const { board } = this;
    const button = (text, act, kind = "") => element("button", { class: kind, onclick: act }, text);
    const opens = { ladder: board.data.ladder, node: node.id };
    return [
      this.head(board.levelName(node.level), node.id, node.label),
      element("p", { class: "fw-counts" }, node.waits ? "…" : board.cards.counts(node)),
      element(
        "div",
        { class: "fw-row" },
        button(say("Rename"), () => board.rename(node.id)),
        button(node.note ? say("Change note") : say("Add note"), () => this.note(node)),
        button(say("Withdraw"), () => this.ask("withdraw")),
        followed((said) => board.tell(said), "mapping", opens, { class: "fw-address", title: say("This address opens the node") }, say("Address")),
      ),
      this.asked(node),
      this.both(node),
      this.noting ? this.noteForm(node) : node.note ? element("p", { class: "fw-note", dir: "auto" }, node.note) : null,
      this.neighbours(say("Stands under"), node.parents, (parent) => board.takeOut(node.id, parent)),
      this.neighbours(say("Holds"), board.ladder.children.get(node.id) || [], (child) => board.takeOut(child, node.id)),
      ...this.below(node),
    ];
  }

  statement(one) {
    const { board } = this;
    const found = (this.words.get(one.id) || []).find((said) => said.statement_id === one.id);
    return [
      this.head(`${one.of} · ${one.code} · ${kindName(one.kind)}`, one.id, one.kind === "verbatim" ? `“${one.text}”` : one.text),
      this.neighbours(say("Feeds"), one.nodes, (node) => board.takeOut(one.id, node)),
      one.nodes.length ? null : element("p", { class: "fw-hint" }, one.kind === "comment" ? say("A comment may feed a node; it speaks for no case.") : say("Feeds nothing yet. Drag it onto an element, or press N for a new one.")),
      found ? this.quotes(found.quotes) : element("p", { class: "fw-hint" }, say("Fetching the words …")),
    ];
  }

  // What Delete or Withdraw asks before it does anything.
  asked(node) {
    if (this.asking === "withdraw") {
      return element(
        "div",
        { class: "fw-asked" },
        element("p", {}, say("Withdraw “{0}”? What stands under it stays. Undo brings it back.", node.label)),
        element("div", { class: "fw-row" }, element("button", { class: "fw-main", onclick: () => this.board.withdraw(node.id) }, say("Withdraw")), element("button", { onclick: () => this.ask("") }, say("Cancel"))),
      );
    }
    return this.asking === "out" ? element("p", { class: "fw-asked" }, say("It stands under several: choose below from which to take it out.")) : null;
  }

  // Somebody else changed the same text meanwhile: both, to choose from.
  both(node) {
    const held = this.conflict;
    if (!held || held.node !== node.id) return null;
    const again = () => {
      this.conflict = null;
      this.board.change(node, held.name, held.kind, held.field, held.value);
      this.draw();
    };
    return element(
      "div",
      { class: "fw-asked", role: "alert" },
      element("p", {}, say("Somebody else changed this meanwhile.")),
      element("p", {}, element("b", {}, say("Theirs:") + " "), node[held.field]),
      element("p", {}, element("b", {}, say("Yours:") + " "), held.value),
      element("div", { class: "fw-row" }, element("button", { onclick: () => ((this.conflict = null), this.draw()) }, say("Keep theirs")), element("button", { class: "fw-main", onclick: again }, say("Use mine"))),
    );
  }

  note(node) {
    this.noting = element("textarea", { rows: "4", "aria-label": say("Note on {0}", node.label) });
    this.noting.value = node.note;
    this.draw();
    this.noting.focus();
  }

  noteForm(node) {
    const keep = () => {
      const note = this.noting.value.trim();
      this.noting = null;
      if (note !== node.note) this.board.change(node, "note_node", "note", "note", note);
      this.draw();
    };
    return element("div", { class: "fw-note-form" }, this.noting, element("div", { class: "fw-row" }, element("button", { class: "fw-main", onclick: keep }, say("Keep note")), element("button", { onclick: () => ((this.noting = null), this.draw()) }, say("Cancel"))));
  }

  neighbours(head, ids, out) {
    const { nodes } = this.board.ladder;
    const known = ids.filter((id) => nodes.has(id));
    if (!known.length) return null;
    const chip = (id) =>
      element(
        "span",
        { class: "fw-chip" },
        element("button", { class: "fw-plain fw-chip-name", onclick: () => (this.board.lanes.focus(id), this.board.open(id)) }, nodes.get(id).label),
        element("button", { class: "fw-plain", title: say("Take out"), "aria-label": say("Take out: {0}", nodes.get(id).label), onclick: () => out(id) }, "×"),
      );
    return element("div", { class: "fw-neighbours" }, element("span", { class: "fw-hint" }, head), known.map(chip));
  }

  // The statements below a node, case by case, each with its words.
  below(node) {
    const told = this.words.get(node.id);
    if (!told) return [element("p", { class: "fw-hint" }, say("Fetching the words …"))];
    if (!told.length) return [element("p", { class: "fw-hint" }, say("No statement stands below it yet. Drag some onto it."))];
    const parts = [];
    let before = null;
    for (const said of told) {
      if (said.case !== before) {
        before = said.case;
        parts.push(element("h4", {}, said.case));
      }
      parts.push(this.oneSaid(node, said));
    }
    const of = this.of.get(node.id);
    const first = say("The first {0} of {1} statements are shown; those of each node below it open there.", told.length, of);
    return of > told.length ? [element("p", { class: "fw-hint" }, first), ...parts] : parts;
  }

  oneSaid(node, said) {
    const direct = said.nodes.includes(node.id);
    const through = said.nodes.map((id) => this.board.ladder.nodes.get(id)?.label).filter(Boolean).join(", ");
    const out = () => {
      this.words.set(node.id, this.words.get(node.id).filter((one) => one !== said));
      this.of.set(node.id, this.of.get(node.id) - 1);
      this.board.takeOut(said.statement_id, node.id);
    };
    return element(
      "div",
      { class: `fw-below fw-kind-${said.kind}` },
      element(
        "p",
        { class: "fw-below-text", dir: "auto" },
        direct ? element("button", { class: "fw-plain", title: say("Take out"), "aria-label": say("Take out: {0}", said.text), onclick: out }, "×") : null,
        said.kind === "verbatim" ? `“${said.text}”` : said.text,
      ),
      element("p", { class: "fw-hint" }, direct ? said.code : `${said.code} → ${through}`),
      this.quotes(said.quotes),
    );
  }

  quotes(quotes) {
    return element(
      "div",
      { class: "fw-quotes" },
      quotes.map(([coding, words, transcript]) =>
        followed((said) => this.board.tell(said), "indexing", { transcript, coding }, { class: "fw-quoted", dir: "auto", title: say("Open in {0}", transcript) }, `“${words}”`, element("span", { class: "fw-hint" }, ` ${transcript}`)),
      ),
    );
  }
}
