import type { Text } from '../texts/language';

/** One value of a record; a text that depends on the language is a map. */
export type Value = number | Text;

/** One line of a dataset. Every record is about a country (ISO 3166-1 alpha-2), which places it on the map. */
export interface DataRecord {
  country: string;
  year: number;
  [field: string]: Value;
}

export interface Field {
  name: string;
  label: Text;
  type: 'country' | 'year' | 'number' | 'text';
  unit?: Text;
}

export interface Dataset {
  id: string;
  title: Text;
  description: Text;
  theme: Text;
  /** The letter or sign on the dataset's card. */
  sign: string;
  producer: string;
  /** Day of the last update, as `2026-10-14`. */
  modified: string;
  fields: Field[];
  /** One bar group or one point per value of `along`, one colour per value of `series`. */
  chart: { type: 'bar' | 'line'; along: string; series: string; measure: string };
  video: { id: string; title: Text };
  records: DataRecord[];
}
