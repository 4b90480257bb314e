// Nodes × groups: how many cases of a group reach a node; a click opens who does, who does not,
// who speaks against it, and the words.

const version = new URL(import.meta.url).search;
const { element, outbox, rooted, say, style, teller, view } = await import("./core.js" + version);
const { followed } = await import("./follow.js" + version);
const { sheet } = await import("./sheet.js" + version);
style("board.css");

class Groups {
  constructor() {
    this.words = new Map();
    this.shows = null;
  }

  show(root, data) {
    const another = JSON.stringify(data.cells) !== JSON.stringify(this.data?.cells);
    this.data = data;
    if (another) (this.shows = null), this.words.clear();
    if (!another && root.firstChild) return;
    const named = [...new Map(data.cells.map((one) => [one[0], one[1]]))];
    const groups = [...new Set(data.cells.map((one) => one[2]))];
    const at = new Map(data.cells.map((one) => [`${one[0]} ${one[2]}`, one]));
    const rows = named.map(([id, label]) => [label, ...groups.map((group) => this.cell(at.get(`${id} ${group}`))), this.total(groups.map((group) => at.get(`${id} ${group}`)))]);
    this.drawer = element("aside", { class: "fw-drawer fw-shut", "aria-label": say("What is opened"), tabindex: "-1" });
    this.drawer.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    root.replaceChildren(element("div", { class: "fw-part fw-beside" }, sheet({ label: data.label, heads: [data.corner, ...groups, say("All")], rows }), this.drawer));
  }

  cell(one) {
    const [, , , reach, silent, against] = one;
    const of = reach.length + silent.length;
    const text = say("{0} of {1}", reach.length, of) + (against.length ? " · " + say("{0} against", against.length) : "");
    return { text, hint: say("Open who, and the words"), shade: of ? reach.length / of : 0, open: (event) => this.open(one, event.currentTarget) };
  }

  total(all) {
    const sum = (at) => all.reduce((n, one) => n + one[at].length, 0);
    return say("{0} of {1}", sum(3), sum(3) + sum(4));
  }

  open(one, from) {
    this.shows = one;
    this.from = from;
    const key = `${one[0]} ${one[2]}`;
    if (!this.words.has(key)) {
      outbox.add("words_of_codings", { codings: one[6] }, (answer) => {
        if (answer.done) this.words.set(key, answer.made);
        if (this.shows === one) this.draw();
      });
    }
    this.draw();
    this.drawer.focus();
  }

  close() {
    this.shows = null;
    this.drawer.classList.add("fw-shut");
    this.from?.focus();
  }

  draw() {
    const [id, label, group, reach, silent, against] = this.shows;
    const line = (head, names) => element("p", { class: "fw-names" }, element("b", {}, head + " "), names.length ? names.join(", ") : say("nobody"));
    const words = this.words.get(`${id} ${group}`);
    this.drawer.classList.remove("fw-shut");
    this.drawer.replaceChildren(
      element("div", { class: "fw-drawer-head" }, element("span", { class: "fw-hint" }, group), element("button", { class: "fw-plain", "aria-label": say("Close"), onclick: () => this.close() }, "×"), element("h3", { dir: "auto" }, label)),
      line(say("Reach it ({0}):", reach.length), reach),
      line(say("Do not reach it ({0}):", silent.length), silent),
      against.length ? line(say("Speak against it ({0}):", against.length), against) : element("p", { class: "fw-hint" }, say("No finding here has words against it.")),
      words
        ? element("div", { class: "fw-quotes" }, words.map(([coding, said, transcript, speaker]) => followed((said) => this.tell(said), "indexing", { transcript, coding }, { class: "fw-quoted", dir: "auto" }, `“${said}”`, element("span", { class: "fw-hint" }, ` ${[speaker, transcript].filter(Boolean).join(", ")}`))))
        : element("p", { class: "fw-hint" }, say("Fetching the words …")),
    );
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = rooted(parentElement, "board", "sheet");
  const groups = view("mapping:groups", () => new Groups());
  groups.tell = teller(setStateValue, parentElement);
  groups.show(root, data);
}
