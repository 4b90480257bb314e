// Passages to choose from: each speaks for something, against it, or is left alone.
//
// All that is chosen travels as one state, so that quick clicks lose nothing.

const version = new URL(import.meta.url).search;
const { element, rooted, say, style, teller, view } = await import("./core.js" + version);
style("evidence.css");

const SIDES = ["for", "against"];

class Pick {
  constructor() {
    this.box = element("div", { class: "fw-part fw-evidence fw-pick", role: "region", tabindex: "0", "aria-label": say("Passages") });
    this.chosen = {};
    this.whole = new Set();
  }

  show(data, told) {
    if (data.round !== this.round) this.chosen = { ...data.chosen };
    this.round = data.round;
    this.quotes = data.quotes;
    this.told = told;
    this.draw();
  }

  draw() {
    const at = this.box.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    this.box.replaceChildren(element("ul", {}, this.quotes.map((q) => element("li", {}, this.row(q)))));
    if (at) [...this.box.querySelectorAll("[data-at]")].find((e) => e.dataset.at === at)?.focus();
  }

  row(q) {
    const side = this.chosen[q.id];
    const long = q.words.length > 260 && !this.whole.has(q.id);
    const words = element("blockquote", { dir: "auto" }, q.words);
    const source = element("div", { class: "fw-source" }, element("b", {}, q.cases), element("span", {}, q.place), element("span", {}, q.code));
    if (long) source.append(element("button", { "data-at": `${q.id} whole`, onclick: () => { this.whole.add(q.id); this.draw(); } }, say("Whole passage")));
    return element("div", { class: `fw-said fw-choice${long ? " fw-long" : ""}${side ? ` fw-is-${side}` : ""}` },
      element("div", { class: "fw-sides" }, SIDES.map((one) => this.button(q, one, side))),
      element("div", {}, words, source));
  }

  button(q, one, side) {
    const told = one === "for" ? say("For it") : say("Against it");
    return element("button", {
      class: one === side ? "fw-main" : "", "aria-pressed": one === side ? "true" : "false",
      "aria-label": `${told}: ${q.words.slice(0, 60)}`, "data-at": `${q.id} ${one}`, onclick: () => this.choose(q, one),
    }, told);
  }

  choose(q, one) {
    if (this.chosen[q.id] === one) delete this.chosen[q.id];
    else this.chosen[q.id] = one;
    this.draw();
    this.told({ round: this.round, chosen: { ...this.chosen } });
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const held = view(`pick:${data.key}`, () => new Pick());
  held.show(data, teller(setStateValue, parentElement));
  const root = rooted(parentElement, "evidence");
  if (held.box.parentElement !== root) root.append(held.box);
}
