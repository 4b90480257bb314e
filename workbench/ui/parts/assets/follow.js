// Links inside a part that lead to other pages of the same session.
//
// A plain click asks Python to go there; with a key held down, or by the browser's own menu, the
// address opens in a window of its own.

const { element } = await import("./core.js" + new URL(import.meta.url).search);

// Return the address of what a page opens there.
export function address(page, opens) {
  const asked = new URLSearchParams(Object.entries(opens).filter(([, v]) => v)).toString();
  return `${page}${asked ? "?" + asked : ""}`;
}

// A link; `ask` hears {page, opens} when it is followed in this window.
export function followed(ask, page, opens, attributes, ...children) {
  return element(
    "a",
    {
      ...attributes,
      href: address(page, opens),
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        ask({ page, opens });
      },
    },
    ...children,
  );
}
