import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Environment } from '../environment';

/** What a number is: it decides how it is written. */
export type Unit = 'ms' | 'ns' | 'bytes' | 'kB' | 'count' | 'score' | 'ratio';

/** A column of a table. */
export interface Column {
  name: string;
  unit: Unit;
}

/** A row, and what was measured for each column: a value a round; null where nothing was. */
export interface Row {
  name: string;
  cells: (number[] | null)[];
}

export interface Table {
  title: string;
  columns: Column[];
  rows: Row[];
  /** The row that the others are compared with, by its name; rows are not compared without it. */
  baseline?: string;
  /** Says why others have less than the baseline, where they have. */
  notFirst?: NotFirst;
  /** A chart of some columns, all without `columns`: a group of bars for each. */
  chart?: { file: string; columns?: string[] };
}

interface NotFirst {
  /** The rows that the baseline means to have less than, by their names. */
  rivals: string[];
  /** By the column's name. */
  why: Record<string, string>;
}

/** What one part of the benchmark has measured, and all that the document says of it. */
export interface PartResult {
  title: string;
  /** What was compared, and how: paragraphs of Markdown. */
  method: string[];
  /** When it was measured: `2026-11-23`. */
  date: string;
  environment: Environment;
  tables: Table[];
}

/** By the part's id. */
export type Results = Record<string, PartResult>;

/** The results of earlier runs; none where the file is not there yet. */
export function readResults(file: URL): Results {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {};
}

export async function writeResults(file: URL, results: Results): Promise<void> {
  await writeFile(file, `${JSON.stringify(results, rounded)}\n`);
}

/** Clocks tell no more than this. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(value < 10 ? 3 : 1)) : value;
}
