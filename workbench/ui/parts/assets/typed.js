// What was typed into a form over the page is not thrown away unasked.
//
// Streamlit shuts such a form at Escape, at its cross and at a click beside it, and forgets its
// words. Escape and the cross ask first where something was typed; a click beside it does nothing
// then. A button of the form that stores, or refuses, ends what this knows: what is typed after
// that counts anew.

const FORM = "[data-testid=stDialog]";
const STORES = "[data-testid=stButton] button, [data-testid=stFormSubmitButton] button";
const NOT_MODAL = "[aria-expanded=true], [role=listbox], [role=option]";

export class Typed {
  // `sure` asks the researcher whether to go; it returns what was answered.
  constructor(sure) {
    this.sure = sure;
    this.form = null; // the form in which something was typed
    const on = (kind, what) => document.addEventListener(kind, what, true);
    on("input", (event) => this.typed(event));
    on("keydown", (event) => event.key === "Escape" && !inside(event, NOT_MODAL) && this.leaves(event));
    on("click", (event) => this.clicked(event));
    on("pointerdown", (event) => this.open() && beside(event, this.form) && halt(event));
  }

  open() {
    return this.form?.isConnected;
  }

  typed(event) {
    if (event.target.matches("input:not([type=file]), textarea")) this.form = event.target.closest(FORM) || this.form;
  }

  clicked(event) {
    if (!this.open()) return;
    if (inside(event, STORES)) this.form = null;
    else if (inside(event, "button[aria-label=Close]")) this.leaves(event);
    else if (beside(event, this.form)) halt(event);
  }

  leaves(event) {
    if (!this.open()) return;
    if (this.sure()) this.form = null;
    else halt(event);
  }
}

function inside(event, what) {
  return event.target instanceof Element && event.target.closest(what) !== null;
}

function beside(event, form) {
  return event.target === form;
}

function halt(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
