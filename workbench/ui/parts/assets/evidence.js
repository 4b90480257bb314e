// The links of a node, and the words behind what is picked: each with its case and place.

const version = new URL(import.meta.url).search;
const { element, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { followed } = await import("./follow.js" + version);
style("evidence.css");

const FIRST = 12;
const LONG = 420;

class Evidence {
  constructor() {
    this.box = element("div", { class: "fw-part fw-evidence" });
    this.whole = new Set();
    this.gone = new Map();
  }

  show(data, ask) {
    this.data = data;
    this.ask = ask;
    for (const [id, number] of this.gone) {
      if (data.seen.client === outbox.client && data.seen.number >= number) this.gone.delete(id);
    }
    this.draw();
  }

  draw() {
    const parts = this.data.sections.map((section) => this.section(section));
    this.box.replaceChildren(...parts.flat().filter(Boolean));
  }

  section(section) {
    if (section.links) return this.listed(section, section.links.map((one) => this.line(one)));
    const shown = section.quotes.filter((q) => !this.gone.has(q.id));
    return this.listed(section, shown.map((q) => this.quote(q, section)));
  }

  // A heading and the first few of a list; the others come on a click.
  listed(section, items) {
    const all = this.whole.has(section.title) || items.length <= FIRST + 2;
    const more = all
      ? null
      : element("button", { onclick: () => { this.whole.add(section.title); this.draw(); } },
          say("Show all {0}", String(items.length)));
    if (!items.length && !section.none) return [];
    return [
      element("h4", {}, `${section.title}${items.length ? ` (${items.length})` : ""}`),
      items.length ? element("ul", {}, (all ? items : items.slice(0, FIRST)).map((one) => element("li", {}, one))) : element("p", { class: "fw-hint" }, section.none),
      more,
    ];
  }

  line(one) {
    const told = [one.arrow, one.label, one.cases].join(" ");
    return element("button", { class: "fw-line", "aria-label": `${told} ${one.sign}`, "aria-current": one.here ? "true" : null, onclick: () => this.ask(one.choose ? { choose: one.choose } : { pick: one.pick }) },
      element("span", { "aria-hidden": true }, one.arrow),
      element("span", { class: "fw-sign", "aria-hidden": true }, one.sign),
      element("span", { class: "fw-way" }, one.label),
      element("span", { class: "fw-count" }, one.cases));
  }

  quote(q, section) {
    const contrary = section.against ? " fw-contrary" : "";
    const box = element("div", { class: `fw-said${contrary}${q.gone ? " fw-gone" : ""}${q.words.length > LONG ? " fw-long" : ""}` },
      element("blockquote", { dir: "auto" }, q.words));
    const source = element("div", { class: "fw-source" }, element("b", {}, q.cases),
      q.opens ? followed(this.ask, "indexing", q.opens, {}, q.place) : element("span", {}, q.place),
      element("span", {}, q.code));
    if (q.gone) source.append(element("span", {}, q.gone));
    if (q.words.length > LONG) {
      source.append(element("button", { onclick: (event) => { box.classList.remove("fw-long"); event.target.remove(); } }, say("Whole passage")));
    }
    if (q.opens) source.append(followed(this.ask, "interpretation", { show: "trace", trace: q.id }, {}, say("Trace")));
    if (section.out) source.append(this.takeOut(q, section));
    box.append(source);
    if (q.note) box.append(element("p", { class: "fw-hint" }, q.note));
    return box;
  }

  takeOut(q, section) {
    const out = () => {
      const number = outbox.add(section.out.name, { ...section.out.given, codings: [q.id] }, (answer) => {
        if (!answer.done) {
          this.gone.delete(q.id);
          this.draw();
        }
      });
      this.gone.set(q.id, number);
      this.draw();
    };
    return element("button", { onclick: out, title: say("Take it out of the evidence; Ctrl+Z brings it back") }, say("Take out"));
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const held = view(`evidence:${data.key}`, () => new Evidence());
  held.show(data, teller(setStateValue, parentElement));
  const root = rooted(parentElement, "evidence");
  if (held.box.parentElement !== root) root.append(held.box);
}
