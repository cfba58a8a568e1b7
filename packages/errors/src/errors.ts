/**
 * The base class of all errors that Chainrule throws deliberately. Messages have the form `op: expectation, got value`, with
 * parameters in backticks, and add a remedy if one is known.
 *
 * @example
 * try { tensor([1, 2], [3]); } catch (error) { console.log(error instanceof ChainruleError); } // => true
 */
export class ChainruleError extends Error {
  override name = 'ChainruleError';
}

/**
 * Sizes or ranks do not match.
 *
 * @example
 * import { reshape, zeros } from '@chainrule/tensor';
 * try { reshape(zeros([6]), [4]); } catch (error) { console.log(error instanceof ShapeError); } // => true
 */
export class ShapeError extends ChainruleError {
  override name = 'ShapeError';
}

/**
 * An operation does not support a dtype, or two dtypes differ.
 *
 * @example
 * try { add(zeros([1]), zeros([1], 'int32')); } catch (error) { console.log(error instanceof DTypeError); } // => true
 */
export class DTypeError extends ChainruleError {
  override name = 'DTypeError';
}

/**
 * A value is outside the domain of an operation, such as an index beyond the end.
 *
 * @example
 * try { tensor([1.5], [1], 'int32'); } catch (error) { console.log(error instanceof ValueError); } // => true
 */
export class ValueError extends ChainruleError {
  override name = 'ValueError';
}

/**
 * An option is unknown, missing or out of range.
 *
 * @example
 * try { dense(0); } catch (error) { console.log(error instanceof OptionError); } // => true
 */
export class OptionError extends ChainruleError {
  override name = 'OptionError';
}

/**
 * A function under capture, in a gradient or in a scan body does something that is not allowed there.
 *
 * @example
 * try { compile((x) => x.item())(tensor(1)); } catch (error) { console.log(error instanceof CaptureError); } // => true
 */
export class CaptureError extends ChainruleError {
  override name = 'CaptureError';
}

/**
 * An object is in the wrong state: for example, a layer is not built.
 *
 * @example
 * try { dense(2).variables(); } catch (error) { console.log(error instanceof StateError); } // => true
 */
export class StateError extends ChainruleError {
  override name = 'StateError';
}

/**
 * A value on an asynchronous device was read synchronously.
 *
 * @example
 * new AsyncValueError('tensor: write `await t.read()`') instanceof ChainruleError; // => true
 */
export class AsyncValueError extends ChainruleError {
  override name = 'AsyncValueError';
}

/**
 * A file or byte stream is truncated, too large or not in the expected format.
 *
 * @example
 * try { readIdx(new Uint8Array(3)); } catch (error) { console.log(error instanceof FormatError); } // => true
 */
export class FormatError extends ChainruleError {
  override name = 'FormatError';
}

/**
 * A file or data set is missing.
 *
 * @example
 * new MissingDataError('mnist: no such folder').name; // => MissingDataError
 */
export class MissingDataError extends ChainruleError {
  override name = 'MissingDataError';
}

/**
 * Two copies of a package are loaded, although it must be loaded once.
 *
 * @example
 * new DuplicatePackageError('tensor: two copies').name; // => DuplicatePackageError
 */
export class DuplicatePackageError extends ChainruleError {
  override name = 'DuplicatePackageError';
}

/**
 * A device does not have enough memory for a program.
 *
 * @example
 * new MemoryError('backend-wasm: no room').name; // => MemoryError
 */
export class MemoryError extends ChainruleError {
  override name = 'MemoryError';
}

/**
 * A device, or one of its threads, was lost or does not respond.
 *
 * @example
 * new DeviceError('backend-wasm: a helper thread died').name; // => DeviceError
 */
export class DeviceError extends ChainruleError {
  override name = 'DeviceError';
}

/**
 * The loss, a gradient or a new weight of a training step is NaN or infinite. The weights are those from before the step.
 *
 * @example
 * const error = new TrainingError('fit: the loss must be finite, got NaN', { history: [{ epoch: 0, loss: 2 }], epoch: 1, batch: 3 });
 * error.history.at(-1)?.loss; // => 2
 */
export class TrainingError extends ChainruleError {
  override name = 'TrainingError';
  /** The logs of the previous epochs. */
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
