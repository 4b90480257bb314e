// The statements of a cell: as cards, as forms in which they are written and changed, and both
// texts where somebody else changed one meanwhile.

const version = new URL(import.meta.url).search;
const { element, outbox, say } = await import("./core.js" + version);
const { KINDS, columnBefore, counted, kindName, spoken } = await import("./cells.js" + version);
const { CellWords } = await import("./cellwords.js" + version);

export class CellStatements extends CellWords {
  card(statement, draft, n, all) {
    if (draft) return this.editing(draft);
    const move = (step) => outbox.add("move_statement", { statement: statement.id, position: n + 1 + step, row_version: statement.row });
    const rests = this.restsOn(statement.evidence);
    return this.kept(statement.id, [statement, n, all, rests], () => {
      const edit = () => this.edit(statement);
      const button = (label, text, act, off = false) => element("button", { class: "fw-plain", title: label, "aria-label": label, disabled: off, onclick: act }, text);
      const node = element(
        "div",
        { class: `fw-statement fw-kind-${statement.kind}`, role: "listitem", tabindex: "0", data: { statement: statement.id } },
        element("div", { class: "fw-said", onclick: edit }, columnBefore(statement.label), spoken(statement.kind, statement.text)),
        element(
          "div",
          { class: "fw-by" },
          element("span", {}, `${kindName(statement.kind)} · ${statement.who} · ${statement.at}`),
          element("span", { class: rests.live ? "fw-chip" : "fw-chip fw-bare", title: say("The words it rests on") }, counted(rests.live, "{0} quote", "{0} quotes"), rests.gone ? ` · ${say("{0} withdrawn", rests.gone)}` : ""),
          element("span", { class: "fw-gap" }),
          button(say("Up"), "↑", () => move(-1), n === 0),
          button(say("Down"), "↓", () => move(1), n === all - 1),
          button(say("Edit"), "✎", edit),
          button(say("Withdraw"), "✕", () => this.cells.withdraw(statement.id)),
        ),
      );
      node.addEventListener("keydown", (event) => {
        if (event.target !== node) return;
        if (event.key === "Enter" || event.key === "F2") edit();
        else if (event.altKey && event.key === "ArrowUp" && n > 0) move(-1);
        else if (event.altKey && event.key === "ArrowDown" && n < all - 1) move(1);
        else if (event.key === "Delete") this.cells.withdraw(statement.id);
        else return;
        event.preventDefault();
      });
      node.addEventListener("mouseenter", () => this.glow(statement.evidence));
      node.addEventListener("mouseleave", () => this.glow([]));
      node.addEventListener("focus", () => this.glow(statement.evidence));
      node.addEventListener("blur", () => this.glow([]));
      return node;
    });
  }

  glow(ids) {
    for (const node of this.quotes.querySelectorAll(".fw-quoted")) node.classList.toggle("fw-glow", ids.includes(node.dataset.coding));
  }

  edit(statement) {
    const draft = this.cells.begin(this.where(), statement);
    this.active = draft;
    this.refresh();
    this.boxOf(draft)?.focus();
  }

  // --- forms ---

  // The empty form at the end; it becomes a draft with the first letter.
  newCard() {
    const key = this.cells.key();
    return this.kept(this.formKey(key), ["new"], () => {
      const draft = {
        id: "new",
        key,
        where: this.where(),
        statement: null,
        base: null,
        text: "",
        kind: "summary",
        evidence: new Set(),
        own: false,
        sent: null,
        problem: "",
        theirs: null,
      };
      this.fresh = draft;
      return this.form(draft);
    });
  }

  formKey(key) {
    return `new ${key} ${this.forms}`;
  }

  adopt(draft) {
    if (draft.id !== "new") return;
    const [, node] = this.cards.get(this.formKey(draft.key));
    this.forms += 1;
    this.cells.serial += 1;
    draft.id = `d${this.cells.serial}`;
    node.dataset.draft = draft.id;
    this.cells.drafts.set(draft.id, draft);
    this.cards.set(draft.id, [this.signatureOf(draft), node]);
    this.cells.changed();
  }

  signatureOf(draft) {
    return JSON.stringify([draft.sent, draft.problem, draft.theirs]);
  }

  editing(draft) {
    const held = this.cards.get(draft.id);
    const signature = this.signatureOf(draft);
    if (held && held[0] === signature) return held[1];
    const typing = held?.[1].contains(document.activeElement);
    const node = draft.sent === null ? this.form(draft) : this.sent(draft);
    this.cards.set(draft.id, [signature, node]);
    if (typing && draft.sent === null) setTimeout(() => this.boxOf(draft)?.focus(), 0);
    return node;
  }

  sent(draft) {
    return element("div", { class: `fw-statement fw-waits fw-kind-${draft.kind}`, role: "listitem" }, element("div", { class: "fw-said" }, spoken(draft.kind, draft.text)), element("div", { class: "fw-by" }, say("Storing …")));
  }

  boxOf(draft) {
    return this.box.querySelector(`[data-draft="${draft.id}"] textarea`);
  }

