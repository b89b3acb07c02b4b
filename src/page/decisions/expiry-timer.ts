/** The longest time that a timer takes, in milliseconds: some 25 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls back when a time has passed, at most once; where that is longer than timers take, earlier. */
export class ExpiryTimer {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param milliseconds from now; 0 or less: never. What was waited for before is not any more. */
  set(milliseconds: number, passed: () => void): void {
    clearTimeout(this.#timer);
    if (milliseconds > 0) this.#timer = setTimeout(passed, Math.min(milliseconds, LONGEST_TIMER_MS));
  }
}
