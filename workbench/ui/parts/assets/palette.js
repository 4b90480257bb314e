// The palette: what is chosen in the transcript, and the codes to give to it. Typing searches;
// a click, Enter or a number gives the code at once; with several ticked, Enter gives them all.

const version = new URL(import.meta.url).search;
const { editable, element, fit, ink: inkOf, outbox, rooted, say, view } = await import("./core.js" + version);
const { Transcript } = await import("./transcript.js" + version);

const RECENT = 6;
const FAVOURITES = 9;

class Palette {
  constructor(transcript) {
    this.transcript = transcript;
    this.ticked = new Set();
    this.query = "";
    transcript.listeners.add(() => this.head());
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  show(root, data) {
    this.data = data;
    this.held = `fw:${data.project}:${data.framework}`;
    this.codes = new Map(data.codes.map((c) => [c.id, c]));
    for (const id of this.ticked) if (!this.codes.has(id)) this.ticked.delete(id);
    if (this.root === root && this.box?.isConnected) {
      this.list();
      this.head();
      return;
    }
    this.root = root;
    this.search = element("input", {
      type: "search",
      class: "fw-search",
      placeholder: say("Find a code"),
      "aria-label": say("Find a code"),
      value: this.query,
      oninput: () => {
        this.query = this.search.value;
        this.list();
      },
      onkeydown: (event) => this.inSearch(event),
    });
    this.chosen = element("div", { class: "fw-chosen", "aria-live": "polite" });
    this.uncertain = element("input", { type: "checkbox", id: `${data.view}-uncertain` });
    this.rows = element("div", { class: "fw-codes", role: "list" });
    this.about = element("div", { class: "fw-about", "aria-live": "polite" });
    this.box = element(
      "div",
      { class: "fw-part fw-palette" },
      this.chosen,
      this.search,
      element("label", { class: "fw-check", for: this.uncertain.id }, this.uncertain, say("uncertain")),
      this.rows,
      this.about,
    );
    root.replaceChildren(this.box);
    fit(this.box);
    this.list();
    this.head();
  }

  kept(name) {
    try {
      return JSON.parse(localStorage.getItem(`${this.held}:${name}`) || "[]").filter((id) => this.codes.has(id));
    } catch {
      return [];
    }
  }

  keep(name, ids) {
    localStorage.setItem(`${this.held}:${name}`, JSON.stringify(ids));
  }

  head() {
    if (!this.box?.isConnected) return;
    const { draft, asking } = this.transcript;
    if (this.writing && draft?.start === this.writing.start && draft.stop === this.writing.stop) return;
    this.writing = null;
    const button = (text, act, kind = "") => element("button", { class: kind, onclick: act }, text);
    if (draft?.resize) {
      this.chosen.replaceChildren(
        element("b", {}, say("Moving the ends of a coding")),
        element("p", { class: "fw-quote" }, this.transcript.draftWords()),
        element(
          "div",
          { class: "fw-row" },
          button(say("Keep these ends"), () => this.resize(), "fw-main"),
          button(say("Leave as it was"), () => this.transcript.drop()),
        ),
        element("p", { class: "fw-hint" }, say("Drag over the new words, or use ← → (with Alt: the start).")),
      );
    } else if (asking) {
      this.chosen.replaceChildren(
        element("b", {}, say("Choose the new code of this coding")),
        element("div", { class: "fw-row" }, button(say("Leave as it was"), () => this.leave())),
      );
    } else if (draft) {
      this.chosen.replaceChildren(
        element("p", { class: "fw-quote" }, this.transcript.draftWords()),
        element("div", { class: "fw-row" }, ...this.doings(button)),
      );
    } else {
      const hint = this.data.may.code ? say("Choose words in the transcript: drag, double-click, or Space and the arrow keys.") : this.data.may.why;
      const next = element("button", { onclick: () => this.transcript.nextUncoded(1), title: say("Key: n") }, say("Next turn without a code"));
      this.chosen.replaceChildren(element("p", { class: "fw-hint" }, hint), this.data.may.code ? element("div", { class: "fw-row" }, next) : "");
    }
  }

  doings(button) {
    const many = this.ticked.size;
    const acts = [];
    if (many) acts.push(button(say("Give {0} codes", many), () => this.giveTicked(), "fw-main"));
    acts.push(button(say("New code from these words"), () => this.inVivo()));
    acts.push(button(say("Memo"), () => this.memo()));
    acts.push(button(say("Drop"), () => this.transcript.drop()));
    return acts;
  }

  leave() {
    this.transcript.asking = null;
    this.head();
  }

  resize() {
    const { resize, start, stop } = this.transcript.draft;
    this.transcript.change(resize, { start, stop });
  }

  found() {
    const asked = this.query.trim().toLocaleLowerCase();
    const all = [...this.codes.values()];
    if (!asked) return all;
    const fits = (c) => `${c.number} ${c.name} ${c.category}`.toLocaleLowerCase();
    return all.filter((c) => asked.split(/\s+/).every((word) => fits(c).includes(word)));
  }

  list() {
    const favourites = this.kept("favourites");
    const recent = this.kept("recent").filter((id) => !favourites.includes(id));
    const found = this.found();
    const rows = [];
    if (!this.query.trim()) {
      if (favourites.length) rows.push(this.heading(say("Favourites")), ...favourites.map((id, n) => this.row(this.codes.get(id), n + 1)));
      if (recent.length) rows.push(this.heading(say("Recent")), ...recent.map((id) => this.row(this.codes.get(id))));
    }
    let category = null;
    for (const code of found) {
      if (code.category !== category) {
        category = code.category;
        rows.push(this.heading(category || say("Without a category")));
      }
      rows.push(this.row(code));
    }
    if (!found.length) rows.push(element("p", { class: "fw-hint" }, say("No code is called so.")));
    this.rows.replaceChildren(...rows);
  }

  heading(text) {
    return element("div", { class: "fw-heading" }, text);
  }

  row(code, key = null) {
    const starred = this.kept("favourites").includes(code.id);
    const tick = element("input", {
      type: "checkbox",
      "aria-label": say("Choose {0} together with others", code.name),
      onchange: () => {
        this.ticked[tick.checked ? "add" : "delete"](code.id);
        this.head();
      },
    });
    tick.checked = this.ticked.has(code.id);
    const give = element(
      "button",
      {
        class: "fw-code",
        style: { "--fw-ink": inkOf(code.colour) },
        onclick: () => this.give([code.id]),
        onmouseenter: () => this.tell(code),
        onfocus: () => this.tell(code),
      },
      element("span", { class: "fw-number" }, code.number),
      element("span", { class: "fw-code-name" }, code.name),
      key ? element("kbd", {}, String(key)) : null,
      code.codings ? element("span", { class: "fw-count" }, String(code.codings)) : null,
    );
    const star = element(
      "button",
      {
        class: "fw-plain fw-star",
        "aria-pressed": String(starred),
        "aria-label": say("Favourite"),
        title: say("Favourites have the keys 1 to 9"),
        onclick: () => this.star(code.id),
      },
      starred ? "★" : "☆",
    );
    return element("div", { class: "fw-code-row", role: "listitem" }, tick, give, star);
  }

  tell(code) {
    const line = (head, text) => (text ? element("p", {}, element("b", {}, head + " "), text) : null);
    this.about.replaceChildren(
      ...[
        element("b", { class: "fw-about-name" }, `${code.number} ${code.name}`.trim()),
        code.definition ? element("p", {}, code.definition) : element("p", { class: "fw-hint" }, say("No definition yet.")),
        line(say("Use when:"), code.use_when),
        line(say("Not when:"), code.not_when),
        line(say("Example:"), code.example),
      ].filter(Boolean),
    );
  }

  star(id) {
    const held = this.kept("favourites");
    this.keep("favourites", held.includes(id) ? held.filter((f) => f !== id) : [...held, id].slice(-FAVOURITES));
    this.list();
  }

  give(ids) {
    const { asking } = this.transcript;
    if (asking) {
      this.transcript.asking = null;
      this.transcript.change(asking, { code: ids[0] });
    } else if (!this.transcript.apply(ids, this.uncertain.checked)) {
      this.tell(this.codes.get(ids[0]));
      return;
    }
    this.keep("recent", [...ids, ...this.kept("recent").filter((id) => !ids.includes(id))].slice(0, RECENT));
    this.ticked.clear();
    this.uncertain.checked = false;
    this.query = this.search.value = "";
    this.list();
    this.transcript.box?.focus({ preventScroll: true });
  }

  giveTicked() {
    this.give([...this.ticked]);
  }

  // What is written about the chosen words stays while anything else on the page changes.
  write(...form) {
    const { start, stop } = this.transcript.draft;
    const cancel = () => {
      this.writing = null;
      this.head();
    };
    this.writing = { start, stop };
    const row = form.pop();
    row.append(element("button", { onclick: cancel }, say("Cancel")));
    this.chosen.replaceChildren(...form, row);
    this.chosen.onkeydown = (event) => event.key === "Escape" && cancel();
  }

  inVivo(said = null) {
    if (!this.data.may.add) {
      const why = say("{0} is released and stays as it is. Begin a draft from it on the page Framework, and code with that.", this.data.framework);
      this.chosen.append(element("p", { class: "fw-hint", role: "alert" }, why));
      return;
    }
    const words = this.transcript.draftWords();
    const name = element("input", { type: "text", class: "fw-search", "aria-label": say("Name of the new code"), value: said ?? words.slice(0, 60) });
    const options = [["", say("Without a category")], ...this.data.categories].map(([id, label]) => element("option", { value: id }, label));
    const category = element("select", { class: "fw-search", "aria-label": say("Category of the new code") }, ...options);
    category.value = this.inCategory ?? "";
    const make = () => {
      if (!name.value.trim()) return;
      this.inCategory = category.value;
      this.transcript.applyNew(name.value, category.value, this.uncertain.checked, () => this.inVivo(name.value));
      this.uncertain.checked = false;
      this.transcript.box?.focus({ preventScroll: true });
    };
    name.addEventListener("keydown", (event) => event.key === "Enter" && make());
    this.write(element("b", {}, say("Name of the new code")), name, category, element("div", { class: "fw-row" }, element("button", { class: "fw-main", onclick: make }, say("Make it and code"))));
    name.select();
  }

  memo() {
    const text = element("textarea", { class: "fw-memo-text", rows: "4", "aria-label": say("Memo") });
    const { start, stop } = this.transcript.draft;
    const make = () => {
      if (!text.value.trim()) return;
      outbox.add("memo", { transcript_version: this.transcript.key, start, stop, title: "", text: text.value });
      this.transcript.drop();
    };
    this.write(element("b", {}, say("Memo at these words")), text, element("div", { class: "fw-row" }, element("button", { class: "fw-main", onclick: make }, say("Keep memo"))));
    text.focus();
  }

  inSearch(event) {
    if (event.key === "Escape") {
      this.query = this.search.value = "";
      this.list();
      this.transcript.box?.focus({ preventScroll: true });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (this.ticked.size && !this.query.trim()) return this.giveTicked();
      const [first] = this.found();
      if (first && this.query.trim()) this.give([first.id]);
    }
    if (event.key === "ArrowDown") this.rows.querySelector(".fw-code")?.focus();
  }

  pressed(event) {
    if (!this.box?.isConnected || editable(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = document.activeElement === document.body || document.activeElement.closest?.(".fw-transcript, .fw-palette");
    if (!inside) return;
    if (event.key === "/") {
      event.preventDefault();
      this.search.focus();
    } else if (/^[1-9]$/.test(event.key) && (this.transcript.draft || this.transcript.asking)) {
      const id = this.kept("favourites")[Number(event.key) - 1] || this.kept("recent")[Number(event.key) - 1];
      if (id) this.give([id]);
    } else if (event.key === "Enter" && this.transcript.draft && document.activeElement === this.transcript.box) {
      event.preventDefault();
      if (this.transcript.draft.resize) return this.resize();
      const ids = this.ticked.size ? [...this.ticked] : this.kept("recent").slice(0, 1);
      if (ids.length) this.give(ids);
    }
  }
}

export default function ({ data, parentElement }) {
  const root = rooted(parentElement);
  view(`${data.view}:palette`, () => new Palette(view(data.view, (name) => new Transcript(name)))).show(root, data);
}
