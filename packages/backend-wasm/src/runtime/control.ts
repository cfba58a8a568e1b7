/** Bytes at the start of the memory that the threads of a pool use to communicate. */
export const controlBytes = 4096;

/** The most threads: the caller, which is thread 0, and its helpers. Each has a line in the control block. */
export const maxThreads = 32;

/**
 * The words (int32) of the control block. A word on which a thread spins while others write has its own cache line (64 bytes).
 *
 * The caller runs the whole program. For a large kernel, it opens a *job*: it writes `opening`, the job's
 * site, threads, and tickets, and last `job`. Any thread takes units by raising a ticket with compare-and-exchange. Job
 * numbers grow by more than the units of the job before, and a ticket starts at the number of its job, so a helper that
 * comes late with the number of an old job finds every ticket out of range, and takes nothing.
 *
 * The caller leaves a job when all units are taken. It waits only where it needs what a job wrote, and only for helpers
 * that are `busy`: they have a unit in hand.
 */
export const control = {
  /** The number of the last job that was opened. Helpers sleep on it. */
  job: 0,
  /** The job that is being described. The description is complete, and that of job J, where `job` and then `opening` read J. */
  opening: 1,
  /** The program and the number of its site; −1 where a job only asks helpers to read the log. */
  program: 2,
  site: 3,
  /** The number of threads that may take units: the caller and the first helpers. Each has a share of the units. */
  threads: 4,
  arena: 5,
  /** The number of the next job. */
  next: 6,
  /** Address of the first record of the log, and the number of records so far. */
  log: 7,
  records: 8,
  /** The number of helpers that sleep or are about to. */
  sleepers: 16,
  /** Whether the caller sleeps until a helper is no longer busy. */
  waiting: 32,
  /** 1 + the number of the helper that threw. */
  failed: 33,
  /** The message of the error: length, and UTF-16 units. */
  message: 48,
  /** The lines of the threads, each of `lineWords` words. */
  lines: 256,
} as const;

/** Words between the lines of two threads. */
export const lineWords = 16;

/** The words of a thread's line. */
export const line = {
  /** The job's number + the units of this thread's share that have been taken. */
  ticket: 0,
  /** Whether the helper may have a unit in hand. */
  busy: 1,
  /** 1 + how many records of the log the helper has read; 0 until it is ready. */
  read: 2,
  /** 1 where the caller no longer counts on the helper, which takes no more units. */
  retired: 3,
} as const;

/** The number of a word of a thread's line. */
export function lineWord(thread: number, word: keyof typeof line): number {
  return control.lines + lineWords * thread + line[word];
}

/** The most UTF-16 units of a message. */
export const messageUnits = 200;

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
