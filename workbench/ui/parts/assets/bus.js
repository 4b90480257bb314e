// The bus: one on every page. It hands the outbox to Python and Python's answers to the outbox.

const search = new URL(import.meta.url).search;
const { outbox, untilHeard } = await import("./core.js" + search);
const { watchFields } = await import("./fields.js" + search);

// What draws figures takes a second to come to life, during which the page stands still: it does
// so before the first figure is asked for, when the researcher's hands have rested for a while.
const REST = 3000;
let ahead = "";
let resting = 0;

function rest() {
  clearTimeout(resting);
  resting = setTimeout(() => {
    for (const kind of TOUCHES) document.removeEventListener(kind, rest, { capture: true });
    import(new URL(ahead, document.baseURI).href).catch(() => {}); // the figure itself asks again
  }, REST);
}

const TOUCHES = ["pointermove", "pointerdown", "keydown", "wheel"];

function loadAhead(script) {
  if (!script || ahead) return;
  ahead = script;
  for (const kind of TOUCHES) document.addEventListener(kind, rest, { capture: true, passive: true });
  rest();
}

export default function ({ data, parentElement, setStateValue }) {
  // menus and notices hang on the body, outside Streamlit's theme: hand it on
  const theme = getComputedStyle(parentElement);
  for (const name of ["--st-text-color", "--st-background-color", "--st-secondary-background-color", "--st-primary-color", "--st-font"]) {
    document.documentElement.style.setProperty(name, theme.getPropertyValue(name));
  }
  const deliver = (message) => {
    const wait = untilHeard();
    if (wait > 0) setTimeout(deliver, wait, message);
    else setStateValue("outbox", message);
  };
  outbox.deliver = deliver;
  outbox.hear(data);
  loadAhead(data.ahead);
  watchFields();
}
