// Memos of a transcript, in place of the palette: chosen words get a memo, those that are
// there are listed, jumped to, changed and taken back. What is typed stays until it is stored.
//
// data: view, version, memos: [id, start, stop, title, text, kind, person, at, row],
// kinds: {key: name}, titles: [known titles], seen.

const version = new URL(import.meta.url).search;
const { element, fit, outbox, rooted, say, style, view } = await import("./core.js" + version);
const { Transcript } = await import("./transcript.js" + version);
style("listing.css");

class Notes {
  constructor(transcript) {
    this.transcript = transcript;
    this.waiting = new Map(); // number of the operation → the memo it writes, until the store has it
    this.gone = new Map(); // number → id of a memo that goes
    this.editing = null; // {id, row, form, theirs}
    this.whole = false;
    transcript.openMemo = (id) => this.open(id);
    transcript.listeners.add(() => this.head());
    addEventListener("beforeunload", (event) => {
      if ([this.form, this.editing?.form].some((form) => form?.changed())) event.preventDefault();
    });
  }

  show(root, data) {
    this.data = data;
    this.memos = data.memos.map(([id, start, stop, title, text, kind, person, at, row]) => ({ id, start, stop, title, text, kind, person, at, row }));
    if (data.seen && data.seen.client === outbox.client) {
      for (const held of [this.waiting, this.gone]) for (const number of [...held.keys()]) if (number <= data.seen.number) held.delete(number);
    }
    if (this.root !== root || !this.box?.isConnected) {
      this.root = root;
      this.top = element("div", { class: "fw-chosen", "aria-live": "polite" });
      this.rows = element("div", { class: "fw-codes fw-memos", role: "list" });
      this.box = element("div", { class: "fw-part fw-palette fw-notes" }, this.top, this.rows);
      root.replaceChildren(this.box);
      fit(this.box);
      this.headed = null;
    }
    this.head();
    this.list();
  }

  // --- writing one ---

  head() {
    if (!this.box?.isConnected) return;
    const { draft } = this.transcript;
    const key = draft ? `${draft.start}:${draft.stop}` : this.whole ? "whole" : "none";
    if (key === this.headed) return;
    this.headed = key;
    if (key === "none") {
      this.top.replaceChildren(
        element("p", { class: "fw-hint" }, say("Choose words in the transcript to write a memo beside them: drag, double-click, or Space and the arrow keys.")),
        element("button", { onclick: () => this.ofWhole() }, say("Memo on the whole transcript")),
      );
      return;
    }
    // a form that was begun goes with the words: they may be chosen again
    this.form ??= this.fields({ title: "", text: "", kind: "analytic" });
    const quote = draft ? element("p", { class: "fw-quote" }, this.transcript.draftWords()) : element("b", {}, say("About the whole transcript"));
    const keep = element("button", { class: "fw-main", onclick: () => this.keep() }, say("Keep memo"));
    const drop = element("button", { onclick: () => this.drop() }, say("Drop"));
    this.form.submit = () => this.keep();
    this.top.replaceChildren(quote, this.form.box, element("div", { class: "fw-row" }, keep, drop));
  }

