/** A mean is compared after this time, in milliseconds, and after this number of runs. */
const windowTime = 30;
const windowRuns = 2;
/** One thread is tried if the caller waits for at least this share of the time. */
const minWait = 0.05;
/**
 * The first and the longest pause before the next comparison, in milliseconds. A comparison that changes nothing
 * doubles it.
 */
const firstPause = 100;
const longestPause = 4000;
/** The share of the time that comparisons may take. */
const trialShare = 1 / 15;

type Mode = 'together' | 'alone';

/**
 * Decides whether the runs of a program use all threads or only the caller's. Helpers pay off unless other processes
 * take their cores; then the caller waits for helpers that have begun a unit and lost their core. If the caller waits
 * much, a few runs use one thread, and the faster mode is kept. From time to time, the other mode is tried again.
 */
export class Pace {
  #mode: Mode = 'together';
  /** Whether the current runs try the other mode. */
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

  /** Records a run: when it began and ended, and how long it waited, in milliseconds. */
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
