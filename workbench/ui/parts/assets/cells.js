// The cells of a chart, as all parts of the page see them: which is chosen, what is written and
// not stored yet, and what waits for the store. A draft lives until the store has its words.

const version = new URL(import.meta.url).search;
const { element, outbox, say } = await import("./core.js" + version);

export const KINDS = ["summary", "verbatim", "comment"];
const AFTER_A_KEY = 140;

export function kindName(kind) {
  return { summary: say("Summary"), verbatim: say("Quotation"), comment: say("Comment") }[kind] || kind;
}

export function stateName(state) {
  return (
    {
      "not indexed": say("not indexed"),
      "nothing said": say("nothing said"),
      "not asked": say("not asked"),
      "indexed, not charted": say("indexed, not charted"),
      charted: say("charted"),
      stale: say("stale"),
      reviewed: say("reviewed"),
    }[state] || state
  );
}

export function stateBadge(state) {
  return element("span", { class: `fw-state fw-is-${slug(state)}` }, stateName(state));
}

export function slug(state) {
  return state.replace(/[^a-z]+/g, "-");
}

export function counted(number, one, many) {
  return number === 1 ? say(one, number) : say(many, number);
}

// A statement as it reads: what the case said stands in quotation marks, a comment in italics.
export function spoken(kind, text) {
  if (kind === "verbatim") return element("span", { class: "fw-verbatim", dir: "auto" }, `“${text}”`);
  return element(kind === "comment" ? "em" : "span", { class: `fw-${kind}`, dir: "auto" }, text);
}

// The column that a statement stood in before columns were merged; nothing where there was none.
export function columnBefore(label) {
  return label ? element("span", { class: "fw-before", title: say("Its column before columns were merged"), dir: "auto" }, `${label}: `) : null;
}

export class Cells {
  constructor() {
    this.selected = { case: null, code: null, group: null };
    this.drafts = new Map(); // id → what is being written
    this.hidden = new Map(); // number of the operation → id of a statement that goes
    this.dropped = null; // what was cancelled last, to be brought back
    this.serial = 0;
    this.told = 0; // number of the last choice that the page was told
    this.seen = {};
    this.framework = "";
    this.listeners = new Set();
    this.tell = null; // tells the page what is looked at
    this.look = null; // finds what the part on the left knows of a cell
    this.back = null; // gives the focus back to the part on the left
    this.enter = null; // gives it to the cell's editor
    addEventListener("beforeunload", (event) => {
      if (this.unsaved().length) event.preventDefault();
    });
    document.addEventListener("fw-outbox", () => this.settle());
  }

  heard(data) {
    this.framework = data.framework;
    this.seen = data.seen || {};
    this.settle();
    const held = JSON.stringify(this.selected);
    // a run that began before the last choice knows an older one
    if (data.selected && !this.telling && (data.selected.n || 0) >= this.told) this.selected = { case: data.selected.case, code: data.selected.code, group: data.group ?? null };
    if (JSON.stringify(this.selected) !== held) this.changed();
  }

  changed() {
    this.listeners.forEach((hear) => hear());
  }

  // --- which cell is looked at ---

  choose(chosen, { later = false } = {}) {
    this.selected = { case: null, group: null, ...chosen };
    clearTimeout(this.telling);
    const tell = () => {
      this.telling = null;
      this.told = this.tell?.(this.selected) ?? this.told;
    };
    if (later) this.telling = setTimeout(tell, AFTER_A_KEY);
    else tell();
    this.changed();
  }

  key(where = this.selected) {
    return `${this.framework}|${where.case}|${where.code}`;
  }

  // --- drafts ---

  unsaved() {
    return [...this.drafts.values()].filter((d) => d.sent === null && this.differs(d));
  }

  differs(draft) {
    if (!draft.base) return draft.text.trim() !== "";
    const same = draft.evidence.size === draft.base.evidence.length && draft.base.evidence.every((i) => draft.evidence.has(i));
    return draft.text.trim() !== draft.base.text || draft.kind !== draft.base.kind || !same;
  }

