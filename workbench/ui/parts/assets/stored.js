// The line that says in words whether everything is stored. It comes before the rest of a page,
// so that nobody waits for the page to know it.
//
// data: client and number, up to which operation of which window the store has all; what it
// refused stays open until the page tells why.

const { element, outbox, say } = await import("./core.js" + new URL(import.meta.url).search);

export default function ({ data, parentElement }) {
  let line = parentElement.querySelector(".fw-stored");
  if (!line) {
    line = element("div", { class: "fw-part fw-stored", role: "status" });
    parentElement.append(line);
  }
  parentElement.fwShow ??= (document.addEventListener("fw-outbox", () => parentElement.fwShow()), show);
  function show() {
    const open = outbox.open();
    line.textContent = open ? say("Storing {0} …", open) : say("All changes are stored");
    line.classList.toggle("fw-open", open > 0);
    line.dataset.open = open;
  }
  outbox.confirm(data);
  show();
}
