import type { TokenFigure } from '../figure.ts';
import { shownToken } from '../shownToken.ts';
import { shades } from './shades.ts';
import { cut, lengthOf, wrap } from './wrap.ts';

/** Words in lines, each above a shade of its weight; − stands before the shades of negative weights. */
export function textTokens({ title, tokens, weights, scale }: TokenFigure, columns: number): string[] {
  const most = weights.filter(Number.isFinite).reduce((a, v) => Math.max(a, Math.abs(v)), 0) || 1;
  const lines: [string, string][] = [['', '']];
  tokens.forEach((token, i) => {
    const text = cut(shownToken(token), columns);
    const last = lines.at(-1)!;
    const space = last[0] === '' ? '' : ' ';
    const share = Math.abs(weights[i]!) / most;
    const shade = shades[Math.min(4, Math.floor(share * 5))] ?? ' ';
    const minus = weights[i]! < 0 && shade !== ' ' ? '−' : '';
    const bar = `${minus}${shade.repeat(lengthOf(text) - lengthOf(minus))}`;
    if (space && lengthOf(last[0]) + 1 + lengthOf(text) > columns) lines.push([text, bar]);
    else lines[lines.length - 1] = [`${last[0]}${space}${text}`, `${last[1]}${space}${bar}`];
    if (token.endsWith('\n')) lines.push(['', '']);
  });
  const drawn = lines.filter(([words]) => words !== '');
  return [
    ...wrap(`${title} (below each word: ${scale})`, columns),
    ...drawn.flatMap(([words, bars]) => [words, bars.trimEnd()]),
  ];
}
