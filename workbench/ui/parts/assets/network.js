// The network as the server drew it (formats/network_svg.py): what is pointed at says its words,
// a click or Enter picks it, the wheel and dragging look closer, arrow keys walk.
//
// data: drawing (the SVG), label (what it shows, in words), file (the stem of a saved picture),
// shown (what of which network it draws, however it looks: another one is seen whole at first).

const version = new URL(import.meta.url).search;
const { element, notice, rooted, say, style, teller, view } = await import("./core.js" + version);
style("network.css");

const CLOSEST = 8;
const ROOM_FOR_ALL = 2.2;
const STEP = 1.4;
const STILL = 4;

class Network {
  constructor() {
    this.told = new WeakMap();
    this.hover = element("div", { class: "fw-part fw-net-words", hidden: true });
    this.box = element("div", { class: "fw-net" });
    this.tools = element("div", { class: "fw-net-tools", role: "group" });
    this.frame = element("div", { class: "fw-part fw-net-frame" }, this.tools, this.box, this.hover);
    this.listen();
  }

  show(data, ask) {
    this.ask = ask;
    this.file = data.file;
    if (this.drawn === data.drawing) return;
    this.drawn = data.drawing;
    this.equip();
    const focused = this.box.contains(document.activeElement) && document.activeElement.dataset.node;
    const last = focused || this.walker?.dataset.node;
    const drawing = new DOMParser().parseFromString(data.drawing, "image/svg+xml").documentElement;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-label", data.label);
    this.box.replaceChildren(document.importNode(drawing, true));
    this.drawing = this.box.firstChild;
    this.plane = this.drawing.querySelector(".plane");
    const same = this.shown === data.shown && this.size;
    this.shown = data.shown;
    const before = this.size;
    const { width, height } = this.plane.viewBox.baseVal;
    this.size = { width, height };
    this.plane.setAttribute("overflow", "hidden");
    for (const title of this.drawing.querySelectorAll("title")) this.take(title);
    this.dots = [...this.drawing.querySelectorAll(".dot")];
    this.walker = this.dots.find((dot) => dot.dataset.node === last) || this.dots[0];
    this.walker?.setAttribute("tabindex", "0");
    if (focused && this.walker?.dataset.node === focused) this.walker.focus({ preventScroll: true });
    this.point(null);
    this.look(same && before.width === width && before.height === height ? this.at : null);
  }

  equip() {
    const button = (text, label, act) => element("button", { title: label, "aria-label": label, onclick: act }, text);
    this.tools.setAttribute("aria-label", say("The picture"));
    this.tools.replaceChildren(
      button("+", say("Closer"), () => this.zoom(STEP)),
      button("−", say("Farther"), () => this.zoom(1 / STEP)),
      button("1:1", say("The whole"), () => this.whole()),
      button("SVG", say("Save the picture as SVG"), () => this.save("svg")),
      button("PNG", say("Save the picture as PNG"), () => this.save("png")),
    );
  }

  // Nothing is pointed at or held when the part comes to a page.
  arrive() {
    this.held = null;
    this.point(null);
  }

  // What the browser would show of itself after a while is shown at once, and is the name of a driver.
  take(title) {
    const of = title.parentElement;
    const lines = title.textContent.split("\n");
    this.told.set(of, lines);
    title.remove();
    if (!of.classList.contains("dot")) return;
    of.setAttribute("role", "button");
    of.setAttribute("tabindex", "-1");
    of.setAttribute("aria-label", lines.slice(0, 3).join(", "));
  }

  listen() {
    const { box } = this;
    box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    box.addEventListener("pointerdown", (event) => this.press(event));
    box.addEventListener("pointermove", (event) => this.move(event));
    box.addEventListener("pointerup", (event) => this.release(event));
    box.addEventListener("pointercancel", () => (this.held = null));
    box.addEventListener("pointerleave", () => this.point(null));
    box.addEventListener("focusin", (event) => this.reached(event.target));
    box.addEventListener("focusout", () => this.point(null));
    box.addEventListener("click", (event) => event.detail || this.pick(this.under(event.target))); // of no pointer
    box.addEventListener("keydown", (event) => this.keys(event));
  }

