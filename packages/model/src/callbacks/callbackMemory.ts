import { isTensor, type Tensor } from '@chainrule/tensor';

/** The saved state of a callback: JSON values and tensors, by name. */
export type CallbackState = Readonly<Record<string, unknown>>;

/** A callback with a state that checkpoints hold; `C` is its control. */
export interface Remembering<C> {
  /** The name of the state in checkpoints. */
  readonly name?: string;
  /** Returns the state that the callback needs to resume. */
  state?(): CallbackState;
  /** Restores the result of `state`. Called after `onTrainBegin` of a `fit` that resumes from a checkpoint. */
  restore?(state: CallbackState, control: C): void;
}

/** States in the form of a checkpoint: JSON, and tensors by name. */
export interface SavedStates {
  readonly json: readonly { readonly name: string; readonly values: CallbackState }[];
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** Keeps the states of a trainer's callbacks for checkpoints. */
export class CallbackMemory {
  #callbacks: readonly Remembering<never>[] = [];
  #restored: SavedStates | undefined;

  /** The states of the running `fit`, or of the last one. */
  states(): SavedStates {
    if (this.#restored) return this.#restored;
    const all = this.#callbacks.flatMap((c) =>
      c.state ? [{ name: c.name ?? '', state: Object.entries(c.state()) }] : [],
    );
    const json = all.map(({ name, state }) => ({
      name,
      values: Object.fromEntries(state.filter(([, value]) => !isTensor(value))),
    }));
    const tensors = all.flatMap(({ state }, i) =>
      state.filter(([, value]) => isTensor(value)).map(([key, value]) => [`${i}/${key}`, value as Tensor] as const),
    );
    return { json, tensors: Object.fromEntries(tensors) };
  }

  /** Keeps states for the next `fit`. */
  restore(states: SavedStates): void {
    this.#callbacks = [];
    this.#restored = states;
  }

  /** Restores the callbacks of a `fit` that begins, by name. Callbacks with the same name get their states in order. */
  begin<C>(callbacks: readonly Remembering<C>[], control: C): void {
    const { json, tensors } = this.#restored ?? { json: [], tensors: {} };
    this.#callbacks = callbacks;
    this.#restored = undefined;
    const left = json.map(({ name, values }, i) => ({ name, state: { ...values, ...startingWith(`${i}/`, tensors) } }));
    for (const c of callbacks) {
      const at = left.findIndex(({ name }) => c.restore !== undefined && name === (c.name ?? ''));
      if (at >= 0) c.restore!(left.splice(at, 1)[0]!.state, control);
    }
  }
}

/** The tensors under a prefix, without it. */
export function startingWith(prefix: string, tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), t]] : [])),
  );
}
