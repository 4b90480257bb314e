// One cell with all that stands behind it: the rules of its code, what changed, what can be done,
// its statements and the words they rest on.

const version = new URL(import.meta.url).search;
const { element, fit, ink: inkOf, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { Cells, counted, spoken, stateBadge } = await import("./cells.js" + version);
const { CellStatements } = await import("./cellstatements.js" + version);
const { Transcript } = await import("./transcript.js" + version);
style("chart.css");

class Editor extends CellStatements {
  constructor(cells, text) {
    super();
    this.cells = cells;
    this.text = text; // the transcript that may stand beside
    text.listeners.add(() => this.paintChosen());
    text.citing = () => this.citeChosen();
    this.cards = new Map(); // key → [signature, node]
    this.active = null; // the draft whose evidence is ticked
    this.forms = 0; // how many empty forms there were
    cells.listeners.add(() => this.refresh());
    cells.enter = () => this.enter();
  }

  show(root, data) {
    this.root = root;
    this.data = data;
    this.cells.framework = data.framework;
    this.cells.seen = data.seen || {};
    if (!this.box?.isConnected || this.box.parentElement !== root) {
      this.cards.clear();
      this.head = element("div", { class: "fw-cell-head" });
      this.statements = element("div", { class: "fw-statements", role: "list", "aria-label": say("Statements") });
      this.below = element("div", { class: "fw-cell-below" });
      this.quotes = element("div", { class: "fw-quotes" });
      this.left = element("div", { class: "fw-cell-left" }, this.statements);
      this.body = element("div", { class: "fw-cell-body" }, this.left, this.quotes);
      this.chosen = element("div", {});
      this.box = element("div", { class: "fw-part fw-celleditor", role: "region", "aria-label": say("Cell"), onkeydown: (e) => this.pressed(e) }, this.head, this.below, this.chosen, this.body);
      this.left.addEventListener("dragover", (e) => this.over(e));
      this.left.addEventListener("drop", (e) => this.dropped(e));
      root.replaceChildren(this.box);
      fit(this.box);
    }
    this.cells.settle();
    this.refresh();
    if (this.wanted === this.cells.key() && this.cell()) {
      this.wanted = null;
      this.enter();
    }
  }

  // Somebody else changed or withdrew what is being written here: both texts are to be seen.
  meanwhile() {
    const cell = this.cell();
    if (!cell) return;
    const now = new Map(cell.statements.map((s) => [s[0], this.statementOf(s)]));
    for (const draft of this.cells.of(this.cells.key())) {
      if (!draft.statement || draft.sent !== null) continue;
      const theirs = now.get(draft.statement);
      if (!theirs) draft.theirs = { gone: true };
      else if (theirs.row !== draft.base.row) {
        if (this.same(theirs, draft.base)) draft.base.row = theirs.row;
        else if (!this.cells.differs(draft) || this.same(theirs, { ...draft, text: draft.text.trim() })) this.cells.drafts.delete(draft.id);
        else draft.theirs = theirs;
      }
    }
  }

  same(one, other) {
    const [a, b] = [[...one.evidence].sort(), [...other.evidence].sort()];
    return one.text === other.text && one.kind === other.kind && a.join() === b.join();
  }

  refresh() {
    if (!this.box?.isConnected) return;
    const cell = this.cell();
    if (this.data.evidence) return this.paintFigure(this.data.evidence);
    if (!cell) return this.paintWaiting();
    const key = this.cells.key();
    if (this.shownKey !== key) {
      this.shownKey = key;
      this.active = null;
      this.cards.clear();
      this.statements.replaceChildren();
      this.left.scrollTop = 0;
      this.quotes.scrollTop = 0;
    }
    this.meanwhile();
    this.paintHead(cell);
    const gone = new Set(this.cells.hidden.values());
    const drafts = this.cells.of(key);
    const cards = cell.statements
      .filter(([id]) => !gone.has(id))
      .map((row, n, all) => this.card(this.statementOf(row), drafts.find((d) => d.statement === row[0]), n, all.length));
    const known = new Set(cell.statements.map(([id]) => id));
    const lost = drafts.filter((d) => d.statement && !known.has(d.statement)).map((d) => this.editing(d));
    const fresh = drafts.filter((d) => !d.statement).map((d) => this.editing(d));
    if (!drafts.some((d) => !d.statement && d.sent === null)) fresh.push(this.newCard());
    this.place(this.statements, [...cards, ...lost, ...fresh]);
    this.paintBelow(cell);
    this.paintChosen();
    this.paintQuotes(cell);
  }

  paintWaiting() {
    const { selected } = this.cells;
    const known = selected.case && selected.code ? this.cells.look?.(selected.case, selected.code) : null;
    this.shownKey = null;
    this.below.replaceChildren();
    this.chosen.replaceChildren();
    this.quotes.replaceChildren();
    if (!known) {
      this.head.replaceChildren();
      this.statements.replaceChildren(element("p", { class: "fw-hint", role: "listitem" }, say("Choose a cell: its statements and the words behind them are shown here. Arrow keys walk, Enter writes.")));
      return;
    }
    this.head.replaceChildren(this.title(known), element("div", { class: "fw-row" }, stateBadge(known.state)));
    this.statements.replaceChildren(...known.statements.map(([, kind, text]) => element("div", { class: "fw-statement" }, spoken(kind, text))));
    this.quotes.replaceChildren(element("p", { class: "fw-hint" }, say("Fetching the words …")));
  }

  title({ caseName, number, codeName, colour: ink }) {
    return element(
      "h3",
      { class: "fw-cell-title", style: { "--fw-ink": inkOf(ink) } },
      element("span", { class: "fw-case-name", dir: "auto" }, caseName),
      " × ",
      element("span", { dir: "auto" }, `${number} ${codeName}`.trim()),
    );
  }

  paintFigure(evidence) {
    this.shownKey = null;
    this.head.replaceChildren(element("h3", { class: "fw-cell-title" }, `${evidence.by}: ${evidence.group} × ${evidence.codeName}`));
    this.statements.replaceChildren();
    this.below.replaceChildren();
    this.quotes.replaceChildren(
      element("h4", {}, counted(evidence.codings.length, "{0} coding", "{0} codings")),
      ...evidence.codings.map((row) => this.plainQuote(this.quoteOf(row))),
    );
  }

  paintHead(cell) {
    const node = this.kept("head", [cell, "head"], () => {
      const values = cell.attributes.map(([name, value]) => element("span", { class: "fw-value", title: name }, `${value}`));
      return element(
        "div",
        {},
        this.title(cell),
        element("div", { class: "fw-row" }, stateBadge(cell.state), ...values.slice(0, 4)),
        this.rules(cell),
        cell.state === "stale" ? this.whatChanged(cell) : null,
      );
    });
    this.place(this.head, [node]);
  }

  rules(cell) {
    const { definition, use_when: use, not_when: not, example } = cell.rules;
    const line = (label, text) => (text ? element("p", {}, element("b", {}, `${label} `), element("span", { dir: "auto" }, text)) : null);
    if (!(definition || use || not || example)) return element("p", { class: "fw-hint" }, say("This code has no definition yet."));
    const more = use || not || example;
    return element(
      "div",
      { class: "fw-rules" },
      element("p", { dir: "auto" }, definition),
      more ? element("details", {}, element("summary", {}, say("When to use it")), line(say("Use when"), use), line(say("Not when"), not), line(say("Example"), example)) : null,
    );
  }

  whatChanged(cell) {
    const quotes = new Map(cell.codings.map((row) => [row[0], this.quoteOf(row)]));
    const told = cell.changes.map(([what, coding, before, who, at]) => {
      const quote = quotes.get(coding);
      const made = `${who}, ${at}`;
      const words = quote ? quote.words.join(" … ") : before;
      const said = {
        new: [say("New coding ({0}):", made), `“${words}”`],
        gone: [say("Withdrawn ({0}):", made), `“${before || words}”`],
        moved: [say("Other words are coded now ({0}); they were:", made), `“${before}”`],
        recoded: [say("Has another code now ({0}); it was:", made), before],
      }[what];
      return element("li", {}, element("b", {}, `${said[0]} `), element("span", { dir: "auto" }, said[1]), quote && what !== "gone" ? this.opener(quote) : null);
    });
    if (cell.redefined) {
      const was = cell.rulesBefore;
      const before = was ? [was.definition, was.use_when, was.not_when].filter(Boolean).join(" · ") : "";
      told.push(element("li", {}, element("b", {}, before ? `${say("The definition of the code changed; it was:")} ` : say("The definition of the code changed.")), before));
    }
    return element(
      "div",
      { class: "fw-changes" },
      element("b", {}, say("Stale: changed since this was written or reviewed")),
      element("ul", {}, ...told),
      element("p", { class: "fw-hint" }, say("Mend the statements, or mark the cell as reviewed if they still hold.")),
    );
  }

  paintBelow(cell) {
    const { framework, case: of, code, row } = cell;
    const button = (text, act, kind = "", title = null) => element("button", { class: kind, onclick: act, title }, text);
    const acts = [];
    const participants = cell.statements.some(([, kind]) => kind !== "comment");
    const here = cell.codings.filter((q) => q[9] === "here");
    const cited = new Set(cell.statements.flatMap((s) => s[4]));
    if (here.some((q) => !cited.has(q[0]))) {
      acts.push(button(say("Fill with quotes"), () => outbox.add("fill_cell", { framework, case: of, code }), participants ? "" : "fw-main", say("Every quote that no statement cites yet becomes a quotation")));
    }
    if (participants && cell.state !== "reviewed") acts.push(button(say("Mark as reviewed"), () => outbox.add("review_cell", { framework, case: of, code, row_version: row }), cell.state === "stale" ? "fw-main" : ""));
    if (!participants && !here.length) {
      const mark = (what) => outbox.add("mark_cell", { framework, case: of, code, mark: what, row_version: row });
      for (const [what, text] of [["not asked", say("Not asked")], ["nothing said", say("Nothing said")]]) {
        const on = cell.mark === what;
        acts.push(element("button", { "aria-pressed": String(on), class: on ? "fw-main" : "", onclick: () => mark(on ? null : what) }, text));
      }
    }
    const back = this.cells.dropped?.key === this.cells.key() ? button(say("Bring back what I typed"), () => this.cells.bringBack()) : null;
    const beside = this.data.look === "words" ? button(say("Back to the chart"), () => this.tell({ look: "chart" })) : button(say("Transcript beside"), () => this.tell({ look: "words" }), "", say("Words of it can be dragged into the cell"));
    const node = this.kept("below", [cell.row, cell.mark, cell.state, cell.codings, cell.statements, this.data.look, !!back], () => element("div", { class: "fw-row" }, ...acts, beside, back));
    this.place(this.below, [node]);
  }

  enter() {
    const cell = this.cell();
    if (!cell) {
      this.wanted = this.cells.key();
      return;
    }
    const open = this.cells.of(this.cells.key()).find((d) => d.sent === null);
    if (open) return this.boxOf(open)?.focus();
    const first = cell.statements[0];
    if (first) this.edit(this.statementOf(first));
    else this.box.querySelector(".fw-new textarea")?.focus();
  }

  pressed(event) {
    const form = event.target.closest?.(".fw-editing");
    const draft = form && this.draftAt(form);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const one = draft || this.cells.of(this.cells.key()).find((d) => d.sent === null && this.cells.differs(d));
      if (one && !one.theirs) this.save(one);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (draft) this.cancel(draft);
      else this.cells.back?.();
    }
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const cells = view(data.view, () => new Cells());
  const root = rooted(parentElement, "chart");
  const editor = view(`${data.view}:cell`, () => new Editor(cells, view(`${data.view}:words`, (name) => new Transcript(name))));
  editor.tell = teller(setStateValue, parentElement);
  editor.show(root, data);
}
