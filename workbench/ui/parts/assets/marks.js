// What is marked in a transcript. It draws nothing itself: the transcript of the same name does.

const version = new URL(import.meta.url).search;
const { view } = await import("./core.js" + version);
const { Transcript } = await import("./transcript.js" + version);

export default function ({ data }) {
  view(data.view, (name) => new Transcript(name)).show(data);
}
