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
  ValueError,
} from './errors.ts';
export { showShape, showValue } from './show.ts';
