// The bus: one on every page. It hands the outbox to Python and Python's answers to the outbox,
// and says in words whether everything is stored.

const { element, outbox, say } = await import("./core.js" + new URL(import.meta.url).search);

export default function ({ data, parentElement, setStateValue }) {
  // menus and notices hang on the body, outside Streamlit's theme: hand it on
  const theme = getComputedStyle(parentElement);
  for (const name of ["--st-text-color", "--st-background-color", "--st-secondary-background-color", "--st-primary-color", "--st-font"]) {
    document.documentElement.style.setProperty(name, theme.getPropertyValue(name));
  }
  outbox.deliver = (message) => setStateValue("outbox", message);
  let line = parentElement.querySelector(".fw-stored");
  if (!line) {
    line = element("div", { class: "fw-part fw-stored", role: "status" });
    parentElement.append(line);
  }
  const show = () => {
    const open = outbox.queue.length;
    line.textContent = open ? say("Storing {0} …", open) : say("All changes are stored");
    line.classList.toggle("fw-open", open > 0);
    line.dataset.open = open;
  };
  parentElement.fwShow ??= (document.addEventListener("fw-outbox", () => parentElement.fwShow()), show);
  outbox.hear(data);
  show();
}
