/**
 * The root of every error that Chainrule throws on purpose. Messages read
 * `op: expectation, got value`, name the parameter in backticks and, where the remedy is known, say it.
 *
 * @example
 * try { tensor([1, 2], [3]); } catch (error) { console.log(error instanceof ChainruleError); } // => true
 */
export class ChainruleError extends Error {
  override name = 'ChainruleError';
}

/**
 * Sizes or ranks that do not fit together.
 *
 * @example
 * import { reshape, zeros } from '@chainrule/tensor';
 * try { reshape(zeros([6]), [4]); } catch (error) { console.log(error instanceof ShapeError); } // => true
 */
export class ShapeError extends ChainruleError {
  override name = 'ShapeError';
}

/**
 * A dtype that an operation does not take, or two that differ.
 *
 * @example
 * try { add(zeros([1]), zeros([1], 'int32')); } catch (error) { console.log(error instanceof DTypeError); } // => true
 */
export class DTypeError extends ChainruleError {
  override name = 'DTypeError';
}

/**
 * A value outside the range that an operation is defined for, such as an index beyond the end.
 *
 * @example
 * try { tensor([1.5], [1], 'int32'); } catch (error) { console.log(error instanceof ValueError); } // => true
 */
export class ValueError extends ChainruleError {
  override name = 'ValueError';
}

/**
 * An option that is unknown, missing or out of range.
 *
 * @example
 * try { dense(0); } catch (error) { console.log(error instanceof OptionError); } // => true
 */
export class OptionError extends ChainruleError {
  override name = 'OptionError';
}

/**
 * Something that a program under capture, a gradient or a scan body must not do.
 *
 * @example
 * try { compile((x) => x.item())(tensor(1)); } catch (error) { console.log(error instanceof CaptureError); } // => true
 */
export class CaptureError extends ChainruleError {
  override name = 'CaptureError';
}

/**
 * State used at the wrong moment: a layer that is not built, a variable that is assigned another shape.
 *
 * @example
 * try { dense(2).variables(); } catch (error) { console.log(error instanceof StateError); } // => true
 */
export class StateError extends ChainruleError {
  override name = 'StateError';
}

/**
 * A value that lives on an asynchronous device was read synchronously.
 *
 * @example
 * new AsyncValueError('tensor: write `await t.read()`') instanceof ChainruleError; // => true
 */
export class AsyncValueError extends ChainruleError {
  override name = 'AsyncValueError';
}

/**
 * A file or a byte stream that is truncated, oversized or not of the announced format.
 *
 * @example
 * try { readIdx(new Uint8Array(3)); } catch (error) { console.log(error instanceof FormatError); } // => true
 */
export class FormatError extends ChainruleError {
  override name = 'FormatError';
}

/**
 * A file or a data set that should be there and is not.
 *
 * @example
 * new MissingDataError('mnist: no such folder').name; // => MissingDataError
 */
export class MissingDataError extends ChainruleError {
  override name = 'MissingDataError';
}

/**
 * Two copies of a package that must be loaded once.
 *
 * @example
 * new DuplicatePackageError('tensor: two copies').name; // => DuplicatePackageError
 */
export class DuplicatePackageError extends ChainruleError {
  override name = 'DuplicatePackageError';
}

/**
 * A device whose memory cannot hold what a program needs.
 *
 * @example
 * new MemoryError('backend-wasm: no room').name; // => MemoryError
 */
export class MemoryError extends ChainruleError {
  override name = 'MemoryError';
}

/**
 * A device, or a thread of one, that was lost or no longer answers.
 *
 * @example
 * new DeviceError('backend-wasm: a helper thread died').name; // => DeviceError
 */
export class DeviceError extends ChainruleError {
  override name = 'DeviceError';
}

/**
 * A training step whose loss, gradients or new weights are NaN or infinite. Nothing of the step was kept: the weights are
 * those from before it.
 *
 * @example
 * const error = new TrainingError('fit: the loss must be finite, got NaN', { history: [{ epoch: 0, loss: 2 }], epoch: 1, batch: 3 });
 * error.history.at(-1)?.loss; // => 2
 */
export class TrainingError extends ChainruleError {
  override name = 'TrainingError';
  /** The logs of the epochs before. */
  readonly history: TrainingFailure['history'];
  /** The epoch and the batch of the step, counted from 0; undefined for a step outside `fit`. */
  readonly epoch: number | undefined;
  readonly batch: number | undefined;

  constructor(message: string, { history, epoch, batch }: TrainingFailure) {
    super(message);
    this.history = history;
    this.epoch = epoch;
    this.batch = batch;
  }
}

/** Where a {@link TrainingError} happened. */
export interface TrainingFailure {
  readonly history: readonly (Readonly<Record<string, number>> & { readonly epoch: number })[];
  readonly epoch?: number;
  readonly batch?: number;
}
