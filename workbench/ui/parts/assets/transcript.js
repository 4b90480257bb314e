// A transcript: turns with speakers and times, the words with what is marked in them, and the
// names of the codes in the margin. The text comes once; marks come with every change.

const version = new URL(import.meta.url).search;
const { editable, element, fit, ink: inkOf, outbox, rooted, say, view } = await import("./core.js" + version);
const { Passage, trimmed } = await import("./passages.js" + version);

const LANES_SHOWN = 6;
export const PLACE = "application/x-fw-place"; // chosen words that are dragged

const partOf = ({ version, part }) => `${version} ${part || 1}`;

export class Transcript {
  constructor(name) {
    this.name = name;
    this.key = null; // the id of the transcript's version
    this.shown = null; // which part of which version
    this.turns = [];
    this.marks = [];
    this.memos = [];
    this.hits = [];
    this.codes = {};
    this.pending = new Map(); // number of the operation → marks painted before the store has them
    this.hidden = new Map(); // number of the operation → id of a mark that goes
    this.draft = null;
    this.listeners = new Set();
    this.dragging = false; // words are being chosen: to paint now would pull them away
    this.late = false; // something was to be painted meanwhile
    document.addEventListener("mousedown", (event) => {
      this.dragging = event.button === 0 && Boolean(this.box?.contains(event.target));
    });
    for (const kind of ["mouseup", "dragend"]) document.addEventListener(kind, (event) => this.released(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("click", (event) => {
      if (this.menu && !this.menu.contains(event.target) && !event.target.closest?.(".fw-run, .fw-name")) this.closeMenu();
    });
  }

  // --- what the page gives ---

  text(root, data) {
    this.root = root;
    this.may = data.may || {};
    const shown = partOf(data);
    if (this.shown === shown && root.firstChild) return;
    this.shown = shown;
    this.key = data.version;
    this.draft = null;
    this.closeMenu();
    this.transcript = data.transcript;
    this.box = element("div", { class: "fw-part fw-transcript", role: "document", "aria-label": data.title, tabindex: "0" });
    this.turns = data.turns.map(([number, speaker, role, time, start, words]) => {
      const passage = new Passage(words, start);
      const said = element("div", { class: "fw-words", lang: data.language || null, dir: "auto" }, words);
      const margin = element("div", { class: "fw-margin" });
      const long = role === "aside" && words.length > 160;
      const row = element("div", { class: `fw-turn fw-${role}` + (long ? " fw-short" : ""), data: { turn: number } });
      const side = element("div", { class: "fw-speaker" }, element("span", { class: "fw-who" }, speaker), time ? element("span", { class: "fw-time" }, time) : null);
      if (long) {
        const more = element("button", { class: "fw-more", "aria-expanded": "false", onclick: () => more.setAttribute("aria-expanded", String(!row.classList.toggle("fw-short"))) }, say("All of it"));
        side.append(more);
      }
      row.append(side, said, margin);
      return { number, role, passage, said, margin, row, signature: "" };
    });
    this.box.append(...this.turns.map((t) => t.row));
    root.replaceChildren(this.box);
    if (data.height) this.box.style.height = data.height;
    else fit(this.box);
    if (this.marked === this.shown) {
      this.paint();
      this.dim();
    }
    this.follow();
  }

  show(data) {
    this.marked = partOf(data);
    this.marks = data.marks.map(([id, start, stop, code, coder, run, uncertain, row]) => ({ id, start, stop, code, coder, run, uncertain, row }));
    this.memos = (data.memos || []).map(([id, start, stop, title, text, row]) => ({ id, start, stop, title, text, row }));
    this.hits = (data.hits || []).map(([start, stop]) => ({ start, stop }));
    this.codes = data.codes;
    this.own = data.own || null; // where only some words may be chosen: their stretches
    this.run = data.run;
    this.framework = data.framework;
    if (data.seen && data.seen.client === outbox.client) {
      for (const held of [this.pending, this.hidden]) for (const number of [...held.keys()]) if (number <= data.seen.number) held.delete(number);
    }
    if (this.shown === this.marked) {
      this.paint();
      this.dim();
    }
    this.focus = data.focus;
    this.follow();
  }

  // Go where the page leads, once the words and what is marked in them are of the same part.
  follow() {
    if (!this.focus || this.focus.ask === this.asked || this.shown !== this.marked) return;
    const { ask, start, stop } = this.focus;
    this.asked = ask;
    requestAnimationFrame(() => this.jump(start, stop));
  }

  // --- painting ---

  // Turns without a word that may be chosen stand back.
  dim() {
    for (const { passage, row } of this.turns) row.classList.toggle("fw-other", !this.owned(passage.start, passage.stop));
  }

  all() {
    const gone = new Set(this.hidden.values());
    const fresh = [...this.pending.values()].flat();
    const shown = this.marks.filter((m) => !gone.has(m.id)).concat(fresh);
    if (this.draft) shown.push({ id: "draft", start: this.draft.start, stop: this.draft.stop, draft: true });
    for (const hit of this.hits) shown.push({ id: `hit${hit.start}`, ...hit, hit: true });
    for (const memo of this.memos) if (memo.start !== null) shown.push({ id: memo.id, start: memo.start, stop: memo.stop, memo });
    return shown;
  }

  paint() {
    this.late = this.dragging;
    if (this.dragging) return;
    const shown = this.all().sort((a, b) => a.start - b.start || b.stop - a.stop);
    const first = shown.map((m) => m.start);
    for (const turn of this.turns) {
      const { start, stop } = turn.passage;
      const here = [];
      for (let n = 0; n < shown.length && first[n] < stop; n += 1) if (shown[n].stop > start) here.push(shown[n]);
      const signature = here.map((m) => `${m.id}.${m.start}.${m.stop}.${m.code}.${m.uncertain}.${m.waits}.${m.memo?.row}`).join(" ");
      if (signature !== turn.signature) {
        turn.signature = signature;
        this.paintTurn(turn, here);
      }
    }
    this.listeners.forEach((hear) => hear());
  }

  paintTurn(turn, here) {
    const { passage, said, margin, row } = turn;
    const coded = here.filter((m) => m.code);
    const lanes = new Map();
    const ends = [];
    for (const mark of coded) {
      let lane = ends.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = mark.stop;
      lanes.set(mark, lane);
    }
    row.style.setProperty("--fw-lanes", Math.min(ends.length, LANES_SHOWN));
    const borders = new Set([passage.start, passage.stop]);
    for (const mark of here) {
      borders.add(Math.max(mark.start, passage.start));
      borders.add(Math.min(mark.stop, passage.stop));
    }
    const at = [...borders].sort((a, b) => a - b);
    const runs = [];
    for (let n = 0; n + 1 < at.length; n += 1) {
      const words = passage.words.slice(passage.unit(at[n]), passage.unit(at[n + 1]));
      const over = here.filter((m) => m.start < at[n + 1] && m.stop > at[n]);
      runs.push(over.length ? this.stretchOf(words, over, lanes) : document.createTextNode(words));
    }
    said.replaceChildren(...runs);
    margin.replaceChildren(...this.names(coded), ...this.notes(here));
  }

  stretchOf(words, over, lanes) {
    const coded = over.filter((m) => m.code);
    const made = element("span", { class: "fw-run" }, words);
    made.dataset.ids = over.map((m) => m.id).join(" ");
    if (over.some((m) => m.draft)) this.makeDraft(made);
    if (over.some((m) => m.hit)) made.classList.add("fw-hit");
    if (over.some((m) => m.memo)) made.classList.add("fw-noted");
    if (coded.some((m) => m.waits)) made.classList.add("fw-waits");
    if (!coded.length) return made;
    const top = coded[coded.length - 1];
    made.style.setProperty("--fw-tint", inkOf(this.codes[top.code]?.[2]));
    const stripes = coded
      .map((m) => [lanes.get(m), m])
      .filter(([lane]) => lane < LANES_SHOWN)
      .map(([lane, m]) => {
        const ink = inkOf(this.codes[m.code]?.[2]);
        const from = 1 + lane * 3;
        return `linear-gradient(${ink},${ink}) 0 calc(100% - ${from}px)/100% 2px no-repeat`;
      });
    made.style.setProperty("--fw-stripes", stripes.join(",") || "none");
    made.classList.add("fw-coded");
    if (coded.some((m) => m.uncertain)) made.classList.add("fw-uncertain");
    made.addEventListener("click", (event) => this.opened(event, over));
    made.title = coded.map((m) => this.codes[m.code]?.[1] || "").join(" · ");
    return made;
  }

  makeDraft(made) {
    made.classList.add("fw-draft");
    if (!this.may.cite) return;
    made.draggable = true;
    made.addEventListener("dragstart", (event) => {
      const { start, stop } = this.draft;
      event.dataTransfer.setData(PLACE, JSON.stringify({ start, stop }));
      event.dataTransfer.setData("text/plain", this.draftWords());
      event.dataTransfer.effectAllowed = "copy";
    });
  }

  names(coded) {
    const seen = new Map();
    for (const mark of coded) {
      const key = `${mark.code} ${mark.uncertain}`;
      if (!seen.has(key)) seen.set(key, []);
      seen.get(key).push(mark);
    }
    return [...seen.values()].map((marks) => {
      const [number, name, ink] = this.codes[marks[0].code] || ["", marks[0].waits ? marks[0].code : say("a code of another framework"), ""];
      return element(
        "button",
        {
          class: "fw-name" + (marks.some((m) => m.waits) ? " fw-waits" : ""),
          style: { "--fw-ink": inkOf(ink) },
          title: `${number} ${name}`.trim(),
          onclick: (event) => this.opened(event, marks),
        },
        name + (marks.length > 1 ? ` ×${marks.length}` : "") + (marks[0].uncertain ? " ?" : ""),
      );
    });
  }

  notes(here) {
    return here
      .filter((m) => m.memo)
      .map((m) => {
        const said = m.memo.title || m.memo.text;
        if (!this.openMemo) return element("div", { class: "fw-memo", title: m.memo.text }, said);
        return element("button", { class: "fw-memo", title: m.memo.text, onclick: () => this.openMemo(m.memo.id) }, said);
      });
  }

  // --- choosing words ---

  turnOf(node) {
    const row = (node instanceof Element ? node : node?.parentElement)?.closest(".fw-turn");
    return row && this.box?.contains(row) ? this.turns.find((t) => t.row === row) : null;
  }

  unitsBefore(turn, node, offset) {
    if (!turn.said.contains(node)) {
      const order = turn.said.compareDocumentPosition(node);
      return order & Node.DOCUMENT_POSITION_PRECEDING ? 0 : turn.passage.words.length;
    }
    const before = document.createRange();
    before.selectNodeContents(turn.said);
    before.setEnd(node, offset);
    return before.toString().length;
  }

  released(event) {
    this.dragging = false;
    this.choosing(event);
    if (this.late) this.paint();
  }

  mayChoose() {
    return this.may.code || this.may.memo || this.may.cite;
  }

  // The segment without what lies outside the words that may be chosen; null where none is left.
  owned(start, stop) {
    if (!this.own) return [start, stop];
    const inside = this.own.filter(([from, to]) => from < stop && start < to);
    if (!inside.length) return null;
    return [Math.max(start, inside[0][0]), Math.min(stop, inside[inside.length - 1][1])];
  }

  choosing(event) {
    if (!this.box?.isConnected || !this.mayChoose()) return;
    if (event.target instanceof Element && event.target.closest(".fw-menu, .fw-palette")) return;
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const first = this.turnOf(range.startContainer);
    let last = this.turnOf(range.endContainer);
    if (!first) return;
    let to = last ? this.unitsBefore(last, range.endContainer, range.endOffset) : 0;
    if (last && to === 0 && last !== first) {
      // a triple click ends at the start of the next turn
      last = this.turns[this.turns.indexOf(last) - 1];
      to = last.passage.words.length;
    }
    if (!last) {
      last = first;
      to = first.passage.words.length;
    }
    const from = this.unitsBefore(first, range.startContainer, range.startOffset);
    const [start, stop] = trimmed(first.passage, from, last.passage, to);
    if (start < stop && this.owned(start, stop)) {
      selection.removeAllRanges();
      this.choose(start, stop);
    }
  }

  choose(from, to) {
    const held = this.owned(from, to);
    if (!held) return;
    const [start, stop] = held;
    this.draft = { ...(this.draft?.resize ? { resize: this.draft.resize } : {}), start, stop };
    this.paint();
  }

  drop() {
    if (!this.draft) return;
    this.draft = null;
    this.paint();
  }

  draftWords() {
    if (!this.draft) return "";
    const { start, stop } = this.draft;
    return this.turns
      .filter((t) => t.passage.start < stop && t.passage.stop > start)
      .map((t) => t.passage.words.slice(t.passage.unit(start), t.passage.unit(stop)))
      .join(" ");
  }

  // Keys: arrows walk over turns, and over words once some are chosen.
  pressed(event) {
    if (!this.box?.isConnected || editable(event.target) || event.ctrlKey || event.metaKey) return;
    if (this.menu) {
      if (event.key === "Escape") this.closeMenu();
      return;
    }
    const inside = this.box.contains(document.activeElement) || document.activeElement === document.body;
    if (!inside) return;
    if (event.key === "Escape") return this.drop();
    if (event.key === "Enter" && this.draft && this.may.cite && document.activeElement === this.box) return this.citing?.();
    if (event.key === "n" && this.may.code) return this.nextUncoded(1);
    if (event.key === "ArrowDown" && event.altKey) return this.walk(event, 1);
    if (event.key === "ArrowUp" && event.altKey) return this.walk(event, -1);
    if (document.activeElement !== this.box) return;
    if (event.key === " " && this.mayChoose()) return this.begin(event);
    if (!this.draft || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    this.stretch(event.key === "ArrowRight" ? 1 : -1, event.shiftKey ? "sentence" : "word", event.altKey ? "start" : "stop");
  }

  current() {
    const held = this.turns.find((t) => t.row.classList.contains("fw-here"));
    if (held) return held;
    const top = this.box.getBoundingClientRect().top;
    const below = this.turns.filter((t) => t.row.getBoundingClientRect().bottom > top + 4);
    return below.find((t) => this.owned(t.passage.start, t.passage.stop)) || below[0] || this.turns[0];
  }

  walk(event, step) {
    event?.preventDefault();
    const held = this.turns.find((t) => t.row.classList.contains("fw-here"));
    if (!held) return this.stand(this.current());
    const open = this.turns.filter((t) => t === held || this.owned(t.passage.start, t.passage.stop));
    this.stand(open[Math.min(Math.max(open.indexOf(held) + step, 0), open.length - 1)]);
  }

  stand(turn) {
    this.turns.forEach((t) => t.row.classList.toggle("fw-here", t === turn));
    turn.row.scrollIntoView({ block: "center" });
    this.box.focus({ preventScroll: true });
  }

  begin(event) {
    event.preventDefault();
    const turn = this.current();
    this.stand(turn);
    const [first, second] = turn.passage.borders("sentence");
    const [start, stop] = trimmed(turn.passage, first, turn.passage, second ?? turn.passage.words.length);
    if (start < stop) this.choose(start, stop);
  }

  stretch(step, kind, side) {
    const turn = this.turns.find((t) => (side === "stop" ? t.passage.start < this.draft.stop && t.passage.stop >= this.draft.stop : t.passage.start <= this.draft.start && t.passage.stop > this.draft.start));
    if (!turn) return;
    const at = turn.passage.unit(this.draft[side]);
    const borders = side === "stop" ? turn.passage.borders(kind) : turn.passage.starts(kind);
    const next = step > 0 ? borders.find((b) => b > at) : borders.filter((b) => b < at).pop();
    if (next === undefined) return;
    const moved = { ...this.draft, [side]: turn.passage.position(next) };
    if (moved.start < moved.stop) this.choose(moved.start, moved.stop);
  }

  nextUncoded(step) {
    const marks = this.all().filter((m) => m.code);
    const open = this.turns.filter((t) => t.role === "participant" && t.passage.words.trim() && !marks.some((m) => m.start < t.passage.stop && m.stop > t.passage.start));
    if (!open.length) return;
    const here = this.turns.indexOf(this.turns.find((t) => t.row.classList.contains("fw-here")) || this.turns[0]);
    this.stand(open.find((t) => this.turns.indexOf(t) > here) || open[0]);
  }

  jump(start, stop) {
    const turn = this.turns.find((t) => t.passage.start <= start && t.passage.stop > start) || this.turns.find((t) => t.passage.stop > start);
    if (!turn) return;
    turn.row.classList.remove("fw-short");
    this.stand(turn);
    const runs = [...turn.said.querySelectorAll(".fw-run")];
    const target = runs.find((r) => r.dataset.ids) || turn.row;
    for (const run of runs) {
      const ids = run.dataset.ids.split(" ");
      if (this.all().some((m) => ids.includes(String(m.id)) && m.start === start && m.stop === stop)) {
        run.classList.add("fw-flash");
        setTimeout(() => run.classList.remove("fw-flash"), 2500);
      }
    }
    (runs.find((r) => r.classList.contains("fw-flash")) || target).scrollIntoView({ block: "center" });
  }

  // --- acts ---

  apply(codes, uncertain = false) {
    if (!this.draft || !codes.length) return false;
    if (this.draft.resize) return false;
    this.send("code", codes, { codes, uncertain });
    return true;
  }

  // A code that is made of the chosen words; it has no id before the store has made it.
  // Where the store refuses it, the words are chosen again and `again` is called.
  applyNew(name, category, uncertain, again) {
    if (!this.draft || this.draft.resize) return;
    const { start, stop } = this.draft;
    this.send("code_in_vivo", [name], { name, category, uncertain }, () => {
      this.choose(start, stop);
      again();
    });
  }

  send(operation, codes, given, refused = () => {}) {
    const { start, stop } = this.draft;
    const place = { transcript: this.transcript, start, stop, framework: this.framework, run: this.run || null };
    const number = outbox.add(operation, { ...place, ...given }, (answer) => {
      this.settle(number, answer);
      if (!answer.done) refused();
    });
    this.pending.set(number, codes.map((code, n) => ({ id: `new${number}.${n}`, start, stop, code, coder: "", uncertain: given.uncertain, waits: true })));
    this.draft = null;
    this.paint();
  }

  // Let the chosen words be cited in a cell; those that have its code already are not coded again.
  cite(given) {
    const { start, stop } = this.draft;
    const { transcript, run } = this;
    const number = outbox.add("cite_words", { transcript, start, stop, run: run || null, ...given }, (answer) => {
      this.settle(number, answer);
      if (!answer.done) this.choose(start, stop);
    });
    const coded = this.marks.some((m) => m.start <= start && stop <= m.stop);
    const mark = { id: `new${number}`, start, stop, code: given.code, coder: "", uncertain: false, waits: true };
    this.pending.set(number, coded ? [] : [mark]);
    this.draft = null;
    this.paint();
  }

  change(mark, given) {
    const number = outbox.add("change_coding", { coding: mark.id, row_version: mark.row, ...given }, (answer) => this.settle(number, answer));
    this.hidden.set(number, mark.id);
    this.pending.set(number, [{ ...mark, ...given, id: `new${number}`, waits: true }]);
    this.draft = null;
    this.paint();
  }

  withdraw(marks) {
    for (const mark of marks) {
      const number = outbox.add("withdraw_coding", { coding: mark.id }, (answer) => this.settle(number, answer));
      this.hidden.set(number, mark.id);
    }
    this.paint();
  }

  settle(number, answer) {
    if (answer.done) return;
    this.pending.delete(number);
    this.hidden.delete(number);
    this.paint();
  }

  // --- the menu of what is marked at a place ---

  opened(event, over) {
    const selection = getSelection();
    if (selection && !selection.isCollapsed) return;
    event.stopPropagation();
    const marks = over.filter((m) => m.code && !m.waits);
    if (!marks.length) return;
    this.closeMenu();
    const at = event.currentTarget.getBoundingClientRect();
    this.opener = event.currentTarget;
    this.menu = element("div", { class: "fw-part fw-menu", role: "dialog", "aria-label": say("What is coded here") }, ...marks.map((mark) => this.entry(mark)));
    this.menu.style.colorScheme = getComputedStyle(this.opener).colorScheme;
    document.body.append(this.menu);
    const height = this.menu.offsetHeight;
    const below = at.bottom + height + 12 < innerHeight;
    this.menu.style.top = `${Math.max(8, (below ? at.bottom + 6 : at.top - height - 6) + scrollY)}px`;
    this.menu.style.left = `${Math.max(8, Math.min(event.clientX || at.left, innerWidth - this.menu.offsetWidth - 16) + scrollX)}px`;
    this.menu.querySelector("button")?.focus();
  }

  closeMenu() {
    if (!this.menu) return;
    this.menu.remove();
    this.menu = null;
    if (this.opener?.isConnected && this.opener.tagName === "BUTTON") this.opener.focus();
  }

  entry(mark) {
    const [number, name, ink] = this.codes[mark.code] || ["", "", ""];
    const button = (text, act, title = null) => element("button", { onclick: act, title }, text);
    const acts = this.may.code
      ? [
          button(say("Change code"), () => this.ask("recode", mark)),
          button(say("Move ends"), () => this.ask("resize", mark)),
          button(mark.uncertain ? say("Certain") : say("Uncertain"), () => {
            this.change(mark, { uncertain: !mark.uncertain });
            this.closeMenu();
          }),
          button(say("Memo"), () => this.write(mark)),
          button(say("Withdraw"), () => {
            this.withdraw([mark]);
            this.closeMenu();
          }),
        ]
      : [];
    return element(
      "div",
      { class: "fw-entry", style: { "--fw-ink": inkOf(ink) }, data: { coding: mark.id } },
      element("div", { class: "fw-entry-name" }, `${number} ${name}`.trim(), mark.uncertain ? element("span", { class: "fw-flag" }, say("uncertain")) : null),
      element("div", { class: "fw-entry-who" }, [mark.coder, mark.run].filter(Boolean).join(" · ")),
      element("div", { class: "fw-entry-acts" }, ...acts),
    );
  }

  ask(what, mark) {
    this.closeMenu();
    this.asking = what === "recode" ? mark : null;
    if (what === "resize") {
      this.draft = { start: mark.start, stop: mark.stop, resize: mark };
      this.box.focus({ preventScroll: true });
    }
    this.paint();
  }

  write(mark) {
    const box = element("textarea", { class: "fw-memo-text", rows: "3", "aria-label": say("Memo") });
    const keep = element(
      "button",
      {
        onclick: () => {
          if (box.value.trim()) {
            const [, name] = this.codes[mark.code] || ["", ""];
            outbox.add("memo", { transcript_version: this.key, start: mark.start, stop: mark.stop, title: name, text: box.value });
          }
          this.closeMenu();
        },
      },
      say("Keep memo"),
    );
    this.menu.querySelector(`[data-coding="${CSS.escape(mark.id)}"]`).append(element("div", { class: "fw-memo-form" }, box, keep));
    box.focus();
  }
}

export default function ({ data, parentElement }) {
  const held = view(data.view, (name) => new Transcript(name));
  const root = rooted(parentElement);
  held.text(root, data);
}
