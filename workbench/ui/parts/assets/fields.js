// What Streamlit's own fields say, in the language of the page.
//
// Streamlit has no languages. Its words are text nodes that stay as long as the field does;
// what each said at first is kept, so that the language can be changed again.

const { say } = await import("./core.js" + new URL(import.meta.url).search);

const FIELDS = [
  "[data-testid=stFileUploaderDropzone]",
  "[data-testid=InputInstructions]",
  "[role=option][data-key^=__]", // what stands among options and is none of them
  "[role=option]:not([data-key])",
].join();

const SAID = [
  [/^(\S+) per file$/, (m) => say("{0} per file", m[1])],
  [/^Upload$/, () => say("Upload")],
  [/^Drag and drop a file here$/, () => say("Drag and drop a file here")],
  [/^Drag and drop files here$/, () => say("Drag and drop files here")],
  [/^Press (\S+) to apply$/, (m) => say("Press {0} to apply", m[1])],
  [/^Press (\S+) to submit form$/, (m) => say("Press {0} to submit form", m[1])],
  [/^Select all$/, () => say("Select all")],
  [/^Select (\d+) matches$/, (m) => say("Select {0} matches", m[1])],
  [/^Add: ([^]*)$/, (m) => say("Add: {0}", m[1])],
  [/^No results$/, () => say("No results")],
  [/^No options$/, () => say("No options")],
];

const first = new WeakMap();
let waiting = false;

function inWords(text) {
  for (const [pattern, words] of SAID) {
    const found = pattern.exec(text);
    if (found) return words(found);
  }
  return text;
}

function speak() {
  waiting = false;
  for (const field of document.querySelectorAll(FIELDS)) {
    const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const held = first.get(node);
      const english = held && held.said === node.data ? held.english : node.data;
      const said = inWords(english);
      if (said === node.data) continue;
      first.set(node, { english, said });
      node.data = said;
    }
  }
}

// Fields come and go with runs, and a moment after them.
export function watchFields() {
  speak();
  if (document.fwFields) return;
  document.fwFields = new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(speak);
    waiting = true;
  });
  document.fwFields.observe(document.body, { subtree: true, childList: true });
}
