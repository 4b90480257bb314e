// How much room there is for a picture: the width of its column, the height of the window.
// It is told again only when it changes much. On another page the picture's column is a share
// of where this part stands, and only a fragment of that page runs for it.

const { teller } = await import("./core.js" + new URL(import.meta.url).search);

const MUCH = 60;

export default function ({ data, parentElement, setStateValue }) {
  const column = parentElement.closest("[data-testid=stColumn]") || parentElement;
  const say = teller(setStateValue, parentElement, { inFragment: true });
  const tell = () => {
    const found = [Math.round(column.clientWidth * data.share), Math.round(innerHeight)];
    if (found[0] < 100) return;
    if (data.known && found.every((n, i) => Math.abs(n - data.known[i]) < MUCH)) return;
    say({ room: found });
  };
  let later = null;
  const wait = () => {
    clearTimeout(later);
    later = setTimeout(tell, 400);
  };
  addEventListener("resize", wait);
  tell();
  return () => {
    clearTimeout(later);
    removeEventListener("resize", wait);
  };
}
