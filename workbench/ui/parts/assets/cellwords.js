// The words of a cell: the codings that its statements may rest on. They are picked by a tick, or
// dragged: onto a statement they are cited, into the cell they become a quotation.

const version = new URL(import.meta.url).search;
const { element, notice, say } = await import("./core.js" + version);
const { followed } = await import("./follow.js" + version);
const { counted } = await import("./cells.js" + version);
const { PLACE } = await import("./transcript.js" + version);

const DRAGGED = "application/x-fw-coding";

export class CellWords {
  // The cell that is chosen, once the page has brought it.
  cell() {
    const { cell } = this.data || {};
    const { selected } = this.cells;
    return cell && cell.case === selected.case && cell.code === selected.code ? cell : null;
  }

  where() {
    const cell = this.cell();
    return { framework: cell.framework, case: cell.case, code: cell.code, caseName: cell.caseName, codeName: cell.codeName };
  }

  statementOf([id, kind, text, row, evidence, who, at, label]) {
    return { id, kind, text, row, evidence, who, at, label };
  }

  quoteOf([id, words, transcript, turn, speaker, coder, run, code, uncertain, where]) {
    return { id, words, transcript, turn, speaker, coder, run, code, uncertain, where };
  }

  // Keep the nodes that stay, so that nobody who types loses the place.
  place(parent, nodes) {
    const wanted = new Set(nodes);
    for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, n) => {
      if (parent.children[n] !== node) parent.insertBefore(node, parent.children[n] || null);
    });
  }

  kept(key, signature, make) {
    const said = JSON.stringify(signature);
    const held = this.cards.get(key);
    if (held && held[0] === said) return held[1];
    const node = make();
    this.cards.set(key, [said, node]);
    return node;
  }

  // --- the list ---

  paintQuotes(cell) {
    const rows = cell.codings.map((row) => this.quoteOf(row));
    const cited = new Map();
    cell.statements.forEach((s, n) => s[4].forEach((i) => cited.set(i, [...(cited.get(i) || []), n + 1])));
    const heading = element("h4", { class: "fw-heading" }, rows.length ? say("Words of the case") : say("No words of this case have this code"));
    const help = rows.length ? element("p", { class: "fw-hint", id: "fw-ticks" }) : element("p", { class: "fw-hint" }, say("Code some on the page Indexing, or say that it was not asked."));
    const top = this.kept("quotes", [rows.length], () => element("div", {}, heading, help));
    const nodes = rows.map((quote) => this.kept(`q${quote.id}`, [quote, cited.get(quote.id)], () => this.quote(quote, cited.get(quote.id) || [])));
    this.place(this.quotes, [top, ...nodes]);
    this.paintTicks();
  }

  paintTicks() {
    if (!this.cell()) return;
    const draft = this.current();
    if (!draft) return;
    const cited = this.evidenceOf(draft);
    for (const node of this.quotes.querySelectorAll(".fw-quoted")) {
      const tick = node.querySelector("input");
      if (tick) tick.checked = cited.has(node.dataset.coding);
      node.classList.toggle("fw-cited", cited.has(node.dataset.coding));
    }
    const at = this.cell().statements.findIndex(([id]) => id === draft.statement);
    const help = this.quotes.querySelector("#fw-ticks");
    const said = at >= 0 ? say("Ticked: what statement {0} rests on. A click adds or takes away.", at + 1) : say("Ticked: what the new statement will rest on.");
    if (help && help.textContent !== said) help.textContent = said;
    for (const node of this.statements.querySelectorAll(".fw-editing")) node.classList.toggle("fw-active", node.dataset.draft === draft.id);
    for (const node of this.statements.querySelectorAll(".fw-rests")) {
      const its = this.draftAt(node.closest(".fw-editing"));
      const number = its ? this.restsOn([...this.evidenceOf(its)]).live : 0;
      const text = counted(number, "rests on {0} quote", "rests on {0} quotes");
      if (node.textContent !== text) node.textContent = text;
    }
  }

  // How many of these codings still stand, and how many were withdrawn.
  restsOn(evidence) {
    const withdrawn = new Set(this.cell().codings.map((row) => this.quoteOf(row)).filter((quote) => quote.where === "gone").map((quote) => quote.id));
    const gone = evidence.filter((id) => withdrawn.has(id)).length;
    return { live: evidence.length - gone, gone };
  }

  toggle(quote) {
    const draft = this.current();
    if (!draft) return;
    const held = new Set(this.evidenceOf(draft));
    if (!held.delete(quote.id)) held.add(quote.id);
    draft.evidence = held;
    draft.own = true;
    draft.paintButtons?.();
    this.paintTicks();
    if (this.cells.drafts.has(draft.id)) this.cells.changed();
  }

  opener(quote) {
    const asks = { transcript: quote.transcript, coding: quote.id, run: quote.run, framework: this.data.framework };
    return followed((said) => this.tell(said), "indexing", asks, { class: "fw-open-words" }, say("Open in transcript"));
  }

  placeOf(quote) {
    const turn = quote.turn ? say("turn {0}", quote.turn) : "";
    return [quote.transcript, turn, quote.speaker, quote.coder].filter(Boolean).join(" · ");
  }

  plainQuote(quote) {
    return element("div", { class: "fw-quoted fw-behind" }, element("p", { class: "fw-quote-words", dir: "auto" }, `“${quote.words.join(" … ")}”`), element("div", { class: "fw-by" }, element("span", {}, this.placeOf(quote)), this.opener(quote)));
  }

  quote(quote, cited) {
    const words = quote.words.join(" … ");
    const flags = [
      quote.uncertain ? say("uncertain") : "",
      quote.where === "beside" ? say("coded {0}", quote.code) : "",
      quote.where === "gone" ? say("withdrawn") : "",
      cited.length ? "" : say("not used yet"),
    ].filter(Boolean);
    const tick = element("input", { type: "checkbox", "aria-label": say("Rests on these words: {0}", words.slice(0, 60)), onchange: () => this.toggle(quote) });
    const node = element(
      "div",
      { class: `fw-quoted fw-${quote.where}`, draggable: quote.where === "gone" ? null : "true", data: { coding: quote.id } },
      quote.where === "gone" ? null : tick,
      element(
        "div",
        { class: "fw-quote-body" },
        element("p", { class: "fw-quote-words", dir: "auto", onclick: () => quote.where !== "gone" && this.toggle(quote) }, `“${words}”`),
        element(
          "div",
          { class: "fw-by" },
          element("span", {}, this.placeOf(quote)),
          ...flags.map((flag) => element("span", { class: "fw-flag" }, flag)),
          element("span", { class: "fw-gap" }),
          quote.where === "gone" ? null : element("button", { class: "fw-plain fw-link", onclick: () => this.quoteAsStatement(quote) }, say("Use as quotation")),
          this.opener(quote),
        ),
      ),
    );
    node.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData(DRAGGED, quote.id);
      event.dataTransfer.setData("text/plain", words);
      event.dataTransfer.effectAllowed = "copy";
    });
    return node;
  }

  quoteAsStatement(quote) {
    for (const text of quote.words) {
      const draft = this.cells.begin(this.where(), null, { text: text.trim(), kind: "verbatim", evidence: new Set([quote.id]), own: true });
      this.cells.send(draft);
    }
  }

  // --- words that are chosen in the transcript beside ---

  paintChosen() {
    const { draft, box } = this.text;
    const cell = this.cell();
    if (!this.chosen) return;
    if (!cell || !draft || !box?.isConnected) return this.chosen.replaceChildren();
    const words = this.text.draftWords();
    const statements = cell.statements.map((row) => this.statementOf(row));
    const node = this.kept("chosen", [words, draft, statements], () =>
      element(
        "div",
        { class: "fw-citing", role: "group", "aria-label": say("Chosen words") },
        element("p", { class: "fw-quote-words", dir: "auto" }, `“${words}”`),
        element(
          "div",
          { class: "fw-row" },
          element("button", { class: "fw-main", onclick: () => this.citeChosen() }, say("Cite these words")),
          ...statements.map((one, n) => element("button", { title: one.text, onclick: () => this.citeChosen(one) }, say("For statement {0}", n + 1))),
        ),
      ),
    );
    this.place(this.chosen, [node]);
  }

  // Cite the words that are chosen for a statement, or as a quotation of their own.
  citeChosen(statement = null) {
    if (!this.text.draft || !this.cell()) return;
    const { framework, case: of, code } = this.where();
    const held = statement ? { statement: statement.id, row_version: statement.row } : {};
    this.text.cite({ framework, case: of, code, ...held });
  }

  droppedPlace(event) {
    event.preventDefault();
    const card = event.target.closest?.(".fw-statement");
    const draft = card && this.draftAt(card);
    const held = card && this.cell().statements.find(([s]) => s === card.dataset.statement);
    if (draft && this.cells.differs(draft)) return notice(say("Save this statement first; then cite the words for it."));
    if (draft?.statement) this.cells.drop(draft);
    this.citeChosen(held ? this.statementOf(held) : null);
  }

  // --- dragging ---

  over(event) {
    if (![DRAGGED, PLACE].some((kind) => event.dataTransfer.types.includes(kind))) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    const target = event.target.closest?.(".fw-statement");
    for (const node of this.left.querySelectorAll(".fw-over")) if (node !== target) node.classList.remove("fw-over");
    (target || this.left).classList.add("fw-over");
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.box.querySelectorAll(".fw-over").forEach((n) => n.classList.remove("fw-over")), 400);
  }

  dropped(event) {
    if (event.dataTransfer.types.includes(PLACE)) return this.droppedPlace(event);
    const id = event.dataTransfer.getData(DRAGGED);
    const row = this.cell()?.codings.find((q) => q[0] === id);
    if (!row) return;
    event.preventDefault();
    const quote = this.quoteOf(row);
    const card = event.target.closest?.(".fw-statement");
    const draft = card && this.draftAt(card);
    const held = card && this.cell().statements.find(([s]) => s === card.dataset.statement);
    if (draft && (draft.statement || draft.text.trim())) {
      this.active = draft;
      draft.evidence = new Set([...this.evidenceOf(draft), id]);
      draft.own = true;
      draft.paintButtons?.();
      this.cells.changed();
    } else if (held) {
      const statement = this.statementOf(held);
      if (statement.evidence.includes(id)) return;
      const cited = this.cells.begin(this.where(), statement);
      cited.evidence.add(id);
      this.cells.send(cited);
    } else this.quoteAsStatement(quote);
  }
}
