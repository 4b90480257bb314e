// Positions in a text: the store counts code points, the browser counts UTF-16 units.
// One Passage is the words of one turn; `start` is the code point at which they begin.

const SURROGATE = /[\uD800-\uDBFF]/;
const GRAPHEMES = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
const WORDS = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;
const SENTENCES = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "sentence" }) : null;

export class Passage {
  constructor(words, start) {
    this.words = words;
    this.start = start;
    this.plain = !SURROGATE.test(words);
    if (!this.plain) {
      this.units = [0];
      for (const letter of words) this.units.push(this.units[this.units.length - 1] + letter.length);
    }
    this.stop = start + (this.plain ? words.length : this.units.length - 1);
  }

  // UTF-16 unit of a position of the text, held within the passage.
  unit(position) {
    const at = Math.min(Math.max(position, this.start), this.stop) - this.start;
    return this.plain ? at : this.units[at];
  }

  position(unit) {
    if (this.plain) return this.start + unit;
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.units[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return this.start + low;
  }

  // The border of a letter as people see it, at or before (−1) or at or after (+1) a unit.
  letterBorder(unit, direction) {
    if (!GRAPHEMES || unit <= 0 || unit >= this.words.length) return unit;
    const from = Math.max(0, unit - 60);
    const near = this.words.slice(from, unit + 60);
    let before = from;
    for (const { index, segment } of GRAPHEMES.segment(near)) {
      if (from + index >= unit) return from + index === unit ? unit : direction < 0 ? before : from + index;
      before = from + index;
      if (before < unit && before + segment.length > unit) return direction < 0 ? before : before + segment.length;
    }
    return unit;
  }

  borders(kind) {
    const cutter = kind === "sentence" ? SENTENCES : WORDS;
    if (!cutter) return [0, this.words.length];
    const found = [0];
    for (const { index, segment, isWordLike } of cutter.segment(this.words)) {
      if (kind === "sentence" || isWordLike) found.push(index + segment.trimEnd().length);
    }
    if (found[found.length - 1] !== this.words.length) found.push(this.words.length);
    return found;
  }

  starts(kind) {
    const cutter = kind === "sentence" ? SENTENCES : WORDS;
    if (!cutter) return [0];
    return [...cutter.segment(this.words)].filter((s) => kind === "sentence" || s.isWordLike).map((s) => s.index);
  }
}

// A segment without blanks at its ends: the first passage loses leading, the last trailing ones.
export function trimmed(first, from, last, to) {
  let a = first.letterBorder(from, -1);
  let b = last.letterBorder(to, 1);
  while (a < (first === last ? b : first.words.length) && /\s/.test(first.words[a])) a += 1;
  while (b > (first === last ? a : 0) && /\s/.test(last.words[b - 1])) b -= 1;
  return [first.position(a), last.position(b)];
}
