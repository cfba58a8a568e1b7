import { ShapeError, showShape, ValueError } from '@chainrule/errors';
import { isTensor, Tensor } from '@chainrule/tensor';
import { allocate, treeLeaves, treeMap } from '@chainrule/tensor/graph';

/**
 * Stacks items of the same structure into a batch: tensors along a new first axis, other values in lists.
 *
 * @throws ShapeError if tensors differ in shape or dtype
 * @throws ValueError if items differ in structure
 */
export function stackItems(op: string, items: readonly unknown[]): unknown {
  const leaves = items.map((item) => treeLeaves(item));
  const count = leaves[0]!.length;
  const odd = leaves.findIndex((other) => other.length !== count);
  if (odd >= 0)
    throw new ValueError(
      `${op}: expects items of one structure, got ${count} leaves in the first of a batch and ${leaves[odd]!.length} in item ${odd}`,
    );
  let at = 0;
  return treeMap(items[0], (leaf, path) => {
    const column = leaves.map((other) => other[at]!);
    at += 1;
    const other = column.findIndex((entry) => entry.path !== path || isTensor(entry.leaf) !== isTensor(leaf));
    if (other >= 0)
      throw new ValueError(
        `${op}: expects items of one structure, got \`${path}\` in the first of a batch and \`${column[other]!.path}\` in item ${other}`,
      );
    const values = column.map((entry) => entry.leaf);
    return isTensor(leaf) ? stackTensors(op, values as Tensor[], path) : values;
  });
}

function stackTensors(op: string, tensors: readonly Tensor[], path: string): Tensor {
  const { shape, dtype, size } = tensors[0]!;
  const stacked = allocate(dtype, [tensors.length, ...shape], op);
  for (const [i, tensor] of tensors.entries()) {
    if (tensor.dtype !== dtype || showShape(tensor.shape) !== showShape(shape)) {
      const [first, other] = [tensors[0]!, tensor].map((t) => `${t.dtype} ${showShape(t.shape)}`);
      const where = path ? ` in \`${path}\`` : '';
      throw new ShapeError(
        `${op}: expects tensors of one shape and dtype, got ${first} and ${other}${where} at item ${i} of a batch; \`bucketByLength\` pads`,
      );
    }
    stacked.set(tensor['~values'], i * size);
  }
  return new Tensor([tensors.length, ...shape], dtype, stacked);
}
