/** Milliseconds of runs that make a mean worth comparing, and the least number of runs. */
const windowTime = 30;
const windowRuns = 2;
/** The share of the time that the caller must wait before one thread is tried. */
const minWait = 0.05;
/** Milliseconds to the next comparison, at first and at most; each that changes nothing doubles them. */
const firstPause = 100;
const longestPause = 4000;
/** A comparison may take this share of the time. */
const trialShare = 1 / 15;

type Mode = 'together' | 'alone';

/**
 * Decides whether a program's runs take all threads or the caller's alone. Helpers pay off unless others use their
 * cores: then the caller waits for helpers that have a unit in hand and no core. Where it waits much, some runs on one
 * thread are compared with those before, and the faster way is kept. From time to time the other is tried again.
 */
export class Pace {
  #mode: Mode = 'together';
  /** Whether the runs at hand try the other mode. */
  #trial = false;
  #runs = 0;
  #time = 0;
  #waited = 0;
  /** Milliseconds of a run in the mode, as last measured. */
  #mean = Infinity;
  #next = 0;
  #pause = firstPause;

  get alone(): boolean {
    return (this.#mode === 'alone') !== this.#trial;
  }

  /** A run began and ended at these times, and waited so many of the milliseconds. */
  add(start: number, end: number, waited: number): void {
    this.#runs++;
    this.#time += end - start;
    this.#waited += waited;
    if (this.#time < windowTime || this.#runs < windowRuns) return;
    this.#decide(end, this.#time / this.#runs, this.#waited / this.#time);
    this.#runs = this.#time = this.#waited = 0;
  }

  #decide(now: number, mean: number, waited: number): void {
    if (this.#trial) return this.#compare(now, mean);
    this.#mean = mean;
    this.#trial = now >= this.#next && (this.#mode === 'alone' || waited > minWait);
  }

  #compare(now: number, mean: number): void {
    this.#trial = false;
    const better = mean < this.#mean;
    this.#pause = better ? firstPause : Math.min(2 * this.#pause, longestPause);
    this.#next = now + Math.max(this.#pause, this.#time / trialShare);
    if (!better) return;
    this.#mode = this.#mode === 'alone' ? 'together' : 'alone';
    this.#mean = mean;
  }
}
