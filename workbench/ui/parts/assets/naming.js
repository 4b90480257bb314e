// Names that are typed on the board: of a new node, in the lane where it will stand, and of a
// node that is renamed, on its card.

const version = new URL(import.meta.url).search;
const { element, say } = await import("./core.js" + version);

export class Naming {
  constructor(board) {
    this.board = board;
    this.form = null; // the name of a new node that is being typed
    this.renaming = null; // the name that is being changed
  }

  // Ask for the name of a new node over what was picked, in the lane where it will stand.
  ask(level, ids, label = "") {
    const { form } = this.board.rows.get(level);
    const input = element("input", { type: "text", "aria-label": say("Name of the new {0}", this.board.levelName(level)), placeholder: say("Name") });
    input.value = label;
    const from = ids.length ? say("over {0} picked", ids.length) : say("with nothing below it yet");
    const cancel = () => this.leave(ids.at(-1));
    const make = () => {
      const named = input.value.trim();
      if (!named) return;
      const statements = ids.filter((id) => this.board.ladder.statements.has(id));
      const over = ids.filter((id) => this.board.ladder.nodes.has(id));
      const number = this.board.ladder.ask(
        "add_node",
        { ladder: this.board.data.ladder, label: named, level, statements, over },
        { kind: "add", node: null, level, label: named, statements, over },
        (answer) => {
          if (answer.done && this.board.lanes.current === `new:${number}`) this.board.lanes.want(answer.made);
          this.board.draw();
          if (!answer.done) this.ask(level, ids, named);
        },
      );
      this.board.lanes.putDown();
      this.leave(null);
      this.board.lanes.current = `new:${number}`;
      this.board.draw();
      this.board.lanes.focus(`new:${number}`);
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") make();
      if (event.key === "Escape") cancel();
    });
    this.leave(null);
    this.form = { input, form };
    form.replaceChildren(
      input,
      element("span", { class: "fw-hint" }, from),
      element("span", { class: "fw-row" }, element("button", { class: "fw-main", onclick: make }, say("Make it")), element("button", { onclick: cancel }, say("Cancel"))),
    );
    input.focus();
    form.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  leave(back) {
    this.form?.form.replaceChildren();
    this.form = null;
    if (back) this.board.lanes.focus(back);
  }

  rename(id, typed = null) {
    const node = this.board.ladder.nodes.get(id);
    if (!node || node.fresh) return;
    if (!this.board.lanes.card(id)) this.board.showAll();
    const card = this.board.lanes.card(id);
    const input = element("textarea", { class: "fw-rename", rows: "2", "aria-label": say("New name of {0}", node.label) });
    input.value = typed ?? node.label;
    const leave = (store) => {
      if (this.renaming?.input !== input) return;
      this.renaming = null;
      const label = input.value.trim();
      if (store && label && label !== node.label) this.board.change(node, "rename_node", "rename", "label", label);
      this.board.rows.get(node.level).drawn = this.board.rows.get(node.level).cards = null;
      this.board.draw();
      this.board.lanes.focus(id);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") (event.preventDefault(), leave(true));
      if (event.key === "Escape") leave(false);
    });
    input.addEventListener("blur", () => input.isConnected && leave(true));
    this.renaming = { id, input };
    card.draggable = false;
    card.querySelector(".fw-card-label").replaceChildren(input);
    if (typed === null) input.select();
    else input.focus();
  }

  // The cards were drawn anew while somebody types a name: it goes on where it was.
  goOn() {
    if (!this.renaming) return;
    const { id, input } = this.renaming;
    if (input.isConnected) input.focus();
    else if (this.board.lanes.card(id)) this.rename(id, input.value);
    else this.renaming = null;
  }
}
