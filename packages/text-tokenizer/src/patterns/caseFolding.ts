import { classChar } from './charClasses.ts';
import { choice, type Node, sequence, setOf } from './nodes.ts';

/** Ranges that hold every character whose full case folding has several characters, as ß has `ss`. */
const candidates = [
  [0xdf, 0xdf],
  [0x130, 0x130],
  [0x149, 0x149],
  [0x1f0, 0x1f0],
  [0x390, 0x390],
  [0x3b0, 0x3b0],
  [0x587, 0x587],
  [0x1e96, 0x1e9e],
  [0x1f50, 0x1ffc],
  [0xfb00, 0xfb17],
] as const;

let known: Map<string, number[]> | undefined;

/** Maps each folding of several characters to the characters that have it. Source: Unicode's CaseFolding.txt, status F. */
function foldings(): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const [first, last] of candidates) {
    for (let point = first; point <= last; point++) {
      const folded = foldingOf(point);
      if (folded) all.set(folded, [...(all.get(folded) ?? []), point]);
    }
  }
  return all;
}

function foldingOf(point: number): string | undefined {
  const char = String.fromCodePoint(point);
  // U+1E9E and U+0130 change when lowercased; the others change when uppercased.
  const folded =
    point === 0x1e9e
      ? 'ss'
      : point === 0x130
        ? 'i\u0307'
        : Array.from(char.toUpperCase(), (part) => part.toLowerCase())
            .join('')
            .replace(/ς/g, 'σ');
  return [...folded].length > 1 ? folded : undefined;
}

const literals = (text: string): Node =>
  sequence(Array.from(text, (char) => setOf(classChar(char.codePointAt(0)!), true)));

/**
 * A node for literal characters whose case is ignored. A character also matches its folding, and several characters also
 * match the character that folds to them. Undefined if two such matches overlap, as in `sss`.
 */
export function foldedText(points: readonly number[]): Node[] | undefined {
  known ??= foldings();
  const nodes: Node[] = [];
  for (let at = 0; at < points.length;) {
    const part = [3, 2]
      .map((length) => points.slice(at, at + length))
      .find((longer) => known!.has(foldedOf(longer))) ?? [points[at]!];
    for (let inner = at + 1; inner < at + part.length; inner++) {
      if (
        [2, 3].some(
          (length) => inner + length > at + part.length && known!.has(foldedOf(points.slice(inner, inner + length))),
        )
      )
        return undefined;
    }
    nodes.push(part.length === 1 ? foldedClass(classChar(part[0]!)) : foldedPart(part, known.get(foldedOf(part))!));
    at += part.length;
  }
  return nodes;
}

/** Matches two or three characters: as they are, or with the characters that fold to all of them or to two of three. */
function foldedPart(part: readonly number[], points: readonly number[]): Node {
  const options = [literals(String.fromCodePoint(...part)), setOf(`[${points.map(classChar).join('')}]`)];
  for (let cut = 1; part.length === 3 && cut < 3; cut++) {
    const halves = [foldedText(part.slice(0, cut)), foldedText(part.slice(cut))];
    if (halves[0] && halves[1]) options.push(sequence([...halves[0], ...halves[1]]));
  }
  return choice(options);
}

const foldedOf = (points: readonly number[]): string =>
  String.fromCodePoint(...points)
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(/ſ/g, 's');

/** Matches a class whose case is ignored, or the foldings of its members. */
export function foldedClass(source: string): Node {
  known ??= foldings();
  const members = new RegExp(`^[${source}]$`, 'iv');
  const texts = [...known]
    .filter(([, points]) => points.some((point) => members.test(String.fromCodePoint(point))))
    .map(([text]) => literals(text));
  return choice([setOf(source, true), ...texts]);
}