  fields({ title, text, kind }) {
    const known = element("datalist", { id: `${this.data.view}-titles-${Math.random().toString(36).slice(2)}` }, ...this.data.titles.map((t) => element("option", { value: t })));
    const named = element("input", { type: "text", value: title, placeholder: say("Topic"), "aria-label": say("Topic"), list: known.id, maxlength: "200" });
    const words = element("textarea", { rows: "4", placeholder: say("What you notice"), "aria-label": say("Memo") });
    words.value = text;
    const kinds = element("select", { "aria-label": say("Kind of memo") }, ...Object.entries(this.data.kinds).map(([key, name]) => element("option", { value: key, selected: key === kind }, name)));
    const form = { submit: null };
    form.box = element(
      "div",
      {
        class: "fw-memo-form fw-stretch",
        onkeydown: (event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            form.submit();
          }
        },
      },
      named,
      known,
      words,
      kinds,
    );
    form.said = () => ({ title: named.value.trim(), text: words.value, kind: kinds.value });
    form.changed = () => words.value !== text || named.value !== title;
    form.words = words;
    return form;
  }

  ofWhole() {
    this.transcript.drop();
    this.whole = true;
    this.head();
    this.form.words.focus();
  }

  drop() {
    this.form = null;
    this.whole = false;
    this.headed = null;
    this.transcript.drop();
    this.head();
  }

  keep() {
    const said = this.form.said();
    if (!said.text.trim()) return this.form.words.focus();
    const { draft } = this.transcript;
    const place = draft ? { start: draft.start, stop: draft.stop } : {};
    this.write({ ...said, ...place }, this.data.version);
    this.drop();
  }

  write(said, of) {
    const number = outbox.add("memo", { transcript_version: of, ...said }, (answer) => {
      if (answer.done) return false;
      const memo = this.waiting.get(number);
      if (memo) memo.failed = answer.says;
      this.list();
      return true;
    });
    this.waiting.set(number, { id: `new${number}`, start: null, stop: null, ...said, of, person: "", at: "", waits: true });
    this.list();
  }

  // --- those that are there ---

  list() {
    if (!this.box?.isConnected) return;
    const gone = new Set(this.gone.values());
    const fresh = [...this.waiting.entries()].filter(([, memo]) => memo.of === this.data.version);
    const rows = this.memos.filter((memo) => !gone.has(memo.id)).map((memo) => this.row(memo));
    const open = fresh.map(([number, memo]) => this.unstored(number, memo));
    const none = rows.length || open.length ? [] : [element("p", { class: "fw-hint", role: "listitem" }, say("No memos on this transcript yet."))];
    this.rows.replaceChildren(...open, ...rows, ...none);
  }

  unstored(number, memo) {
    const told = element("div", { class: "fw-note fw-waits", role: "listitem" }, element("div", { class: "fw-entry-name" }, memo.title), element("p", { class: "fw-note-text", dir: "auto" }, memo.text));
    if (memo.failed) {
      const again = () => {
        this.waiting.delete(number);
        const { title, text, kind, start, stop } = memo;
        this.write(start === null ? { title, text, kind } : { title, text, kind, start, stop }, memo.of);
      };
      told.append(element("p", { class: "fw-problem", role: "alert" }, memo.failed));
      told.append(element("div", { class: "fw-entry-acts" }, element("button", { onclick: again }, say("Try again")), element("button", { onclick: () => this.forget(number) }, say("Drop"))));
    }
    return told;
  }

  forget(number) {
    this.waiting.delete(number);
    this.list();
  }

  row(memo) {
    const named = element("div", { class: "fw-note", role: "listitem", data: { memo: memo.id } });
    if (this.editing?.id === memo.id) {
      named.append(...this.change(memo));
      return named;
    }
    const about = [this.data.kinds[memo.kind] || memo.kind, memo.person, (memo.at || "").slice(0, 10)].filter(Boolean).join(" · ");
    const acts = [
      memo.start === null ? null : element("button", { onclick: () => this.transcript.jump(memo.start, memo.stop) }, say("Show")),
      element("button", { onclick: () => this.edit(memo) }, say("Change")),
      element("button", { onclick: () => this.take(memo) }, say("Take back")),
    ];
    if (memo.title) named.append(element("div", { class: "fw-entry-name", dir: "auto" }, memo.title));
    named.append(element("p", { class: "fw-note-text", dir: "auto" }, memo.text), element("div", { class: "fw-entry-who" }, about), element("div", { class: "fw-entry-acts" }, ...acts.filter(Boolean)));
    return named;
  }

  open(id) {
    const row = this.rows?.querySelector(`[data-memo="${CSS.escape(id)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.classList.add("fw-flash");
    setTimeout(() => row.classList.remove("fw-flash"), 2000);
    row.querySelector("button")?.focus({ preventScroll: true });
  }

  edit(memo) {
    this.editing = { id: memo.id, row: memo.row, form: this.fields(memo), told: "" };
    this.editing.form.submit = () => this.store();
    this.list();
    this.editing.form.words.focus();
  }

  change(memo) {
    const { form, row } = this.editing;
    const acts = [element("button", { class: "fw-main", onclick: () => this.store() }, say("Store it")), element("button", { onclick: () => this.leave() }, say("Leave as it was"))];
    if (memo.row === row) return [form.box, element("div", { class: "fw-row" }, ...acts)];
    // somebody else stored other words meanwhile: both are shown, the person chooses
    const mine = () => {
      this.editing.row = memo.row;
      this.store();
    };
    return [
      element("p", { class: "fw-problem", role: "alert" }, say("Somebody else changed this memo meanwhile. It says now:")),
      element("p", { class: "fw-quote", dir: "auto" }, memo.title ? `${memo.title}: ${memo.text}` : memo.text),
      element("b", {}, say("And yours:")),
      form.box,
      element("div", { class: "fw-row" }, element("button", { class: "fw-main", onclick: mine }, say("Store mine")), element("button", { onclick: () => this.leave() }, say("Keep theirs"))),
    ];
  }

  leave() {
    this.editing = null;
    this.list();
  }

  store() {
    const { id, row, form } = this.editing;
    const said = form.said();
    if (!said.text.trim()) return form.words.focus();
    const held = this.editing;
    outbox.add("change_memo", { memo: id, row_version: row, ...said }, (answer) => {
      if (answer.done) {
        if (this.editing === held) this.editing = null;
      }
      this.list();
      return answer.changed;
    });
  }

  take(memo) {
    const number = outbox.add("withdraw_memo", { memo: memo.id }, (answer) => {
      if (!answer.done) this.gone.delete(number);
      this.list();
      return false;
    });
    this.gone.set(number, memo.id);
    this.list();
  }
}

const held = {};

export default function ({ data, parentElement }) {
  const transcript = view(data.view, (name) => new Transcript(name));
  const notes = (held[data.view] ??= new Notes(transcript));
  const root = rooted(parentElement, "listing");
  notes.show(root, data);
}