  of(key) {
    return [...this.drafts.values()].filter((d) => d.key === key);
  }

  draftOf(key, statement) {
    return this.of(key).find((d) => d.statement === statement) || null;
  }

  // Begin to write: an existing statement, or a new one at the end of the cell.
  begin(where, statement = null, given = {}) {
    const key = this.key(where);
    const held = statement && this.draftOf(key, statement.id);
    if (held) return held;
    this.serial += 1;
    const base = statement && { text: statement.text, kind: statement.kind, evidence: [...statement.evidence], row: statement.row };
    const draft = {
      id: `d${this.serial}`,
      key,
      where: { ...where },
      statement: statement?.id ?? null,
      base,
      text: base?.text ?? "",
      kind: base?.kind ?? "summary",
      evidence: new Set(base?.evidence ?? []),
      own: !!base, // whether the evidence was picked by hand
      sent: null,
      answer: null,
      problem: "",
      theirs: null,
      ...given,
    };
    this.drafts.set(draft.id, draft);
    return draft;
  }

  // Take back what was typed; it can be brought back until the next time.
  drop(draft) {
    if (this.differs(draft)) this.dropped = { ...draft, evidence: new Set(draft.evidence) };
    this.drafts.delete(draft.id);
    this.changed();
  }

  bringBack() {
    if (!this.dropped) return;
    const draft = this.dropped;
    this.dropped = null;
    this.drafts.set(draft.id, draft);
    this.changed();
  }

  send(draft) {
    if (draft.sent !== null) return;
    draft.problem = "";
    const evidence = [...draft.evidence];
    const { framework, case: of, code } = draft.where;
    const write = !draft.statement;
    const given = write
      ? { framework, case: of, code, text: draft.text, kind: draft.kind, evidence: draft.kind === "comment" && !draft.own ? [] : evidence }
      : { statement: draft.statement, row_version: draft.base.row, text: draft.text, kind: draft.kind, ...(this.newEvidence(draft) ? { evidence } : {}) };
    draft.answer = null;
    draft.sent = outbox.add(write ? "write_statement" : "change_statement", given, (answer) => {
      draft.answer = answer;
      this.settle();
      return !answer.done && this.key() === draft.key; // then it is told beside the words
    });
    this.changed();
  }

  newEvidence({ base, evidence }) {
    return evidence.size !== base.evidence.length || !base.evidence.every((i) => evidence.has(i));
  }

  withdraw(statement) {
    const number = outbox.add("withdraw_statement", { statement }, (answer) => {
      if (!answer.done) this.hidden.delete(number);
      this.changed();
    });
    this.hidden.set(number, statement);
    this.changed();
  }

  // Drop what the store has, take up again what it refused.
  settle() {
    const mine = this.seen.client === outbox.client ? this.seen.number : 0;
    let moved = false;
    for (const draft of [...this.drafts.values()]) {
      if (draft.sent === null) continue;
      if (draft.answer && !draft.answer.done) {
        draft.problem = draft.answer.changed ? "" : draft.answer.says;
        draft.sent = null;
        moved = true;
      } else if ((draft.answer?.done || outbox.answered >= draft.sent) && mine >= draft.sent) {
        this.drafts.delete(draft.id);
        moved = true;
      }
    }
    for (const number of [...this.hidden.keys()]) if (number <= mine) this.hidden.delete(number);
    if (moved) this.changed();
  }

  // The statements of a cell as they will be once everything is stored.
  expected(key, statements) {
    const gone = new Set(this.hidden.values());
    const sent = this.of(key).filter((d) => d.sent !== null);
    const shown = statements
      .filter(([id]) => !gone.has(id))
      .map((statement) => {
        const draft = sent.find((d) => d.statement === statement[0]);
        return draft ? [statement[0], draft.kind, draft.text, false, true] : statement;
      });
    return shown.concat(sent.filter((d) => !d.statement).map((d) => [d.id, d.kind, d.text, false, true]));
  }
}
