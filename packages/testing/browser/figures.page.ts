import { toElement } from '@chainrule/visualize';
import { examples } from '../../visualize/testing/examples.ts';
import { type SvgTree, svgTree } from './svgTree.ts';

/** Each example as the page draws it. */
export default function figures(): Promise<Readonly<Record<string, SvgTree>>> {
  const drawn = Object.entries(examples).map(([name, figure]) => {
    const element = toElement(figure, { width: 480 });
    document.body.append(element);
    return [name, svgTree(element)] as const;
  });
  return Promise.resolve(Object.fromEntries(drawn));
}