  reached(target) {
    if (target.matches(".dot:focus-visible")) this.reveal(target);
    this.point(this.under(target), target.getBoundingClientRect());
  }

  // The arrow or the dot that an element belongs to; a name belongs to its dot.
  under(target) {
    const of = target instanceof Element ? target.closest("[data-node], [data-source]") : null;
    return of?.classList.contains("name") ? this.dots.find((dot) => dot.dataset.node === of.dataset.node) : of;
  }

  point(of, at) {
    if (of === this.pointed) return;
    this.name(this.pointed, false);
    this.pointed = of;
    this.name(of, true);
    this.hover.hidden = !of || !at;
    if (this.hover.hidden) return;
    const heads = of.dataset.node ? 1 : 2;
    this.hover.replaceChildren(...this.told.get(of).map((line, n) => element("p", { dir: "auto" }, n < heads ? element("strong", {}, line) : line)));
    const { offsetWidth: wide, offsetHeight: high } = this.hover;
    const frame = this.frame.getBoundingClientRect();
    const below = at.bottom + 14 + high < innerHeight || at.top < high + 14;
    const left = Math.min(at.left + 14, innerWidth - wide - 14);
    this.hover.style.left = `${left - frame.left}px`;
    this.hover.style.top = `${Math.max(8, below ? at.bottom + 14 : at.top - 14 - high) - frame.top}px`;
  }

  // A name that found no room stands there while its dot is pointed at.
  name(of, shown) {
    if (!of?.dataset.node) return;
    const name = [...this.drawing.querySelectorAll(".name")].find((one) => one.dataset.node === of.dataset.node);
    name?.classList.toggle("pointed", shown);
  }

  press(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.held = { x: event.clientX, y: event.clientY, id: event.pointerId, at: this.at, moved: false };
  }

