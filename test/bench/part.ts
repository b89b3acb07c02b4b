import type { BenchOptions } from './options';
import type { PartResult } from './report/results';

/** One part of the benchmark. */
export interface Part {
  /** What it is asked for by, and its place in the results. */
  id: string;
  measure(options: BenchOptions): Promise<Omit<PartResult, 'date'>>;
}
