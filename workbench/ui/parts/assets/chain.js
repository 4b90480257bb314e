// A chain of evidence as an indented list: what a thing rests on, or what rests on it.

const version = new URL(import.meta.url).search;
const { element, rooted, style, teller, view } = await import("./core.js" + version);
const { followed } = await import("./follow.js" + version);
style("evidence.css");

const OPEN_TO = 4;

class Chain {
  constructor() {
    this.box = element("div", { class: "fw-part fw-chain" });
  }

  show(data, ask) {
    this.ask = ask;
    const drawn = JSON.stringify(data);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.box.setAttribute("aria-label", data.title);
    this.box.setAttribute("role", "group");
    this.box.replaceChildren(element("ul", {}, this.item(data.step, 0)));
  }

  item(step, depth) {
    const told = [
      element("span", { class: "fw-kind" }, step.kind),
      step.opens
        ? followed(this.ask, step.opens.page, step.opens.opens, { class: `fw-text${step.quoted ? " fw-quoted" : ""}`, dir: "auto" }, step.text)
        : element("span", { class: `fw-text${step.quoted ? " fw-quoted" : ""}`, dir: "auto" }, step.text),
      step.told ? element("span", { class: "fw-told" }, step.told) : null,
    ];
    if (!step.under.length) return element("li", {}, element("div", { class: "fw-step" }, told));
    const below = element("ul", {}, step.under.map((one) => this.item(one, depth + 1)));
    return element("li", {}, element("details", { open: depth < OPEN_TO }, element("summary", {}, told), below));
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const held = view(`chain:${data.key}`, () => new Chain());
  held.show(data, teller(setStateValue, parentElement));
  const root = rooted(parentElement, "evidence");
  if (held.box.parentElement !== root) root.append(held.box);
}
