import { FormatError, showValue } from '@chainrule/errors';
import { Imputer, type ImputerState } from './imputer.ts';
import { OneHotEncoder, type OneHotEncoderState } from './oneHotEncoder.ts';
import { OrdinalEncoder, type OrdinalEncoderState } from './ordinalEncoder.ts';
import type { Preprocessor } from './preprocessor.ts';
import { QuantileScaler, type QuantileScalerState } from './quantileScaler.ts';
import { Scaler, type ScalerState } from './scaler.ts';
import { TextImputer, type TextImputerState } from './textImputer.ts';

/** The JSON value of a preprocessor of tensors or of one column. */
export type StepState = Required<
  ImputerState | OneHotEncoderState | OrdinalEncoderState | QuantileScalerState | ScalerState | TextImputerState
>;

/** Recreates a preprocessor of tensors or of one column from its JSON value. */
export function stepFrom(state: StepState): Preprocessor {
  switch (state?.type) {
    case 'Imputer':
      return new Imputer(state);
    case 'OneHotEncoder':
      return new OneHotEncoder(state);
    case 'OrdinalEncoder':
      return new OrdinalEncoder(state);
    case 'QuantileScaler':
      return new QuantileScaler(state);
    case 'Scaler':
      return new Scaler(state);
    case 'TextImputer':
      return new TextImputer(state);
    default:
      throw new FormatError(
        `ColumnTransformer: expected the JSON of encoders, imputers and scalers as \`steps\`, got the type ${showValue((state as { type?: unknown } | undefined)?.type)}`,
      );
  }
}
