// What Streamlit's own fields for files say, in the language of the page.
//
// Streamlit has no languages. Its words are text nodes that stay as long as the field does;
// what each said at first is kept, so that the language can be changed again.

const { say } = await import("./core.js" + new URL(import.meta.url).search);

const FILES = "[data-testid=stFileUploaderDropzone]";
const first = new WeakMap();
let waiting = false;

function inWords(text) {
  const limit = /^(\S+) per file$/.exec(text);
  if (limit) return say("{0} per file", limit[1]);
  if (text === "Upload") return say("Upload");
  if (text === "Drag and drop a file here") return say("Drag and drop a file here");
  if (text === "Drag and drop files here") return say("Drag and drop files here");
  return text;
}

function speak() {
  waiting = false;
  for (const field of document.querySelectorAll(FILES)) {
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
