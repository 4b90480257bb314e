// Cards in lanes that are picked up and dropped, with the mouse and with the keyboard alike.
//
// A box holds lanes (data-lane), a lane holds cards (data-card) and headings that stand for
// another card (data-stands-for). What a drop means is the owner's: `acts` has
//   drop(ids, target, moving)   target is {card} or {lane}
//   open(id), rename(id), remove(id), make(ids, lane), told(), beside(id, direction)

const version = new URL(import.meta.url).search;
const { editable } = await import("./core.js" + version);

export class Lanes {
  constructor(acts) {
    this.acts = acts;
    this.picked = new Set();
    this.current = null;
    this.wanted = null;
    this.dragged = null;
    this.moving = false;
  }

  wire(box) {
    this.box = box;
    for (const kind of ["click", "dblclick", "keydown", "focusin", "dragstart", "dragover", "dragleave", "drop", "dragend"]) {
      box.addEventListener(kind, (event) => this[kind](event));
    }
  }

  card(id) {
    return id === null ? null : this.box.querySelector(`[data-card="${CSS.escape(id)}"]`);
  }

  cards(lane) {
    return [...lane.querySelectorAll("[data-card]")];
  }

  lanes() {
    return [...this.box.querySelectorAll("[data-lane]")];
  }

  // After drawing: keep what is picked and where the focus was, as far as it is still there.
  drawn(hadFocus) {
    for (const id of this.picked) if (!this.card(id)) this.picked.delete(id);
    const wanted = this.card(this.wanted);
    if (wanted) this.current = this.wanted;
    const here = this.card(this.current) || this.box.querySelector("[data-card]");
    for (const lane of this.lanes()) {
      const all = this.cards(lane);
      const stop = all.includes(here) ? here : all[0];
      for (const one of all) {
        one.tabIndex = one === stop ? 0 : -1;
        one.setAttribute("aria-selected", String(this.picked.has(one.dataset.card)));
      }
    }
    const free = hadFocus || document.activeElement === document.body;
    if (wanted && free) this.focus(this.wanted);
    else if (hadFocus && this.card(this.current)) here.focus({ preventScroll: true });
  }

  // Bring the focus to a card as soon as it is there: it may have to be stored first.
  want(id) {
    this.wanted = id;
  }

  hasFocus() {
    return Boolean(this.box?.contains(document.activeElement) && document.activeElement.dataset?.card);
  }

  focus(id) {
    const card = this.card(id);
    if (!card) return;
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  pick(id, whether = !this.picked.has(id)) {
    this.picked[whether ? "add" : "delete"](id);
    this.card(id)?.setAttribute("aria-selected", String(whether));
    this.acts.told();
  }

  putDown() {
    for (const id of this.picked) this.card(id)?.setAttribute("aria-selected", "false");
    this.picked.clear();
    this.acts.told();
  }

  // --- mouse ---

  click(event) {
    const id = event.target.closest("[data-card]")?.dataset.card;
    if (!id || editable(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) this.pick(id);
    else this.acts.open(id);
  }

  dblclick(event) {
    const id = event.target.closest("[data-card]")?.dataset.card;
    if (id && !editable(event.target)) this.acts.rename(id);
  }

  target(event) {
    const card = event.target.closest("[data-card]");
    if (card) return { card: card.dataset.card, shown: card };
    const heading = event.target.closest("[data-stands-for]");
    if (heading) return { card: heading.dataset.standsFor, shown: heading };
    const lane = event.target.closest("[data-lane]");
    return lane ? { lane: lane.dataset.lane, shown: lane } : null;
  }

  dragstart(event) {
    const card = event.target.closest?.("[data-card]");
    if (!card) return;
    const id = card.dataset.card;
    this.dragged = this.picked.has(id) ? [...this.picked] : [id];
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setData("text/plain", card.textContent.slice(0, 200));
    this.box.classList.add("fw-dragging");
    this.acts.told();
  }

  dragover(event) {
    if (!this.dragged) return;
    const target = this.target(event);
    if (!target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = event.shiftKey ? "move" : "copy";
    if (this.over !== target.shown) {
      this.over?.classList.remove("fw-over");
      this.over = target.shown;
      this.over.classList.add("fw-over");
    }
  }

  dragleave(event) {
    if (this.over && !this.box.contains(event.relatedTarget)) {
      this.over.classList.remove("fw-over");
      this.over = null;
    }
  }

  drop(event) {
    if (!this.dragged) return;
    event.preventDefault();
    const target = this.target(event);
    const ids = this.dragged;
    this.dragend();
    if (target) this.let(ids, target, event.shiftKey);
  }

  dragend() {
    this.dragged = null;
    this.over?.classList.remove("fw-over");
    this.over = null;
    this.box.classList.remove("fw-dragging");
    this.acts.told();
  }

  let(ids, target, moving) {
    if (ids.length === 1 && ids[0] === target.card) return;
    if (this.acts.drop(ids, target, moving)) this.putDown();
  }

  // --- keyboard ---

  focusin(event) {
    const card = event.target.closest("[data-card]");
    if (!card) return;
    this.wanted = null;
    if (card.dataset.card === this.current) return;
    for (const one of this.cards(card.closest("[data-lane]"))) one.tabIndex = -1;
    this.current = card.dataset.card;
    card.tabIndex = 0;
    this.acts.told();
  }

  keydown(event) {
    const card = event.target;
    if (editable(card) || !card.dataset?.card || event.ctrlKey || event.metaKey) return;
    const id = card.dataset.card;
    const act = {
      " ": () => this.pick(id),
      Enter: () => {
        if (!this.picked.size) return this.acts.open(id);
        const others = [...this.picked].filter((one) => one !== id);
        if (others.length) this.let(others, { card: id }, event.shiftKey);
      },
      n: () => this.acts.make(this.picked.size ? [...this.picked] : [id], card.closest("[data-lane]").dataset.lane),
      F2: () => this.acts.rename(id),
      Delete: () => this.acts.remove(id),
      Backspace: () => this.acts.remove(id),
      Escape: () => (this.picked.size ? this.putDown() : this.acts.open(null)),
      ArrowDown: () => (event.altKey ? this.acts.shift?.(id, 1) : this.step(card, 1)),
      ArrowUp: () => (event.altKey ? this.acts.shift?.(id, -1) : this.step(card, -1)),
      ArrowRight: () => this.across(card, 1),
      ArrowLeft: () => this.across(card, -1),
      Home: () => this.focus(this.cards(card.closest("[data-lane]"))[0]?.dataset.card ?? null),
      End: () => this.focus(this.cards(card.closest("[data-lane]")).at(-1)?.dataset.card ?? null),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (event.altKey && !event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  step(card, by) {
    const all = this.cards(card.closest("[data-lane]"));
    const to = all[all.indexOf(card) + by];
    if (to) this.focus(to.dataset.card);
  }

  // To the next lane that has cards: to the card that the owner names, else to the nearest.
  across(card, by) {
    const lanes = this.lanes();
    const middle = (one) => one.getBoundingClientRect().top + one.getBoundingClientRect().height / 2;
    for (let at = lanes.indexOf(card.closest("[data-lane]")) + by; at >= 0 && at < lanes.length; at += by) {
      const all = this.cards(lanes[at]);
      if (!all.length) continue;
      const named = new Set(this.acts.beside?.(card.dataset.card, by) || []);
      const related = all.find((one) => named.has(one.dataset.card));
      const near = () => all.reduce((best, one) => (Math.abs(middle(one) - middle(card)) < Math.abs(middle(best) - middle(card)) ? one : best));
      return this.focus((related || near()).dataset.card);
    }
  }
}
