// Quotations in their context, each to be held against its transcript and ticked.

const version = new URL(import.meta.url).search;
const { element, notice, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { followed } = await import("./follow.js" + version);
style("evidence.css");

const FIRST = 30;
const outcomes = () => ({ "as said": say("as said"), differs: say("differs"), "out of context": say("out of context") });

// Lines without words between turns take no room in the context.
const close = (text) => text.replace(/\n\s*\n/g, "\n");

class Verification {
  constructor() {
    this.box = element("div", { class: "fw-part fw-evidence fw-verify" });
    this.waiting = new Map();
    this.typed = new Map();
    this.whole = false;
  }

  show(data, ask) {
    if (data.key !== this.key) this.whole = false;
    this.key = data.key;
    this.quotes = data.quotes;
    this.ask = ask;
    for (const [id, one] of this.waiting) {
      if (data.seen.client === outbox.client && data.seen.number >= one.number) this.waiting.delete(id);
    }
    this.draw();
  }

  draw() {
    const held = document.activeElement?.closest?.(".fw-verify")?.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const shown = this.whole ? this.quotes : this.quotes.slice(0, FIRST);
    const more = shown.length < this.quotes.length
      ? element("button", { onclick: () => { this.whole = true; this.draw(); } }, say("Show all {0}", String(this.quotes.length)))
      : null;
    this.box.replaceChildren(element("ul", {}, shown.map((q) => element("li", {}, this.quote(q)))), ...(more ? [more] : []));
    if (held) [...this.box.querySelectorAll("[data-at]")].find((e) => e.dataset.at === held)?.focus();
  }

  quote(q) {
    const now = this.waiting.get(q.id);
    const state = now ? (now.outcome ? "done" : "open") : q.state;
    const outcome = now ? now.outcome : q.state === "done" ? q.outcome : "";
    const box = element("div", { class: `fw-said fw-state-${state}`, role: "group", "aria-label": `${q.place}: ${q.words.slice(0, 60)}` });
    box.append(
      element("div", { class: "fw-source" }, element("b", {}, q.place), this.badge(q, state, outcome),
        followed(this.ask, "indexing", q.opens, {}, q.where), element("span", {}, q.speaker)),
      element("blockquote", { dir: "auto" },
        element("span", { class: "fw-around" }, `…${close(q.before)}`), element("mark", {}, q.words), element("span", { class: "fw-around" }, `${close(q.after)}…`)),
    );
    if (q.gone) box.append(element("p", { class: "fw-hint" }, say("The coding was withdrawn: take the quotation out, or cite it anew.")));
    if (q.note && !now) box.append(element("p", { class: "fw-hint" }, say("Note: {0}", q.note)));
    if (!q.gone) box.append(this.acts(q, outcome));
    return box;
  }

  badge(q, state, outcome) {
    const words = { done: `✓ ${outcomes()[outcome]}`, open: say("to be done"), stale: say("changed since it was verified") };
    const told = state === "done" && !this.waiting.has(q.id) && q.told ? ` (${q.told})` : "";
    return element("span", { class: "fw-flag" }, words[state] + told);
  }

  acts(q, outcome) {
    const note = element("input", { type: "text", placeholder: say("note, if there is something to tell"), "aria-label": say("Note"), "data-at": `${q.id} note` });
    note.value = this.typed.get(q.id) || "";
    note.addEventListener("input", () => this.typed.set(q.id, note.value));
    const buttons = Object.entries(outcomes()).map(([one, text]) => element("button", {
      class: one === outcome ? "fw-main" : "", "aria-pressed": one === outcome ? "true" : "false",
      "data-at": `${q.id} ${one}`, onclick: () => this.verify(q, one, note.value),
    }, text));
    if (q.entry && q.state === "done") buttons.push(element("button", { "data-at": `${q.id} back`, onclick: () => this.takeBack(q) }, say("Take back")));
    return element("div", { class: "fw-row fw-ticks" }, buttons, note);
  }

  // What this window sent itself and has no answer to yet is no change by somebody else.
  verify(q, outcome, note) {
    const row = this.waiting.has(q.id) ? null : q.row;
    const given = { coding: q.coding, outcome, finding: q.finding, quotation: q.quotation, note, row_version: row };
    this.send(q, "verify", given, outcome);
    this.typed.delete(q.id);
  }

  takeBack(q) {
    this.send(q, "unverify", { verification: q.entry }, "");
  }

  send(q, name, given, outcome) {
    const typed = given.note;
    const number = outbox.add(name, given, (answer) => {
      if (answer.done) return false;
      this.waiting.delete(q.id);
      if (typed) this.typed.set(q.id, typed);
      this.draw();
      notice(answer.says);
      return true;
    });
    this.waiting.set(q.id, { number, outcome });
    this.draw();
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const held = view("verification", () => new Verification());
  held.show(data, teller(setStateValue, parentElement));
  const root = rooted(parentElement, "evidence");
  if (held.box.parentElement !== root) root.append(held.box);
}
