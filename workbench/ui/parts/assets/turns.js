// Who may speak to the server: one after the other.
//
// Streamlit stops a run when the browser asks for the next one, and forgets a button whose act
// the stopped run had not reached yet, or a page that a link asked for. So nothing is asked for
// while the run of an act goes on: a click waits, and is made when the act is done, unless it
// is impatience with the same button; what the parts of the page have to say waits for the run
// of any click, and for the page that a link leads to. A link that led nowhere is followed again.

const ACTS = "[data-testid=stButton], [data-testid=stFormSubmitButton]";
const LEADS = "[data-testid=stSidebarNavLink], [data-testid=stPageLink] a";
const REACTING = "a, button, input, summary, [role=button], [role=tab], [role=option], [role=radio]";
// In ms: within how long a run follows one that ends; how long the browser waits for a run to
// begin that is sure to come, and for one that may; how long anything waits at all.
const NEXT = 120;
const SURE = 2500;
const PERHAPS = 300;
const LONGEST = 10_000;

export class Turns {
  constructor() {
    this.since = 0; // when the click was made whose run goes on
    this.act = null; // the button, where that click was an act
    this.link = null; // the link to another page, where that click was on one
    this.followed = null; // the link that was followed again
    this.begun = false; // whether its run has begun
    this.ran = false; // whether any run went on when this was looked at last
    this.clicks = [];
    this.later = new Map();
    document.addEventListener("click", (event) => this.clicked(event), true);
    document.addEventListener("keydown", (event) => this.sent(event), true);
    const watch = { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] };
    new MutationObserver(() => this.look()).observe(document.documentElement, watch);
  }

  free() {
    return !this.since;
  }

  // Do something when no click's run goes on; of what the same `who` wants to do, the last.
  after(who, what) {
    if (this.free()) what();
    else this.later.set(who, what);
  }

  clicked(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || target.closest(".fw-part") || !target.closest(REACTING)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a link in a window of its own
    if (event.isTrusted) this.followed = null;
    const act = target.closest(ACTS);
    if (!this.act) return this.begin(act, act || target.closest("a") ? SURE : PERHAPS, target.closest(LEADS));
    event.preventDefault();
    event.stopImmediatePropagation();
    if (act !== this.act || !running()) this.clicks.push(target);
  }

  // Enter in a field sends its form without a click.
  sent(event) {
    if (event.key !== "Enter" || this.act || !(event.target instanceof Element)) return;
    const form = event.target.closest("[data-testid=stForm]");
    if (form && event.target.closest("input")) this.begin(form, PERHAPS);
  }

  begin(act, patience, link = null) {
    this.since = Date.now();
    this.act = act;
    this.link = link;
    this.begun = false;
    this.wait(patience);
  }

  wait(most) {
    clearTimeout(this.last);
    this.last = setTimeout(() => this.end(), most);
  }

  // Each run begins anew, also where it cuts another short.
  look() {
    const runs = running();
    if (runs && !this.ran) this.begun = true;
    this.ran = runs;
    if (this.since && this.begun) this.wait(runs ? LONGEST : NEXT);
  }

  end() {
    clearTimeout(this.last);
    if (this.leads()) return this.lead();
    this.since = 0;
    this.act = null;
    this.link = null;
    const next = this.clicks.shift();
    if (next) return next.isConnected ? next.click() : this.end();
    const waiting = [...this.later.values()];
    this.later.clear();
    for (const what of waiting) what();
  }

  // Whether the page that a link leads to has not come yet.
  leads() {
    const leads = this.link?.isConnected && this.link.pathname !== location.pathname;
    return leads && Date.now() - this.since < LONGEST;
  }

  lead() {
    if (this.followed === this.link || running() || Date.now() - this.since < SURE) return this.wait(NEXT);
    this.followed = this.link;
    this.link.click();
  }
}

function running() {
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  return state !== undefined && state !== "notRunning" && state !== "compilationError";
}
