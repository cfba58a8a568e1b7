import * as errors from '../errors.ts';

/** An error as a plain object: `structuredClone` keeps neither classes nor their fields. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly failure: errors.TrainingFailure | undefined;
}

/** The error in a form that another thread can receive. */
export function toSentError(error: unknown): SentError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const failure =
    error instanceof errors.TrainingError
      ? ({ history: error.history, epoch: error.epoch, batch: error.batch } as errors.TrainingFailure)
      : undefined;
  return { name, message, stack, failure };
}

/** The error from {@link toSentError}, with its class if it is one of ours. */
export function fromSentError({ name, message, stack, failure }: SentError): Error {
  const made = failure ? new errors.TrainingError(message, failure) : new (classOf(name))(message);
  made.name = name;
  if (stack !== undefined) made.stack = stack;
  return made;
}

const classes: Readonly<Record<string, new (message: string) => Error>> = {
  ShapeError: errors.ShapeError,
  DTypeError: errors.DTypeError,
  ValueError: errors.ValueError,
  OptionError: errors.OptionError,
  StateError: errors.StateError,
  AsyncValueError: errors.AsyncValueError,
  CaptureError: errors.CaptureError,
  FormatError: errors.FormatError,
  MissingDataError: errors.MissingDataError,
  MemoryError: errors.MemoryError,
  DeviceError: errors.DeviceError,
};

const classOf = (name: string): new (message: string) => Error =>
  Object.hasOwn(classes, name) ? classes[name]! : Error;
