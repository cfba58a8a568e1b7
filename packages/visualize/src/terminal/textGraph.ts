import type { GraphFigure } from '../figure.ts';
import { wrap } from './wrap.ts';

/** A numbered list of the boxes, each with the numbers of the boxes whose arrows lead to it. */
export function textGraph({ title, nodes, edges }: GraphFigure, columns: number): string[] {
  const indent = String(nodes.length).length + 2;
  const lines = nodes.flatMap((node, i) => {
    const sources = edges
      .filter(({ to }) => to === i)
      .map(({ from, label }) => `${from + 1}${label ? ` (${label})` : ''}`);
    const texts = [
      [node.title, ...(node.lines ?? [])].join(', '),
      ...(sources.length > 0 ? [`from ${sources.join(', ')}`] : []),
    ];
    const [first, ...rest] = wrap(texts.join('; '), columns - indent);
    return [`${`${i + 1}.`.padStart(indent - 1)} ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
  return [...wrap(title, columns), ...lines];
}
