export {
  AsyncValueError,
  CaptureError,
  ChainruleError,
  DeviceError,
  DTypeError,
  DuplicatePackageError,
  FormatError,
  MemoryError,
  MissingDataError,
  OptionError,
  ShapeError,
  StateError,
  TrainingError,
  type TrainingFailure,
  ValueError,
} from './errors.ts';
export { showByString, showShape, showValue } from './show.ts';
