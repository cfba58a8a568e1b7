/** An element with its attributes by name, and what it contains. */
export type SvgTree = readonly [
  tag: string,
  attributes: readonly (readonly [string, string])[],
  ...content: (SvgTree | string)[],
];

/**
 * An element as data that do not depend on the document that made it: attributes are sorted, numbers have two decimals, since
 * engines differ in the last digits of sines, tags are in small letters, and empty attributes are left out.
 */
export function svgTree(element: Element): SvgTree {
  const attributes = [...element.attributes]
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => [name, value.startsWith('data:') ? value : rounded(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const elements = [...element.children].map(svgTree);
  // Only elements without others hold texts.
  const text = elements.length === 0 ? (element.textContent ?? '') : '';
  return [element.tagName.toLowerCase(), attributes, ...elements, text];
}

function rounded(text: string): string {
  return text.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}
