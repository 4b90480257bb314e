// The cards of the board and what stands on them.

const version = new URL(import.meta.url).search;
const { element, say } = await import("./core.js" + version);

export const STATEMENTS = 1;

export function kindName(kind) {
  return { summary: say("summary"), verbatim: say("verbatim"), comment: say("comment") }[kind] || kind;
}

export class Cards {
  constructor(ladder) {
    this.ladder = ladder;
  }

  of(level, one, under) {
    return level === STATEMENTS ? this.said(one) : this.node(one, under);
  }

  // All that a card shows; two equal ones look alike.
  signature(one, under) {
    const over = (one.parents || one.nodes).map((id) => this.ladder.nodes.get(id)?.label);
    const heading = under === undefined ? one.code : this.ladder.nodes.get(under)?.label;
    return JSON.stringify([one.id, one.label ?? one.text, one.of, one.kind, one.note, one.cases, one.statements, one.alone, one.bare, one.waits, under, heading, over, this.ladder.unused(one)]);
  }

  emptyLane(level, of) {
    if (of) return say("Nothing here with what you look for.");
    return level === STATEMENTS ? say("No statements in this column. Write some on the page Charting.") : say("Drop here to make one.");
  }

  group(level, heading) {
    const parent = this.ladder.nodes.get(heading);
    const text = level === STATEMENTS ? heading : parent ? parent.label : say("Under nothing yet");
    return element(
      "div",
      { class: "fw-group", role: "group", "aria-label": text },
      element("div", { class: "fw-group-head", role: "presentation", data: parent ? { standsFor: parent.id } : {}, title: text }, text),
    );
  }

  said(one) {
    const unused = this.ladder.unused(one);
    const text = one.kind === "verbatim" ? `“${one.text}”` : one.text;
    return element(
      "div",
      { ...this.cardOf(one), class: `fw-card fw-said fw-kind-${one.kind}${this.state(one)}` },
      element("span", { class: "fw-card-head" }, element("b", {}, one.of), element("span", { class: "fw-kind" }, kindName(one.kind))),
      element("span", { class: "fw-card-text", dir: "auto" }, text),
      unused ? element("span", { class: "fw-mark" }, say("feeds nothing yet")) : null,
      one.nodes.length ? element("span", { class: "fw-into" }, "→ " + this.labels(one.nodes)) : null,
    );
  }

  node(one, under) {
    const also = one.parents.filter((parent) => parent !== under && this.ladder.nodes.has(parent));
    return element(
      "div",
      { ...this.cardOf(one), class: `fw-card fw-node${this.state(one)}` },
      element("span", { class: "fw-card-label", dir: "auto" }, one.label),
      element("span", { class: "fw-counts" }, one.waits ? "…" : this.counts(one)),
      one.note ? element("span", { class: "fw-has-note", title: one.note }, say("note")) : null,
      also.length && under !== null ? element("span", { class: "fw-into" }, say("also under {0}", this.labels(also))) : null,
      !one.waits && one.alone && !one.parents.length ? element("span", { class: "fw-mark" }, say("under nothing")) : null,
      !one.waits && one.bare ? element("span", { class: "fw-mark" }, say("no statement below")) : null,
    );
  }

  cardOf(one) {
    return { role: "option", tabindex: "-1", draggable: one.fresh ? "false" : "true", data: { card: one.id }, "aria-selected": "false" };
  }

  state(one) {
    return one.waits ? " fw-waiting" : "";
  }

  counts(one) {
    const cases = one.cases === 1 ? say("1 case") : say("{0} cases", one.cases);
    const said = one.statements === 1 ? say("1 statement") : say("{0} statements", one.statements);
    return `${cases} · ${said}`;
  }

  labels(ids) {
    return ids.map((id) => this.ladder.nodes.get(id)?.label).filter(Boolean).join(", ");
  }
}
