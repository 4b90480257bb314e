// What all parts share: making elements, words of the interface, notices, and the outbox.
//
// Texts of users only ever become text nodes. The outbox keeps what the researcher did until
// the store has confirmed it: operations are numbered, at most one message is under way, and
// each message carries every operation that is not confirmed yet.

const here = new URL(import.meta.url);
const { Turns } = await import("./turns.js" + here.search);
const { Typed } = await import("./typed.js" + here.search);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) made.style.setProperty(k, v);
    else if (name === "data") Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}

export function colour(said, otherwise = "#7a8794") {
  return /^#[0-9a-fA-F]{6}$/.test(said || "") ? said : otherwise;
}

// A colour of somebody's choice as a stripe or a tint: lighter on dark, so that deep blue is seen.
export function ink(said) {
  const held = colour(said);
  return `light-dark(${held}, color-mix(in srgb, ${held} 55%, #fff))`;
}

export function editable(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}

// The texts of a language are fetched once, before a part that speaks it is loaded.
const languages = { en: {} };
let words = languages.en;
export async function learn(language) {
  languages[language] ??= await (await fetch(new URL(`${language}.json${here.search}`, here))).json();
}
export function speak(language) {
  words = languages[language] || languages.en;
  document.documentElement.lang = language;
  document.cookie = `workbench-language=${language}; path=/; max-age=31536000; SameSite=Strict`;
}
export function say(text, ...parts) {
  const said = words[text] || text;
  return parts.reduce((whole, part, n) => whole.replaceAll(`{${n}}`, part), said);
}

// Load a style sheet of the parts, once.
export function style(file) {
  const href = new URL(file + here.search, here).href;
  if (![...document.styleSheets].some((s) => s.href === href) && !document.querySelector(`link[href="${href}"]`)) {
    document.head.append(element("link", { rel: "stylesheet", href }));
  }
}
style("parts.css");

// The element that a part draws in; style sheets other than parts.css hold in theirs alone.
export function rooted(parentElement, ...sheets) {
  let root = parentElement.querySelector(":scope > .fw-root");
  if (!root) {
    root = element("div", { class: ["fw-root", ...sheets.map((sheet) => `fw-in-${sheet}`)].join(" ") });
    parentElement.append(root);
  }
  return root;
}

// Let a box reach down to the end of the window, however tall what stands above it is.
export function fit(box, least = 320, below = 20) {
  const set = () => {
    if (!box.isConnected) return removeEventListener("resize", set);
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop || 0;
    const top = box.getBoundingClientRect().top + scrolled;
    box.style.height = `${Math.max(least, innerHeight - top - below)}px`;
  };
  requestAnimationFrame(set);
  setTimeout(set, 400);
  addEventListener("resize", set);
}

// --- notices ---------------------------------------------------------------------------------

export function notice(text, kind = "error") {
  let shelf = document.getElementById("fw-notices");
  if (!shelf) {
    shelf = element("div", { id: "fw-notices", class: "fw-part", role: "region", "aria-label": say("Messages") });
    document.body.append(shelf);
  }
  const close = element("button", { class: "fw-plain", "aria-label": say("Close"), onclick: () => box.remove() }, "×");
  const box = element("div", { class: `fw-notice fw-${kind}`, role: kind === "error" ? "alert" : "status" }, element("span", {}, text), close);
  shelf.append(box);
  setTimeout(() => box.remove(), kind === "error" ? 20000 : 5000);
}

// --- the outbox ------------------------------------------------------------------------------

const RESEND_AFTER = 4000;

