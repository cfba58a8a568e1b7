import { textWidth } from '../src/svg/textWidth.ts';
import { parseSvg } from './parseSvg.ts';

type Corner = readonly [x: number, y: number];

/** A text of a picture and the corners of its box, which may be turned. */
export interface TextBox {
  readonly text: string;
  readonly corners: readonly Corner[];
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The texts of an SVG file with the boxes that a wide font gives them, and the size of the file. */
export function textBoxes(svg: string): { boxes: TextBox[]; width: number; height: number } {
  const root = parseSvg(svg);
  const boxes: TextBox[] = [];
  const walk = (element: Element, above: Matrix, size: number, anchor: string): void => {
    const own = times(above, transformOf(element, element === root));
    const [fontSize, textAnchor] = [number(element, 'font-size', size), element.getAttribute('text-anchor') ?? anchor];
    if (element.tagName.toLowerCase() === 'text') boxes.push(boxOf(element, own, fontSize, textAnchor));
    else for (const child of element.children) walk(child, own, fontSize, textAnchor);
  };
  walk(root, [1, 0, 0, 1, 0, 0], 10, 'start');
  return {
    boxes: boxes.filter(({ text }) => text !== ''),
    width: number(root, 'width', 0),
    height: number(root, 'height', 0),
  };
}

function boxOf(element: Element, matrix: Matrix, fontSize: number, anchor: string): TextBox {
  const text = element.textContent ?? '';
  const bold = element.getAttribute('font-weight') === 'bold' ? 1.15 : 1;
  const width = textWidth(text, fontSize) * bold;
  const left = number(element, 'x', 0) - width * { start: 0, middle: 0.5, end: 1 }[anchor]!;
  const dy = element.getAttribute('dy') ?? element.getAttribute('y') ?? '0';
  const base = dy.endsWith('em') ? parseFloat(dy) * fontSize : parseFloat(dy);
  const [top, bottom] = [base - fontSize * 0.76, base + fontSize * 0.2];
  const corners = [
    [left, top],
    [left + width, top],
    [left + width, bottom],
    [left, bottom],
  ] as const;
  return { text, corners: corners.map(([x, y]) => apply(matrix, x, y)) };
}

function number(element: Element, name: string, otherwise: number): number {
  const value = element.getAttribute(name);
  return value === null ? otherwise : parseFloat(value);
}

function transformOf(element: Element, isRoot: boolean): Matrix {
  const text = element.getAttribute('transform') ?? '';
  const nested = element.tagName.toLowerCase() === 'svg' && !isRoot;
  let matrix: Matrix = [1, 0, 0, 1, nested ? number(element, 'x', 0) : 0, nested ? number(element, 'y', 0) : 0];
  for (const [, name, values] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x = 0, y = 0] = values!.split(/[ ,]+/).map(Number);
    const angle = (x * Math.PI) / 180;
    if (name === 'translate') matrix = times(matrix, [1, 0, 0, 1, x, y]);
    else if (name === 'rotate')
      matrix = times(matrix, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
    else if (name === 'scale') matrix = times(matrix, [x, 0, 0, x, 0, 0]);
    else throw new Error(`a transform that this helper does not know: ${name}`);
  }
  return matrix;
}

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): Corner {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Whether two boxes have a point in common: no side of either separates them. */
export function overlap(a: TextBox, b: TextBox): boolean {
  return ![a, b].some(({ corners }) =>
    [0, 1].some((side) => {
      const [from, to] = [corners[side]!, corners[side + 1]!];
      const axis = [to[0] - from[0], to[1] - from[1]] as const;
      const along = (box: TextBox): number[] => box.corners.map(([x, y]) => x * axis[0] + y * axis[1]);
      const [p, q] = [along(a), along(b)];
      return Math.max(...p) <= Math.min(...q) || Math.max(...q) <= Math.min(...p);
    }),
  );
}
