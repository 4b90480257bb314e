// What a transcript of a case shows beside its open cell: which words are the case's, what has
// the cell's code, and what is chosen to be cited. The part “transcript” draws the text.

const version = new URL(import.meta.url).search;
const { rooted, teller, view } = await import("./core.js" + version);
const { Cells } = await import("./cells.js" + version);
const { Transcript } = await import("./transcript.js" + version);

export default function ({ data, parentElement, setStateValue }) {
  rooted(parentElement, "chart").replaceChildren(); // the chart stood here before
  const transcript = view(`${data.view}:words`, (name) => new Transcript(name));
  const cells = view(data.view, () => new Cells());
  cells.tell = teller(setStateValue, parentElement);
  cells.look = null;
  cells.back = () => transcript.box?.focus();
  cells.heard(data);
  if (data.words) transcript.show(data.words);
}
