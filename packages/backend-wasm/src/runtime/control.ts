/** Bytes at the start of the memory that the threads of a pool use to communicate. */
export const controlBytes = 4096;

/** The most threads: the caller, which is thread 0, and its helpers. Each has a line in the control block. */
export const maxThreads = 32;

/**
 * The words (int32) of the control block. Words on which a thread spins while others write have a cache line (64 bytes)
 * of their own.
 *
 * The caller runs the whole program. For a large kernel, it opens a *job*: it writes `opening`, then the job's site,
 * threads and tickets, and finally `job`. Any thread takes units by raising a ticket with compare-and-exchange. A
 * ticket starts at the number of its job, and job numbers grow by more than the units of the job before. So a late
 * helper with the number of an old job finds every ticket out of range, and takes nothing.
 *
 * The caller leaves a job when all units are taken. It waits only before it needs the results of a job, and only for
 * helpers that are `busy`, which means that they are computing a unit.
 */
export const control = {
  /** The number of the last job that was opened. Helpers sleep on it. */
  job: 0,
  /**
   * The job whose description is being written. A helper that reads J from `job`, then the description, and then J from
   * `opening` has read the complete description of job J.
   */
  opening: 1,
  /** The program and the number of its site. −1 if the job only asks helpers to read the log. */
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
  /** The number of the job, plus the number of units that have been taken from this thread's share. */
  ticket: 0,
  /** Whether the helper may be computing a unit. */
  busy: 1,
  /** 1 + the number of records of the log that the helper has read. 0 until it is ready. */
  read: 2,
  /** 1 if the caller has given up on the helper, which then takes no more units. */
  retired: 3,
} as const;

/** The number of a word of a thread's line. */
export function lineWord(thread: number, word: keyof typeof line): number {
  return control.lines + lineWords * thread + line[word];
}

/** The most UTF-16 units of a message. */
export const messageUnits = 200;

/**
 * The log tells helpers about programs. It is a linked list in shared memory. A record has four words, followed by the
 * bytes of a module; a record without bytes drops the program. Helpers read the log whenever they have time, and those
 * that start late read all of it. The caller frees it when all helpers have read it.
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