  move(event) {
    const { held } = this;
    if (!event.isPrimary) return;
    if (!held || !(event.buttons & 1)) {
      this.held = null;
      const { clientX: left, clientY: top } = event;
      this.point(this.under(event.target), { left, top, bottom: top });
      return;
    }
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < STILL) return;
    if (!held.moved) this.box.setPointerCapture(held.id);
    held.moved = true;
    this.point(null);
    const pixels = this.plane.getScreenCTM().a;
    this.look({ ...held.at, x: held.at.x - dx / pixels, y: held.at.y - dy / pixels });
  }

  release(event) {
    if (!event.isPrimary) return;
    const { held } = this;
    this.held = null;
    if (!held || held.moved) return;
    this.pick(this.under(event.target));
  }

  pick(of) {
    if (!of) return;
    this.walk(of);
    this.ask({ pick: of.dataset.node ?? [of.dataset.source, of.dataset.target] });
  }

  keys(event) {
    const of = this.under(event.target);
    if (!of?.dataset.node || event.ctrlKey || event.metaKey || event.altKey) return;
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    if (event.key === "Enter" || event.key === " ") this.pick(of);
    else if (event.key === "Escape") this.point(null);
    else if (event.key === "+") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.whole();
    else if (ways[event.key]) this.next(of, ways[event.key]);
    else return;
    event.preventDefault();
  }

  // The nearest driver in a direction: what lies aside counts double.
  next(of, [right, down]) {
    const middle = (dot) => {
      const { left, top, width, height } = dot.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const [x, y] = middle(of);
    let nearest = null;
    for (const dot of this.dots) {
      const [dx, dy] = [middle(dot)[0] - x, middle(dot)[1] - y];
      const ahead = dx * right + dy * down;
      const far = ahead + 2 * Math.abs(dx * down) + 2 * Math.abs(dy * right);
      if (dot !== of && ahead > 1 && (!nearest || far < nearest.far)) nearest = { dot, far };
    }
    if (!nearest) return;
    this.walk(nearest.dot);
    nearest.dot.focus({ preventScroll: true });
  }

  // Move the plane, when a part of it is looked at, so that a driver stands in the middle.
  reveal(dot) {
    const { x, y, width, height } = this.at;
    const { e: right, f: down } = dot.transform.baseVal.getItem(0).matrix;
    if (right > x && right < x + width && down > y && down < y + height) return;
    this.look({ ...this.at, x: right - width / 2, y: down - height / 2 });
  }

  walk(to) {
    if (!to.dataset.node) return;
    this.walker?.setAttribute("tabindex", "-1");
    this.walker = to;
    to.setAttribute("tabindex", "0");
  }

  // --- looking closer ------------------------------------------------------------------------

  wheel(event) {
    if (!this.plane?.contains(event.target) || event.ctrlKey) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.plane.getScreenCTM().inverse());
    this.zoom(Math.exp(-event.deltaY / 500), at);
  }

  zoom(by, towards = null) {
    const now = this.at;
    const width = Math.min(this.size.width, Math.max(this.size.width / CLOSEST, now.width / by));
    const share = width / now.width;
    const { x, y } = towards || { x: now.x + now.width / 2, y: now.y + now.height / 2 };
    this.look({ x: x - (x - now.x) * share, y: y - (y - now.y) * share, width, height: now.height * share });
  }

  whole() {
    this.look(null);
  }

  look(at) {
    const { width, height } = this.size;
    const seen = at ? { ...at } : { x: 0, y: 0, width, height };
    seen.x = Math.max(0, Math.min(width - seen.width, seen.x));
    seen.y = Math.max(0, Math.min(height - seen.height, seen.y));
    this.at = seen;
    this.plane.setAttribute("viewBox", [seen.x, seen.y, seen.width, seen.height].join(" "));
    const closer = width / seen.width;
    this.drawing.classList.toggle("roomy", closer >= ROOM_FOR_ALL);
    const size = closer ** -0.6;
    for (const one of this.plane.querySelectorAll(".dot, .name, .mark, .band-name")) {
      const [place] = one.getAttribute("transform").split(" scale");
      one.setAttribute("transform", size === 1 ? place : `${place} scale(${size})`);
    }
  }

  // --- saving --------------------------------------------------------------------------------

  save(kind) {
    const picture = this.drawing.cloneNode(true);
    if (!this.drawing.classList.contains("roomy")) for (const name of picture.querySelectorAll(".crowded")) name.remove();
    for (const dot of picture.querySelectorAll("[tabindex]")) for (const said of ["tabindex", "role"]) dot.removeAttribute(said);
    const text = new XMLSerializer().serializeToString(picture);
    const drawn = new Blob([text], { type: "image/svg+xml" });
    if (kind === "svg") this.hand(drawn, kind);
    else this.painted(drawn);
  }

  painted(drawn) {
    const address = URL.createObjectURL(drawn);
    const image = new Image();
    const fail = () => notice(say("The picture could not be made. Save it as SVG instead."));
    image.onerror = fail;
    image.onload = () => {
      const { width, height } = this.drawing.viewBox.baseVal;
      const canvas = element("canvas", { width: Math.round(2 * width), height: Math.round(2 * height) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((made) => (made ? this.hand(made, "png") : fail()), "image/png");
    };
    image.src = address;
  }

  hand(blob, ending) {
    const address = URL.createObjectURL(blob);
    const way = element("a", { href: address, download: `${this.file}.${ending}` });
    way.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const network = view("network", () => new Network());
  const root = rooted(parentElement, "network");
  if (network.frame.parentElement !== root) {
    root.replaceChildren(network.frame);
    network.arrive();
  }
  network.show(data, teller(setStateValue, parentElement));
}
