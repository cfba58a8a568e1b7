import { anInteger, type Checks } from '@chainrule/errors/check';
import { map, scalar as e, Tensor } from '@chainrule/tensor';

/** Options of augmentations of texts `[batch, time]`, which are rows of token ids. */
export interface TokenOptions {
  /** The id of padding, which stays where it is. Default 0. */
  readonly padId?: number;
}

/** Checks of {@link TokenOptions}. */
export const tokenChecks: Checks<TokenOptions> = { padId: anInteger };

/** Returns a bool for each token: false for padding. */
export function isToken(ids: Tensor, padId: number): Tensor {
  return map((id) => e.not(e.eq(id, padId)), [ids]);
}

/** The places 0 to time − 1, int32 `[1, time]`. */
export function placesOf(ids: Tensor): Tensor {
  const time = ids.shape[1];
  return new Tensor(
    [1, time],
    'int32',
    Int32Array.from({ length: time }, (_, i) => i),
  );
}
