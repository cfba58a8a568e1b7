/** Where in a training step the running code is. Only debugging reads it. */
export interface Place {
  readonly phase: 'forward pass' | 'loss' | 'gradients' | 'update';
  /** The name of the running layer. */
  readonly layer?: string;
}

let current: Place = { phase: 'gradients' };

/** The place of the running code. */
export function currentPlace(): Place {
  return current;
}

/** Runs `body` at a place. The name of a layer in a model that is itself a layer follows that of the model. */
export function inPlace<T>(place: Partial<Place>, body: () => T): T {
  const outer = current;
  const layer = outer.layer && place.layer ? `${outer.layer}/${place.layer}` : (place.layer ?? outer.layer);
  current = { ...outer, ...place, ...(layer !== undefined && { layer }) };
  try {
    return body();
  } finally {
    current = outer;
  }
}