  draftAt(card) {
    return card.dataset.draft === "new" ? this.fresh : this.cells.drafts.get(card.dataset.draft);
  }

  form(draft) {
    const fresh = !draft.statement;
    const grow = () => {
      box.style.height = "auto";
      box.style.height = `${Math.min(box.scrollHeight + 2, 320)}px`;
    };
    const box = element("textarea", {
      rows: fresh ? "2" : "3",
      dir: "auto",
      "aria-label": fresh ? say("New statement") : say("Statement"),
      placeholder: say("What does this case say here?"),
      onfocus: () => this.activate(draft),
      oninput: () => {
        draft.text = box.value;
        this.adopt(draft);
        grow();
        buttons();
      },
    });
    box.value = draft.text;
    const kinds = element(
      "span",
      { class: "fw-kinds", role: "radiogroup", "aria-label": say("Kind of statement") },
      ...KINDS.map((kind) =>
        element("button", {
          role: "radio",
          "aria-checked": String(draft.kind === kind),
          onclick: () => {
            draft.kind = kind;
            this.activate(draft);
            for (const one of kinds.children) one.setAttribute("aria-checked", String(one.textContent === kindName(kind)));
            buttons();
            if (this.cells.drafts.has(draft.id)) this.cells.changed();
            else this.paintTicks();
          },
        }, kindName(kind)),
      ),
    );
    const save = element("button", { class: "fw-main", onclick: () => this.save(draft), title: "Ctrl+Enter" }, fresh ? say("Add") : say("Save"));
    const cancel = element("button", { onclick: () => this.cancel(draft), title: "Esc" }, say("Cancel"));
    const buttons = () => {
      const open = this.cells.differs(draft);
      save.disabled = !open || !draft.text.trim();
      cancel.hidden = fresh && !open;
    };
    draft.paintButtons = buttons;
    buttons();
    requestAnimationFrame(grow);
    return element(
      "div",
      { class: `fw-statement fw-editing${fresh ? " fw-new" : ""}`, role: "listitem", data: { draft: draft.id, statement: draft.statement } },
      draft.theirs ? this.choice(draft) : null,
      kinds,
      box,
      draft.problem ? element("p", { class: "fw-problem", role: "alert" }, draft.problem) : null,
      element("div", { class: "fw-row" }, draft.theirs ? null : save, draft.theirs ? null : cancel, element("span", { class: "fw-hint fw-rests" })),
    );
  }

  activate(draft) {
    if (this.active === draft) return;
    this.active = draft;
    this.paintTicks();
  }

  // The draft whose evidence the ticks show: the one in which somebody writes.
  current() {
    const open = this.cells.of(this.cells.key()).filter((d) => d.sent === null);
    if (this.active && (open.includes(this.active) || this.active === this.fresh)) return this.active;
    return open[0] || this.fresh || null;
  }

  evidenceOf(draft) {
    if (draft.own) return draft.evidence;
    return new Set(draft.kind === "comment" ? [] : this.cell().codings.filter((row) => row[9] === "here").map((row) => row[0]));
  }

  save(draft) {
    if (!draft.text.trim() || !this.cells.differs(draft)) return;
    draft.evidence = this.evidenceOf(draft);
    draft.own = true;
    const fresh = !draft.statement;
    this.cells.send(draft);
    this.active = null;
    if (fresh) this.box.querySelector(".fw-new textarea")?.focus();
    else this.box.querySelector(".fw-new textarea, .fw-statement")?.focus();
  }

  cancel(draft) {
    this.active = null;
    if (draft.id === "new") return this.cells.back?.();
    this.cells.drop(draft);
    this.cells.back?.();
  }

  choice(draft) {
    const { theirs } = draft;
    const button = (text, act) => element("button", { onclick: act }, text);
    const keepTheirs = () => this.cells.drop(draft);
    const asNew = () => {
      draft.evidence = new Set([...draft.evidence].filter((i) => this.cell().codings.some((row) => row[0] === i && row[9] !== "gone")));
      draft.own = true;
      draft.statement = null;
      draft.base = null;
      draft.theirs = null;
      this.cells.send(draft);
    };
    const mine = () => {
      draft.base = { text: theirs.text, kind: theirs.kind, evidence: [...theirs.evidence], row: theirs.row };
      draft.theirs = null;
      this.cells.send(draft);
    };
    if (theirs.gone) {
      return element(
        "div",
        { class: "fw-conflict", role: "alert" },
        element("b", {}, say("Somebody withdrew this statement while you wrote.")),
        element("div", { class: "fw-row" }, button(say("Leave it withdrawn"), keepTheirs), button(say("Write mine anew"), asNew)),
      );
    }
    return element(
      "div",
      { class: "fw-conflict", role: "alert" },
      element("b", {}, say("{0} changed this statement while you wrote. Theirs:", theirs.who)),
      element("p", { class: "fw-theirs" }, spoken(theirs.kind, theirs.text)),
      element("div", { class: "fw-row" }, button(say("Keep theirs"), keepTheirs), button(say("Save mine"), mine), button(say("Keep both as two statements"), asNew)),
    );
  }
}
