import type { Language } from '../texts/language';

/** Where a country's circle is drawn: latitude and longitude near its middle. */
export const countries: Record<string, [latitude: number, longitude: number]> = {
  BD: [23.8, 90.3],
  BF: [12.3, -1.7],
  BJ: [9.6, 2.3],
  BR: [-10.8, -52.9],
  CD: [-2.9, 23.7],
  CI: [7.6, -5.6],
  CM: [5.7, 12.7],
  CO: [3.9, -73.1],
  EG: [26.5, 29.9],
  ET: [8.6, 39.6],
  GN: [10.4, -10.9],
  HT: [18.9, -72.7],
  ID: [-2.2, 117.4],
  IN: [22.9, 79.6],
  KE: [0.6, 37.8],
  KH: [12.7, 104.9],
  LB: [33.9, 35.9],
  MA: [31.9, -6.3],
  MG: [-19.4, 46.7],
  MR: [20.3, -10.3],
  MX: [23.9, -102.5],
  NE: [17.4, 9.4],
  PH: [12.0, 122.9],
  SN: [14.4, -14.5],
  TD: [15.4, 18.6],
  TG: [8.5, 1.0],
  TN: [34.1, 9.6],
  UA: [49.0, 31.4],
  VN: [16.6, 106.3],
};

export function countryName(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}
