// What a ladder looks like once everything is carried out that the researcher has done: the
// store's truth with the operations on top that the store has not confirmed yet.

const version = new URL(import.meta.url).search;
const { outbox } = await import("./core.js" + version);

export class Ladder {
  constructor() {
    this.pending = new Map(); // number of the operation → {kind, …}
    this.given = { nodes: [], statements: [] };
    this.replay();
  }

  show(given, seen) {
    this.given = given;
    if (seen && seen.client === outbox.client) {
      for (const number of [...this.pending.keys()]) if (number <= seen.number) this.pending.delete(number);
    }
    this.replay();
  }

  // Ask the store for something, and show at once what it does: one change or several.
  ask(name, given, shown, then) {
    const number = outbox.add(name, given, (answer) => {
      if (!answer.done) {
        this.pending.delete(answer.number);
        this.replay();
      }
      return then?.(answer);
    });
    this.pending.set(number, [shown].flat());
    this.replay();
    return number;
  }

  replay() {
    const row = ([id, level, label, note, version, cases, statements, parents, alone, bare]) => ({ id, level, label, note, version, cases, statements, parents: [...parents], alone, bare });
    this.nodes = new Map(this.given.nodes.map((one) => [one[0], row(one)]));
    const said = ([id, of, kind, text, code, nodes]) => ({ id, of, kind, text, code, nodes: [...nodes] });
    this.statements = new Map(this.given.statements.map((one) => [one[0], said(one)]));
    for (const [number, shown] of this.pending) for (const one of shown) this.apply(number, one);
    this.children = new Map([...this.nodes.keys()].map((id) => [id, []]));
    for (const node of this.nodes.values()) for (const parent of node.parents) this.children.get(parent)?.push(node.id);
  }

  apply(number, shown) {
    const { nodes, statements } = this;
    const node = nodes.get(shown.node);
    const waits = (...touched) => touched.forEach((one) => one && (one.waits = true));
    if (shown.kind === "add") {
      nodes.set(`new:${number}`, { id: `new:${number}`, level: shown.level, label: shown.label, note: "", version: 1, cases: 0, statements: 0, parents: [], waits: true, fresh: true });
      for (const id of shown.over) nodes.get(id)?.parents.push(`new:${number}`);
      for (const id of shown.statements) statements.get(id)?.nodes.push(`new:${number}`);
      return;
    }
    if (!node) return;
    waits(node);
    if (shown.kind === "rename") node.label = shown.label;
    if (shown.kind === "note") node.note = shown.note;
    if (shown.kind === "feed") for (const id of shown.statements) this.put(statements.get(id)?.nodes, node.id);
    if (shown.kind === "unfeed") for (const id of shown.statements) this.take(statements.get(id)?.nodes, node.id);
    if (shown.kind === "connect") for (const id of shown.children) this.put(nodes.get(id)?.parents, node.id);
    if (shown.kind === "disconnect") this.take(nodes.get(shown.child)?.parents, node.id);
    if (shown.kind === "withdraw") {
      nodes.delete(node.id);
      for (const one of nodes.values()) this.take(one.parents, node.id);
      for (const one of statements.values()) this.take(one.nodes, node.id);
    }
  }

  put(list, id) {
    if (list && !list.includes(id)) list.push(id);
  }

  take(list, id) {
    if (list?.includes(id)) list.splice(list.indexOf(id), 1);
  }

  // All that stands over and under a node or statement, itself included.
  lineage(id) {
    const found = new Set([id]);
    const up = (one) => {
      const over = this.nodes.get(one)?.parents || this.statements.get(one)?.nodes || [];
      for (const next of over) if (!found.has(next)) (found.add(next), up(next));
    };
    const under = new Set([id]);
    const down = (one) => {
      for (const next of this.children.get(one) || []) if (!under.has(next)) (under.add(next), down(next));
    };
    up(id);
    down(id);
    for (const said of this.statements.values()) if (said.nodes.some((node) => under.has(node) && this.nodes.has(id))) found.add(said.id);
    return new Set([...found, ...under]);
  }

  // The nodes that the shown statements reach.
  reached() {
    const found = new Set();
    const up = (id) => {
      if (found.has(id) || !this.nodes.has(id)) return;
      found.add(id);
      this.nodes.get(id).parents.forEach(up);
    };
    for (const said of this.statements.values()) said.nodes.forEach(up);
    return found;
  }

  unused(one) {
    if (this.statements.has(one.id)) return one.kind !== "comment" && !one.nodes.some((node) => this.nodes.has(node));
    return Boolean(one.alone && !one.parents.length) || Boolean(one.bare && !one.waits);
  }

  // The nodes of a level, each after the parent under which it is drawn, in the parents' order.
  inOrder(level, seated) {
    const place = new Map(seated.map((id, at) => [id, at]));
    const first = (node) => node.parents.find((parent) => place.has(parent)) ?? null;
    const found = [...this.nodes.values()].filter((node) => node.level === level).map((node) => ({ node, under: first(node) }));
    const rank = ({ under }) => (under === null ? -1 : place.get(under));
    return found.map((one, at) => ({ ...one, at })).sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  }
}
