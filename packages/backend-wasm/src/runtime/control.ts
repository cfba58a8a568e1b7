/** Bytes at the start of the memory through which the threads of a pool talk; nothing else is placed there. */
export const controlBytes = 4096;

/** Helpers that have a place in the control block, and a bit in `team`. */
export const mostHelpers = 31;

/**
 * The words (int32) of the control block. What one thread spins on while others write has a line of the cache (64 bytes)
 * to itself. A run, with G the generation so far:
 *
 * 1. The caller writes `program`, `arena`, `threads`, `soon` and `team`, the helpers that take part as bits. It takes
 *    only those whose `done` is G: they have read the log to its end and sleep or spin. It clears `arrived` and `abort`.
 * 2. It makes the generation G + 1, and notifies it where `sleepers` is not 0.
 * 3. A helper that sees a new generation reads the log, does its share if it is in the team, and sets `done` to the
 *    generation that it saw.
 * 4. The caller does its own share, and spins until `done` of the whole team is G + 1.
 *
 * So a late helper cannot take a command for a later one: a command that names it waits for it.
 */
export const control = {
  /** Number of the last command; never 0. Helpers sleep on it. */
  generation: 0,
  program: 1,
  arena: 2,
  threads: 3,
  team: 4,
  /** Address of the first record of the log, and how many there have been. */
  log: 5,
  records: 6,
  /** 1 where the last step came soon after the one before: then it pays to spin for the next. */
  soon: 7,
  /** How many helpers sleep, or are about to. */
  sleepers: 16,
  /** Always 0: waiting for it to change with a timeout is a way to leave the core to others. */
  never: 17,
  /** How often threads have arrived at a barrier in this step, and why the step is to end (`abort`). */
  arrived: 32,
  abort: 33,
  /** What a helper threw: length, and UTF-16 units. */
  message: 48,
  /** The last generation that a helper has dealt with, 0 until it is ready: every `doneStride` words, one a helper. */
  done: 256,
} as const;

export const doneStride = 16;

/** Milliseconds that a thread leaves the core for when a wait is long: without it, more threads than cores would be slow. */
export const napTime = 0.05;

/** Most units of a message. */
export const messageUnits = 200;

/** Values of `abort`; threads that wait at a barrier trap when it is not 0. */
export const abort = { none: 0, caller: 1, helper: 2 } as const;

/**
 * The log tells helpers of programs: a list of records of four words in shared memory, followed by the bytes of a
 * module. A record without bytes says that the program is dropped. Helpers read it at their own pace, those that start
 * late too; the caller frees it once all have.
 */
export const record = {
  /** Address of the next record, or 0. */
  next: 0,
  /** 1 for the first record ever. */
  number: 1,
  program: 2,
  bytes: 3,
  /** Bytes from the record's start to the module. */
  header: 16,
} as const;
