import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';

/**
 * The parsed subscripts: the axes of each operand and of the result. Axes of an ellipsis are named `.1`, `.2`, … from
 * the last.
 */
export interface Subscripts {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Parses subscripts such as `bij,bjk->bik`. Without an arrow, the result has the ellipsis and then the letters that
 * occur once, in alphabetical order.
 *
 * @throws OptionError for malformed subscripts; ShapeError if they do not match the operands
 */
export function parseSubscripts(subscripts: string, shapes: readonly (readonly number[])[]): Subscripts {
  const [left, right, more] = subscripts.replaceAll(/\s/g, '').split('->');
  const terms = left!.split(',');
  if (more !== undefined || ![...terms, right ?? ''].every((term) => /^[A-Za-z]*(\.{3}[A-Za-z]*)?$/.test(term))) {
    throw new OptionError(`einsum: \`subscripts\` must be letters such as "ij,jk->ik", got ${showValue(subscripts)}`);
  }
  if (terms.length !== shapes.length)
    throw new OptionError(
      `einsum: \`subscripts\` ${showValue(subscripts)} names ${terms.length} operands, got ${shapes.length}`,
    );
  const inputs = terms.map((term, i) => axesOf(term, shapes[i]!.length, shapes[i]!));
  const ellipsis = longestEllipsis(inputs);
  const output = right === undefined ? implicitOutput(inputs, ellipsis) : expand(right, ellipsis);
  const known = new Set(inputs.flat());
  if (new Set(output).size !== output.length || !output.every((axis) => known.has(axis))) {
    throw new OptionError(
      `einsum: each letter of the result must occur once there, and among the operands, got ${showValue(subscripts)}`,
    );
  }
  if (ellipsis.length > 0 && !ellipsis.every((axis) => output.includes(axis))) {
    throw new OptionError(`einsum: the result must keep the ellipsis, got ${showValue(subscripts)}`);
  }
  return { inputs, output, sizes: sizesOf(inputs, shapes) };
}

function expand(term: string, ellipsis: readonly string[]): string[] {
  const [before, after] = term.split('...');
  return after === undefined ? [...term] : [...before!, ...ellipsis, ...after];
}

function axesOf(term: string, rank: number, shape: readonly number[]): string[] {
  const letters = term.replace('...', '').length;
  const hidden = rank - letters;
  if (term.includes('...') ? hidden < 0 : hidden !== 0) {
    throw new ShapeError(`einsum: ${showValue(term)} names ${letters} axes, got ${showShape(shape)}`);
  }
  return expand(
    term,
    Array.from({ length: hidden }, (_, i) => `.${hidden - i}`),
  );
}

function longestEllipsis(inputs: readonly (readonly string[])[]): string[] {
  return inputs
    .map((axes) => axes.filter((axis) => axis.startsWith('.')))
    .reduce((a, b) => (b.length > a.length ? b : a), []);
}

function implicitOutput(inputs: readonly (readonly string[])[], ellipsis: readonly string[]): string[] {
  const all = inputs.flat().filter((axis) => !axis.startsWith('.'));
  const once = all.filter((axis) => all.indexOf(axis) === all.lastIndexOf(axis));
  return [...ellipsis, ...once.sort()];
}

/** The sizes by name. Axes of an ellipsis broadcast; other axes must agree. */
function sizesOf(inputs: readonly (readonly string[])[], shapes: readonly (readonly number[])[]): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((axes, i) =>
    axes.forEach((axis, k) => {
      const [size, known] = [shapes[i]![k]!, sizes.get(axis)];
      const broadcasts = axis.startsWith('.') && (size === 1 || known === 1);
      if (known !== undefined && known !== size && !broadcasts) {
        throw new ShapeError(
          `einsum: ${axis.startsWith('.') ? 'the ellipsis' : `\`${axis}\``} must have one size, got ${known} and ${size}`,
        );
      }
      sizes.set(axis, known === undefined || known === 1 ? size : known);
    }),
  );
  return sizes;
}
