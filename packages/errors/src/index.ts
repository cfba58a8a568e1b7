export {
  AsyncValueError,
  CaptureError,
  ChainruleError,
  DTypeError,
  DuplicatePackageError,
  FormatError,
  MissingDataError,
  OptionError,
  ShapeError,
  StateError,
  ValueError,
} from './errors.ts';
export { showShape, showValue } from './show.ts';