class Outbox {
  constructor(turns) {
    this.turns = turns;
    this.client = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16).padStart(8, "0")).join("");
    this.queue = [];
    this.made = 0;
    this.answered = 0;
    this.stored = 0;
    this.messages = 0;
    this.underWay = null;
    this.deliver = null;
    this.project = "";
    this.waiting = new Map();
    addEventListener("beforeunload", (event) => {
      if (this.open()) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => this.keys(event));
  }

  // Put an operation into the queue; `then` hears how it went once the store has answered, and
  // returns true when it has told the researcher itself.
  add(name, given, then = null) {
    this.made += 1;
    this.queue.push({ number: this.made, project: this.project, name, given });
    if (then) this.waiting.set(this.made, then);
    this.tell();
    setTimeout(() => this.send(), 0);
    return this.made;
  }

  send() {
    if (!this.deliver || this.underWay || !this.queue.length) return;
    if (!this.turns.free()) return this.turns.after(this, () => this.send());
    this.messages += 1;
    const message = { client: this.client, message: this.messages, answered: this.answered, operations: this.queue.slice() };
    this.underWay = setTimeout(() => {
      this.underWay = null;
      this.send();
    }, RESEND_AFTER);
    this.deliver(message);
  }

  keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || editable(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && !(key === "y" && event.ctrlKey)) return;
    if (event.target instanceof Element && event.target.closest("[role=dialog], [role=alertdialog]")) return;
    event.preventDefault();
    this.add(key === "y" || event.shiftKey ? "redo" : "undo", {});
  }

  // How many operations the store does not have yet.
  open() {
    return this.queue.filter((one) => one.number > this.stored).length;
  }

  // What a run says before it draws the page: up to which operation the store has all.
  confirm(told) {
    if (told.client === this.client) this.stored = Math.max(this.stored, told.number);
    this.tell();
  }

  // What a full run of the page says: which operations are carried out, and how.
  hear(told) {
    this.project = told.project;
    if (told.client === this.client) {
      this.stored = Math.max(this.stored, told.number);
      for (const answer of told.answers) {
        if (answer.number <= this.answered) continue;
        this.answered = answer.number;
        const then = this.waiting.get(answer.number);
        this.waiting.delete(answer.number);
        const told = then && then(answer) === true;
        if (answer.says && !told) notice(answer.says, answer.done ? "info" : "error");
      }
      this.answered = Math.max(this.answered, told.number);
      this.queue = this.queue.filter((one) => one.number > told.number);
      for (const number of [...this.waiting.keys()]) if (number <= told.number) this.waiting.delete(number);
      clearTimeout(this.underWay);
      this.underWay = null;
    }
    this.tell();
    this.send();
  }

  tell() {
    document.dispatchEvent(new CustomEvent("fw-outbox", { detail: this.open() }));
  }
}

const shared = (window.frameworkWorkbench ??= { views: {} });

// The second click of a double click is no second act: it would be answered instead of the
// first, by a form that is empty by then.
if (!shared.once) {
  shared.once = true;
  const acts = ["primary", "primaryFormSubmit", "secondaryFormSubmit"].map((kind) => `[data-testid="stBaseButton-${kind}"]`);
  const again = (event) => {
    if (event.detail < 2 || !(event.target instanceof Element) || !event.target.closest(acts.join())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("click", again, true);
}

// Streamlit writes each part of an address as a step of its own; the back button is to lead to
// the page before, not through all of them.
if (!shared.steps) {
  shared.steps = true;
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const there = new URL(url ?? location.href, location.href);
    if (there.pathname === location.pathname) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}
shared.typed ??= new Typed(() => confirm(say("What was typed here is not stored. Close it all the same?")));
shared.turns ??= new Turns();
shared.outbox ??= new Outbox(shared.turns);
export const outbox = shared.outbox;

// Return the function by which a part says something to its page: where somebody wants to go,
// what is looked at, what is picked. The page hears it once (`told` in Python), and of several
// sayings in a hurry the last. What a part says waits while a form lies over it, which the run
// that follows would shut; a part that is gone says nothing. It returns the number of the
// saying, which grows.
const LOOK_AGAIN = 300;
let sayings = 0;
export function teller(setStateValue, parentElement, { inFragment = false } = {}) {
  let whole = null;
  const speak = () => {
    if (!whole || !parentElement.isConnected) return;
    if (covered(parentElement)) return setTimeout(speak, LOOK_AGAIN);
    const wait = untilHeard(inFragment);
    if (wait > 0) return setTimeout(speak, wait);
    setStateValue("said", whole);
    whole = null;
  };
  return (said) => {
    sayings = Math.max(Date.now(), sayings + 1);
    whole = { ...said, n: sayings };
    shared.turns.after(speak, speak);
    return sayings;
  };
}

// Streamlit sends what is set in one moment as one message, and runs nothing but a fragment of the
// page for it where one part stands in that: such a part says what it has to in a moment of its own.
const MOMENT = 20;
const spoken = (shared.spoken ??= { page: -MOMENT, fragment: -MOMENT });

// Return for how many ms somebody has to wait before speaking; who need not is taken to speak.
export function untilHeard(inFragment = false) {
  const now = performance.now();
  const before = inFragment ? Math.max(spoken.page, spoken.fragment) : spoken.fragment;
  const wait = Math.ceil(before + MOMENT - now);
  if (wait <= 0) spoken[inFragment ? "fragment" : "page"] = now;
  return wait;
}

function covered(part) {
  const forms = [...document.querySelectorAll("[data-testid=stDialog]")];
  return forms.length > 0 && !forms.some((form) => form.contains(part));
}

// One controller per name that outlives remounts: a part may be unmounted and mounted anew.
export function view(name, make) {
  return (shared.views[name] ??= make(name));
}
