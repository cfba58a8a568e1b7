import * as errors from '@chainrule/errors';
import { type Check, checkThat } from '@chainrule/errors/check';
import { type Tensor, tensorFromTransferable, tensorToTransferable } from '@chainrule/tensor';
import { type Tree, treeMap } from '@chainrule/tensor/graph';
import type { EpochLogs, EpochPosition } from '../callbacks/callbacks.ts';
import type { Logs } from '../training/trainingMetric.ts';

// The messages between page and worker. Each request gets one reply, with progress in between.

/** A worker, a message port or a worker's own scope, of a browser or of Node. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** A browser's. */
  addEventListener?(type: string, listener: (event: Event) => void): void;
  /** Node's. */
  on?(type: string, listener: (event: unknown) => void): unknown;
  /** A worker's. */
  terminate?(): unknown;
  /** A message port's. */
  start?(): void;
  close?(): void;
}

/** What a page asks of the worker. */
export interface Request {
  readonly chainrule: 'request';
  readonly id: number;
  readonly call: string;
  readonly argument: unknown;
}

/** The worker's answer: a value or an error. */
export type Reply =
  | { readonly chainrule: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly chainrule: 'reply'; readonly id: number; readonly error: SentError };

/** News of the training that runs. */
export interface Progress {
  readonly chainrule: 'progress';
  readonly batch?: BatchProgress;
  readonly epoch?: EpochLogs;
}

/** Where training is, with the averages of the epoch so far. Epochs and batches count from 0. */
export interface BatchProgress extends EpochPosition {
  readonly batch: number;
  readonly logs: Logs;
}

/** A value, and what moves to the other thread with it. */
export interface Sent {
  readonly value: unknown;
  readonly transfer: ArrayBuffer[];
}

/** An error as a plain object: `structuredClone` keeps neither classes nor their fields. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly failure: errors.TrainingFailure | undefined;
}

/** The error as the other thread gets it. */
export function toSentError(error: unknown): SentError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const failure =
    error instanceof errors.TrainingError
      ? ({ history: error.history, epoch: error.epoch, batch: error.batch } as errors.TrainingFailure)
      : undefined;
  return { name, message, stack, failure };
}

/** The error that was sent, of its class where it is one of ours. */
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
  CaptureError: errors.CaptureError,
  FormatError: errors.FormatError,
  MissingDataError: errors.MissingDataError,
  MemoryError: errors.MemoryError,
  DeviceError: errors.DeviceError,
};

const classOf = (name: string): new (message: string) => Error =>
  Object.hasOwn(classes, name) ? classes[name]! : Error;

export const aPort: Check = /* @__PURE__ */ checkThat(
  'a Worker or a MessagePort',
  (value) => typeof (value as Partial<MessageTarget> | null)?.postMessage === 'function',
);

/** Calls `receive` with each message; messages of others on the same channel are left to them. */
export function listen(target: MessageTarget, receive: (message: Request | Reply | Progress) => void): void {
  const take = (message: unknown): void => {
    const mark = (message as { readonly chainrule?: unknown } | null)?.chainrule;
    if (mark === 'request' || mark === 'reply' || mark === 'progress') receive(message as Request | Reply | Progress);
  };
  if (target.on) target.on('message', take);
  else target.addEventListener?.('message', (event) => take((event as MessageEvent).data));
  target.start?.();
}

/** A tree of tensors as plain values, whose arrays move to the other thread. */
export function sendTensors(tree: Tree): Sent {
  const sent: ReturnType<typeof tensorToTransferable>[] = [];
  const places = treeMap(tree, (leaf) => sent.push(tensorToTransferable(leaf as Tensor)) - 1);
  return {
    value: { places, tensors: sent.map(({ value }) => value) },
    transfer: sent.flatMap(({ transfer }) => transfer),
  };
}

/** The tree that {@link sendTensors} sent. */
export function receiveTensors(value: unknown): Tree {
  const { places, tensors } = value as { readonly places: unknown; readonly tensors: readonly unknown[] };
  return treeMap(places, (place) => tensorFromTransferable(tensors[place as number])) as Tree;
}

/** Bytes in a buffer of their own, to be handed over. */
export function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole && bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice()) as Uint8Array<ArrayBuffer>;
}
